//! Verdicts without findings, by resource and check, kept in their order.

use std::cmp::Ordering;
use std::sync::Arc;

use foldhash::HashSet;

use crate::report::VerdictRow;

/// Verdicts without findings of all resources, by resource and check; of several resources with one name in the order of the graph.
pub(super) type Rows = Vec<Arc<VerdictRow>>;

/// The rows in their order, of those in the order of the graph.
pub(super) fn sorted(rows: impl Iterator<Item = Arc<VerdictRow>>) -> Rows {
    let mut rows: Rows = rows.collect();
    rows.sort_by(|one, other| order(one, other));
    rows
}

/// The same rows but for some. Nothing where one of these has the name of another that stays: it may stand before or behind it.
pub(super) fn replaced<'r>(
    rows: &Rows,
    old: impl Iterator<Item = &'r Arc<VerdictRow>>,
    new: impl Iterator<Item = &'r Arc<VerdictRow>>,
) -> Option<Rows> {
    let old: HashSet<*const VerdictRow> = old.map(Arc::as_ptr).collect();
    let kept = rows.iter().filter(|row| !old.contains(&Arc::as_ptr(row)));
    let mut kept: Rows = kept.cloned().collect();
    let new = sorted(new.cloned());
    let is_single = |row: &Arc<VerdictRow>| kept.binary_search_by(|one| order(one, row)).is_err();
    if !new.iter().all(is_single) {
        return None;
    }
    kept.extend(new);
    // Two runs that are sorted are merged.
    kept.sort_by(|one, other| order(one, other));
    Some(kept)
}

/// One of each: a resource is there once for each environment, and often with the same verdict.
pub(super) fn distinct(rows: &Rows) -> Rows {
    let mut rows = rows.clone();
    rows.dedup_by(|one, two| order(one, two).is_eq() && one.verdict == two.verdict);
    rows
}

fn order(one: &VerdictRow, other: &VerdictRow) -> Ordering {
    match Arc::ptr_eq(&one.resource, &other.resource) {
        true => one.check.id.cmp(&other.check.id),
        false => (&one.resource, &one.check.id).cmp(&(&other.resource, &other.check.id)),
    }
}
