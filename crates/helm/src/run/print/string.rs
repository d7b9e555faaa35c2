//! Strings under `%s`, `%q`, `%x` and `%v`.

use super::printer::Printer;
use crate::run::Failure;
use crate::template::push_quoted_char;
use crate::value::{Text, TextBuilder};

impl Printer<'_> {
    /// Prints a string under a verb for strings.
    pub(super) fn string(&mut self, text: &Text, verb: char) -> Result<(), Failure> {
        match verb {
            'x' | 'X' => self.hexadecimal(text, verb == 'X'),
            'q' => self.quoted(&self.truncated(text)),
            'v' if self.flags.go_syntax => self.quoted(&self.truncated(text)),
            _ => self.padded(&self.truncated(text)),
        }
    }

    /// As many characters as the precision allows.
    fn truncated(&self, text: &Text) -> Text {
        let Some(precision) = self.flags.precision else {
            return text.clone();
        };
        let mut length = 0;
        let mut left = precision;
        for chunk in text.as_bytes().utf8_chunks() {
            let letters = chunk.valid().chars().map(char::len_utf8);
            for size in letters.chain(chunk.invalid().iter().map(|_| 1)) {
                if left == 0 {
                    return text.slice(0..length);
                }
                left -= 1;
                length += size;
            }
        }
        text.clone()
    }

    fn quoted(&mut self, text: &Text) -> Result<(), Failure> {
        self.run.room_for(text.len().saturating_mul(4))?;
        let mut quoted = TextBuilder::default();
        if self.flags.sharp && can_be_raw(text) {
            quoted.push_bytes("`", &self.mark);
            quoted.push(text);
            quoted.push_bytes("`", &self.mark);
            return self.padded(&quoted.finish());
        }
        quoted.push_bytes("\"", &self.mark);
        let mut position = 0;
        for chunk in text.as_bytes().utf8_chunks() {
            for letter in chunk.valid().chars() {
                let mut escaped = String::new();
                push_quoted_char(&mut escaped, letter, '"', self.flags.plus);
                let end = position + letter.len_utf8();
                quoted.push_instead(escaped, text, position..end);
                position = end;
            }
            for byte in chunk.invalid() {
                quoted.push_instead(format!("\\x{byte:02x}"), text, position..position + 1);
                position += 1;
            }
        }
        quoted.push_bytes("\"", &self.mark);
        self.padded(&quoted.finish())
    }

    /// Two digits for each byte; the precision counts bytes.
    fn hexadecimal(&mut self, text: &Text, is_upper: bool) -> Result<(), Failure> {
        let length = self.flags.precision.unwrap_or(usize::MAX).min(text.len());
        self.run.room_for(length.saturating_mul(5))?;
        let prefix = if is_upper { "0X" } else { "0x" };
        let mut digits = TextBuilder::default();
        for (index, byte) in text.as_bytes().iter().take(length).enumerate() {
            if self.flags.space && index > 0 {
                digits.push_bytes(" ", &self.mark);
            }
            if self.flags.sharp && (self.flags.space || index == 0) {
                digits.push_bytes(prefix, &self.mark);
            }
            let pair = if is_upper {
                format!("{byte:02X}")
            } else {
                format!("{byte:02x}")
            };
            digits.push_instead(pair, text, index..index + 1);
        }
        self.padded(&digits.finish())
    }
}

/// Whether the text can stand between back quotes.
fn can_be_raw(text: &Text) -> bool {
    std::str::from_utf8(text.as_bytes()).is_ok_and(|text| {
        !text.chars().any(|letter| {
            letter == '\u{feff}'
                || letter == '`'
                || letter == '\x7f'
                || letter < ' ' && letter != '\t'
        })
    })
}
