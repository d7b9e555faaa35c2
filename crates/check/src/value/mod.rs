//! The value type that queries compute with: values of the graph that know their place, and values computed from them.

mod arithmetic;
mod compare;
mod convert;
mod jq;
mod spot;
mod unknown;
mod update;
mod view;

use std::sync::Arc;

use graph::{NodeId, Resource, ResourceId};
use smol_str::SmolStr;

pub(crate) use compare::{scalar_order, scalars_equal};
pub(crate) use convert::redacted;
pub(crate) use jq::kind_name;
pub(crate) use spot::Spot;
pub(crate) use unknown::{KnownPart, UnknownValue, hash};
pub(crate) use view::{Elements, View};

use crate::run;

/// A node of a resource of the graph.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) resource: Arc<Resource>,
    pub(crate) id: ResourceId,
    pub(crate) node: NodeId,
}

impl Place {
    /// Another node of the same resource.
    pub(crate) fn at(&self, node: NodeId) -> Self {
        Self {
            resource: Arc::clone(&self.resource),
            id: self.id,
            node,
        }
    }
}

/// A key that is not there: the nearest node that is, and the keys below it.
#[derive(Clone, Debug)]
pub(crate) struct MissingPlace {
    pub(crate) place: Place,
    pub(crate) keys: Vec<SmolStr>,
}

/// An object that a query constructed; keys are in the order of their first use.
pub(crate) type Object = Vec<(SmolStr, Value)>;

/// A value of a query. Cloning takes a step of the run's fuel.
#[derive(Debug)]
pub(crate) enum Value {
    /// A computed `null`.
    Null,
    /// A computed truth value.
    Bool(bool),
    /// A computed whole number.
    Int(isize),
    /// Any other computed number.
    Float(f64),
    /// Computed text.
    Text(SmolStr),
    /// A constructed array, whose elements may have places.
    Array(Arc<Vec<Value>>),
    /// A constructed object, whose values may have places.
    Object(Arc<Object>),
    /// A value of the graph.
    Node(Place),
    /// `null` for a key that is not there.
    Missing(Arc<MissingPlace>),
    /// Something computed from, or found below, an unknown value.
    Unknown(Arc<UnknownValue>),
}

impl Clone for Value {
    fn clone(&self) -> Self {
        run::spend(1);
        match self {
            Self::Null => Self::Null,
            Self::Bool(value) => Self::Bool(*value),
            Self::Int(value) => Self::Int(*value),
            Self::Float(value) => Self::Float(*value),
            Self::Text(value) => Self::Text(value.clone()),
            Self::Array(value) => Self::Array(Arc::clone(value)),
            Self::Object(value) => Self::Object(Arc::clone(value)),
            Self::Node(value) => Self::Node(value.clone()),
            Self::Missing(value) => Self::Missing(Arc::clone(value)),
            Self::Unknown(value) => Self::Unknown(Arc::clone(value)),
        }
    }
}

impl Value {
    /// The root of a resource.
    pub(crate) fn root(resource: &Arc<Resource>, id: ResourceId) -> Self {
        Self::Node(Place {
            resource: Arc::clone(resource),
            id,
            node: NodeId::ROOT,
        })
    }

    /// A constructed array.
    pub(crate) fn array(elements: Vec<Self>) -> Self {
        run::spend(elements.len() as u64);
        Self::Array(Arc::new(elements))
    }

    /// A constructed object; later entries replace earlier ones of the same key.
    pub(crate) fn object(entries: impl IntoIterator<Item = (SmolStr, Self)>) -> Self {
        let mut object = Object::new();
        for (key, value) in entries {
            run::spend(1);
            insert(&mut object, key, value);
        }
        Self::Object(Arc::new(object))
    }

    /// The node that the value is or stands below, if it has a place.
    pub(crate) fn place(&self) -> Option<&Place> {
        match self {
            Self::Node(place) => Some(place),
            Self::Missing(missing) => Some(&missing.place),
            Self::Unknown(unknown) => unknown.place.as_ref(),
            _ => None,
        }
    }
}

pub(crate) fn insert(object: &mut Object, key: SmolStr, value: Value) {
    match object.iter_mut().find(|(known, _)| *known == key) {
        Some((_, slot)) => *slot = value,
        None => object.push((key, value)),
    }
}
