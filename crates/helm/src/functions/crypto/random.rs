//! What is random: placeholders of the same kind and length.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::functions::Arguments;
use crate::run::{Failure, Run};
use crate::value::Value;

pub(super) const ALPHA: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
pub(super) const ALPHANUMERIC: &[u8] =
    b"a0b1c2d3e4f5g6h7i8j9klmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
pub(super) const ASCII: &[u8] = b"abcdefghijklmnopqrstuvwxyz";
pub(super) const NUMERIC: &[u8] = b"1234567890";

/// So many letters of an alphabet; none for a negative count.
pub(super) fn letters(
    run: &mut Run,
    arguments: &Arguments,
    alphabet: &[u8],
) -> Result<Value, Failure> {
    let count = usize::try_from(arguments.integer(0)?).unwrap_or(0);
    run.room_for(count)?;
    let letters = alphabet.iter().copied().cycle().take(count);
    Ok(Value::string(letters.collect::<Vec<u8>>()))
}

/// So many bytes in Base64.
pub(super) fn bytes(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let count = usize::try_from(arguments.integer(0)?)
        .map_err(|_| Failure::new("runtime error: makeslice: len out of range"))?;
    run.room_for(count.saturating_mul(2))?;
    Ok(Value::string(STANDARD.encode(vec![0; count])))
}

/// The least number that it can be.
pub(super) fn int(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let (least, end) = (arguments.integer(0)?, arguments.integer(1)?);
    match end.wrapping_sub(least) > 0 {
        true => Ok(Value::int(least)),
        false => Err(Failure::new("invalid argument to Intn")),
    }
}

pub(super) fn shuffle(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let text = arguments.text(0)?;
    run.room_for(text.len())?;
    // No letter of the result can be known to be this one of the argument.
    Ok(Value::string(text.as_bytes()))
}

pub(super) fn uuid(_: &mut Run, _: &Arguments) -> Result<Value, Failure> {
    Ok(Value::string("00000000-0000-4000-8000-000000000000"))
}
