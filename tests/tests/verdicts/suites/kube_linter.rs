//! kube-linter: each check has one file. The number of reports on it is known, and for resources that say it in their name,
//! whether they are reported.

use tests::corpora::Line;

use crate::suite::{Inputs, Suite, Target};

pub(crate) struct KubeLinter;

impl Suite for KubeLinter {
    fn name(&self) -> &'static str {
        "kube-linter"
    }

    fn alias(&self, line: &Line) -> String {
        format!("kube-linter:{}", line.check)
    }

    fn inputs(&self, line: &Line) -> Inputs {
        Inputs::complete(&line.path)
    }

    fn target(&self, line: &Line) -> Target {
        match line.extra["expected_count"].as_u64() {
            Some(count) => Target::Findings(count),
            None => Target::slashed(&line.resource),
        }
    }
}
