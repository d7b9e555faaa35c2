//! Values as numbers, as the library does it that Sprig casts with: what is none is 0.
//!
//! Source: <https://pkg.go.dev/github.com/spf13/cast>.

use go::numbers::{parse_float, parse_int};

use crate::value::{Data, IntegerKind, Value};

/// A value as an `int64`.
pub(super) fn to_int64(value: &Value) -> i64 {
    match &value.data {
        Data::Integer(_, bits) => *bits,
        Data::Float(number) => truncated(*number),
        Data::Bool(truth) => i64::from(*truth),
        Data::String(text) => parse_int(without_zeros(&text.to_str())).unwrap_or(0),
        Data::Number(text) => parse_int(without_zeros(text)).unwrap_or(0),
        // The library knows months and days of the week, and no other numbers with names.
        Data::Object(object) if object.ty.number == Some(IntegerKind::Int) => {
            object.number().unwrap_or_default()
        }
        _ => 0,
    }
}

/// A value as a `float64`.
#[expect(
    clippy::cast_precision_loss,
    reason = "Go rounds to the nearest number in the same way"
)]
pub(super) fn to_float(value: &Value) -> f64 {
    match &value.data {
        Data::Integer(kind, bits) => kind.number(*bits) as f64,
        Data::Float(number) => *number,
        Data::Bool(truth) => f64::from(u8::from(*truth)),
        Data::String(text) => parse_float(&text.to_str()).unwrap_or(0.0),
        Data::Number(text) => parse_float(text).unwrap_or(0.0),
        _ => 0.0,
    }
}

/// The whole part of a number. What no `int64` can hold becomes the least one on the machines that Helm mostly runs on.
#[expect(
    clippy::cast_possible_truncation,
    reason = "numbers outside of the range are handled before"
)]
fn truncated(number: f64) -> i64 {
    const BEYOND: f64 = 9_223_372_036_854_775_808.0;
    match (-BEYOND..BEYOND).contains(&number) {
        true => number as i64,
        false => i64::MIN,
    }
}

/// The text of a number without a fraction of zeros.
fn without_zeros(text: &str) -> &str {
    match text.rsplit_once('.') {
        Some((whole, zeros)) if !zeros.is_empty() && zeros.bytes().all(|digit| digit == b'0') => {
            whole
        }
        _ => text,
    }
}
