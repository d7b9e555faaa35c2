//! Kinds that are not read, and why.

use kubernetes::snapshot::{Kind, Outcome};

/// Kinds whose objects say nothing of how something is set up: the resource, the group, and why they are left out.
const LEFT_OUT: &[(&str, &str, &str)] = &[
    ("events", "", "they tell what happened"),
    ("events", "events.k8s.io", "they tell what happened"),
    (
        "leases",
        "coordination.k8s.io",
        "they change every few seconds",
    ),
    ("componentstatuses", "", "they are no objects"),
];

/// Groups that measure.
const MEASURES: &[&str] = &[
    "metrics.k8s.io",
    "custom.metrics.k8s.io",
    "external.metrics.k8s.io",
];

/// Why a kind is left out.
pub(crate) fn left_out(group: &str, resource: &str) -> Option<Outcome> {
    let row = LEFT_OUT
        .iter()
        .find(|row| (row.0, row.1) == (resource, group));
    let why = row.map(|row| row.2);
    let why = why.or_else(|| MEASURES.contains(&group).then_some("they are measurements"));
    why.map(|why| Outcome::LeftOut(why.to_owned()))
}

/// Whether the objects of a kind hold what must not be shown.
pub(crate) fn is_secret(kind: &Kind) -> bool {
    kind.group.is_empty() && kind.resource == "secrets"
}
