//! The values that templates print and nobody sets.

use graph::{Data, NodeId, Tree};
use smol_str::SmolStr;
use source::Span;

use crate::chart::Chart;
use crate::reads::Reads;

/// What is printed, by where, and which value that is: of no chart in the chart, and set in none of the files of values.
pub(super) fn undefined<'a>(
    chart: &Chart,
    reads: &'a Reads,
    values: &[&Tree],
    schema: Option<&Tree>,
) -> Vec<(Span, &'a [SmolStr])> {
    let mut declared = chart.metadata.dependencies.iter().flatten();
    let imports = declared.any(|declared| !declared.import_values.is_empty());
    if imports || values.is_empty() {
        return Vec::new();
    }
    let unasked = reads.plain.unasked();
    let unset = unasked.filter(|(_, keys)| {
        !is_for_others(chart, &keys[0])
            && !values.iter().any(|values| is_set(values, keys))
            && !schema.is_some_and(|schema| is_described(schema, keys))
    });
    unset.map(|(span, keys)| (*span, keys.as_slice())).collect()
}

/// Whether a value is one that charts in the chart have, or may be set by one that holds it.
fn is_for_others(chart: &Chart, key: &str) -> bool {
    let mut declared = chart.metadata.dependencies.iter().flatten();
    key == "global"
        || declared.any(|declared| declared.key().value == key)
        || chart.dependencies.iter().any(|chart| chart.name() == key)
}

/// Whether a value is written, or stands in something that may be filled in: an empty map, or what is no map.
fn is_set(values: &Tree, keys: &[SmolStr]) -> bool {
    let mut at = NodeId::ROOT;
    for key in keys {
        let is_open = values.open(at).is_some() || values.first(at).is_none();
        if values.node(at).data != Data::Map || (is_open && at != NodeId::ROOT) {
            return true;
        }
        let Some(found) = values.get(at, key) else {
            return false;
        };
        at = found;
    }
    true
}

/// Whether a schema tells of a value, or refers to something that may.
fn is_described(schema: &Tree, keys: &[SmolStr]) -> bool {
    let mut at = NodeId::ROOT;
    for key in keys {
        let Some(properties) = schema.get(at, "properties") else {
            return at != NodeId::ROOT || schema.get(at, "$ref").is_some();
        };
        let Some(found) = schema.get(properties, key) else {
            return false;
        };
        at = found;
    }
    true
}
