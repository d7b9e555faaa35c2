//! A module of which few files changed, made of what it was.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Module;

/// What a file declared before, and what it declares now.
pub(super) type Change<'a> = (&'a Arc<Module>, &'a Arc<Module>);

impl Module {
    /// What parts declare together, by what they declared before, which this module is. Nothing where anything is declared twice:
    /// which of the two counts follows from the order of all.
    pub(super) fn again(&self, parts: &[Change<'_>]) -> Option<Self> {
        let known = parts.iter().map(|(old, _)| old.problems.len());
        if self.problems.len() != known.sum() {
            return None;
        }
        let changes = parts.iter().copied();
        let changes: Vec<Change<'_>> = changes
            .filter(|(old, new)| !Arc::ptr_eq(old, new))
            .collect();
        let mut module = Self {
            folder: self.folder.clone(),
            variables: replaced(&self.variables, &changes, |part| &part.variables)?,
            locals: replaced(&self.locals, &changes, |part| &part.locals)?,
            outputs: replaced(&self.outputs, &changes, |part| &part.outputs)?,
            resources: replaced(&self.resources, &changes, |part| &part.resources)?,
            calls: replaced(&self.calls, &changes, |part| &part.calls)?,
            ..Self::default()
        };
        for (_, part) in parts {
            module.take_lists(part);
        }
        Some(module)
    }
}

/// The declarations of one kind; nothing where one is there twice.
fn replaced<K: Ord + Clone, V: Clone>(
    before: &BTreeMap<K, V>,
    changes: &[Change<'_>],
    of: impl Fn(&Module) -> &BTreeMap<K, V>,
) -> Option<BTreeMap<K, V>> {
    let mut all = before.clone();
    for (old, _) in changes {
        for key in of(old).keys() {
            all.remove(key);
        }
    }
    for (_, new) in changes {
        for (key, value) in of(new) {
            if all.insert(key.clone(), value.clone()).is_some() {
                return None;
            }
        }
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use source::{Memory, Sources};

    use crate::module::{Known, Modules};

    /// Writes texts to two files one after the other, and compares the module each time with one that is read anew.
    #[track_caller]
    fn check(texts: &[(&str, &str)]) {
        let system = Memory::new([("r/a.tf", ""), ("r/b.tf", "")]);
        let (sources, known) = (Sources::default(), Known::default());
        let shown = |path: &Path| path.to_path_buf();
        let read = |known: &Known| {
            let modules = Modules::new(&system, &sources, &shown).knowing(Some(known));
            format!("{:#?}", modules.get(Path::new("r")))
        };
        read(&known);
        for (name, text) in texts {
            system.set(&Path::new("r").join(name), text.as_bytes());
            assert_eq!(read(&known), read(&Known::default()), "{texts:?}");
        }
    }

    #[test]
    fn what_is_made_of_what_was_is_what_would_be_read_anew() {
        let (one, two) = ("resource \"t\" \"one\" {}\n", "resource \"t\" \"two\" {}\n");
        let both = &format!("{two}{one}");
        let rest = "# c\nlocals {\n  l = 1\n}\nvariable \"v\" {}\noutput \"o\" {}\nmodule \"m\" {}\nprovider \"p\" {}\n";
        check(&[("a.tf", one), ("b.tf", two), ("a.tf", rest), ("b.tf", both)]);
        // What is there twice, once and twice again.
        check(&[
            ("b.tf", both),
            ("a.tf", one),
            ("a.tf", ""),
            ("a.tf", two),
            ("b.tf", one),
        ]);
        check(&[
            ("a.tf", rest),
            ("b.tf", rest),
            ("a.tf", one),
            ("a.tf", "resource {"),
        ]);
    }
}
