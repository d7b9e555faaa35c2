//! Escapes such as `%20`.

use super::Invalid;

/// The part of an address that something stands in: each lets other characters stand as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The path.
    Path,
    /// The host.
    Host,
    /// The zone of an address of IPv6, behind its `%25`.
    Zone,
    /// A name or password.
    User,
    /// A key or value of the query.
    Query,
    /// What follows the hash.
    Fragment,
}

/// Writes what can't stand in a part of an address as escapes.
#[must_use]
pub fn escape(text: &[u8], part: Part) -> Vec<u8> {
    let mut escaped = Vec::with_capacity(text.len());
    for byte in text {
        match byte {
            b' ' if part == Part::Query => escaped.push(b'+'),
            _ if is_escaped(*byte, part) => {
                escaped.extend(format!("%{byte:02X}").bytes());
            }
            _ => escaped.push(*byte),
        }
    }
    escaped
}

/// Reads the escapes in a part of an address.
pub(super) fn unescape(text: &[u8], part: Part) -> Result<Vec<u8>, Invalid> {
    let mut unescaped = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match first {
            b'%' => {
                unescaped.push(escaped(after, part).ok_or(Invalid("invalid URL escape"))?);
                rest = &after[2..];
            }
            byte if is_of_host(part) && byte.is_ascii() && is_escaped(*byte, part) => {
                return Err(Invalid("invalid character in host name"));
            }
            byte => unescaped.push(*byte),
        }
    }
    Ok(unescaped)
}

/// The byte that two digits at the beginning of a text stand for. A host escapes only what is not ASCII, its zone only
/// what could also stand there, a space, or the escape itself.
fn escaped(digits: &[u8], part: Part) -> Option<u8> {
    let digits = std::str::from_utf8(digits.get(..2)?).ok()?;
    let is_number = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let byte = u8::from_str_radix(digits, 16).ok().filter(|_| is_number)?;
    let is_allowed = match part {
        _ if digits == "25" => true,
        Part::Host => !byte.is_ascii(),
        Part::Zone => byte == b' ' || !is_escaped(byte, Part::Host),
        _ => true,
    };
    is_allowed.then_some(byte)
}

fn is_of_host(part: Part) -> bool {
    matches!(part, Part::Host | Part::Zone)
}

fn is_escaped(byte: u8, part: Part) -> bool {
    match byte {
        b'-' | b'_' | b'.' | b'~' => false,
        _ if byte.is_ascii_alphanumeric() => false,
        b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' | b':'
        | b'[' | b']' | b'<' | b'>' | b'"'
            if is_of_host(part) =>
        {
            false
        }
        b'$' | b'&' | b'+' | b',' | b'/' | b':' | b';' | b'=' | b'?' | b'@' => match part {
            Part::Path => byte == b'?',
            Part::User => matches!(byte, b'@' | b'/' | b'?' | b':'),
            Part::Query | Part::Host | Part::Zone => true,
            Part::Fragment => false,
        },
        b'!' | b'(' | b')' | b'*' => part != Part::Fragment,
        _ => true,
    }
}
