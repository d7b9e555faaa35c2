//! Writes scalars in each of their styles.

use std::ops::Range;

use super::emitter::{Emitter, Sign};
use super::scalar::{is_break, is_printable};
use super::text::{Builder, Text};

/// The mark that may stand at the beginning of a text.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// A character, where it stands, and the one behind it.
type Letter = (Range<usize>, char, Option<char>);

fn letters(text: &impl Text) -> Vec<Letter> {
    let letters: Vec<_> = go::runes(text.bytes()).collect();
    let next = letters.iter().skip(1).map(|(_, letter)| Some(*letter));
    let next = next.chain([None]);
    letters
        .iter()
        .zip(next)
        .map(|((range, letter), next)| (range.clone(), *letter, next))
        .collect()
}

impl<T: Text> Emitter<T> {
    pub(super) fn plain(&mut self, text: &T, folds: bool) {
        if !self.is_blank {
            self.put(" ");
        }
        self.lines(text, folds, false);
        (self.is_blank, self.is_indentation) = (false, false);
    }

    pub(super) fn single_quoted(&mut self, text: &T, folds: bool) {
        self.sign("'", Sign::Word);
        self.lines(text, folds, true);
        self.sign("'", Sign::Close);
    }

    /// Text that is folded at spaces, and keeps its line breaks by one more of each first.
    fn lines(&mut self, text: &T, folds: bool, is_quoted: bool) {
        let (mut spaces, mut breaks) = (false, false);
        for (range, letter, next) in letters(text) {
            if letter == ' ' {
                let is_inner = !is_quoted || range.start > 0 && next.is_some();
                let folds = folds && !spaces && self.is_wide() && is_inner;
                if folds && next != Some(' ') {
                    self.new_line();
                } else {
                    self.write(text, range);
                }
                spaces = true;
            } else if is_break(letter) {
                if !breaks && letter == '\n' {
                    self.line_break();
                }
                self.break_of(text, range, letter);
                breaks = true;
            } else {
                if breaks {
                    self.new_line();
                }
                if is_quoted && letter == '\'' {
                    self.put("'");
                }
                self.write(text, range);
                self.is_indentation = false;
                (spaces, breaks) = (false, false);
            }
        }
    }

    pub(super) fn double_quoted(&mut self, text: &T, folds: bool) {
        self.sign("\"", Sign::Word);
        let escapes_all = text.bytes().starts_with("\u{feff}".as_bytes());
        let mut spaces = false;
        for (range, letter, next) in letters(text) {
            if escapes_all || is_escaped(letter) {
                let escape = escape(letter);
                self.column += escape.len();
                self.out.replace(&escape, text, range);
                spaces = false;
                continue;
            }
            let is_inner = range.start > 0 && next.is_some();
            if letter == ' ' && folds && !spaces && self.is_wide() && is_inner {
                self.new_line();
                if next == Some(' ') {
                    self.put("\\");
                }
            } else {
                self.write(text, range);
            }
            spaces = letter == ' ';
        }
        self.sign("\"", Sign::Close);
        self.is_indentation = false;
    }

    pub(super) fn literal(&mut self, text: &T) {
        self.sign("|", Sign::Word);
        let string = text.string();
        if string.starts_with(|first: char| first == ' ' || is_break(first)) {
            self.sign("2", Sign::Close);
        }
        let mut last = string.chars().rev();
        match (last.next().is_some_and(is_break), last.next()) {
            (false, _) => self.sign("-", Sign::Close),
            (true, None) => self.sign("+", Sign::Close),
            (true, Some(letter)) if is_break(letter) => self.sign("+", Sign::Close),
            (true, Some(_)) => {}
        }
        self.line_break();
        (self.is_blank, self.is_indentation) = (true, true);
        let mut breaks = true;
        for (range, letter, _) in letters(text) {
            if is_break(letter) {
                self.break_of(text, range, letter);
                breaks = true;
                continue;
            }
            if breaks {
                self.new_line();
            }
            self.write(text, range);
            self.is_indentation = false;
            breaks = false;
        }
    }

    fn is_wide(&self) -> bool {
        self.column > self.layout.width
    }

    fn write(&mut self, text: &T, range: Range<usize>) {
        self.out.copy(text, range);
        self.column += 1;
    }

    fn line_break(&mut self) {
        self.put("\n");
        self.column = 0;
    }

    fn break_of(&mut self, text: &T, range: Range<usize>, letter: char) {
        self.write(text, range);
        debug_assert!(is_break(letter), "only breaks end lines");
        self.column = 0;
        self.is_indentation = true;
    }
}

fn is_escaped(letter: char) -> bool {
    !is_printable(letter) || is_break(letter) || matches!(letter, BYTE_ORDER_MARK | '"' | '\\')
}

fn escape(letter: char) -> String {
    let short = match letter {
        '\0' => '0',
        '\u{7}' => 'a',
        '\u{8}' => 'b',
        '\t' => 't',
        '\n' => 'n',
        '\u{b}' => 'v',
        '\u{c}' => 'f',
        '\r' => 'r',
        '\u{1b}' => 'e',
        '"' => '"',
        '\\' => '\\',
        '\u{85}' => 'N',
        '\u{a0}' => '_',
        '\u{2028}' => 'L',
        '\u{2029}' => 'P',
        _ => {
            return match u32::from(letter) {
                number @ ..0x100 => format!("\\x{number:02X}"),
                number @ ..0x1_0000 => format!("\\u{number:04X}"),
                number => format!("\\U{number:08X}"),
            };
        }
    };
    format!("\\{short}")
}
