//! Paths of jq on values of the prefilter: members of maps, elements of lists.

use std::borrow::Cow;
use std::ops::ControlFlow;

use graph::{Data, Graph};
use smol_str::SmolStr;

use super::datum::{Datum, Keys, length};
use super::term::Missing;
use super::{Flow, Output, Stop};
use crate::value::{Spot, Value, View};

/// What there is under a key.
enum Lookup<'a> {
    Found(Datum<'a>),
    Absent,
    /// The value can't have keys.
    Impossible,
}

impl<'a> Datum<'a> {
    /// What one key after the other leads to.
    pub(super) fn member(&self, keys: &'a [SmolStr], graph: &'a Graph) -> Flow<Self> {
        if let Self::Node(spot) = self {
            return member_of_node(*spot, keys);
        }
        let mut value = Cow::Borrowed(self);
        for (index, key) in keys.iter().enumerate() {
            match value.lookup(key, graph)? {
                Lookup::Found(Self::Node(spot)) => return member_of_node(spot, &keys[index + 1..]),
                Lookup::Found(found) => value = Cow::Owned(found),
                Lookup::Absent => {
                    return ControlFlow::Continue(value.missing(Keys::Borrowed(&keys[index..])));
                }
                Lookup::Impossible => return ControlFlow::Break(Stop::Undecided),
            }
        }
        ControlFlow::Continue(value.into_owned())
    }

    /// What a computed key or index leads to; `None` where jq fails.
    pub(super) fn element(&self, index: &Self, graph: &'a Graph) -> Flow<Option<Self>> {
        match (self.known()?, index.known()?) {
            (View::Object(_) | View::Null, View::Text(key)) => {
                ControlFlow::Continue(match self.lookup(key, graph)? {
                    Lookup::Found(found) => Some(found),
                    Lookup::Absent => Some(self.missing(Keys::Owned([SmolStr::from(key)].into()))),
                    Lookup::Impossible => None,
                })
            }
            (View::Null, View::Int(_) | View::Null) => ControlFlow::Continue(Some(Self::NULL)),
            (View::Array(_), View::Int(index)) => self.nth(index, graph).map_continue(Some),
            _ => ControlFlow::Continue(None),
        }
    }

    /// Whether the value has something under a key or index.
    pub(super) fn has(&self, key: &Self, graph: &'a Graph) -> Flow<bool> {
        match (self.known()?, key.known()?) {
            (View::Object(_), View::Text(key)) => self
                .lookup(key, graph)
                .map_continue(|found| matches!(found, Lookup::Found(_))),
            (View::Array(elements), View::Int(index)) => {
                let length = length(elements)?;
                ControlFlow::Continue(usize::try_from(index).is_ok_and(|index| index < length))
            }
            _ => ControlFlow::Break(Stop::Undecided),
        }
    }

    fn lookup(&self, key: &str, graph: &'a Graph) -> Flow<Lookup<'a>> {
        let elements = match self.known()? {
            View::Object(elements) => elements,
            View::Null => return ControlFlow::Continue(Lookup::Absent),
            _ => return ControlFlow::Continue(Lookup::Impossible),
        };
        let found = match self {
            Self::Node(spot) => spot
                .tree()
                .get(spot.node, key)
                .map(|node| Self::Node(spot.at(node))),
            Self::Constant(Value::Object(entries)) => {
                let entry = entries.iter().find(|(known, _)| known == key);
                entry.map(|(_, value)| Self::Constant(value))
            }
            _ => match elements.get(key) {
                Some(value) => Some(Self::from_value(value, graph)?),
                None => None,
            },
        };
        match found {
            Some(found) => ControlFlow::Continue(Lookup::Found(found)),
            None if elements.open().is_some() => ControlFlow::Break(Stop::Undecided),
            None => ControlFlow::Continue(Lookup::Absent),
        }
    }

    /// The element of a list at an index, which counts from the end where it is negative.
    fn nth(&self, index: isize, graph: &'a Graph) -> Flow<Self> {
        let View::Array(elements) = self.known()? else {
            return ControlFlow::Break(Stop::Undecided);
        };
        if elements.open().is_some() {
            return ControlFlow::Break(Stop::Undecided);
        }
        let index = match usize::try_from(index) {
            Ok(index) => Some(index),
            Err(_) => elements.len().checked_sub(index.unsigned_abs()),
        };
        match index.and_then(|index| elements.values().nth(index)) {
            Some(value) => Self::from_value(value, graph),
            None => ControlFlow::Continue(Self::NULL),
        }
    }

    /// Gives out each element of a list or map.
    pub(super) fn elements(&self, missing: Missing, graph: &'a Graph, out: Output<'_, 'a>) -> Flow {
        match (self.known()?, self) {
            (View::Array(elements) | View::Object(elements), Self::Node(spot)) => {
                for child in spot.children() {
                    // Whether there is anything like it is a question.
                    if spot.tree().is_symbolic(child.node) {
                        return ControlFlow::Break(Stop::Undecided);
                    }
                    out(&Self::Node(child))?;
                }
                // Only whoever sees all known elements asks whether there are more.
                if elements.open().is_some() {
                    ControlFlow::Break(Stop::Undecided)
                } else {
                    ControlFlow::Continue(())
                }
            }
            (View::Array(_), Self::Constant(Value::Array(elements))) => elements
                .iter()
                .try_for_each(|element| out(&Self::Constant(element))),
            (View::Object(_), Self::Constant(Value::Object(entries))) => entries
                .iter()
                .try_for_each(|(_, value)| out(&Self::Constant(value))),
            (View::Array(elements) | View::Object(elements), _) => elements
                .values()
                .try_for_each(|element| out(&Self::from_value(element, graph)?)),
            _ if missing == Missing::Skips => ControlFlow::Continue(()),
            _ => ControlFlow::Break(Stop::Undecided),
        }
    }
}

fn member_of_node<'a>(spot: Spot<'a>, keys: &'a [SmolStr]) -> Flow<Datum<'a>> {
    let tree = spot.tree();
    let mut node = spot.node;
    for (index, key) in keys.iter().enumerate() {
        let child = match tree.node(node).data {
            Data::Map => tree.get(node, key),
            Data::Null => None,
            _ => return ControlFlow::Break(Stop::Undecided),
        };
        let Some(child) = child else {
            if tree.open(node).is_some() {
                return ControlFlow::Break(Stop::Undecided);
            }
            let missing = Datum::Missing(spot.at(node), Keys::Borrowed(&keys[index..]));
            return ControlFlow::Continue(missing);
        };
        node = child;
    }
    ControlFlow::Continue(Datum::Node(spot.at(node)))
}
