//! What objects that nobody has read may refer to.

use graph::{LinkKind, Referring, SmolStr};

use super::guesses::GUESSES;
use super::table::{self, Row};
use crate::kinds;

/// What selectors match: the kind, what they mean, the kind of the target, and whether it may be in another namespace.
const SELECTIONS: [(&str, LinkKind, &str, bool); 8] = [
    ("Service", LinkKind::Selects, "Pod", false),
    ("NetworkPolicy", LinkKind::Selects, "Pod", false),
    ("NetworkPolicy", LinkKind::Allows, "Pod", true),
    ("NetworkPolicy", LinkKind::Allows, "Namespace", true),
    ("PodDisruptionBudget", LinkKind::Selects, "Pod", false),
    (
        "ServiceMonitor.monitoring.coreos.com",
        LinkKind::Selects,
        "Service",
        true,
    ),
    (
        "PodMonitor.monitoring.coreos.com",
        LinkKind::Selects,
        "Pod",
        true,
    ),
    ("ClusterRole", LinkKind::Selects, "ClusterRole", false),
];

/// What an object of a kind may refer to, given whether it has pods, and the name of the kind for people: a custom one is defined
/// by what is called so.
pub(crate) fn references((kind, name): (&str, &str), has_pods: bool) -> Vec<Referring> {
    let owners: &[&str] = match has_pods {
        true => &["any", "pod", "container"],
        false => &["any"],
    };
    let rows = owners.iter().chain([&kind]);
    let rows = rows.flat_map(|owner| table::rows(owner));
    let selections = SELECTIONS.iter().filter(|row| row.0 == kind);
    let selections =
        selections.map(|(_, meaning, target, crosses)| referring(*meaning, Some(target), *crosses));
    let guesses = GUESSES.iter().filter(|_| !kinds::is_served_kind(kind));
    let guesses = guesses.map(|(_, meaning, target)| referring(*meaning, Some(target), true));
    let definition = (!kinds::is_served_kind(kind)).then(|| Referring {
        name: Some(name.into()),
        ..referring(LinkKind::Uses, Some("CustomResourceDefinition"), true)
    });
    let mut references: Vec<Referring> = rows.filter_map(of_row).collect();
    references.extend(selections.chain(guesses).chain(definition));
    references.sort();
    references.dedup();
    references
}

fn of_row(row: &Row) -> Option<Referring> {
    let crosses = row.has_namespace || row.has_slash;
    let kind = match (row.target_kind(), row.meaning) {
        (Some(kind), _) => Some(kind.as_str()),
        (None, LinkKind::Binds) => Some("ServiceAccount"),
        (None, LinkKind::Scales) => Some("Pod"),
        // What such a reference names has a kind of its own, which nothing else refers to.
        (None, LinkKind::Uses) => return None,
        (None, _) => None,
    };
    Some(referring(row.meaning, kind, crosses))
}

fn referring(meaning: LinkKind, kind: Option<&str>, crosses: bool) -> Referring {
    Referring {
        meaning,
        kind: kind.map(SmolStr::from),
        name: None,
        crosses,
    }
}
