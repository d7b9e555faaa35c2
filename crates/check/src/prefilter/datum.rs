//! The values that the prefilter computes with: nodes and constants that it borrows, and whatever a query computes.

use std::borrow::Cow;
use std::ops::ControlFlow;
use std::rc::Rc;
use std::sync::Arc;

use graph::{Data, Graph, NodeId};
use smol_str::SmolStr;

use super::{Flow, Stop};
use crate::value::{Elements, MissingPlace, Spot, Value, View};

/// How deep the values are that the prefilter compares as a whole.
const DEPTH: usize = 64;

/// A value of the prefilter.
#[derive(Clone, Debug)]
pub(crate) enum Datum<'a> {
    Node(Spot<'a>),
    /// `null` for keys that are not there below a node.
    Missing(Spot<'a>, Keys<'a>),
    /// Part of the query or its settings: it has no place.
    Constant(&'a Value),
    /// Neither a node nor missing nor unknown, though its elements may be.
    Computed(Value),
}

/// The keys of something missing.
#[derive(Clone, Debug)]
pub(crate) enum Keys<'a> {
    /// As the query has them.
    Borrowed(&'a [SmolStr]),
    /// Put together.
    Owned(Rc<[SmolStr]>),
}

impl Keys<'_> {
    pub(crate) fn as_slice(&self) -> &[SmolStr] {
        match self {
            Self::Borrowed(keys) => keys,
            Self::Owned(keys) => keys,
        }
    }
}

impl<'a> Datum<'a> {
    pub(crate) const NULL: Self = Self::Computed(Value::Null);

    pub(super) fn bool(value: bool) -> Self {
        Self::Computed(Value::Bool(value))
    }

    pub(super) fn text(text: &SmolStr) -> Self {
        Self::Computed(Value::Text(text.clone()))
    }

    /// A value that jq's own operations gave.
    pub(super) fn from_value(value: Value, graph: &'a Graph) -> Flow<Self> {
        ControlFlow::Continue(match value {
            Value::Unknown(_) => return ControlFlow::Break(Stop::Undecided),
            Value::Node(place) => Self::Node(Spot {
                resource: graph.resource(place.id),
                id: place.id,
                node: place.node,
            }),
            Value::Missing(missing) => {
                let place = &missing.place;
                let resource = graph.resource(place.id);
                let spot = Spot {
                    resource,
                    id: place.id,
                    node: place.node,
                };
                Self::Missing(spot, Keys::Owned(missing.keys.as_slice().into()))
            }
            value => Self::Computed(value),
        })
    }

    /// The same for a value that is kept.
    pub(crate) fn of_value(value: &Value, graph: &'a Graph) -> Option<Self> {
        Self::from_value(value.clone(), graph).continue_value()
    }

    /// The value as jq has it.
    pub(crate) fn value(&self) -> Cow<'_, Value> {
        match self {
            Self::Node(spot) => Cow::Owned(Value::Node(spot.place())),
            Self::Missing(spot, keys) => Cow::Owned(Value::Missing(Arc::new(MissingPlace {
                place: spot.place(),
                keys: keys.as_slice().to_vec(),
            }))),
            Self::Constant(value) => Cow::Borrowed(value),
            Self::Computed(value) => Cow::Borrowed(value),
        }
    }

    pub(super) fn view(&self) -> View<'_> {
        match self {
            Self::Node(spot) => spot.view(),
            Self::Missing(..) => View::Null,
            Self::Constant(value) => value.view(),
            Self::Computed(value) => value.view(),
        }
    }

    /// The view of a value that is known, if only on the outside.
    pub(super) fn known(&self) -> Flow<View<'_>> {
        match self.view() {
            View::Unknown(_) | View::Partial => ControlFlow::Break(Stop::Undecided),
            view => ControlFlow::Continue(view),
        }
    }

    /// The text of a value, which must be known text.
    pub(super) fn known_text(&self) -> Flow<&str> {
        match self.view() {
            View::Text(text) => ControlFlow::Continue(text),
            _ => ControlFlow::Break(Stop::Undecided),
        }
    }

    /// Whether the value counts as true.
    pub(super) fn truth(&self) -> Flow<bool> {
        let view = self.known()?;
        ControlFlow::Continue(!matches!(view, View::Null | View::Bool(false)))
    }

    /// The node that the value is or stands below. Without one, the filters that want a place fail.
    pub(super) fn spot(&self) -> Flow<Spot<'a>> {
        match self {
            Self::Node(spot) | Self::Missing(spot, _) => ControlFlow::Continue(*spot),
            Self::Constant(_) | Self::Computed(_) => ControlFlow::Break(Stop::Undecided),
        }
    }

    /// Stops where anything in the value is unknown.
    pub(super) fn all_known(&self) -> Flow {
        let known = match self {
            Self::Node(spot) => is_node_known(*spot, DEPTH),
            Self::Missing(..) | Self::Constant(_) => true,
            Self::Computed(value) => is_value_known(value, DEPTH),
        };
        if known {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(Stop::Undecided)
        }
    }

    /// `null` for keys that are not there.
    pub(super) fn missing(&self, keys: Keys<'a>) -> Self {
        match self {
            Self::Node(spot) => Self::Missing(*spot, keys),
            Self::Missing(spot, first) => {
                let keys = [first.as_slice(), keys.as_slice()].concat();
                Self::Missing(*spot, Keys::Owned(keys.into()))
            }
            Self::Constant(_) | Self::Computed(_) => Self::NULL,
        }
    }
}

fn is_node_known(spot: Spot<'_>, depth: usize) -> bool {
    let tree = spot.tree();
    if tree.open(spot.node).is_some() || depth == 0 {
        return false;
    }
    match tree.node(spot.node).data {
        Data::Unknown(_) | Data::Partial(_) => false,
        Data::List | Data::Map => tree
            .children(spot.node)
            .all(|child: NodeId| is_node_known(spot.at(child), depth - 1)),
        _ => true,
    }
}

fn is_value_known(value: &Value, depth: usize) -> bool {
    match value {
        Value::Unknown(_) => false,
        Value::Node(place) => is_node_known(place.spot(), depth),
        Value::Array(elements) => {
            depth > 0
                && elements
                    .iter()
                    .all(|element| is_value_known(element, depth - 1))
        }
        Value::Object(entries) => {
            depth > 0
                && entries
                    .iter()
                    .all(|(_, value)| is_value_known(value, depth - 1))
        }
        _ => true,
    }
}

/// The number of elements of a list or map.
pub(super) fn length(elements: Elements<'_>) -> Flow<usize> {
    if elements.open().is_some() {
        ControlFlow::Break(Stop::Undecided)
    } else {
        ControlFlow::Continue(elements.len())
    }
}
