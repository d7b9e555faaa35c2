//! Formats: text with directives such as `%-5.2f`, `%[2]*d`, `%v`.

use super::printer::{Flags, Printer};
use crate::run::Failure;
use crate::value::{Data, Text, Value};

/// The largest width and precision.
const MOST: i128 = 1_000_000;

/// Where the reading of a format is.
struct Reader<'a> {
    format: &'a [u8],
    position: usize,
    values: &'a [Value],
    /// The value that is printed next.
    argument: usize,
    /// Whether the directive chose its value by a number, so that some may never be printed.
    is_reordered: bool,
    /// Whether the numbers of the directive are right.
    is_good: bool,
    after_index: bool,
}

impl Printer<'_> {
    pub(super) fn format(&mut self, format: &Text, values: &[Value]) -> Result<(), Failure> {
        let mut reader = Reader {
            format: format.as_bytes(),
            position: 0,
            values,
            argument: 0,
            is_reordered: false,
            is_good: true,
            after_index: false,
        };
        while reader.position < format.len() {
            let start = reader.position;
            let rest = reader.format.get(start..).unwrap_or_default();
            let length = rest.iter().position(|byte| *byte == b'%');
            reader.position = length.map_or(format.len(), |length| start + length);
            let literal = reader.position - start;
            self.run.room_for_more(self.out.len(), literal)?;
            self.out.push_range(format, start..reader.position);
            if length.is_some() {
                let percent = reader.position..reader.position + 1;
                self.mark = format.mark_of(percent);
                reader.position += 1;
                self.directive(&mut reader)?;
            }
        }
        self.extra(&reader)
    }

    fn directive(&mut self, reader: &mut Reader<'_>) -> Result<(), Failure> {
        self.run.spend(1)?;
        reader.is_good = true;
        reader.after_index = false;
        self.flags = Flags::default();
        reader.flags(&mut self.flags);
        reader.index();
        self.width(reader);
        self.precision(reader);
        if !reader.after_index {
            reader.index();
        }
        let Some(verb) = reader.verb() else {
            self.plain("%!(NOVERB)");
            return Ok(());
        };
        if verb == '%' {
            self.plain("%");
        } else if !reader.is_good {
            self.plain(format!("%!{verb}(BADINDEX)"));
        } else if let Some(value) = reader.values.get(reader.argument) {
            reader.argument += 1;
            self.verb(value, verb)?;
        } else {
            self.plain(format!("%!{verb}(MISSING)"));
        }
        Ok(())
    }

    fn verb(&mut self, value: &Value, verb: char) -> Result<(), Failure> {
        if matches!(verb, 'v' | 'w') {
            self.flags.go_syntax = std::mem::take(&mut self.flags.sharp);
            self.flags.field_names = std::mem::take(&mut self.flags.plus);
        }
        self.argument(value, verb)
    }

    fn width(&mut self, reader: &mut Reader<'_>) {
        if !reader.accept(b'*') {
            self.flags.width = reader.number();
            if reader.after_index && self.flags.width.is_some() {
                reader.is_good = false;
            }
            return;
        }
        let width = reader.number_argument();
        if width.is_none() {
            self.plain("%!(BADWIDTH)");
        }
        if width.is_some_and(|width| width < 0) {
            self.flags.minus = true;
            self.flags.zero = false;
        }
        self.flags.width = width.and_then(|width| usize::try_from(width.abs()).ok());
        reader.after_index = false;
    }

    fn precision(&mut self, reader: &mut Reader<'_>) {
        // A point at the very end is no precision.
        if reader.position + 1 >= reader.format.len() || !reader.accept(b'.') {
            return;
        }
        if reader.after_index {
            reader.is_good = false;
        }
        reader.index();
        if !reader.accept(b'*') {
            self.flags.precision = Some(reader.number().unwrap_or_default());
            return;
        }
        let precision = reader.number_argument().filter(|precision| *precision >= 0);
        if precision.is_none() {
            self.plain("%!(BADPREC)");
        }
        self.flags.precision = precision.and_then(|precision| usize::try_from(precision).ok());
        reader.after_index = false;
    }

    /// What no directive printed.
    fn extra(&mut self, reader: &Reader<'_>) -> Result<(), Failure> {
        let rest = reader.values.get(reader.argument..).unwrap_or_default();
        if reader.is_reordered || rest.is_empty() {
            return Ok(());
        }
        self.flags = Flags::default();
        self.plain("%!(EXTRA ");
        for (index, value) in rest.iter().enumerate() {
            if index > 0 {
                self.plain(", ");
            }
            if value.is_nil() {
                self.plain("<nil>");
            } else {
                self.plain(value.ty().name());
                self.plain("=");
                self.argument(value, 'v')?;
            }
        }
        self.plain(")");
        Ok(())
    }
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.format.get(self.position).copied()
    }

    fn accept(&mut self, byte: u8) -> bool {
        let is_there = self.peek() == Some(byte);
        self.position += usize::from(is_there);
        is_there
    }

    fn flags(&mut self, flags: &mut Flags) {
        while let Some(byte) = self.peek() {
            match byte {
                b'#' => flags.sharp = true,
                b'0' => flags.zero = true,
                b'+' => flags.plus = true,
                b'-' => flags.minus = true,
                b' ' => flags.space = true,
                _ => return,
            }
            self.position += 1;
        }
    }

    /// A number, if one stands here that is not too large; after a larger one nothing of the format counts any more.
    fn number(&mut self) -> Option<usize> {
        let (number, position) = digits(self.format, self.position, self.format.len());
        self.position = position;
        number
    }

    /// `[n]`: the number of the value that is printed next, from 1.
    fn index(&mut self) {
        self.after_index = false;
        if self.peek() != Some(b'[') {
            return;
        }
        self.is_reordered = true;
        let rest = self.format.get(self.position..).unwrap_or_default();
        let close = rest.iter().position(|byte| *byte == b']');
        let Some(close) = close.filter(|_| rest.len() >= 3) else {
            self.position += 1;
            self.is_good = false;
            return;
        };
        let (number, end) = digits(rest, 1, close);
        self.position += close + 1;
        let number = number.filter(|_| end == close);
        self.after_index = number.is_some();
        match number.and_then(|number| number.checked_sub(1)) {
            Some(index) if index < self.values.len() => self.argument = index,
            _ => self.is_good = false,
        }
    }

    /// A width or precision that is the next value.
    fn number_argument(&mut self) -> Option<i128> {
        let value = self.values.get(self.argument)?;
        self.argument += 1;
        match value.data {
            Data::Integer(kind, bits) => {
                Some(kind.number(bits)).filter(|number| number.abs() <= MOST)
            }
            _ => None,
        }
    }

    fn verb(&mut self) -> Option<char> {
        let rest = self.format.get(self.position..)?;
        let chunk = rest.utf8_chunks().next()?;
        match chunk.valid().chars().next() {
            Some(letter) => {
                self.position += letter.len_utf8();
                Some(letter)
            }
            None => {
                self.position += 1;
                Some(char::REPLACEMENT_CHARACTER)
            }
        }
    }
}

fn digits(format: &[u8], start: usize, end: usize) -> (Option<usize>, usize) {
    let mut number = None;
    let mut position = start;
    while position < end {
        let Some(digit) = format.get(position).filter(|byte| byte.is_ascii_digit()) else {
            break;
        };
        let before = number.unwrap_or_default();
        if before as i128 > MOST {
            return (None, end);
        }
        number = Some(before * 10 + usize::from(digit - b'0'));
        position += 1;
    }
    (number, position)
}
