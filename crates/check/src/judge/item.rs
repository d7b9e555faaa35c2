//! What a generator gives to the queries behind it.

use std::cell::OnceCell;

use graph::Graph;

use crate::prefilter::Datum;
use crate::value::{Spot, Value};

/// The outputs of a generator.
pub(super) enum Items<'a> {
    Each(Vec<Item<'a>>),
    /// They depend on unknown values: the generator, as an entry of the program, runs with each query.
    Undecided(usize),
}

/// One output of a generator, in the forms that the prefilter and the engine of jq want.
pub(super) enum Item<'a> {
    Known(Datum<'a>, OnceCell<Value>),
    Unknown(Value),
}

impl<'a> Items<'a> {
    /// The whole resource, of a query without a generator.
    pub(super) fn root(root: Spot<'a>) -> Self {
        Self::Each(vec![Item::known(Datum::Node(root))])
    }
}

impl<'a> Item<'a> {
    pub(super) fn known(datum: Datum<'a>) -> Self {
        Self::Known(datum, OnceCell::new())
    }

    pub(super) fn of_value(value: Value, graph: &'a Graph) -> Self {
        match Datum::of_value(&value, graph) {
            Some(datum) => Self::Known(datum, OnceCell::from(value)),
            None => Self::Unknown(value),
        }
    }

    pub(super) fn datum(&self) -> Option<&Datum<'a>> {
        match self {
            Self::Known(datum, _) => Some(datum),
            Self::Unknown(_) => None,
        }
    }

    pub(super) fn value(&self) -> &Value {
        match self {
            Self::Known(datum, value) => value.get_or_init(|| datum.value().into_owned()),
            Self::Unknown(value) => value,
        }
    }
}
