//! Equality and order of values, after jq: null < booleans < numbers < texts < arrays < objects.
//!
//! The operators (`==`, `<` …) ask questions of unknown values. The total order ([`Ord`]), which sorting uses, never does: it
//! is deterministic, and using it on an unknown value makes the outputs of the run unknown.

use std::cmp::Ordering;

use smol_str::SmolStr;

use super::view::Elements;
use super::{Value, View};
use crate::run;

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (self.as_unknown(), other.as_unknown()) {
            (Some(one), Some(two)) => {
                one.identity == two.identity || one.ask(("equal", two.identity))
            }
            (Some(unknown), None) => unknown.ask_equal(other),
            (None, Some(unknown)) => unknown.ask_equal(self),
            (None, None) => known_equal(self, other),
        }
    }
}

impl Eq for Value {}

impl PartialOrd for Value {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }

    fn lt(&self, other: &Self) -> bool {
        less(self, other, false)
    }

    fn le(&self, other: &Self) -> bool {
        less(self, other, true)
    }

    fn gt(&self, other: &Self) -> bool {
        !less(self, other, true)
    }

    fn ge(&self, other: &Self) -> bool {
        !less(self, other, false)
    }
}

impl Ord for Value {
    fn cmp(&self, other: &Self) -> Ordering {
        total(self, other)
    }
}

fn known_equal(one: &Value, two: &Value) -> bool {
    match (one.view(), two.view()) {
        (View::Array(left), View::Array(right)) | (View::Object(left), View::Object(right))
            if left.open().or(right.open()).is_some() =>
        {
            open_equal(left, right, [one, two])
        }
        (View::Array(one), View::Array(two)) => {
            one.len() == two.len() && one.values().zip(two.values()).all(|(one, two)| one == two)
        }
        (View::Object(one), View::Object(two)) => {
            one.len() == two.len()
                && one
                    .keys()
                    .zip(one.values())
                    .all(|(key, value)| two.get(key).is_some_and(|other| other == value))
        }
        (one, two) => scalars_equal(one, two),
    }
}

/// Whether two lists or two maps are equal, of which one or both may hold more than is known. What is sure of them tells where
/// it differs; the rest is a question.
fn open_equal(left: Elements<'_>, right: Elements<'_>, [one, two]: [&Value; 2]) -> bool {
    let (Some((spot, open)), other, rest) = (match (left.open(), right.open()) {
        (None, open) => (open, one, left),
        (open, _) => (open, two, right),
    }) else {
        return false;
    };
    let own = spot.rest(open);
    if let Some((other, open)) = rest.open() {
        let other = other.rest(open).identity;
        return own.identity == other || own.ask(("equal", other));
    }
    if rest.len() < spot.sure() {
        return false;
    }
    let own_part = Elements::Node(spot);
    let is_same = match spot.tree().node(spot.node).data {
        graph::Data::Map => own_part
            .keys()
            .zip(own_part.values())
            .all(|(key, value)| rest.get(key).is_some_and(|other| other == value)),
        _ => {
            let sure = own_part.values().take(spot.sure());
            sure.zip(rest.values()).all(|(one, two)| one == two)
        }
    };
    is_same && own.ask(("equal", other.to_string()))
}

/// Whether two known values are equal that are not both lists and not both maps.
pub(crate) fn scalars_equal(one: View<'_>, two: View<'_>) -> bool {
    match (one, two) {
        (View::Null, View::Null) => true,
        (View::Bool(one), View::Bool(two)) => one == two,
        (View::Int(one), View::Int(two)) => one == two,
        (View::Text(one), View::Text(two)) => one == two,
        _ => match (one.number(), two.number()) {
            (Some(one), Some(two)) => one == two,
            _ => false,
        },
    }
}

fn less(one: &Value, two: &Value, or_equal: bool) -> bool {
    match (one.as_unknown(), two.as_unknown()) {
        (Some(one), Some(two)) if one.identity == two.identity => or_equal,
        (Some(one), Some(two)) => one.ask(("less", or_equal, two.identity)),
        (Some(unknown), None) => unknown.ask_less(two, or_equal),
        // `k < u` is the opposite of `u <= k`, so that one question is asked once.
        (None, Some(unknown)) => !unknown.ask_less(one, !or_equal),
        (None, None) => match total(one, two) {
            Ordering::Less => true,
            Ordering::Equal => or_equal,
            Ordering::Greater => false,
        },
    }
}

fn rank(view: View<'_>) -> u8 {
    match view {
        View::Null => 0,
        View::Bool(false) => 1,
        View::Bool(true) => 2,
        View::Int(_) | View::Float(_) => 3,
        View::Text(_) => 4,
        View::Array(_) => 5,
        View::Object(_) => 6,
        View::Unknown(_) | View::Partial => 7,
    }
}

fn total(one: &Value, two: &Value) -> Ordering {
    for value in [one, two] {
        if let Some(unknown) = value.as_unknown() {
            run::taint(&unknown.unknown);
        }
    }
    match (one.view(), two.view()) {
        (View::Array(one), View::Array(two)) => one.values().cmp(two.values()),
        (View::Object(one), View::Object(two)) => objects(one, two),
        (View::Unknown(_) | View::Partial, View::Unknown(_) | View::Partial) => {
            unknown_order(one, two)
        }
        (one, two) => scalar_order(one, two),
    }
}

/// The order of two known values that are not both lists and not both maps.
pub(crate) fn scalar_order(one: View<'_>, two: View<'_>) -> Ordering {
    rank(one).cmp(&rank(two)).then_with(|| match (one, two) {
        (View::Int(one), View::Int(two)) => one.cmp(&two),
        (View::Text(one), View::Text(two)) => one.cmp(two),
        _ => match (one.number(), two.number()) {
            (Some(one), Some(two)) => one.total_cmp(&two),
            _ => Ordering::Equal,
        },
    })
}

fn unknown_order(one: &Value, two: &Value) -> Ordering {
    let identity = |value: &Value| value.as_unknown().map(|unknown| unknown.identity);
    identity(one).cmp(&identity(two))
}

/// jq compares objects first by their sorted keys, then value by value.
fn objects(one: Elements<'_>, two: Elements<'_>) -> Ordering {
    let sorted = |object: Elements<'_>| {
        let mut keys: Vec<SmolStr> = object.keys().cloned().collect();
        keys.sort();
        keys
    };
    let (left, right) = (sorted(one), sorted(two));
    left.cmp(&right).then_with(|| {
        left.iter()
            .map(|key| one.get(key))
            .cmp(right.iter().map(|key| two.get(key)))
    })
}
