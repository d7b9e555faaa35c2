//! The characters of an argument.

/// Reads characters, with or without escapes.
pub(super) struct Scanner {
    characters: Vec<char>,
    at: usize,
    has_escapes: bool,
}

/// What was read up to a character, and that character; none at the end.
pub(super) type Read = (String, Option<char>);

impl Scanner {
    pub(super) fn new(text: &str, has_escapes: bool) -> Self {
        Self {
            characters: text.chars().collect(),
            at: 0,
            has_escapes,
        }
    }

    /// The number of characters that were read.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let next = self.peek();
        self.at += usize::from(next.is_some());
        next
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.characters.get(self.at).copied()
    }

    /// Reads up to one of some characters, and that one.
    pub(super) fn until(&mut self, stops: &[char]) -> Read {
        let mut text = String::new();
        while let Some(character) = self.next() {
            if stops.contains(&character) {
                return (text, Some(character));
            }
            if character == '\\' && self.has_escapes {
                match self.next() {
                    Some(escaped) => text.push(escaped),
                    None => return (text, None),
                }
            } else {
                text.push(character);
            }
        }
        (text, None)
    }

    /// What was not read yet.
    pub(super) fn rest(&self) -> String {
        let rest = self.characters.get(self.at..).unwrap_or_default();
        rest.iter().collect()
    }

    pub(super) fn skip(&mut self, count: usize) {
        self.at = self.characters.len().min(self.at + count);
    }
}
