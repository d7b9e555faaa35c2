//! Keys and certificates as text in lines of Base64.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::functions::encoding::decode_base64;

/// The digits of a line.
const LINE: usize = 64;

/// A text that holds so many bytes, all of them zero.
pub(super) fn placeholder(label: &str, bytes: usize) -> String {
    let digits = STANDARD.encode(vec![0; bytes]);
    let mut text = format!("-----BEGIN {label}-----\n");
    let mut rest = digits.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(LINE));
        text.push_str(line);
        text.push('\n');
        rest = after;
    }
    text.push_str(&format!("-----END {label}-----\n"));
    text
}

/// The label of the first key or certificate in a text.
pub(super) fn label(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("-----BEGIN ")?;
    let (label, rest) = rest.split_once("-----")?;
    let (body, _) = rest.split_once(&format!("-----END {label}-----"))?;
    // Lines in front may say how the rest is encrypted.
    let digits = body.rsplit_once("\n\n").map_or(body, |(_, digits)| digits);
    let digits: String = digits.split_ascii_whitespace().collect();
    decode_base64(digits.as_bytes()).ok().map(|_| label)
}
