//! Looking into texts, and putting other texts in the place of what was found.

use std::ops::Range;

use super::{Text, TextBuilder, lossy};

impl Text {
    /// The byte at which the pattern stands first at or after `from`.
    #[must_use]
    pub fn find(&self, pattern: &[u8], from: usize) -> Option<usize> {
        let rest = self.as_bytes().get(from..)?;
        if pattern.is_empty() {
            return Some(from);
        }
        // In a time that the lengths bound, whatever both hold.
        let position = memchr::memmem::find(rest, pattern)?;
        Some(from + position)
    }

    /// The parts between the places where a pattern stands that is not empty.
    #[must_use]
    pub fn split(&self, pattern: &[u8]) -> Vec<Self> {
        let mut parts = Vec::new();
        let mut start = 0;
        while let Some(found) = self.find_next(pattern, start) {
            parts.push(self.slice(start..found));
            start = found + pattern.len();
        }
        parts.push(self.slice(start..self.len()));
        parts
    }

    /// The text with another text in each place where a pattern stands that is not empty.
    #[must_use]
    pub fn replace(&self, pattern: &[u8], replacement: &Self) -> Self {
        let Some(first) = self.find_next(pattern, 0) else {
            return self.clone();
        };
        let mut builder = TextBuilder::default();
        let mut start = 0;
        let mut next = Some(first);
        while let Some(found) = next {
            builder.push_range(self, start..found);
            builder.push(replacement);
            start = found + pattern.len();
            next = self.find_next(pattern, start);
        }
        builder.push_range(self, start..self.len());
        builder.finish()
    }

    /// The text without the characters at both ends that are to be left out.
    #[must_use]
    pub fn trim(&self, is_trimmed: impl Fn(char) -> bool + Copy) -> Self {
        self.slice(self.trimmed(0..self.len(), is_trimmed))
    }

    /// The range, which lies in the text, without the characters at both ends that are to be left out.
    #[must_use]
    pub fn trimmed(
        &self,
        range: Range<usize>,
        is_trimmed: impl Fn(char) -> bool + Copy,
    ) -> Range<usize> {
        let bytes = &self.as_bytes()[range.clone()];
        let is_kept = |byte: Option<&u8>| {
            byte.is_some_and(|byte| byte.is_ascii() && !is_trimmed(char::from(*byte)))
        };
        // Nothing else need be looked at where both ends stay.
        if is_kept(bytes.first()) && is_kept(bytes.last()) {
            return range;
        }
        let text = lossy(bytes);
        if text.len() != range.len() {
            return range;
        }
        let start = text.len() - text.trim_start_matches(is_trimmed).len();
        let end = text.trim_end_matches(is_trimmed).len();
        range.start + start..range.start + end.max(start)
    }

    fn find_next(&self, pattern: &[u8], from: usize) -> Option<usize> {
        (!pattern.is_empty()).then(|| self.find(pattern, from))?
    }
}
