//! What is printed, and how the directive wants it.

use crate::run::{Failure, Run};
use crate::value::{Mark, Text, TextBuilder};

/// Prints values one after the other.
pub(super) struct Printer<'r> {
    pub(super) run: &'r mut Run,
    pub(super) out: TextBuilder,
    pub(super) flags: Flags,
    /// What the bytes are computed from that are printed now.
    pub(super) mark: Mark,
    /// Whether a verb that doesn't fit is explained: methods are not called then.
    pub(super) is_explaining: bool,
}

/// What stands between `%` and the verb.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Flags {
    pub(super) sharp: bool,
    pub(super) zero: bool,
    pub(super) plus: bool,
    pub(super) minus: bool,
    pub(super) space: bool,
    /// `%#v`: as Go's source would have it.
    pub(super) go_syntax: bool,
    /// `%+v`: with the names of fields.
    pub(super) field_names: bool,
    pub(super) width: Option<usize>,
    pub(super) precision: Option<usize>,
}

impl<'r> Printer<'r> {
    pub(super) fn new(run: &'r mut Run) -> Self {
        Self {
            run,
            out: TextBuilder::default(),
            flags: Flags::default(),
            mark: Mark::default(),
            is_explaining: false,
        }
    }

    /// Prints text that comes from nowhere else than the value that is printed.
    pub(super) fn plain(&mut self, text: impl AsRef<[u8]>) {
        self.out.push_bytes(text, &self.mark);
    }

    /// Prints a text in the width that is asked for.
    pub(super) fn padded(&mut self, text: &Text) -> Result<(), Failure> {
        let length = text.as_bytes().len();
        self.run.room_for_more(self.out.len(), length)?;
        let padding = match self.flags.width {
            Some(_) => self.padding(characters(text.as_bytes())),
            None => 0,
        };
        if !self.flags.minus {
            self.pad(padding)?;
        }
        self.out.push(text);
        if self.flags.minus {
            self.pad(padding)?;
        }
        Ok(())
    }

    /// Prints computed text in the width that is asked for.
    pub(super) fn padded_plain(&mut self, text: impl AsRef<[u8]>) -> Result<(), Failure> {
        let text = Text::marked(text, self.mark.clone());
        self.padded(&text)
    }

    /// The same, never padded with zeros.
    pub(super) fn padded_with_spaces(&mut self, text: impl AsRef<[u8]>) -> Result<(), Failure> {
        let zero = std::mem::replace(&mut self.flags.zero, false);
        let result = self.padded_plain(text);
        self.flags.zero = zero;
        result
    }

    /// How many characters are missing.
    pub(super) fn padding(&self, length: usize) -> usize {
        self.flags.width.unwrap_or_default().saturating_sub(length)
    }

    pub(super) fn pad(&mut self, count: usize) -> Result<(), Failure> {
        self.run.room_for_more(self.out.len(), count)?;
        // Zeros stand only on the left.
        let is_zero = self.flags.zero && !self.flags.minus;
        let padding = if is_zero { "0" } else { " " }.repeat(count);
        self.plain(padding);
        Ok(())
    }
}

/// The number of characters; a byte that belongs to none counts as one.
fn characters(bytes: &[u8]) -> usize {
    let chunks = bytes.utf8_chunks();
    let count =
        |chunk: std::str::Utf8Chunk<'_>| chunk.valid().chars().count() + chunk.invalid().len();
    chunks.map(count).sum()
}
