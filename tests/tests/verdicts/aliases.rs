//! The names that our checks have in other tools.

use std::collections::{BTreeSet, HashMap};

use check::Library;
use graph::SmolStr;

/// Our checks by their names in other tools.
pub(crate) struct Aliases {
    checks: HashMap<SmolStr, BTreeSet<SmolStr>>,
    /// What the checks with a name judge.
    subjects: HashMap<SmolStr, BTreeSet<SmolStr>>,
}

impl Aliases {
    /// Those of the built-in checks.
    pub(crate) fn builtin() -> Self {
        let (library, problems) = Library::builtin();
        assert!(problems.is_empty(), "{problems:?}");
        let (mut checks, mut subjects) = (HashMap::new(), HashMap::new());
        for check in &library.checks {
            for alias in &check.aliases {
                let of = |map: &mut HashMap<SmolStr, BTreeSet<SmolStr>>, names: &[SmolStr]| {
                    let entry = map.entry(alias.clone()).or_default();
                    entry.extend(names.iter().cloned());
                };
                of(&mut checks, std::slice::from_ref(&check.id));
                of(&mut subjects, &check.resources);
            }
        }
        Self { checks, subjects }
    }

    /// The ids of our checks with this name.
    pub(crate) fn checks(&self, name: &str) -> Option<&BTreeSet<SmolStr>> {
        self.checks.get(name)
    }

    /// Whether one of our checks with this name judges such a resource, `terraform/aws_instance` or the like.
    pub(crate) fn judge(&self, name: &str, subject: &str) -> bool {
        let subjects = self.subjects.get(name);
        subjects.is_some_and(|subjects| subjects.contains(subject))
    }
}
