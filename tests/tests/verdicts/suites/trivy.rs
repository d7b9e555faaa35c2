//! Trivy: each check has manifests that break it and manifests that do not.

use tests::corpora::Line;

use crate::suite::{Inputs, Suite, Target};

pub(crate) struct Trivy;

impl Suite for Trivy {
    fn name(&self) -> &'static str {
        "trivy-checks"
    }

    fn is_kubernetes(&self, line: &Line) -> bool {
        line.case.starts_with("kubernetes/")
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
