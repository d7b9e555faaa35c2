//! What templates can call on times.

use std::rc::Rc;

use go::time::{Time, Zone};

use super::object::{RFC_3339, TIME, reference, time_of, value_of};
use super::span::{self, DURATION, span_of};
use crate::functions::{Arguments, Function, Type};
use crate::run::{Failure, Run};
use crate::value::{Data, IntegerKind, Object, ObjectType, StructField, Text, Value};

/// The methods of `time.Time`.
pub(super) static METHODS: [Function; 29] = [
    Function::new("Add", &SPAN, |_, arguments| {
        let time = receiver(arguments)?;
        Ok(value_of(&time.plus(span_of(arguments.value(1)?))))
    }),
    Function::new("AddDate", &[Type::INT, Type::INT, Type::INT], add_date),
    Function::new("After", &OTHER, |_, arguments| {
        Ok(Value::bool(compared(arguments)?.is_gt()))
    }),
    Function::new("Before", &OTHER, |_, arguments| {
        Ok(Value::bool(compared(arguments)?.is_lt()))
    }),
    Function::new("Equal", &OTHER, |_, arguments| {
        Ok(Value::bool(compared(arguments)?.is_eq()))
    }),
    Function::new("Compare", &OTHER, |_, arguments| {
        Ok(Value::int(compared(arguments)? as i64))
    }),
    Function::new("Day", &[], |_, arguments| part(arguments, "2")),
    Function::new("Format", &[Type::String], format),
    Function::new("Hour", &[], |_, arguments| part(arguments, "15")),
    Function::new("IsZero", &[], |_, arguments| {
        let time = receiver(arguments)?;
        let zero = (Time::ZERO.unix(), Time::ZERO.nanosecond());
        Ok(Value::bool((time.unix(), time.nanosecond()) == zero))
    }),
    Function::new("Local", &[], |_, arguments| {
        Ok(value_of(&receiver(arguments)?.in_zone(Zone::Utc)))
    })
    .impure(),
    Function::new("MarshalJSON", &[], |_, arguments| {
        let text = receiver(arguments)?.format(RFC_3339);
        Ok(bytes(&format!("\"{text}\"")))
    }),
    Function::new("MarshalText", &[], |_, arguments| {
        Ok(bytes(&receiver(arguments)?.format(RFC_3339)))
    }),
    Function::new("Minute", &[], |_, arguments| part(arguments, "4")),
    Function::new("Month", &[], |_, arguments| named(arguments, &MONTH, "1")),
    Function::new("Nanosecond", &[], |_, arguments| {
        Ok(Value::int(receiver(arguments)?.nanosecond()))
    }),
    Function::new("Round", &SPAN, |_, arguments| {
        let (below, above) = distances(arguments)?;
        let is_nearer = below < above;
        moved(arguments, if is_nearer { -below } else { above })
    }),
    Function::new("Second", &[], |_, arguments| part(arguments, "5")),
    Function::new("String", &[], |_, arguments| {
        Ok(Value::string(receiver(arguments)?.to_string()))
    }),
    Function::new("Sub", &OTHER, |_, arguments| {
        let other = time_of(arguments.value(1)?).unwrap_or_else(reference);
        Ok(span::value_of(saturated(
            nanoseconds(&receiver(arguments)?) - nanoseconds(&other),
        )))
    }),
    Function::new("Truncate", &SPAN, |_, arguments| {
        let (below, _) = distances(arguments)?;
        moved(arguments, -below)
    }),
    Function::new("UTC", &[], |_, arguments| {
        Ok(value_of(&receiver(arguments)?.in_zone(Zone::Utc)))
    }),
    Function::new("Unix", &[], |_, arguments| since(arguments, 1)),
    Function::new("UnixMicro", &[], |_, arguments| since(arguments, 1_000_000)),
    Function::new("UnixMilli", &[], |_, arguments| since(arguments, 1_000)),
    Function::new("UnixNano", &[], |_, arguments| {
        since(arguments, 1_000_000_000)
    }),
    Function::new("Weekday", &[], |_, arguments| {
        named(arguments, &WEEKDAY, "Monday")
    }),
    Function::new("Year", &[], |_, arguments| part(arguments, "2006")),
    Function::new("YearDay", &[], |_, arguments| part(arguments, "002")),
];

