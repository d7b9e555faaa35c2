//! The elements of collections, for loops and for dynamic blocks.

use std::sync::Arc;

use source::Span;

use super::partial::{self, caused_by};
use crate::value::{Data, Number, Origin, Shape, Type, Unknown, Value};

/// An element of a collection.
pub(crate) struct Element {
    /// Its index or key; of an element of a set, the element.
    pub(crate) key: Value,
    /// The element.
    pub(crate) value: Value,
}

impl Element {
    /// What is known of an element of an unknown collection of which nobody knows which it is.
    pub(crate) fn any(unknown: &Arc<Unknown>, span: Span) -> Self {
        let part = |shape| {
            let mut part = caused_by(Type::Dynamic, Some(unknown));
            part.shape = shape;
            Value::new(Data::Unknown(part.into()), Origin::new(span))
        };
        Self {
            key: part(None),
            value: part(partial::element(unknown, None)),
        }
    }
}

/// The elements of a collection in Terraform's order; none where it is unknown or no collection.
pub(crate) fn elements(collection: &Value) -> Option<Vec<Element>> {
    let element = |key: Data, value: &Value| Element {
        key: Value::new(key, value.origin.clone()),
        value: value.within(collection),
    };
    Some(match &collection.data {
        Data::List(_, items) | Data::Tuple(items) => {
            let numbered = items.iter().enumerate();
            let number = |index| Data::Number(Number::from(index));
            numbered
                .map(|(index, item)| element(number(index), item))
                .collect()
        }
        Data::Set(_, items) => items
            .iter()
            .map(|item| element(item.data.clone(), item))
            .collect(),
        Data::Map(_, entries) | Data::Object(entries) => {
            let named = entries.iter();
            named
                .map(|(key, value)| element(Data::string(key.clone()), value))
                .collect()
        }
        _ => return None,
    })
}

/// The elements that an unknown collection has for certain.
pub(crate) fn sure_elements(unknown: &Unknown, span: Span) -> Vec<Element> {
    let data = match &unknown.shape {
        Some(Shape::Items { items, .. }) => Data::Tuple(Arc::clone(items)),
        Some(Shape::Entries { entries, .. }) => Data::Object(Arc::clone(entries)),
        _ => return Vec::new(),
    };
    elements(&Value::new(data, Origin::new(span))).unwrap_or_default()
}
