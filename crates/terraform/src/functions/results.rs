//! What functions give back beside plain values: strings that know how they were made, and unknown values.

use std::sync::Arc;

use source::Span;

use super::arguments::{computed, computed_from};
use super::{Environment, Failure};
use crate::value::{
    Cause, Data, Made, Number, Refinements, Shape, Text, Type, Unknown, Value, normalized,
};

/// `list(any)`.
pub(super) fn list_of_any() -> Type {
    Type::list(Type::Dynamic)
}

/// A string that the call computed from one that is set elsewhere.
pub(super) fn text_from(environment: &Environment<'_>, operand: &Value, text: &str) -> Value {
    computed_from(environment, operand, Data::string(text))
}

/// A string that was made in a way worth telling.
pub(super) fn made_string(text: &str, made: Made) -> Data {
    Data::String(Text {
        text: normalized(text),
        made: Some(Arc::new(made)),
    })
}

/// A result that is unknown because something in the arguments is.
pub(super) fn unknown_result<'a>(
    environment: &Environment<'_>,
    ty: Type,
    arguments: impl IntoIterator<Item = &'a Value>,
    shape: Option<Shape>,
) -> Value {
    let cause = arguments.into_iter().find_map(Value::first_unknown);
    let (cause, place) = cause.map_or((Cause::Invalid, None), |unknown| {
        (unknown.cause.clone(), unknown.place)
    });
    let mut unknown = Unknown::new(ty, cause, place);
    unknown.shape = shape;
    computed(environment, Data::Unknown(Arc::new(unknown)))
}

/// The same value with more known of it, if it is unknown.
pub(super) fn refined(mut value: Value, refine: impl FnOnce(&mut Refinements)) -> Value {
    if let Data::Unknown(unknown) = &mut value.data {
        refine(&mut Arc::make_mut(unknown).known);
    }
    value
}

/// A result that nothing can tell.
pub(super) fn never_known(ty: Type, cause: Cause, place: Span) -> Failure {
    let mut unknown = Unknown::new(ty, cause, Some(place));
    unknown.known.not_null = unknown.ty != Type::Dynamic;
    Failure::Unknown(Box::new(unknown))
}

/// The whole number of 64 bits that an argument is.
pub(super) fn whole(value: &Value) -> Option<i64> {
    value.as_number().and_then(Number::to_i64)
}

/// The text of a known string.
pub(super) fn str_of(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
