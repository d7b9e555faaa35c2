//! Which paths two states of things do not have in common.

use std::collections::BTreeSet;

use super::{Access, FoundPaths, Path};

/// The paths of which only one of two runs has the start and the sink.
#[derive(Debug)]
pub struct PathChanges<'a> {
    /// Those that are new.
    pub opened: Vec<&'a Path>,
    /// Those that are gone.
    pub closed: Vec<&'a Path>,
}

impl<'a> PathChanges<'a> {
    /// What is different between two runs, whatever is called how in files: a path is known by its start, its sink and by
    /// whether it is certain.
    #[must_use]
    pub fn between(before: &'a Access<FoundPaths>, after: &'a Access<FoundPaths>) -> Self {
        Self {
            opened: only_in(after, before),
            closed: only_in(before, after),
        }
    }
}

fn only_in<'a>(own: &'a Access<FoundPaths>, other: &Access<FoundPaths>) -> Vec<&'a Path> {
    let mut known: BTreeSet<(&str, &str, bool)> = all(other).map(key).collect();
    let new = all(own).filter(|path| known.insert(key(path)));
    new.collect()
}

fn all(found: &Access<FoundPaths>) -> impl Iterator<Item = &Path> {
    found.worlds.iter().flat_map(|world| &world.answer.paths)
}

fn key(path: &Path) -> (&str, &str, bool) {
    (&path.from, &path.to, path.is_certain)
}
