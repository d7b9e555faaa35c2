//! One way to look at a value, wherever it lives.

use std::sync::Arc;

use graph::{Type, Unknown};

use super::{Spot, Value};

/// What a value holds, without its place.
#[derive(Clone, Copy)]
pub(crate) enum View<'a> {
    Null,
    Bool(bool),
    Int(isize),
    Float(f64),
    Text(&'a str),
    Array(Elements<'a>),
    Object(Elements<'a>),
    Unknown(&'a Arc<Unknown>),
    /// Text of which pieces are unknown.
    Partial,
}

/// The elements of a list or map, constructed or of the graph.
#[derive(Clone, Copy)]
pub(crate) enum Elements<'a> {
    Array(&'a [Value]),
    Object(&'a [(smol_str::SmolStr, Value)]),
    Node(Spot<'a>),
}

impl Value {
    pub(crate) fn view(&self) -> View<'_> {
        match self {
            Self::Null | Self::Missing(_) => View::Null,
            Self::Bool(value) => View::Bool(*value),
            Self::Int(value) => View::Int(*value),
            Self::Float(value) => View::Float(*value),
            Self::Text(value) => View::Text(value),
            Self::Array(elements) => View::Array(Elements::Array(elements)),
            Self::Object(entries) => View::Object(Elements::Object(entries)),
            Self::Node(place) => place.spot().chosen().view(),
            Self::Unknown(unknown) => View::Unknown(&unknown.unknown),
        }
    }

    /// The text of a value that is known text.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self.view() {
            View::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl View<'_> {
    /// The type of the value, as far as it is known.
    pub(crate) fn kind(self) -> Option<Type> {
        Some(match self {
            Self::Null => Type::Null,
            Self::Bool(_) => Type::Bool,
            Self::Int(_) | Self::Float(_) => Type::Number,
            Self::Text(_) | Self::Partial => Type::String,
            Self::Array(_) => Type::List,
            Self::Object(_) => Type::Map,
            Self::Unknown(unknown) => return unknown.known.kind,
        })
    }

    /// The value of a known number.
    pub(crate) fn number(self) -> Option<f64> {
        match self {
            Self::Int(value) => Some(value as f64),
            Self::Float(value) => Some(value),
            _ => None,
        }
    }
}

impl<'a> Elements<'a> {
    /// The values, in order.
    pub(crate) fn values(self) -> Box<dyn Iterator<Item = Value> + 'a> {
        match self {
            Self::Array(elements) => Box::new(elements.iter().cloned()),
            Self::Object(entries) => Box::new(entries.iter().map(|(_, value)| value.clone())),
            Self::Node(spot) => Box::new(spot.children().map(|child| Value::Node(child.place()))),
        }
    }

    /// The keys of a map, in order; nothing for a list.
    pub(crate) fn keys(self) -> Box<dyn Iterator<Item = &'a smol_str::SmolStr> + 'a> {
        match self {
            Self::Array(_) => Box::new(std::iter::empty()),
            Self::Object(entries) => Box::new(entries.iter().map(|(key, _)| key)),
            Self::Node(spot) => {
                let tree = spot.tree();
                Box::new(
                    tree.children(spot.node)
                        .filter_map(|child| Some(&tree.node(child).key.as_ref()?.text)),
                )
            }
        }
    }

    /// The value under a key of a map.
    pub(crate) fn get(self, key: &str) -> Option<Value> {
        match self {
            Self::Array(_) => None,
            Self::Object(entries) => entries
                .iter()
                .find(|(known, _)| known == key)
                .map(|(_, value)| value.clone()),
            Self::Node(spot) => {
                let child = spot.tree().get(spot.node, key)?;
                Some(Value::Node(spot.at(child).place()))
            }
        }
    }

    /// The number of elements.
    pub(crate) fn len(self) -> usize {
        match self {
            Self::Array(elements) => elements.len(),
            Self::Object(entries) => entries.len(),
            Self::Node(spot) => spot.children().count(),
        }
    }

    /// The unknown rest of a list or map of the graph that may hold more.
    pub(crate) fn open(self) -> Option<(Spot<'a>, &'a Arc<Unknown>)> {
        match self {
            Self::Node(spot) => Some((spot, spot.tree().open(spot.node)?)),
            Self::Array(_) | Self::Object(_) => None,
        }
    }
}
