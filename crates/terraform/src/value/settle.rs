//! What is known of an unknown value so exactly that nothing about it is unknown, or only its elements are.

use std::sync::Arc;

use super::{Data, Entries, Shape, Type, Unknown, Value};

/// Longer lists of unknown elements help nobody.
const MOST_ELEMENTS: u64 = 1024;

impl Value {
    /// The value that an unknown can only be, as go-cty finds it: a number whose bounds are equal, an empty collection,
    /// and a list of unknown elements where its length is known.
    ///
    /// Source: <https://github.com/zclconf/go-cty/blob/main/docs/refinements.md>.
    #[must_use]
    pub fn settled(self) -> Self {
        match self.unknown().and_then(|unknown| only(unknown, &self)) {
            Some(data) => self.with_data(data),
            None => self,
        }
    }
}

fn only(unknown: &Unknown, value: &Value) -> Option<Data> {
    let known = &unknown.known;
    if !known.not_null {
        return None;
    }
    if let (Some(lower), Some(upper)) = (&known.lower, &known.upper) {
        let is_one = lower.inclusive && upper.inclusive && lower.number == upper.number;
        return is_one.then(|| Data::Number(lower.number.clone()));
    }
    let length = known.max_length.filter(|most| *most == known.min_length)?;
    match (&unknown.ty, length) {
        (Type::List(element), _) if length <= MOST_ELEMENTS => {
            let items = (0..length).map(|index| element_of(unknown, value, element, index));
            Some(Data::List(element.as_ref().clone(), items.collect()))
        }
        (Type::Set(element), 0) => Some(Data::Set(element.as_ref().clone(), Arc::default())),
        (Type::Set(element), 1) => {
            let item = element_of(unknown, value, element, 0);
            Some(Data::Set(element.as_ref().clone(), Arc::new([item])))
        }
        (Type::Map(element), 0) => {
            let none = Arc::new(Entries::new());
            Some(Data::Map(element.as_ref().clone(), none))
        }
        _ => None,
    }
}

fn element_of(unknown: &Unknown, whole: &Value, ty: &Type, index: u64) -> Value {
    let mut element = Unknown::new(ty.clone(), unknown.cause.clone(), unknown.place);
    element.shape = usize::try_from(index)
        .ok()
        .and_then(|index| element_shape(unknown, index));
    whole.clone().with_data(Data::Unknown(Arc::new(element)))
}

/// What an element may be, where the whole is one of several.
fn element_shape(unknown: &Unknown, index: usize) -> Option<Shape> {
    let Some(Shape::OneOf(alternatives)) = &unknown.shape else {
        return None;
    };
    let elements = alternatives.iter().map(|alternative| {
        let items = alternative.as_items()?;
        Some(items.get(index)?.within(alternative))
    });
    elements.collect::<Option<_>>().map(Shape::OneOf)
}
