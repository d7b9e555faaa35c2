//! Functions on dates and times. What asks for the time of the run, or for the time zone of the machine, answers with a
//! placeholder: the reference time of Go's layouts, and universal time.
//!
//! Source: <https://masterminds.github.io/sprig/date.html>.

mod duration;
mod methods;
mod object;
mod span;

use super::{Arguments, Function, Type};
use crate::run::{Failure, Run};
use crate::value::{Data, Value};

use go::time::{Time, Zone};
pub(crate) use object::value_of;
use object::{TIME, reference, time_of};

/// The functions of this module.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("ago", &[Type::Any], duration::ago).impure(),
    Function::new("date", &[Type::String, Type::Any], date).impure(),
    Function::new("dateInZone", IN_ZONE, date_in_zone),
    Function::new("dateModify", MODIFY, modify),
    Function::new("date_in_zone", IN_ZONE, date_in_zone),
    Function::new("date_modify", MODIFY, modify),
    Function::new("duration", &[Type::Any], duration::duration),
    Function::new("durationRound", &[Type::Any], duration::round),
    Function::new("htmlDate", &[Type::Any], html_date).impure(),
    Function::new(
        "htmlDateInZone",
        &[Type::Any, Type::String],
        html_date_in_zone,
    ),
    Function::new("mustDateModify", MODIFY, modify_or_fail),
    Function::new("mustToDate", &[Type::String, Type::String], to_date_or_fail),
    Function::new("must_date_modify", MODIFY, modify_or_fail),
    Function::new("now", &[], |_, _| Ok(value_of(&reference()))).impure(),
    Function::new("toDate", &[Type::String, Type::String], to_date),
    Function::new("unixEpoch", TIMES, unix_epoch).impure(),
];

const IN_ZONE: &[Type] = &[Type::String, Type::Any, Type::String];
const MODIFY: &[Type] = &[Type::String, Type::Object(&TIME)];
const TIMES: &[Type] = &[Type::Object(&TIME)];
const HTML: &str = "2006-01-02";

fn date(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let time = any_time(arguments.value(1)?).unwrap_or_else(reference);
    let layout = arguments.string(0)?;
    Ok(Value::string(time.in_zone(Zone::Utc).format(&layout)))
}

fn html_date(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let time = any_time(arguments.value(0)?).unwrap_or_else(reference);
    Ok(Value::string(time.in_zone(Zone::Utc).format(HTML)))
}

fn date_in_zone(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let (layout, zone) = (arguments.string(0)?, arguments.string(2)?);
    in_zone(run, arguments, arguments.value(1)?, &layout, &zone)
}

fn html_date_in_zone(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let zone = arguments.string(1)?;
    in_zone(run, arguments, arguments.value(0)?, HTML, &zone)
}

fn in_zone(
    run: &mut Run,
    arguments: &Arguments,
    value: &Value,
    layout: &str,
    zone: &str,
) -> Result<Value, Failure> {
    let known = any_time(value);
    let is_known = known.is_some() && zone != "Local";
    let time = known.unwrap_or_else(reference);
    let time = time.in_zone(Zone::load(zone).unwrap_or(Zone::Utc));
    let formatted = Value::string(time.format(layout));
    Ok(match is_known {
        true => formatted,
        false => {
            let unknown = run.unknown_mark("the time of the run is not known");
            formatted.marked(arguments.mark().union(&unknown))
        }
    })
}

/// The time that a value is. Sprig takes everything else for now.
fn any_time(value: &Value) -> Option<Time> {
    use crate::value::IntegerKind::{Int, Int32, Int64};
    match &value.data {
        Data::Integer(Int | Int32 | Int64, seconds) => Some(Time::from_unix(*seconds)),
        _ => time_of(value),
    }
}

fn modify(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let value = arguments.value(1)?;
    match go::duration::parse(&arguments.string(0)?) {
        Some(nanoseconds) => Ok(moved(value, nanoseconds)),
        None => Ok(value.clone()),
    }
}

fn modify_or_fail(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    match go::duration::parse(&arguments.string(0)?) {
        Some(nanoseconds) => Ok(moved(arguments.value(1)?, nanoseconds)),
        None => Err(Failure::new("time: invalid duration")),
    }
}

fn moved(value: &Value, nanoseconds: i64) -> Value {
    let time = time_of(value).unwrap_or_else(reference);
    value_of(&time.plus(nanoseconds))
}

fn to_date(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let time = go::time::parse(&arguments.string(0)?, &arguments.string(1)?);
    Ok(value_of(&time.unwrap_or(Time::ZERO)))
}

fn to_date_or_fail(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let time = go::time::parse(&arguments.string(0)?, &arguments.string(1)?);
    match time {
        Ok(time) => Ok(value_of(&time)),
        Err(error) => Err(Failure::new(error.to_string())),
    }
}

fn unix_epoch(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let time = time_of(arguments.value(0)?).unwrap_or_else(reference);
    Ok(Value::string(time.unix().to_string()))
}
