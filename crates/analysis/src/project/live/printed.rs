//! What `kubectl` printed into one or more files, read as one cluster of which nobody knows what else it has.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use foldhash::{HashSet, HashSetExt};
use kubernetes::snapshot::{About, Printed, Snapshot};
use serde::Deserialize;
use source::Sources;

use super::Live;
use super::coverage::tell;
use crate::project::files::Outcome;
use crate::project::read::Read;
use crate::project::{ReadOptions, shown};
use crate::report::{Input, Status, Unit};

/// What is said of a file.
const PRINTED: &str = "it is what runs in a cluster, as kubectl prints it";

#[derive(Default, Deserialize)]
#[serde(default)]
struct Object {
    metadata: Metadata,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Metadata {
    uid: String,
}

impl Live {
    /// The objects of what `kubectl` printed, if it printed any: each once, though it may stand in several files.
    pub(in crate::project) fn printed(
        printed: Vec<(PathBuf, Printed)>,
        sources: &Sources,
        options: &ReadOptions,
    ) -> Option<Self> {
        let paths = printed.iter().map(|(path, _)| path.as_path());
        let first = paths.clone().next()?;
        let root = paths.fold(first.to_path_buf(), |one, other| common(&one, other));
        let inputs: Vec<Input> = printed.iter().map(input).collect();
        let mut known = HashSet::new();
        let objects = printed.into_iter().flat_map(|(_, printed)| printed.objects);
        let objects = objects.filter(|object| {
            let read: Object = serde_json::from_str(object).unwrap_or_default();
            known.insert(read.metadata.uid)
        });
        let objects: Vec<Arc<str>> = objects.collect();
        let snapshot = Snapshot {
            about: About {
                context: shown(&root),
                ..About::default()
            },
            kinds: Vec::new(),
            objects,
        };
        let mut live = Self::read(&snapshot, None, &root, sources, options);
        // What else runs there, nobody printed.
        live.completeness.others = false;
        inputs
            .into_iter()
            .for_each(|input| tell(&mut live.inputs, input));
        Some(live)
    }
}

/// Decides of objects that were printed by themselves what they are. One that somebody exported into a folder is what the folder
/// declares; beside lists, it runs where these do.
pub(in crate::project) fn settle(read: &mut [(PathBuf, Arc<Outcome>)]) {
    let lists = read.iter().filter(|(_, outcome)| {
        let outcome = outcome.as_ref();
        matches!(outcome, Ok(Read::Printed(printed)) if printed.is_list)
    });
    let lists = lists.filter_map(|(path, _)| path.parent());
    let lists: HashSet<PathBuf> = lists.map(Path::to_path_buf).collect();
    for (path, outcome) in read {
        let is_beside = path.parent().is_some_and(|folder| lists.contains(folder));
        if let Ok(Read::Exported(printed, _)) = outcome.as_ref()
            && is_beside
        {
            *outcome = Arc::new(Ok(Read::Printed(printed.clone())));
        }
    }
}

/// The folder that two paths have in common, or the path that both are.
fn common(one: &Path, other: &Path) -> PathBuf {
    let same = one.components().zip(other.components());
    let same = same.take_while(|(one, other)| one == other);
    same.map(|(one, _)| one).collect()
}

fn input((path, printed): &(PathBuf, Printed)) -> Input {
    Input {
        path: path.clone(),
        unit: Unit::File,
        status: Status::Scanned,
        reason: Some(PRINTED.to_owned()),
        resources: printed.objects.len(),
    }
}
