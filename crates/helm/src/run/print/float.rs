//! Floating-point numbers under their verbs.

use go::float::format_float;

use super::printer::Printer;
use crate::run::Failure;

impl Printer<'_> {
    /// Prints a number under a verb for floating-point numbers.
    pub(super) fn float(&mut self, number: f64, verb: char) -> Result<(), Failure> {
        let (verb, default) = match verb {
            'v' => ('g', None),
            'f' | 'e' | 'E' => (verb, Some(6)),
            'F' => ('f', Some(6)),
            _ => (verb, None),
        };
        let precision = self.flags.precision.or(default);
        self.run.room_for(precision.unwrap_or_default())?;
        let digits = format_float(number.abs(), verb, precision);
        let is_negative = number.is_sign_negative() && !number.is_nan();
        let sign = match (is_negative, self.flags.plus, self.flags.space) {
            (true, _, _) => "-",
            (_, true, _) => "+",
            (_, _, true) => " ",
            _ => "",
        };
        if !number.is_finite() {
            // Infinity has its sign where a number would have none.
            let sign = if number.is_infinite() && sign.is_empty() {
                "+"
            } else {
                sign
            };
            return self.padded_with_spaces(format!("{sign}{digits}"));
        }
        let digits = if self.flags.sharp && verb != 'b' {
            with_point(&digits, verb, precision)
        } else {
            digits
        };
        let length = sign.len() + digits.len();
        if sign.is_empty() || !self.flags.zero || self.flags.minus {
            return self.padded_plain(format!("{sign}{digits}"));
        }
        self.plain(sign);
        self.pad(self.padding(length))?;
        self.plain(digits);
        Ok(())
    }

    pub(super) fn complex(&mut self, real: f64, imaginary: f64, verb: char) -> Result<(), Failure> {
        self.plain("(");
        self.float(real, verb)?;
        let plus = std::mem::replace(&mut self.flags.plus, true);
        let result = self.float(imaginary, verb);
        self.flags.plus = plus;
        result?;
        self.plain("i)");
        Ok(())
    }
}

/// The number with a point and with trailing zeros (`%#g`).
fn with_point(digits: &str, verb: char, precision: Option<usize>) -> String {
    let has_digits = matches!(verb, 'g' | 'G' | 'x');
    let mut wanted = if has_digits {
        precision.unwrap_or(6)
    } else {
        0
    };
    let exponent: &[char] = match verb {
        'x' | 'X' => &['p', 'P'],
        _ => &['e', 'E', 'p', 'P'],
    };
    let split = digits.find(exponent).unwrap_or(digits.len());
    let (mantissa, tail) = digits.split_at(split);
    let significant = mantissa.trim_start_matches(['0', '.']);
    let count = significant.chars().filter(|letter| *letter != '.').count();
    wanted = wanted.saturating_sub(count);
    let mut shown = mantissa.to_owned();
    if !mantissa.contains('.') {
        if mantissa == "0" {
            wanted = wanted.saturating_sub(1);
        }
        shown.push('.');
    }
    shown.push_str(&"0".repeat(wanted));
    shown.push_str(tail);
    shown
}
