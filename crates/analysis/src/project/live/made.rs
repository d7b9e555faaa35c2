//! Objects that are made as the templates of others say.

use std::collections::HashSet;

use super::head::{Head, Owner};

/// Kinds whose pods are made as their template says: these pods, and what stands between, are judged in the template.
const MAKERS: [&str; 8] = [
    "CronJob",
    "DaemonSet",
    "Deployment",
    "Job",
    "ReplicaSet",
    "ReplicationController",
    "Rollout",
    "StatefulSet",
];

/// Whether an object is made as the template of another says, which was read as well.
///
/// Source: <https://kubernetes.io/docs/concepts/architecture/garbage-collection/#owners-dependents>
pub(super) fn is_made(head: &Head<'_>, known: &HashSet<&str>) -> bool {
    let mut owners = head.metadata.owner_references.iter();
    let is_maker = |owner: &Owner| {
        owner.controller
            && MAKERS.contains(&owner.kind.as_str())
            && known.contains(owner.uid.as_str())
    };
    let is_between = head.kind == "Pod" || MAKERS.contains(&head.kind.as_ref());
    is_between && owners.any(is_maker)
}
