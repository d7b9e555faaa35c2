//! Spans of time: `duration`, `durationRound`, `ago`.

use go::duration::{format, parse};
use go::time::Time;

use super::any_time;
use super::object::{reference, time_of};
use crate::functions::Arguments;
use crate::run::{Failure, Run};
use crate::value::{Data, IntegerKind, Value};

const SECOND: i64 = 1_000_000_000;

/// Seconds, which only an `int64` or a text counts.
pub(super) fn duration(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let seconds = match &arguments.value(0)?.data {
        Data::String(text) => go::numbers::nearest_int(&text.to_str()),
        Data::Integer(IntegerKind::Int64, seconds) => *seconds,
        _ => 0,
    };
    Ok(Value::string(format(seconds.wrapping_mul(SECOND))))
}

/// The largest unit that fits more than once, cut off.
pub(super) fn round(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let value = arguments.value(0)?;
    let nanoseconds = match &value.data {
        Data::String(text) => parse(&text.to_str()).unwrap_or(0),
        Data::Integer(IntegerKind::Int64, nanoseconds) => *nanoseconds,
        Data::Object(object) if object.number().is_none() => {
            let since = time_of(value).map_or(0, |time| since(&time));
            let unknown = run.unknown_mark("the time of the run is not known");
            let mark = arguments.mark().union(&unknown);
            return Ok(Value::string(rounded(since)).marked(mark));
        }
        _ => 0,
    };
    Ok(Value::string(rounded(nanoseconds)))
}

fn rounded(nanoseconds: i64) -> String {
    const HOUR: u64 = 3_600_000_000_000;
    let magnitude = nanoseconds.unsigned_abs();
    let units = [
        (365 * 24 * HOUR, "y"),
        (30 * 24 * HOUR, "mo"),
        (24 * HOUR, "d"),
        (HOUR, "h"),
        (HOUR / 60, "m"),
        (HOUR / 3600, "s"),
    ];
    let unit = units.into_iter().find(|(unit, _)| magnitude > *unit);
    unit.map_or("0s".into(), |(unit, name)| {
        format!("{}{name}", magnitude / unit)
    })
}

/// How long ago a time was, in whole seconds, from the time that stands for that of the run.
pub(super) fn ago(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let time = any_time(arguments.value(0)?).unwrap_or_else(reference);
    let seconds = since(&time) / SECOND;
    Ok(Value::string(format(seconds.saturating_mul(SECOND))))
}

fn since(time: &Time) -> i64 {
    let seconds = reference().unix().saturating_sub(time.unix());
    seconds.saturating_mul(SECOND)
}
