//! The functions of encoding that only OpenTofu has.
//!
//! Source: <https://opentofu.org/docs/language/functions/>.

use std::io::Read as _;

use flate2::read::MultiGzDecoder;

use super::arguments::{returns_string, string_parameter};
use super::encoding::decode_base64;
use super::results::{str_of, text_from};
use super::{Environment, Failure, Function};
use crate::value::Value;

/// The functions of this file.
pub(super) const FUNCTIONS: &[Function] = &[
    Function {
        name: "base64gunzip",
        parameters: &[string_parameter("str")],
        variadic: None,
        returns: returns_string,
        not_null: true,
        compute: base64_gunzip,
    },
    Function {
        name: "urldecode",
        parameters: &[string_parameter("str")],
        variadic: None,
        returns: returns_string,
        not_null: true,
        compute: url_decode,
    },
];

/// The most bytes that are decompressed.
const LARGEST: u64 = 16 << 20;

fn base64_gunzip(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let bytes = decode_base64(str_of(&arguments[0]))
        .ok_or_else(|| Failure::call("the string is not base64"))?;
    let mut decoded = Vec::new();
    let read = MultiGzDecoder::new(&bytes[..])
        .take(LARGEST + 1)
        .read_to_end(&mut decoded);
    if read.is_err() {
        return Err(Failure::call(
            "the decoded bytes are not compressed with gzip",
        ));
    }
    if decoded.len() as u64 > LARGEST {
        return Err(Failure::call("the decompressed text is too large"));
    }
    Ok(text_from(
        environment,
        &arguments[0],
        &String::from_utf8_lossy(&decoded),
    ))
}

fn url_decode(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let mut bytes = Vec::new();
    let mut rest = str_of(&arguments[0]).as_bytes();
    while let [first, behind @ ..] = rest {
        rest = behind;
        match first {
            b'+' => bytes.push(b' '),
            b'%' => {
                let digits = rest.split_at_checked(2).and_then(|(digits, behind)| {
                    rest = behind;
                    Some(hex_digit(digits[0])? << 4 | hex_digit(digits[1])?)
                });
                bytes.push(digits.ok_or_else(|| {
                    Failure::call("two hexadecimal digits must follow a percent sign")
                })?);
            }
            byte => bytes.push(*byte),
        }
    }
    Ok(text_from(
        environment,
        &arguments[0],
        &String::from_utf8_lossy(&bytes),
    ))
}

fn hex_digit(byte: u8) -> Option<u8> {
    let digit = char::from(byte).to_digit(16)?;
    u8::try_from(digit).ok()
}
