//! Which paths two states of things do not have in common.

use std::collections::BTreeSet;
use std::path::PathBuf;

use source::FileSystem;

use super::{Access, FoundPaths, Path, PathQuestion, paths};
use crate::error::Error;
use crate::options::{Options, Progress};

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

/// Who can become whom with what some files and folders declare beside the inputs of a run, and which of these paths are not there
/// without them.
///
/// # Errors
/// When the call or the configuration can't be followed, or nobody knows who is named.
pub fn paths_with(
    system: &dyn FileSystem,
    options: &Options,
    (question, added): (&PathQuestion, &[PathBuf]),
    progress: &dyn Progress,
) -> Result<Access<FoundPaths>, Error> {
    // Whom only the added files name starts nowhere without them.
    let before = match paths(system, options, question, progress) {
        Ok(before) => Some(before),
        Err(Error::UnknownSubject { .. }) => None,
        Err(error) => return Err(error),
    };
    let mut more = options.clone();
    more.paths.extend_from_slice(added);
    let mut after = paths(system, &more, question, progress)?;
    let known: BTreeSet<(&str, &str, bool)> = before.iter().flat_map(all).map(key).collect();
    for world in &mut after.worlds {
        let answer = &mut world.answer;
        let opened = answer
            .paths
            .iter()
            .filter(|path| !known.contains(&key(path)));
        answer.opened = opened.cloned().collect();
    }
    Ok(after)
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
