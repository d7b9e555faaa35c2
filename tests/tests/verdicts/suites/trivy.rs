//! Trivy: each check has manifests that break it and manifests that do not.

use tests::corpora::Line;

use crate::suite::{Inputs, KUBERNETES, Suite, Target};

pub(crate) struct Trivy;

impl Suite for Trivy {
    fn name(&self) -> &'static str {
        "trivy-checks"
    }

    fn subject(&self, line: &Line) -> Option<&'static str> {
        line.case.starts_with("kubernetes/").then_some(KUBERNETES)
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
