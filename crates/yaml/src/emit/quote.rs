//! Writes scalars in each of their styles.

use std::ops::Range;

use super::emitter::{Emitter, Sign};
use super::scalar::{is_break, is_printable};
use super::text::{Builder, Text};

/// The mark that may stand at the beginning of a text.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// A character, where it stands, and the one behind it.
type Letter = (Range<usize>, char, Option<char>);

/// The character at a place.
fn letter(bytes: &[u8], at: usize) -> Option<Letter> {
    let first = bytes.get(at)?;
    let next = bytes.get(at + 1);
    // Most texts are ASCII.
    if first.is_ascii() && next.is_none_or(u8::is_ascii) {
        let next = next.map(|byte| char::from(*byte));
        return Some((at..at + 1, char::from(*first), next));
    }
    // Two characters have no more bytes than that.
    let end = bytes.len().min(at + 2 * char::MAX_LEN_UTF8);
    let mut runes = go::runes(bytes.get(at..end)?);
    let (range, letter) = runes.next()?;
    let next = runes.next().map(|(_, letter)| letter);
    Some((at + range.start..at + range.end, letter, next))
}

/// The end of what begins at a place and is written as it is: characters of ASCII in sight, and no marks of quoted text.
fn word_end(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    let is_plain = |byte: &&u8| byte.is_ascii_graphic() && !matches!(byte, b'\'' | b'"' | b'\\');
    at + rest.iter().take_while(is_plain).count()
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
        let mut at = 0;
        while let Some((range, letter, next)) = letter(text.bytes(), at) {
            at = range.end;
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
                at = self.word(text, range);
                self.is_indentation = false;
                (spaces, breaks) = (false, false);
            }
        }
    }

    pub(super) fn double_quoted(&mut self, text: &T, folds: bool) {
        self.sign("\"", Sign::Word);
        let escapes_all = text.bytes().starts_with("\u{feff}".as_bytes());
        let mut spaces = false;
        let mut at = 0;
        while let Some((range, letter, next)) = letter(text.bytes(), at) {
            at = range.end;
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
            } else if letter == ' ' {
                self.write(text, range);
            } else {
                at = self.word(text, range);
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
        let mut at = 0;
        while let Some((range, letter, _)) = letter(text.bytes(), at) {
            at = range.end;
            if is_break(letter) {
                self.break_of(text, range, letter);
                breaks = true;
                continue;
            }
            if breaks {
                self.new_line();
            }
            at = self.word(text, range);
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

    /// Writes a character and what stands behind it up to the end of its word, and says where that is.
    fn word(&mut self, text: &T, first: Range<usize>) -> usize {
        let end = word_end(text.bytes(), first.end);
        self.column += 1 + end - first.end;
        self.out.copy(text, first.start..end);
        end
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
