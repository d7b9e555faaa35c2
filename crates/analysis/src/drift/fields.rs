//! Which fields matter, by kind.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt};
use graph::{Resource, Segment, SmolStr};

use crate::compare::{Shape, TreeView, View};
use crate::project::is_given_label;

/// What matters of a kind.
#[derive(Default)]
struct Row {
    /// Whether it matters that there is such an object.
    exists: bool,
    fields: Vec<Vec<&'static str>>,
    left_out: Vec<Vec<&'static str>>,
    /// Values that the API gives to fields which nobody declares.
    given: Vec<(Vec<&'static str>, &'static str)>,
}

static ROWS: LazyLock<HashMap<&'static str, Row>> = LazyLock::new(|| {
    let mut rows: HashMap<&'static str, Row> = HashMap::new();
    let lines = include_str!("fields.txt").lines();
    for (kind, field) in lines.filter_map(|line| line.split_once(' ')) {
        let row = rows.entry(kind).or_default();
        match (field, field.strip_prefix('-')) {
            ("exists", _) => row.exists = true,
            (_, Some(field)) => match field.split_once('=') {
                Some((field, value)) => row.given.push((steps(field), value)),
                None => row.left_out.push(steps(field)),
            },
            (field, None) => row.fields.push(steps(field)),
        }
    }
    rows
});

/// The keys of a field. What stands behind labels and annotations is one key.
fn steps(field: &'static str) -> Vec<&'static str> {
    let map = ["labels.", "annotations."];
    let split = map.iter().find_map(|map| {
        let at = field.find(map)? + map.len();
        Some((&field[..at - 1], &field[at..]))
    });
    match split {
        Some((map, key)) => map.split('.').chain([key]).collect(),
        None => field.split('.').collect(),
    }
}

/// The pseudo-kind of what makes pods.
const POD: &str = "pod";

/// Whether it matters that there is an object like this one.
pub(super) fn exists(resource: &Resource) -> bool {
    let is_pod = !resource.facts.pods.is_empty();
    let row = ROWS.get(if is_pod { POD } else { kind(resource) });
    row.is_some_and(|row| row.exists)
}

/// Whether a difference at a path of an object matters. What only runs, nobody having declared it, does not matter in custom
/// objects and annotations: their defaults and what controllers write there are not known.
pub(super) fn matters(
    resource: &Resource,
    path: &[Segment],
    declared: Option<TreeView<'_>>,
    live: Option<TreeView<'_>>,
) -> bool {
    let is_declared = declared.is_some_and(|view| !view.is_default());
    let keys = keys(path);
    let is_annotation = keys.starts_with(&["metadata", "annotations"]);
    if !is_declared && (is_annotation || is_custom(resource)) {
        return false;
    }
    if let Some(keys) = in_pod(resource, &keys) {
        let is_given = matches!(keys.as_slice(), ["labels", name] if is_given_label(name));
        return !is_given && ROWS.get(POD).is_some_and(|row| row.has(&keys));
    }
    if is_custom(resource) {
        return keys.first() == Some(&"spec");
    }
    let is_aggregated = || {
        resource
            .tree
            .get(graph::NodeId::ROOT, "aggregationRule")
            .is_some()
    };
    if keys.first() == Some(&"rules") && is_aggregated() {
        return false;
    }
    let given = live.filter(|_| !is_declared).map(View::shape);
    ROWS.get(kind(resource))
        .is_some_and(|row| row.has(&keys) && !row.is_given(&keys, given.as_ref()))
}

impl Row {
    /// Whether the API gives such a value where nobody declares one.
    fn is_given(&self, keys: &[&str], value: Option<&Shape<'_, TreeView<'_>>>) -> bool {
        let Some(Shape::Text(text)) = value else {
            return false;
        };
        let mut given = self.given.iter();
        given.any(|(field, value)| field == keys && value == text)
    }

    fn has(&self, keys: &[&str]) -> bool {
        let is_in = |fields: &[Vec<&str>]| fields.iter().any(|field| keys.starts_with(field));
        is_in(&self.fields) && !is_in(&self.left_out)
    }
}

/// The keys of a path, from `spec` or `labels` of a pod on, if it leads into one.
fn in_pod<'k>(resource: &Resource, keys: &[&'k str]) -> Option<Vec<&'k str>> {
    let mut pods = resource.facts.pods.iter();
    pods.find_map(|pod| {
        let spec = resource.path(pod.spec);
        let (_, above) = spec.0.split_last()?;
        let above = self::keys(above);
        let rest = keys
            .get(above.len()..)
            .filter(|_| keys.starts_with(&above))?;
        match rest {
            ["spec", ..] => Some(rest.to_vec()),
            ["metadata", "labels", ..] => Some(rest[1..].to_vec()),
            _ => None,
        }
    })
}

fn keys(path: &[Segment]) -> Vec<&str> {
    let keys = path.iter().filter_map(|segment| match segment {
        Segment::Key(key) => Some(SmolStr::as_str(key)),
        Segment::Item { .. } | Segment::Index(_) => None,
    });
    keys.collect()
}

fn kind(resource: &Resource) -> &str {
    resource.address.split('/').next().unwrap_or_default()
}

/// Whether the API server knows a kind only by a definition of it.
fn is_custom(resource: &Resource) -> bool {
    kind(resource).contains('.')
}
