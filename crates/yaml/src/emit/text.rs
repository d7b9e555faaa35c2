//! The texts that are written, which may know where their bytes came from.

use std::borrow::Cow;
use std::ops::Range;

use smol_str::SmolStr;

/// A text that is written.
pub trait Text: Clone {
    /// What makes such a text of parts of others.
    type Builder: Builder<Text = Self>;

    /// The bytes, which need not be UTF-8.
    fn bytes(&self) -> &[u8];

    /// The text, with U+FFFD in place of what is not UTF-8.
    fn string(&self) -> Cow<'_, str> {
        // Nearly all text is UTF-8, which is soon found out.
        match std::str::from_utf8(self.bytes()) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => String::from_utf8_lossy(self.bytes()),
        }
    }
}

/// Makes a text of parts of others.
pub trait Builder: Default {
    /// What it makes.
    type Text;

    /// The number of bytes so far.
    fn length(&self) -> usize;

    /// Appends what came from nowhere.
    fn put(&mut self, text: &str);

    /// Appends those bytes of a text.
    fn copy(&mut self, text: &Self::Text, range: Range<usize>);

    /// Appends something in the place of those bytes of a text.
    fn replace(&mut self, instead: &str, text: &Self::Text, range: Range<usize>);

    /// The text.
    fn finish(self) -> Self::Text;
}

impl Text for SmolStr {
    type Builder = String;

    fn bytes(&self) -> &[u8] {
        self.as_bytes()
    }

    fn string(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl Builder for String {
    type Text = SmolStr;

    fn length(&self) -> usize {
        self.len()
    }

    fn put(&mut self, text: &str) {
        self.push_str(text);
    }

    fn copy(&mut self, text: &SmolStr, range: Range<usize>) {
        self.push_str(text.get(range).unwrap_or_default());
    }

    fn replace(&mut self, instead: &str, _: &SmolStr, _: Range<usize>) {
        self.push_str(instead);
    }

    fn finish(self) -> SmolStr {
        self.into()
    }
}
