//! The verbs of a layout: `%[2]s`, `%-8.3f`, `%#v`.
//!
//! Source: <https://pkg.go.dev/github.com/zclconf/go-cty/cty/function/stdlib#Format>.

use crate::functions::Failure;

/// A part of a layout.
pub(super) enum Part<'l> {
    /// Text that stands for itself.
    Text(&'l str),
    /// What stands for a value.
    Verb(Verb),
}

/// What stands for a value.
pub(super) struct Verb {
    /// The letter, which says how the value is written.
    pub(super) letter: u8,
    pub(super) flags: Flags,
    pub(super) width: Option<usize>,
    pub(super) precision: Option<usize>,
    /// Which value is meant, from 1, where that is said.
    pub(super) index: Option<usize>,
}

/// The marks behind the percent sign.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Flags {
    /// `0`: fill with zeros.
    pub(super) zero: bool,
    /// `#`: name the base of a number; write JSON.
    pub(super) sharp: bool,
    /// `-`: fill at the end.
    pub(super) minus: bool,
    /// `+`: write the sign of positive numbers.
    pub(super) plus: bool,
    /// ` `: leave a space for it.
    pub(super) space: bool,
}

impl Verb {
    /// Whether nothing but the letter says how the value is written.
    pub(super) fn is_plain(&self) -> bool {
        self.flags == Flags::default() && self.width.is_none() && self.precision.is_none()
    }
}

/// The failure of a value that can't be written as its verb says.
pub(super) fn failure(message: &str) -> Failure {
    Failure::Call(format!("a value does not suit its verb: {message}"))
}

/// The first part of a layout that is not empty, and what follows it.
pub(super) fn first_part(layout: &str) -> Result<(Part<'_>, &str), Failure> {
    let Some(after) = layout.strip_prefix('%') else {
        let (text, rest) = layout.split_at(layout.find('%').unwrap_or(layout.len()));
        return Ok((Part::Text(text), rest));
    };
    if let Some(rest) = after.strip_prefix('%') {
        return Ok((Part::Text("%"), rest));
    }
    let mut reader = Reader { rest: after };
    let verb = reader.verb()?;
    Ok((Part::Verb(verb), reader.rest))
}

struct Reader<'l> {
    rest: &'l str,
}

impl<'l> Reader<'l> {
    fn verb(&mut self) -> Result<Verb, Failure> {
        let flags = self.flags();
        let width = self.number();
        let precision = self.take('.').then(|| self.precision());
        let index = self.index()?;
        let letter = self.rest.bytes().next().filter(u8::is_ascii_alphabetic);
        let letter = letter.ok_or_else(|| {
            Failure::Call("the layout has a percent sign without a verb behind it".into())
        })?;
        self.rest = &self.rest[1..];
        Ok(Verb {
            letter,
            flags,
            width,
            precision,
            index,
        })
    }

    fn take(&mut self, mark: char) -> bool {
        let after = self.rest.strip_prefix(mark);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    fn flags(&mut self) -> Flags {
        let mut flags = Flags::default();
        loop {
            let flag = match self.rest.bytes().next() {
                Some(b'0') => &mut flags.zero,
                Some(b'#') => &mut flags.sharp,
                Some(b'-') => &mut flags.minus,
                Some(b'+') => &mut flags.plus,
                Some(b' ') => &mut flags.space,
                _ => return flags,
            };
            *flag = true;
            self.rest = &self.rest[1..];
        }
    }

    /// A number that does not begin with a zero, if there is one.
    fn number(&mut self) -> Option<usize> {
        let starts = self.rest.starts_with(|digit| matches!(digit, '1'..='9'));
        starts.then(|| self.precision())
    }

    /// Any digits; none are 0. A number that is too large for any text is as good as the largest there is.
    fn precision(&mut self) -> usize {
        let end = self.rest.find(|digit: char| !digit.is_ascii_digit());
        let (digits, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        match digits {
            "" => 0,
            digits => digits.parse().unwrap_or(usize::MAX),
        }
    }

    /// `[2]`.
    fn index(&mut self) -> Result<Option<usize>, Failure> {
        if !self.take('[') {
            return Ok(None);
        }
        let index = self.number().filter(|_| self.take(']'));
        let failure = || Failure::Call("the layout has brackets without a number".into());
        index.map(Some).ok_or_else(failure)
    }
}
