//! Go's quoted strings: reading and writing them.

use go::letters::is_printed;
use smol_str::SmolStr;

/// A string of a template.
#[derive(Debug)]
pub struct Quoted {
    /// As it was written, with quotes.
    pub text: SmolStr,
    /// What it stands for, where that is not what stands between the quotes.
    unescaped: Option<Vec<u8>>,
}

impl Quoted {
    /// Reads a string with its quotes, as a token has it: `"` with escapes, or a raw one in back quotes. Nothing if Go calls the
    /// syntax invalid.
    pub(super) fn read(text: &str) -> Option<Self> {
        let inner = between_quotes(text)?;
        let unescaped = match text.as_bytes().first()? {
            b'`' if inner.contains('\r') => {
                Some(inner.bytes().filter(|byte| *byte != b'\r').collect())
            }
            b'`' => None,
            _ if inner.bytes().any(|byte| b"\\\n\"".contains(&byte)) => Some(unescape(inner, '"')?),
            _ => None,
        };
        let text = SmolStr::from(text);
        Some(Self { text, unescaped })
    }

    /// What it stands for.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match &self.unescaped {
            Some(bytes) => bytes,
            None => between_quotes(&self.text).unwrap_or_default().as_bytes(),
        }
    }

    /// Whether it stands for what it has between its quotes.
    #[must_use]
    pub fn is_verbatim(&self) -> bool {
        self.unescaped.is_none()
    }
}

fn between_quotes(text: &str) -> Option<&str> {
    text.get(1..text.len().checked_sub(1)?)
}

fn unescape(mut rest: &str, quote: char) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(rest.len());
    while !rest.is_empty() {
        let (unit, tail) = unquote_char(rest, quote)?;
        match unit {
            Unit::Char(letter) => {
                bytes.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
            }
            Unit::Byte(byte) => bytes.push(byte),
        }
        rest = tail;
    }
    Some(bytes)
}

/// What one character or escape stands for.
pub(super) enum Unit {
    Char(char),
    Byte(u8),
}

/// Reads one character or escape of a string or character constant, and returns the rest.
pub(super) fn unquote_char(text: &str, quote: char) -> Option<(Unit, &str)> {
    let mut letters = text.chars();
    let first = letters.next()?;
    if first == quote || first == '\n' {
        return None;
    }
    if first != '\\' {
        return Some((Unit::Char(first), letters.as_str()));
    }
    let escape = letters.next()?;
    let rest = letters.as_str();
    let plain = match escape {
        'a' => '\x07',
        'b' => '\x08',
        'f' => '\x0c',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\x0b',
        '\\' => '\\',
        _ if escape == quote => quote,
        _ => return numeric_escape(escape, rest),
    };
    Some((Unit::Char(plain), rest))
}

fn numeric_escape(escape: char, rest: &str) -> Option<(Unit, &str)> {
    let number = |digits: &str, radix| {
        let is_number = digits.chars().all(|digit| digit.is_digit(radix));
        is_number.then(|| u32::from_str_radix(digits, radix).ok())?
    };
    match escape {
        'x' => {
            let byte = number(rest.get(..2)?, 16)?;
            Some((Unit::Byte(u8::try_from(byte).ok()?), rest.get(2..)?))
        }
        'u' | 'U' => {
            let length = if escape == 'u' { 4 } else { 8 };
            let letter = char::from_u32(number(rest.get(..length)?, 16)?)?;
            Some((Unit::Char(letter), rest.get(length..)?))
        }
        '0'..='7' => {
            let digits = format!("{escape}{}", rest.get(..2)?);
            let byte = number(&digits, 8)?;
            Some((Unit::Byte(u8::try_from(byte).ok()?), rest.get(2..)?))
        }
        _ => None,
    }
}

/// The bytes in double quotes, as `%q` prints them.
#[must_use]
pub fn quote(bytes: &[u8]) -> String {
    let mut quoted = String::from("\"");
    for chunk in bytes.utf8_chunks() {
        for letter in chunk.valid().chars() {
            push_quoted_char(&mut quoted, letter, '"', false);
        }
        for byte in chunk.invalid() {
            quoted.push_str(&format!("\\x{byte:02x}"));
        }
    }
    quoted.push('"');
    quoted
}

/// Appends a character as it stands between such quotes: escaped if it must be, or if it is not ASCII and only that is wanted.
pub fn push_quoted_char(quoted: &mut String, letter: char, quote: char, ascii_only: bool) {
    if letter == quote || letter == '\\' {
        quoted.push('\\');
        quoted.push(letter);
    } else if is_printed(letter) && (letter.is_ascii() || !ascii_only) {
        quoted.push(letter);
    } else {
        quoted.push_str(&escaped(letter));
    }
}

fn escaped(letter: char) -> String {
    match letter {
        '\x07' => "\\a".to_owned(),
        '\x08' => "\\b".to_owned(),
        '\x0c' => "\\f".to_owned(),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        '\x0b' => "\\v".to_owned(),
        _ => {
            let code = u32::from(letter);
            match code {
                0..0x20 | 0x7f => format!("\\x{code:02x}"),
                ..0x10000 => format!("\\u{code:04x}"),
                _ => format!("\\U{code:08x}"),
            }
        }
    }
}
