//! Integers under their verbs.

use go::letters::is_printed;

use super::printer::Printer;
use crate::run::Failure;
use crate::template::push_quoted_char;
use crate::value::IntegerKind;

impl Printer<'_> {
    /// Prints an integer under a verb for integers.
    pub(super) fn integer(
        &mut self,
        kind: IntegerKind,
        bits: i64,
        verb: char,
    ) -> Result<(), Failure> {
        let number = kind.number(bits);
        match verb {
            'c' => self.padded_plain(character(bits).to_string()),
            'q' => {
                let mut quoted = String::from("'");
                push_quoted_char(&mut quoted, character(bits), '\'', self.flags.plus);
                quoted.push('\'');
                self.padded_plain(quoted)
            }
            'U' => self.code_point(bits.cast_unsigned()),
            'v' if self.flags.go_syntax && !kind.is_signed() => {
                let sharp = std::mem::replace(&mut self.flags.sharp, true);
                let result = self.digits(number, 16, 'v');
                self.flags.sharp = sharp;
                result
            }
            'b' => self.digits(number, 2, verb),
            'o' | 'O' => self.digits(number, 8, verb),
            'x' | 'X' => self.digits(number, 16, verb),
            _ => self.digits(number, 10, verb),
        }
    }

    fn digits(&mut self, number: i128, radix: u32, verb: char) -> Result<(), Failure> {
        if self.flags.precision == Some(0) && number == 0 {
            let count = self.flags.width.unwrap_or_default();
            return self.padded_with_spaces(" ".repeat(count));
        }
        let magnitude = number.unsigned_abs();
        let mut digits = match radix {
            2 => format!("{magnitude:b}"),
            8 => format!("{magnitude:o}"),
            16 if verb == 'X' => format!("{magnitude:X}"),
            16 => format!("{magnitude:x}"),
            _ => magnitude.to_string(),
        };
        let wanted = self.least_digits(number < 0);
        self.run.room_for(wanted)?;
        digits.insert_str(0, &"0".repeat(wanted.saturating_sub(digits.len())));
        let prefix = match (radix, verb) {
            (8, 'O') => "0o",
            (2, _) if self.flags.sharp => "0b",
            (8, _) if self.flags.sharp && !digits.starts_with('0') => "0",
            (16, 'X') if self.flags.sharp => "0X",
            (16, _) if self.flags.sharp => "0x",
            _ => "",
        };
        // `%#O` has both prefixes.
        let octal = verb == 'O' && self.flags.sharp && !digits.starts_with('0');
        let octal = if octal { "0" } else { "" };
        let sign = self.sign(number < 0);
        self.padded_with_spaces(format!("{sign}{prefix}{octal}{digits}"))
    }

    /// How many digits there must be: the precision, or the width if that is filled with zeros.
    fn least_digits(&self, is_negative: bool) -> usize {
        let flags = &self.flags;
        match (flags.precision, flags.width) {
            (Some(precision), _) => precision,
            (None, Some(width)) if flags.zero && !flags.minus => {
                let has_sign = is_negative || flags.plus || flags.space;
                width.saturating_sub(usize::from(has_sign))
            }
            _ => 0,
        }
    }

    fn sign(&self, is_negative: bool) -> &'static str {
        match (is_negative, self.flags.plus, self.flags.space) {
            (true, _, _) => "-",
            (_, true, _) => "+",
            (_, _, true) => " ",
            _ => "",
        }
    }

    fn code_point(&mut self, code: u64) -> Result<(), Failure> {
        let precision = self.flags.precision.unwrap_or(4).max(4);
        self.run.room_for(precision)?;
        let digits = format!("{code:X}");
        let zeros = "0".repeat(precision.saturating_sub(digits.len()));
        let mut shown = format!("U+{zeros}{digits}");
        let letter = u32::try_from(code).ok().and_then(char::from_u32);
        if let Some(letter) = letter.filter(|letter| self.flags.sharp && is_printed(*letter)) {
            shown.push_str(&format!(" '{letter}'"));
        }
        self.padded_with_spaces(shown)
    }
}

/// The character of a code; U+FFFD if there is none.
fn character(code: i64) -> char {
    let code = u32::try_from(code).ok();
    code.and_then(char::from_u32)
        .unwrap_or(char::REPLACEMENT_CHARACTER)
}
