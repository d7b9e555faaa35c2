//! What templates can call on times.

use std::rc::Rc;

use go::time::{Time, Zone};

use super::object::{TIME, reference, time_of, value_of};
use crate::functions::{Arguments, Function, Type};
use crate::run::{Failure, Run};
use crate::value::{Data, Object, ObjectType, StructField, Text, Value};

/// The methods of `time.Time`.
pub(super) static METHODS: [Function; 22] = [
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
    Function::new("Minute", &[], |_, arguments| part(arguments, "4")),
    Function::new("Month", &[], |_, arguments| named(arguments, &MONTH, "1")),
    Function::new("Nanosecond", &[], |_, arguments| {
        Ok(Value::int(receiver(arguments)?.nanosecond()))
    }),
    Function::new("Second", &[], |_, arguments| part(arguments, "5")),
    Function::new("String", &[], |_, arguments| {
        Ok(Value::string(receiver(arguments)?.to_string()))
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

/// The types of what has a name and a number.
static MONTH: ObjectType = named_type("time.Month");
static WEEKDAY: ObjectType = named_type("time.Weekday");

const NAMED: &[StructField] = &[StructField::new("name", ""), StructField::new("number", "")];

const fn named_type(name: &'static str) -> ObjectType {
    ObjectType {
        name,
        fields: NAMED,
        methods: &[],
        string: Some(
            |object| match object.fields.first().map(|field| &field.data) {
                Some(Data::String(name)) => name.clone(),
                _ => Text::default(),
            },
        ),
        json: Some(|object| object.fields.get(1).cloned().unwrap_or_default()),
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
