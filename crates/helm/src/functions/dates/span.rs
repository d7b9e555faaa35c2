//! `time.Duration` as an object: its field is the nanoseconds.

use std::rc::Rc;

use go::duration::format;

use crate::functions::{Arguments, Function, Type};
use crate::run::{Failure, Run};
use crate::value::{Data, IntegerKind, Object, ObjectType, StructField, Text, Value};

/// The type `time.Duration`.
pub(super) static DURATION: ObjectType = ObjectType {
    name: "time.Duration",
    fields: &[StructField::new("number", "")],
    methods: &METHODS,
    string: Some(|object| Text::from(format(object.number().unwrap_or_default()))),
    number: Some(IntegerKind::Int64),
    ..ObjectType::PLAIN
};

static SPAN: [Type; 1] = [Type::Object(&DURATION)];
const SECOND: i64 = 1_000_000_000;

static METHODS: [Function; 10] = [
    Function::new("Abs", &[], |_, arguments| {
        Ok(value_of(receiver(arguments)?.saturating_abs()))
    }),
    Function::new("Hours", &[], |_, arguments| {
        Ok(parts(receiver(arguments)?, 3_600 * SECOND))
    }),
    Function::new("Microseconds", &[], |_, arguments| {
        Ok(Value::int64(receiver(arguments)? / 1_000))
    }),
    Function::new("Milliseconds", &[], |_, arguments| {
        Ok(Value::int64(receiver(arguments)? / 1_000_000))
    }),
    Function::new("Minutes", &[], |_, arguments| {
        Ok(parts(receiver(arguments)?, 60 * SECOND))
    }),
    Function::new("Nanoseconds", &[], |_, arguments| {
        Ok(Value::int64(receiver(arguments)?))
    }),
    Function::new("Round", &SPAN, round),
    Function::new("Seconds", &[], |_, arguments| {
        Ok(parts(receiver(arguments)?, SECOND))
    }),
    Function::new("String", &[], |_, arguments| {
        Ok(Value::string(format(receiver(arguments)?)))
    }),
    Function::new("Truncate", &SPAN, |_, arguments| {
        let (span, unit) = (receiver(arguments)?, span_of(arguments.value(1)?));
        Ok(value_of(match unit > 0 {
            true => span - span % unit,
            false => span,
        }))
    }),
];

/// A span of nanoseconds as a value.
pub(super) fn value_of(nanoseconds: i64) -> Value {
    let fields = vec![Value::int64(nanoseconds)];
    let ty = &DURATION;
    Value::new(Data::Object(Rc::new(Object { ty, fields })))
}

/// The nanoseconds of a span; none of what is none.
pub(super) fn span_of(value: &Value) -> i64 {
    match &value.data {
        Data::Object(object) => object.number().unwrap_or_default(),
        _ => 0,
    }
}

fn receiver(arguments: &Arguments) -> Result<i64, Failure> {
    arguments.value(0).map(span_of)
}

/// How many units a span has.
#[expect(
    clippy::cast_precision_loss,
    reason = "Go rounds to the nearest number in the same way"
)]
fn parts(span: i64, unit: i64) -> Value {
    Value::float((span / unit) as f64 + (span % unit) as f64 / unit as f64)
}

/// The nearest multiple of a unit; halves go away from zero, and what no number holds stays at the furthest.
fn round(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let (span, unit) = (receiver(arguments)?, span_of(arguments.value(1)?));
    if unit <= 0 {
        return Ok(value_of(span));
    }
    let rest = span % unit;
    let is_near = rest.unsigned_abs() * 2 < unit.unsigned_abs();
    let near = span - rest;
    Ok(value_of(match (is_near, span < 0) {
        (true, _) => near,
        (false, true) => near.saturating_sub(unit),
        (false, false) => near.saturating_add(unit),
    }))
}
