//! Elements of lists by what they hold, as kustomize's library finds and sets them.

use smol_str::SmolStr;

use crate::node::{Data, Kind, Node};

/// The values of the keys of an element; a scalar is its own value under an empty key.
pub(super) fn values_of(node: &Node, keys: &[SmolStr]) -> Vec<SmolStr> {
    let value = |key: &SmolStr| {
        let field = node.get(key).filter(|field| !field.is_empty());
        field.map(|field| field.text().clone()).unwrap_or_default()
    };
    keys.iter().map(value).collect()
}

/// The place of the first element with these values.
pub(super) fn position(items: &[Node], keys: &[SmolStr], values: &[SmolStr]) -> Option<usize> {
    let is_scalar = keys.first().is_none_or(SmolStr::is_empty);
    items.iter().position(|item| match is_scalar {
        true => item.text() == values.first().map_or("", SmolStr::as_str),
        false => {
            matches!(item.data, Data::Map(_))
                && keys.len() == values.len()
                && keys
                    .iter()
                    .zip(values)
                    .all(|(key, value)| item.get(key).is_some_and(|field| field.text() == value))
        }
    })
}

/// Puts an element in the place of those with these values, or at the end; without an element, takes them out. Empty values
/// stand for any.
///
/// # Errors
/// When an element is no map where maps are looked for.
pub(super) fn set_element(
    items: &mut Vec<Node>,
    element: Option<Node>,
    keys: &[SmolStr],
    values: &[SmolStr],
) -> Result<(), String> {
    let sets_map = [keys.first(), values.first()]
        .iter()
        .all(|text| text.is_some_and(|text| !text.is_empty()));
    let mut is_found = false;
    let mut kept = Vec::with_capacity(items.len() + 1);
    for item in std::mem::take(items) {
        let is_empty_map = item.kind() == Kind::Map && item.is_empty();
        if item.is_null() || is_empty_map {
            continue;
        }
        if item.kind() != Kind::Map && sets_map {
            kept.push(item);
            continue;
        }
        if !has(&item, keys, values)? {
            if !values.is_empty() {
                kept.push(item);
            }
            continue;
        }
        is_found = true;
        kept.extend(element.clone());
    }
    *items = kept;
    if let Some(element) = element.filter(|element| !element.is_null() && !is_found) {
        items.push(element);
    }
    Ok(())
}

/// Whether an element has these values.
fn has(item: &Node, keys: &[SmolStr], values: &[SmolStr]) -> Result<bool, String> {
    let mut has_last = false;
    for (index, key) in keys.iter().enumerate() {
        // Kustomize looks at the last value again where there are more keys than values.
        if let Some(value) = values.get(index) {
            has_last = has_field(item, key, value)?;
        }
        if !has_last {
            return Ok(false);
        }
    }
    Ok(true)
}

fn has_field(item: &Node, key: &str, value: &str) -> Result<bool, String> {
    match (&item.data, key) {
        (Data::Scalar(_), "") => Ok(item.text() == value),
        (Data::Map(_), key) if !key.is_empty() => {
            let field = item.get(key);
            Ok(field.is_some_and(|field| value.is_empty() || field.text() == value))
        }
        _ => Err("the elements of a merged list differ in what they are".to_owned()),
    }
}
