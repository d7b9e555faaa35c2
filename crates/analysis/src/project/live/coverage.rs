//! What became of the kinds of a cluster.

use std::path::Path;

use kubernetes::snapshot::{Damage, Kind, Outcome};
use source::{Level, Problem};

use super::made::Fate;
use super::object::Objects;
use crate::report::{Input, Status, Unit};

/// What became of a kind.
pub(super) fn input(root: &Path, kind: &Kind) -> Input {
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

/// What became of the objects that are not judged by themselves.
pub(super) fn told(objects: &Objects<'_>, fates: &[Option<Fate>]) -> Vec<Input> {
    let address = |index: usize| {
        let judged = fates[index].as_ref().and_then(Fate::judged);
        let resource = judged.and_then(|read| read.resources.first());
        resource.map_or_else(String::new, |resource| resource.address.to_string())
    };
    let rows = objects.heads().zip(fates).filter_map(|((_, head), fate)| {
        let (status, reason) = match fate.as_ref()? {
            Fate::As(other) => (Status::Scanned, format!("judged as {}", address(*other))),
            Fate::Over(other) => {
                let address = address(*other);
                let reason = format!("an earlier state of {address} of which nothing runs");
                (Status::Skipped, reason)
            }
            Fate::Judged(_) | Fate::Unread(_) => return None,
        };
        Some(Input {
            path: objects.path(head?),
            unit: Unit::Object,
            status,
            reason: Some(reason),
            resources: 0,
        })
    });
    rows.collect()
}

pub(super) fn unread(path: &Path, error: &serde_json::Error) -> Problem {
    let message = format!("an object can't be read: {error}");
    Problem::of(Level::Error, "unreadable-object", message, path)
}

pub(super) fn damaged(root: &Path, damage: &Damage) -> Problem {
    let message = format!("the snapshot can't be read to its end: {damage}");
    Problem::of(Level::Error, "damaged-snapshot", message, root)
}
