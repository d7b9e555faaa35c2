//! Findings of a long analysis, told before all is judged. All is read and linked by then, so that each is one of those in the end;
//! only those that stand at one place in several instances of a block may be one then.

use std::sync::Arc;

use crate::conclusion::{Conclusion, date};
use crate::report::Report;
use crate::suppression::Suppressions;
use crate::workspace::{Setup, Verdicts};

/// How the findings of a project are told while it is judged.
pub(crate) struct Early<'a> {
    conclusion: &'a Conclusion<'a>,
    setup: &'a Setup,
    suppressions: Suppressions,
}

impl<'a> Early<'a> {
    pub(crate) fn new(conclusion: &'a Conclusion<'a>, setup: &'a Setup) -> Self {
        let today = date(setup.now);
        let project = conclusion.project;
        Self {
            conclusion,
            setup,
            suppressions: Suppressions::read(project, &setup.library, &setup.config, &today),
        }
    }

    /// What was found so far, without what is suppressed.
    pub(crate) fn report(&self, so_far: &Verdicts) -> Report {
        let (concluded, _) = self.conclusion.report(so_far, None);
        let mut placed = concluded.placed;
        let project = self.conclusion.project;
        placed.retain(|one| self.suppressions.hides(project, one).is_none());
        Report {
            findings: placed.told(),
            checks: self.setup.selection.checks.clone(),
            kubernetes_version: self.setup.version.to_string(),
            sources: Arc::clone(&self.setup.sources),
            is_early: true,
            ..Report::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use foldhash::{HashSet, HashSetExt};
    use source::Memory;

    use super::*;
    use crate::options::{NoProgress, Options, Progress};
    use crate::scan;

    /// Enough that somebody looks before all is judged.
    const PODS: usize = 700;

    #[derive(Default)]
    struct Looking(Mutex<Vec<Report>>);

    impl Progress for Looking {
        fn stage(&self, _name: &'static str, _steps: usize) {}
        fn step(&self) {}
        fn is_looking(&self) -> bool {
            true
        }
        fn found(&self, early: Report) {
            self.0.lock().expect("nobody panics").push(early);
        }
    }

    /// Pods of which some are excused, beside a Secret.
    fn pods() -> String {
        let secret = "apiVersion: v1\nkind: Secret\nmetadata: { name: a }\ndata: { a: c2VjcmV0 }\n";
        let pod = |number: usize| {
            let excused = match number % 3 {
                0 => "annotations: { scantling.dev/ignore: privileged-container it has to be }, ",
                _ => "",
            };
            format!(
                "---\napiVersion: v1\nkind: Pod\nmetadata: {{ {excused}name: p{number}, namespace: a }}\nspec: {{ containers: [{{ name: a, image: a, securityContext: {{ privileged: true }} }}] }}\n"
            )
        };
        secret.to_owned() + &(0..PODS).map(pod).collect::<String>()
    }

    fn names(report: &Report) -> HashSet<String> {
        let findings = report.findings.iter();
        findings.map(|one| one.fingerprint.clone()).collect()
    }

    #[test]
    fn what_is_told_early_is_found_in_the_end() {
        let system = Memory::new([("/w/a.yaml", pods())]);
        let options = Options {
            paths: vec!["a.yaml".into()],
            directory: "/w".into(),
            ..Options::default()
        };
        let looking = Looking::default();
        let end = scan(&system, &options, &looking).expect("the call is right");
        let early = looking.0.into_inner().expect("nobody panics");
        assert!(!early.is_empty());
        let mut before = HashSet::new();
        for report in &early {
            let now = names(report);
            assert!(now.len() > before.len() && now.is_superset(&before));
            assert!(now.is_subset(&names(&end)));
            before = now;
        }
        assert!(before.len() < end.findings.len());
        let file = early[0].sources.get(end.findings[0].span.file);
        assert!(!early[0].masked(&file).contains("c2VjcmV0"));
        assert!(!early[0].masked(&file).contains("kind"));
        let alone = scan(&system, &options, &NoProgress).expect("the call is right");
        assert_eq!(names(&alone), names(&end));
    }
}
