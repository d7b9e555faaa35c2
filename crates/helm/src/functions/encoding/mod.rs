//! Base64 and Base32.
//!
//! Source: <https://masterminds.github.io/sprig/encoding.html>.

mod base32;
mod base64;

use super::{Arguments, Function, Type};
use crate::run::{Failure, Run};
use crate::value::Value;

pub(super) use base64::decode as decode_base64;

/// The functions of this module.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("b32dec", &[Type::String], |run, arguments| {
        decoded(run, arguments, base32::decode)
    }),
    Function::new("b32enc", &[Type::String], |run, arguments| {
        encoded(run, arguments, base32::encode)
    }),
    Function::new("b64dec", &[Type::String], |run, arguments| {
        decoded(run, arguments, base64::decode)
    }),
    Function::new("b64enc", &[Type::String], |run, arguments| {
        encoded(run, arguments, base64::encode)
    }),
];

/// A text is wrong at a byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("illegal {encoding} data at input byte {at}")]
pub(super) struct WrongByte {
    encoding: &'static str,
    at: usize,
}

fn encoded(
    run: &mut Run,
    arguments: &Arguments,
    encode: fn(&[u8]) -> String,
) -> Result<Value, Failure> {
    let text = arguments.text(0)?;
    run.room_for(text.len().saturating_mul(2))?;
    Ok(Value::string(encode(text.as_bytes())))
}

/// What is wrong with a text takes the place of what it stands for.
fn decoded(
    run: &mut Run,
    arguments: &Arguments,
    decode: fn(&[u8]) -> Result<Vec<u8>, WrongByte>,
) -> Result<Value, Failure> {
    let text = arguments.text(0)?;
    run.room_for(text.len())?;
    Ok(match decode(text.as_bytes()) {
        Ok(bytes) => Value::string(bytes),
        Err(wrong) => Value::string(wrong.to_string()),
    })
}
