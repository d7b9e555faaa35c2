//! Marked texts as those that are written.

use std::ops::Range;

use yaml::emit;

use crate::value::{Mark, Text, TextBuilder};

impl emit::Text for Text {
    type Builder = TextBuilder;

    fn bytes(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl emit::Builder for TextBuilder {
    type Text = Text;

    fn length(&self) -> usize {
        self.len()
    }

    fn put(&mut self, text: &str) {
        self.push_bytes(text, &Mark::default());
    }

    fn copy(&mut self, text: &Text, range: Range<usize>) {
        self.push_range(text, range);
    }

    fn replace(&mut self, instead: &str, text: &Text, range: Range<usize>) {
        self.push_instead(instead, text, range);
    }

    fn finish(self) -> Text {
        Self::finish(self)
    }
}
