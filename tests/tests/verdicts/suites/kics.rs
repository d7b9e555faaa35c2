//! KICS: each query has files that break it, with the lines, and files that do not.

use tests::corpora::Line;

use crate::suite::{Inputs, KUBERNETES, Suite, Target};

pub(crate) struct Kics;

impl Suite for Kics {
    fn name(&self) -> &'static str {
        "kics"
    }

    fn subject(&self, line: &Line) -> Option<&'static str> {
        line.case.starts_with("k8s/").then_some(KUBERNETES)
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
