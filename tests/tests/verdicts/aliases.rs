//! The names that our checks have in other tools.

use std::collections::{BTreeSet, HashMap};

use check::Library;
use graph::SmolStr;

/// Our checks by their names in other tools.
pub(crate) struct Aliases(HashMap<SmolStr, BTreeSet<SmolStr>>);

impl Aliases {
    /// Those of the built-in checks.
    pub(crate) fn builtin() -> Self {
        let (library, problems) = Library::builtin();
        assert!(problems.is_empty(), "{problems:?}");
        let mut aliases: HashMap<SmolStr, BTreeSet<SmolStr>> = HashMap::new();
        for check in &library.checks {
            for alias in &check.aliases {
                aliases
                    .entry(alias.clone())
                    .or_default()
                    .insert(check.id.clone());
            }
        }
        Self(aliases)
    }

    /// The ids of our checks with this name.
    pub(crate) fn checks(&self, name: &str) -> Option<&BTreeSet<SmolStr>> {
        self.0.get(name)
    }
}
