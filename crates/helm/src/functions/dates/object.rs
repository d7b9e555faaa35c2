//! `time.Time` as an object: its fields are the seconds since 1970, the nanoseconds, and its zone.

use std::rc::Rc;

use go::time::{Time, Zone};

use super::methods::METHODS;
use crate::value::{Data, Object, ObjectType, StructField, Text, Value};

/// The type `time.Time`.
pub(super) static TIME: ObjectType = ObjectType {
    name: "time.Time",
    fields: &[
        StructField::new("wall", ""),
        StructField::new("ext", ""),
        StructField::new("loc", ""),
    ],
    methods: &METHODS,
    string: Some(|object| Text::from(stored(object).to_string())),
    json: Some(|object| Value::string(stored(object).format(RFC_3339))),
    ..ObjectType::PLAIN
};

pub(super) const RFC_3339: &str = "2006-01-02T15:04:05.999999999Z07:00";

/// The time that stands for that of the run: the reference time of Go's layouts.
pub(super) fn reference() -> Time {
    Time::from_unix(1_136_214_245)
}

/// A time as a value.
pub(crate) fn value_of(time: &Time) -> Value {
    let zone = match time.zone() {
        Zone::Utc => Value::nil(),
        Zone::Fixed(offset, name) => {
            Value::list([Value::int(i64::from(*offset)), Value::string(name.as_str())])
        }
        Zone::Named(zone) => Value::string(zone.iana_name().unwrap_or_default()),
    };
    let fields = vec![
        Value::int64(time.unix()),
        Value::int64(time.nanosecond()),
        zone,
    ];
    Value::new(Data::Object(Rc::new(Object { ty: &TIME, fields })))
}

/// The time that a value is.
pub(super) fn time_of(value: &Value) -> Option<Time> {
    match &value.data {
        Data::Object(object) if object.ty.name == TIME.name => Some(stored(object)),
        _ => None,
    }
}

fn stored(object: &Object) -> Time {
    let integer = |index: usize| match object.fields.get(index).map(|field| &field.data) {
        Some(Data::Integer(_, number)) => *number,
        _ => 0,
    };
    let time = Time::from_unix(integer(0)).plus(integer(1));
    let zone = object.fields.get(2).map(|field| &field.data);
    time.in_zone(match zone {
        Some(Data::String(name)) => Zone::load(&name.to_str()).unwrap_or(Zone::Utc),
        Some(Data::List(parts)) => fixed(parts.items()),
        _ => Zone::Utc,
    })
}

fn fixed(parts: &[Value]) -> Zone {
    match parts {
        [
            Value {
                data: Data::Integer(_, offset),
                ..
            },
            name,
        ] => {
            let name = name.as_text().map(|name| name.to_str().into());
            let offset = i32::try_from(*offset).unwrap_or(0);
            Zone::Fixed(offset, name.unwrap_or_default())
        }
        _ => Zone::Utc,
    }
}
