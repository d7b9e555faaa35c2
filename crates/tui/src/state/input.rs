//! A line of text that is typed.

use crate::keys::{Code, Press};

/// A line of text that is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Input {
    pub(crate) text: String,
    /// Where the next letter goes, in bytes.
    pub(crate) cursor: usize,
}

/// The longest text, in bytes.
const LONGEST: usize = 4_096;

impl Input {
    pub(crate) fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            cursor: text.len(),
        }
    }

    /// Puts a text in, on one line.
    pub(crate) fn insert(&mut self, text: &str) {
        let text: String = text.chars().filter(|letter| !letter.is_control()).collect();
        if self.text.len() + text.len() <= LONGEST {
            self.text.insert_str(self.cursor, &text);
            self.cursor += text.len();
        }
    }

    /// Does what a key does to a line. Returns whether it does anything.
    pub(crate) fn press(&mut self, press: Press) -> bool {
        match (press.code, press.has_control) {
            (Code::Char(letter), false) if !press.has_alt => self.insert(&letter.to_string()),
            (Code::Backspace, _) | (Code::Char('h'), true) => self.remove(self.before()),
            (Code::Delete, _) => self.remove(self.behind()),
            (Code::Char('w'), true) => self.remove(self.word()),
            (Code::Char('u'), true) => self.remove(0),
            (Code::Left, _) | (Code::Char('b'), true) => self.cursor = self.before(),
            (Code::Right, _) | (Code::Char('f'), true) => self.cursor = self.behind(),
            (Code::Home, _) | (Code::Char('a'), true) => self.cursor = 0,
            (Code::End, _) | (Code::Char('e'), true) => self.cursor = self.text.len(),
            _ => return false,
        }
        true
    }

    /// Puts a text in place of a part of the line.
    pub(crate) fn replace(&mut self, at: std::ops::Range<usize>, text: &str) {
        if self.text.get(at.clone()).is_some() {
            self.cursor = at.start + text.len();
            self.text.replace_range(at, text);
        }
    }

    fn remove(&mut self, to: usize) {
        let (start, end) = (self.cursor.min(to), self.cursor.max(to));
        self.text.replace_range(start..end, "");
        self.cursor = start;
    }

    fn before(&self) -> usize {
        let letters = self.text[..self.cursor].char_indices();
        letters.last().map_or(0, |(at, _)| at)
    }

    fn behind(&self) -> usize {
        let next = self.text[self.cursor..].chars().next();
        self.cursor + next.map_or(0, char::len_utf8)
    }

    fn word(&self) -> usize {
        let before = self.text[..self.cursor].trim_end();
        before.rfind(' ').map_or(0, |at| at + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_change_the_line() {
        let mut input = Input::default();
        let keys = "a é space b left left backspace x end ctrl-w c ctrl-a delete d";
        for key in keys.split(' ') {
            assert!(input.press(Press::parse(key).expect(key)), "{key}");
        }
        assert_eq!((input.text.as_str(), input.cursor), ("dx c", 1));
        input.insert("1\n2");
        assert_eq!(input.text, "d12x c");
        input.replace(0..3, "é");
        assert_eq!((input.text.as_str(), input.cursor), ("éx c", 2));
        assert!(!input.press(Press::parse("f5").expect("a key")));
    }
}
