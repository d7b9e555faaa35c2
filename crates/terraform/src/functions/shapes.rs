//! What checks may know of results that are unknown: elements and entries that are there for certain, alternatives.

use std::sync::Arc;

use crate::value::{Cause, Data, Entries, Shape, Type, Unknown, Value};

/// The elements of a sequence that are there for certain, and what any further one is like if there may be more.
#[derive(Default)]
pub(super) struct Sequence {
    items: Vec<Value>,
    rest: Option<Arc<Value>>,
}

impl Sequence {
    /// Takes the elements of a list, set or tuple, known or not.
    pub(super) fn extend(&mut self, value: &Value) {
        if let Some(items) = value.as_items() {
            self.items.extend(items.iter().cloned());
        }
        let Some(unknown) = value.unknown() else {
            return;
        };
        match &unknown.shape {
            Some(Shape::Items { items, rest }) => {
                self.items.extend(items.iter().cloned());
                self.open(Arc::clone(rest));
            }
            _ => self.open(Arc::new(element(value, unknown))),
        }
    }

    /// Takes an element.
    pub(super) fn push(&mut self, item: Value) {
        self.items.push(item);
    }

    /// Takes the known and the unknown elements of another.
    pub(super) fn extend_shape(&mut self, shape: Shape) {
        if let Shape::Items { items, rest } = shape {
            self.items.extend(items.iter().cloned());
            self.open(rest);
        }
    }

    /// Takes a value that may be any number of elements.
    pub(super) fn extend_any(&mut self, value: &Value) {
        let is_sequence = value
            .unknown()
            .is_some_and(|unknown| matches!(unknown.shape, Some(Shape::Items { .. })));
        if is_sequence {
            self.extend(value);
        } else {
            self.open(Arc::new(value.clone()));
        }
    }

    /// Says that there may be more elements, like this one too.
    pub(super) fn open(&mut self, rest: Arc<Value>) {
        self.rest = Some(match self.rest.take() {
            None => rest,
            Some(earlier) => Arc::new(either(&earlier, &rest)),
        });
    }

    /// What any of the elements is like.
    pub(super) fn any(self) -> Option<Shape> {
        let rest = self.rest.map(|rest| Value::clone(&rest));
        one_of(self.items.into_iter().chain(rest))
    }

    /// What is known of them, if there may be more.
    pub(super) fn shape(self) -> Option<Shape> {
        let items = self.items.into();
        self.rest.map(|rest| Shape::Items { items, rest })
    }
}

/// A value that is what one of two may be.
fn either(one: &Value, other: &Value) -> Value {
    let alternatives = |value: &Value| match value.unknown().map(|unknown| &unknown.shape) {
        Some(Some(Shape::OneOf(values))) => values.to_vec(),
        _ => vec![value.clone()],
    };
    let because = one.first_unknown().or(other.first_unknown());
    let mut unknown = match because {
        Some(because) => Unknown::new(Type::Dynamic, because.cause.clone(), because.place),
        None => Unknown::new(Type::Dynamic, Cause::Invalid, None),
    };
    let all = [alternatives(one), alternatives(other)].concat();
    unknown.shape = Some(Shape::OneOf(all.into()));
    Value::new(Data::Unknown(unknown.into()), one.origin.clone())
}

/// Any element of an unknown collection.
fn element(value: &Value, unknown: &Unknown) -> Value {
    let ty = unknown.ty.element().cloned().unwrap_or(Type::Dynamic);
    let element = Unknown::new(ty, unknown.cause.clone(), unknown.place);
    Value::new(Data::Unknown(Arc::new(element)), value.origin.clone())
}

/// The entries of a map or object that are there for certain, and what any further one is like.
pub(super) fn entries(value: &Value) -> (Arc<Entries>, Option<Arc<Value>>) {
    if let Some(entries) = value.as_entries() {
        return (Arc::clone(entries), None);
    }
    match value.unknown() {
        None => (Arc::default(), None),
        Some(unknown) => match &unknown.shape {
            Some(Shape::Entries { entries, rest }) => (Arc::clone(entries), Some(Arc::clone(rest))),
            _ => (Arc::default(), Some(Arc::new(element(value, unknown)))),
        },
    }
}

/// One of some values; of one that is unknown, its own shape.
pub(super) fn one_of(values: impl IntoIterator<Item = Value>) -> Option<Shape> {
    let values: Vec<Value> = values.into_iter().collect();
    match values.as_slice() {
        [] => None,
        [value] if value.unknown().is_some() => value.unknown()?.shape.clone(),
        _ => Some(Shape::OneOf(values.into())),
    }
}
