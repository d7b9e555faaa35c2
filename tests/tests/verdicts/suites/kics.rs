//! KICS: each query has files that break it, with the lines, and files that do not.

use tests::corpora::Line;

use crate::suite::{Inputs, Suite, Target};

pub(crate) struct Kics;

impl Suite for Kics {
    fn name(&self) -> &'static str {
        "kics"
    }

    fn is_kubernetes(&self, line: &Line) -> bool {
        line.case.starts_with("k8s/")
    }

    fn alias(&self, line: &Line) -> String {
        line.check.clone()
    }

    fn inputs(&self, line: &Line) -> Inputs {
        Inputs::complete(&line.path)
    }

    fn target(&self, line: &Line) -> Target {
        Target::slashed(&line.resource)
    }
}
