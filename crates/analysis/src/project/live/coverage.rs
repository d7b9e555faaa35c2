//! What became of the kinds of a cluster.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use kubernetes::snapshot::{Damage, Kind, Outcome, Snapshot};
use source::{Level, Problem};

use super::made::{Fate, Fates};
use super::object::Objects;
use crate::project::rows::{Inputs, by_parts};
use crate::report::{Input, Status, Unit};

/// What became of a kind.
fn input(root: &Path, kind: &Kind) -> Input {
    let (status, reason) = match &kind.outcome {
        Outcome::Read => (Status::Scanned, None),
        Outcome::Partly(why) => (Status::Partial, Some(why.clone())),
        Outcome::LeftOut(why) => (Status::Skipped, Some(why.clone())),
        Outcome::Forbidden(why) => (Status::Failed, Some(format!("not allowed: {why}"))),
        Outcome::Failed(why) => (Status::Failed, Some(why.clone())),
    };
    Input {
        path: root.join(kind.name()),
        unit: Unit::Kind,
        status,
        reason,
        resources: kind.objects,
    }
}

/// What is told of the kinds of a cluster and of its objects, by path.
#[derive(Default)]
pub(super) struct Told {
    pub(super) rows: Vec<Arc<Input>>,
    /// Whether something is told twice of one path, of which one counts.
    has_doubles: bool,
}

impl Told {
    pub(super) fn of(snapshot: &Snapshot, objects: &Objects<'_>, fates: &Fates) -> Self {
        let kinds = snapshot.kinds.iter();
        let kinds = kinds.map(|kind| Arc::new(input(objects.how.root, kind)));
        let order = objects.all.order.iter();
        let told = order.filter_map(|index| told(objects, fates, *index));
        let all: Vec<Arc<Input>> = kinds.chain(told).collect();
        let count = all.len();
        let mut inputs = Inputs::default();
        inputs.extend(all);
        let rows = inputs.finish();
        Self {
            has_doubles: rows.len() < count,
            rows,
        }
    }

    /// Tells how many objects of each kind there are now.
    pub(super) fn count(&mut self, root: &Path, old: &[Kind], new: &[Kind]) {
        for (_, kind) in old.iter().zip(new).filter(|(old, new)| old != new) {
            tell(&mut self.rows, input(root, kind));
        }
    }

    /// Tells of some objects what became of them now. Returns whether that could be told of these alone.
    pub(super) fn follow(
        &mut self,
        objects: &Objects<'_>,
        fates: &Fates,
        touched: &BTreeMap<usize, Option<Fate>>,
    ) -> bool {
        for (index, old) in touched {
            let was_told = matches!(old, Some(Fate::As(_) | Fate::Over(_)));
            let now = told(objects, fates, *index);
            let path = objects.head(*index).map(|head| objects.path(head));
            let Some(path) = path.filter(|_| was_told || now.is_some()) else {
                continue;
            };
            let found = find(&self.rows, &path);
            match (found, now) {
                (Ok(at), Some(now)) if was_told => self.rows[at] = now,
                (Ok(at), None) if was_told => drop(self.rows.remove(at)),
                (Err(at), Some(now)) if !was_told => self.rows.insert(at, now),
                _ => return false,
            }
        }
        !self.has_doubles
    }
}

/// Where a path stands among others, or would stand.
fn find(rows: &[Arc<Input>], path: &Path) -> Result<usize, usize> {
    rows.binary_search_by(|row| by_parts(&row.path, path))
}

/// Tells something more. Of what is told twice of one path, this counts.
pub(super) fn tell(rows: &mut Vec<Arc<Input>>, input: Input) {
    match find(rows, &input.path) {
        Ok(at) => rows[at] = Arc::new(input),
        Err(at) => rows.insert(at, Arc::new(input)),
    }
}

/// What is told of an object that is not judged by itself.
fn told(objects: &Objects<'_>, fates: &Fates, index: usize) -> Option<Arc<Input>> {
    let address = |index: usize| {
        let judged = fates[index].as_ref().and_then(Fate::judged);
        let resource = judged.and_then(|read| read.resources.first());
        resource.map_or_else(String::new, |resource| resource.address.to_string())
    };
    let (status, reason) = match fates[index].as_ref()? {
        Fate::As(other) => (Status::Scanned, format!("judged as {}", address(*other))),
        Fate::Over(other) => {
            let address = address(*other);
            let reason = format!("an earlier state of {address} of which nothing runs");
            (Status::Skipped, reason)
        }
        Fate::Judged(_) | Fate::Unread(_) => return None,
    };
    Some(Arc::new(Input {
        path: objects.path(objects.head(index)?),
        unit: Unit::Object,
        status,
        reason: Some(reason),
        resources: 0,
    }))
}

pub(super) fn unread(path: &Path, error: &serde_json::Error) -> Problem {
    let message = format!("an object can't be read: {error}");
    Problem::of(Level::Error, "unreadable-object", message, path)
}

pub(super) fn damaged(root: &Path, damage: &Damage) -> Problem {
    let message = format!("the snapshot can't be read to its end: {damage}");
    Problem::of(Level::Error, "damaged-snapshot", message, root)
}
