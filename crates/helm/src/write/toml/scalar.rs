//! Numbers and escapes of TOML.

use super::super::Unwritable;
use super::kind::refused;
use go::float::format_float;

pub(super) fn float(number: f64) -> String {
    let sign = if number.is_sign_negative() { "-" } else { "" };
    if number.is_nan() {
        return format!("{sign}nan");
    }
    if number.is_infinite() {
        return format!("{sign}inf");
    }
    let written = format_float(number, 'f', None);
    match written.contains('.') {
        true => written,
        false => format!("{written}.0"),
    }
}

pub(super) fn number(text: &str) -> Result<String, Unwritable> {
    if text.is_empty() {
        return Ok("0".into());
    }
    if let Ok(number) = go::numbers::parse_int_of(text, 10) {
        return Ok(number.to_string());
    }
    match go::numbers::parse_float(text) {
        Ok(number) => Ok(float(number)),
        Err(_) => Err(refused("unable to convert to int64 or float64")),
    }
}

pub(super) fn escape(byte: u8) -> Option<String> {
    Some(match byte {
        b'"' => "\\\"".into(),
        b'\\' => "\\\\".into(),
        b'\n' => "\\n".into(),
        b'\r' => "\\r".into(),
        b'\t' => "\\t".into(),
        0x08 => "\\b".into(),
        0x0c => "\\f".into(),
        0..0x20 | 0x7f => format!("\\u{byte:04x}"),
        _ => return None,
    })
}
