//! One way to look at a value, wherever it lives.

use std::sync::Arc;

use graph::{Data, Unknown};

use super::{Place, Value};

/// What a value holds, without its place.
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
    Node(&'a Place),
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
            Self::Node(place) => place.view(),
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

impl Place {
    fn view(&self) -> View<'_> {
        match &self.resource.tree.node(self.node).data {
            Data::Null => View::Null,
            Data::Bool(value) => View::Bool(*value),
            Data::Int(value) => isize::try_from(*value).map_or(View::Float(*value as f64), View::Int),
            Data::Float(value) => View::Float(*value),
            Data::String(value) => View::Text(value),
            Data::List => View::Array(Elements::Node(self)),
            Data::Map => View::Object(Elements::Node(self)),
            Data::Unknown(unknown) => View::Unknown(unknown),
            Data::Partial(_) => View::Partial,
        }
    }
}

impl<'a> Elements<'a> {
    /// The values, in order.
    pub(crate) fn values(self) -> Box<dyn Iterator<Item = Value> + 'a> {
        match self {
            Self::Array(elements) => Box::new(elements.iter().cloned()),
            Self::Object(entries) => Box::new(entries.iter().map(|(_, value)| value.clone())),
            Self::Node(place) => {
                let tree = &place.resource.tree;
                Box::new(tree.children(place.node).map(|child| Value::Node(place.at(child))))
            }
        }
    }

    /// The keys of a map, in order; nothing for a list.
    pub(crate) fn keys(self) -> Box<dyn Iterator<Item = &'a smol_str::SmolStr> + 'a> {
        match self {
            Self::Array(_) => Box::new(std::iter::empty()),
            Self::Object(entries) => Box::new(entries.iter().map(|(key, _)| key)),
            Self::Node(place) => {
                let tree = &place.resource.tree;
                Box::new(tree.children(place.node).filter_map(|child| Some(&tree.node(child).key.as_ref()?.text)))
            }
        }
    }

    /// The value under a key of a map.
    pub(crate) fn get(self, key: &str) -> Option<Value> {
        match self {
            Self::Array(_) => None,
            Self::Object(entries) => entries.iter().find(|(known, _)| known == key).map(|(_, value)| value.clone()),
            Self::Node(place) => {
                let child = place.resource.tree.get(place.node, key)?;
                Some(Value::Node(place.at(child)))
            }
        }
    }

    /// The number of elements.
    pub(crate) fn len(self) -> usize {
        match self {
            Self::Array(elements) => elements.len(),
            Self::Object(entries) => entries.len(),
            Self::Node(place) => place.resource.tree.children(place.node).count(),
        }
    }

    /// The unknown rest of a list or map of the graph that may hold more.
    pub(crate) fn open(self) -> Option<(&'a Place, &'a Arc<Unknown>)> {
        match self {
            Self::Node(place) => Some((place, place.resource.tree.open(place.node)?)),
            Self::Array(_) | Self::Object(_) => None,
        }
    }
}