static OTHER: [Type; 1] = [Type::Object(&TIME)];
static SPAN: [Type; 1] = [Type::Object(&DURATION)];

/// The types of what has a name and a number.
static MONTH: ObjectType = named_type("time.Month");
static WEEKDAY: ObjectType = named_type("time.Weekday");

const NAMED: &[StructField] = &[StructField::new("name", ""), StructField::new("number", "")];

const fn named_type(name: &'static str) -> ObjectType {
    ObjectType {
        name,
        fields: NAMED,
        methods: &NAMED_METHODS,
        string: Some(name_of),
        number: Some(IntegerKind::Int),
        ..ObjectType::PLAIN
    }
}

static NAMED_METHODS: [Function; 1] = [Function::new("String", &[], |_, arguments| {
    Ok(match &arguments.value(0)?.data {
        Data::Object(object) => Value::text(name_of(object)),
        _ => Value::string(""),
    })
})];

fn name_of(object: &Object) -> Text {
    match object.fields.first().map(|field| &field.data) {
        Some(Data::String(name)) => name.clone(),
        _ => Text::default(),
    }
}

fn receiver(arguments: &Arguments) -> Result<Time, Failure> {
    Ok(time_of(arguments.value(0)?).unwrap_or_else(reference))
}

fn compared(arguments: &Arguments) -> Result<std::cmp::Ordering, Failure> {
    let instant = |time: &Time| (time.unix(), time.nanosecond());
    let other = time_of(arguments.value(1)?).unwrap_or_else(reference);
    Ok(instant(&receiver(arguments)?).cmp(&instant(&other)))
}

fn bytes(text: &str) -> Value {
    Value::new(Data::Bytes(text.as_bytes().into()))
}

/// The nanoseconds since the beginning of Go's times.
fn nanoseconds(time: &Time) -> i128 {
    let seconds = i128::from(time.unix()) - i128::from(Time::ZERO.unix());
    seconds * 1_000_000_000 + i128::from(time.nanosecond())
}

fn saturated(nanoseconds: i128) -> i64 {
    let bound = if nanoseconds < 0 { i64::MIN } else { i64::MAX };
    i64::try_from(nanoseconds).unwrap_or(bound)
}

/// How far a time is behind a multiple of a span, and before the next one.
fn distances(arguments: &Arguments) -> Result<(i128, i128), Failure> {
    let span = i128::from(span_of(arguments.value(1)?));
    if span <= 0 {
        return Ok((0, 1));
    }
    let below = nanoseconds(&receiver(arguments)?).rem_euclid(span);
    Ok((below, span - below))
}

fn moved(arguments: &Arguments, nanoseconds: i128) -> Result<Value, Failure> {
    let time = receiver(arguments)?;
    Ok(value_of(&time.plus(saturated(nanoseconds))))
}

fn format(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let layout = arguments.string(1)?;
    Ok(Value::string(receiver(arguments)?.format(&layout)))
}

/// A number that a layout writes.
fn part(arguments: &Arguments, layout: &str) -> Result<Value, Failure> {
    let number = receiver(arguments)?.format(layout).parse();
    Ok(Value::int(number.unwrap_or(0)))
}

fn named(arguments: &Arguments, ty: &'static ObjectType, layout: &str) -> Result<Value, Failure> {
    let time = receiver(arguments)?;
    let (name, number) = match layout {
        "1" => (
            time.format("January"),
            time.format("1").parse().unwrap_or(0),
        ),
        _ => (time.format("Monday"), time.weekday()),
    };
    let fields = vec![Value::string(name), Value::int(number)];
    Ok(Value::new(Data::Object(Rc::new(Object { ty, fields }))))
}

/// How many parts of a second passed since 1970; `per_second` is a power of ten up to a billion.
fn since(arguments: &Arguments, per_second: i64) -> Result<Value, Failure> {
    let time = receiver(arguments)?;
    let rest = time.nanosecond() / (1_000_000_000 / per_second);
    let whole = time.unix().wrapping_mul(per_second);
    Ok(Value::int64(whole.wrapping_add(rest)))
}

fn add_date(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let number = |index| arguments.integer(index);
    let time = receiver(arguments)?;
    Ok(value_of(&time.plus_date(
        number(1)?,
        number(2)?,
        number(3)?,
    )))
}
