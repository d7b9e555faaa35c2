//! The order in which objects are printed.

use std::cmp::{Ordering, Reverse};

use smol_str::SmolStr;

use crate::kustomization::{SortOptions, SortOrder};
use crate::resources::{Id, Resource};
use crate::tables::Selector;

/// Sorts objects. Without options, kustomize sorts them by kind as it always did.
pub(crate) fn sort(resources: &mut [Resource], options: Option<&SortOptions>) {
    if options.is_some_and(|options| options.order == SortOrder::Fifo) {
        return;
    }
    let kinds = options.and_then(|options| options.kinds.as_ref());
    resources.sort_by_cached_key(|resource| Key::of(resource.id(), kinds));
}

/// What objects are compared by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    rank: isize,
    kind: KindKey,
    namespace: String,
}

/// Kinds by group and version. Namespaces of Kubernetes itself come before those of others.
#[derive(PartialEq, Eq)]
enum KindKey {
    Namespace(Reverse<String>),
    Other(String),
}

impl PartialOrd for KindKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for KindKey {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Namespace(one), Self::Namespace(other)) => one.cmp(other),
            (Self::Other(one), Self::Other(other)) => one.cmp(other),
            (Self::Namespace(one), Self::Other(other)) if !is_namespace(other) => one.0.cmp(other),
            (Self::Other(one), Self::Namespace(other)) if !is_namespace(one) => one.cmp(&other.0),
            (Self::Namespace(_), Self::Other(_)) => Ordering::Less,
            (Self::Other(_), Self::Namespace(_)) => Ordering::Greater,
        }
    }
}

fn is_namespace(text: &str) -> bool {
    text.ends_with("_Namespace")
}

impl Key {
    fn of(id: &Id, kinds: Option<&(Vec<SmolStr>, Vec<SmolStr>)>) -> Self {
        let or = |text: &SmolStr, empty: &str| match text.is_empty() {
            true => empty.to_owned(),
            false => text.to_string(),
        };
        Self {
            rank: rank(&id.kinds, kinds),
            kind: kind_key(&id.kinds),
            namespace: format!("{}|{}", or(&id.namespace, "~X"), or(&id.name, "~N")),
        }
    }
}

fn rank(kinds: &Selector, order: Option<&(Vec<SmolStr>, Vec<SmolStr>)>) -> isize {
    let Some((first, last)) = order else {
        return kinds.rank();
    };
    // Of kinds that are named several times, the last place counts.
    let first_at = first.iter().rposition(|kind| *kind == kinds.kind);
    let last_at = last.iter().rposition(|kind| *kind == kinds.kind);
    match (first_at, last_at) {
        (_, Some(at)) => at.cast_signed() + 1,
        (Some(at), None) => at.cast_signed() - first.len().cast_signed(),
        (None, None) => 0,
    }
}

fn kind_key(kinds: &Selector) -> KindKey {
    let text = kinds.sort_text();
    let is_core_namespace = kinds.kind == "Namespace" && kinds.group.is_empty();
    match is_core_namespace {
        true => KindKey::Namespace(Reverse(text)),
        false => KindKey::Other(text),
    }
}
