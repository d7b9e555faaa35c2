//! What files leave open and a cluster decides.

use std::path::Path;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt, HashSet};
use graph::ResourceId;
use smol_str::SmolStr;

use super::Twins;
use crate::conclusion::Concluded;
use crate::project::Project;
use crate::report::{Verdict, VerdictRow};

/// What names a resource: its file and its address.
type Name<'a> = (&'a Path, &'a SmolStr);

/// Takes out unknown verdicts of files that the cluster decides, and those of the cluster where files say what is declared.
pub(super) fn join(
    declared: &Project,
    concluded: &mut Concluded,
    live: &Project,
    of_live: &mut Concluded,
    twins: &Twins,
) {
    let pairs = twins.pairs();
    let mut of_declared: HashMap<Name<'_>, Vec<Name<'_>>> = HashMap::new();
    for (own, theirs) in pairs {
        of_declared
            .entry(name(declared, own))
            .or_default()
            .push(name(live, theirs));
    }
    let open = Open::of(&of_live.verdicts);
    concluded.verdicts.retain(|row| {
        let twins = of_declared.get(&key(row).1);
        let is_open = |twin: &Name<'_>| open.0.contains(&(&row.check.id, *twin));
        !is_unknown(row) || twins.is_none_or(|twins| twins.iter().any(is_open))
    });
    let twins: HashSet<Name<'_>> = of_declared.into_values().flatten().collect();
    of_live
        .verdicts
        .retain(|row| !is_unknown(row) || !twins.contains(&key(row).1));
}

/// The checks and resources of unknown verdicts.
pub(super) struct Open<'a>(HashSet<(&'a SmolStr, Name<'a>)>);

impl<'a> Open<'a> {
    pub(super) fn of(rows: &'a [Arc<VerdictRow>]) -> Self {
        let open = rows.iter().filter(|row| is_unknown(row));
        Self(open.map(|row| key(row)).collect())
    }

    /// Whether what a check says of a resource can't be known.
    pub(super) fn has(&self, check: &SmolStr, project: &Project, id: ResourceId) -> bool {
        self.0.contains(&(check, name(project, id)))
    }
}

fn is_unknown(row: &VerdictRow) -> bool {
    matches!(row.verdict, Verdict::Unknown(_))
}

fn key(row: &VerdictRow) -> (&SmolStr, Name<'_>) {
    (&row.check.id, (&row.resource.file, &row.resource.address))
}

fn name(project: &Project, id: ResourceId) -> Name<'_> {
    (
        &project.file(id).file.path,
        &project.graph.resource(id).address,
    )
}
