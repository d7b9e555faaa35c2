//! Rows of function tables, access to arguments, and results: what the functions' code shares.

use std::ops::RangeInclusive;

use super::{Environment, Failure, Parameter};
use crate::value::{Cause, Data, Marks, Number, Origin, Step, StepRole, Type, Unknown, Value};

/// The most elements of a collection that a function makes.
pub(super) const MOST_ITEMS: usize = 1_000_000;

/// The failure of a function whose result would have too many elements.
pub(super) fn too_many_items() -> Failure {
    Failure::Call(format!("there would be more than {MOST_ITEMS} elements"))
}

/// A parameter of one type that takes no null, no unknown and no marked value.
pub(super) const fn parameter(name: &'static str, ty: fn() -> Type) -> Parameter {
    Parameter {
        name,
        ty,
        allow_null: false,
        allow_unknown: false,
        allow_dynamic: false,
        allow_marked: false,
        only_known: false,
    }
}

/// A parameter whose argument is not converted.
pub(super) const fn any_parameter(name: &'static str) -> Parameter {
    parameter(name, || Type::Dynamic)
}

/// A parameter of a string.
pub(super) const fn string_parameter(name: &'static str) -> Parameter {
    parameter(name, || Type::String)
}

/// A parameter of a number.
pub(super) const fn number_parameter(name: &'static str) -> Parameter {
    parameter(name, || Type::Number)
}

/// A parameter of a list of strings.
pub(super) const fn strings_parameter(name: &'static str) -> Parameter {
    parameter(name, || Type::list(Type::String))
}

impl Parameter {
    /// The parameter, for null too.
    pub(super) const fn or_null(mut self) -> Self {
        self.allow_null = true;
        self
    }

    /// The parameter, for unknown values too, whose type is decided.
    pub(super) const fn or_unknown(mut self) -> Self {
        self.allow_unknown = true;
        self
    }

    /// The parameter, for unknown values too, which Terraform does not look at.
    pub(super) const fn or_shaped(mut self) -> Self {
        self.allow_unknown = true;
        self.only_known = true;
        self
    }

    /// The parameter, for values too whose type is not decided.
    pub(super) const fn or_dynamic(mut self) -> Self {
        self.allow_dynamic = true;
        self
    }

    /// The parameter, with the marks of its values left on.
    pub(super) const fn or_marked(mut self) -> Self {
        self.allow_marked = true;
        self
    }
}

/// A function that returns a string returns this type.
pub(super) fn returns_string(_: &[Value]) -> Result<Type, Failure> {
    Ok(Type::String)
}

/// A function that returns a number returns this type.
pub(super) fn returns_number(_: &[Value]) -> Result<Type, Failure> {
    Ok(Type::Number)
}

/// A function that returns a truth value returns this type.
pub(super) fn returns_bool(_: &[Value]) -> Result<Type, Failure> {
    Ok(Type::Bool)
}

/// A function that returns a list of strings returns this type.
pub(super) fn returns_strings(_: &[Value]) -> Result<Type, Failure> {
    Ok(Type::list(Type::String))
}

/// A function whose result depends on more than types returns this type.
pub(super) fn returns_any(_: &[Value]) -> Result<Type, Failure> {
    Ok(Type::Dynamic)
}

/// The function's arguments have types that the caller checked, so that this tells of a wrong table rather than of input.
fn unexpected(index: usize) -> Failure {
    Failure::argument(index, "must be known, not null and of another type")
}

/// The text of a known string.
pub(super) fn string(arguments: &[Value], index: usize) -> Result<&str, Failure> {
    let argument = arguments.get(index).and_then(Value::as_str);
    argument.ok_or_else(|| unexpected(index))
}

/// A known number.
pub(super) fn number(arguments: &[Value], index: usize) -> Result<&Number, Failure> {
    let argument = arguments.get(index).and_then(Value::as_number);
    argument.ok_or_else(|| unexpected(index))
}

/// A known integer of 64 bits, for functions that blame the call and not the argument for another number.
pub(super) fn integer_or_failed_call(arguments: &[Value], index: usize) -> Result<i64, Failure> {
    let failure = || Failure::Call("a whole number of at most 64 bits is needed".into());
    number(arguments, index)?.to_i64().ok_or_else(failure)
}

/// A known integer within limits.
pub(super) fn integer_within(
    arguments: &[Value],
    index: usize,
    limits: RangeInclusive<i64>,
) -> Result<i64, Failure> {
    let integer = number(arguments, index)?.to_i64();
    integer
        .filter(|integer| limits.contains(integer))
        .ok_or_else(|| {
            let (least, most) = (limits.start(), limits.end());
            let message = format!("must be a whole number between {least} and {most} inclusive");
            Failure::argument(index, message)
        })
}

/// A value that the call makes.
pub(super) fn computed(environment: &Environment<'_>, data: Data) -> Value {
    Value::new(data, environment.origin.clone())
}

/// A value that the call makes of an argument: a person may want to see where that was set.
pub(super) fn computed_from(environment: &Environment<'_>, argument: &Value, data: Data) -> Value {
    Value::new(data, through_operand(environment.origin, argument))
}

/// The origin of something that was computed from a value.
pub(super) fn through_operand(origin: &Origin, operand: &Value) -> Origin {
    let span = operand.origin.span;
    if span == origin.span {
        return origin.clone();
    }
    let role = StepRole::Operand;
    origin.through(Step { span, role })
}

/// An unknown result, because of an argument that is unknown or has an unknown part.
pub(super) fn unknown(environment: &Environment<'_>, ty: Type, because: &Value) -> Value {
    let unknown = match because.first_unknown() {
        Some(cause) => Unknown::new(ty, cause.cause.clone(), cause.place),
        None => Unknown::new(ty, Cause::Invalid, Some(because.origin.span)),
    };
    computed(environment, Data::Unknown(unknown.into()))
}

/// An unknown result, because of the first argument that is unknown or has an unknown part. None where none is.
pub(super) fn unknown_because_of(
    environment: &Environment<'_>,
    ty: Type,
    arguments: &[Value],
) -> Option<Value> {
    let because = (arguments.iter()).find(|argument| !argument.is_wholly_known())?;
    Some(unknown(environment, ty, because))
}

/// The marks of arguments themselves, for functions that look after marks.
pub(super) fn marks(arguments: &[Value]) -> Marks {
    let marks = arguments.iter().map(|argument| argument.marks);
    marks.fold(Marks::default(), Marks::union)
}

/// A text in a message, unless it must not be shown. Long texts are cut.
pub(super) fn quoted(value: &Value) -> String {
    match value.as_str() {
        _ if value.marks.sensitive || value.marks.ephemeral => "(sensitive value)".to_owned(),
        Some(text) if text.chars().count() > 60 => {
            format!("{:?}…", text.chars().take(60).collect::<String>())
        }
        Some(text) => format!("{text:?}"),
        None => "the value".to_owned(),
    }
}
