//! Reads JSON values that stand one behind the other, as `kubectl` reads a file that begins with a
//! brace.

use std::borrow::Cow;
use std::ops::Range;

use source::Span;

use crate::Document;
use crate::compose::{Composed, Composer, Kind, ScalarRole, Written};
use crate::layout::rest_of_line;
use crate::parsed::{Chunk, Parsed};
use crate::resolve::Tag;

/// What was read of a chunk.
pub(crate) struct Json {
    /// What is JSON.
    pub(crate) parsed: Parsed,
    /// Where the text begins that is not JSON, or the end of the text.
    pub(crate) end: usize,
    /// What was understood of that text before its first error.
    pub(crate) broken: Option<Parsed>,
}

/// Whether the text of a section may be JSON: nothing but a marker stands before its first brace.
pub(crate) fn begins_with_brace(text: &str) -> bool {
    text[content_start(text)..]
        .trim_ascii_start()
        .starts_with('{')
}

/// Where the text begins behind a byte order mark and a marker of documents.
fn content_start(text: &str) -> usize {
    let content = text.strip_prefix('\u{feff}').unwrap_or(text);
    let behind = content
        .strip_prefix("---")
        .filter(|behind| behind.starts_with([' ', '\t', '\r', '\n']));
    text.len() - behind.unwrap_or(content).len()
}

/// Reads the JSON values at the beginning of a chunk.
pub(crate) fn read(chunk: Chunk<'_>) -> Json {
    let mut parsed = Parsed {
        budget: chunk.budget,
        ..Parsed::default()
    };
    let mut end = 0;
    let mut at = content_start(chunk.text);
    loop {
        at = skip_blanks(chunk.text, at);
        if at == chunk.text.len() || parsed.stopped {
            return Json {
                parsed,
                end: chunk.text.len(),
                broken: None,
            };
        }
        let composer = Composer::new(chunk.file, chunk.options, parsed.budget);
        let mut scanner = Scanner {
            chunk,
            composer,
            at,
            open: Vec::new(),
        };
        let is_json = scanner.value().is_some();
        at = scanner.at;
        if !is_json && !scanner.composer.is_stopped() {
            return Json {
                parsed,
                end,
                broken: Some(scanner.broken(end)),
            };
        }
        let rest = (!is_json).then(|| scanner.span(at, at));
        parsed = parsed.then(scanner.finish(end..at, rest));
        end = at;
    }
}

#[derive(PartialEq, Eq)]
enum Next {
    Value,
    End,
}

struct Scanner<'a> {
    chunk: Chunk<'a>,
    composer: Composer<'a>,
    at: usize,
    /// The lists and maps that are open.
    open: Vec<Kind>,
}

impl Scanner<'_> {
    /// Reads one value with all below it. `None` means that the text is not JSON, or that the file
    /// has no nodes left.
    fn value(&mut self) -> Option<()> {
        loop {
            if self.start_of_value()? == Next::Value {
                continue;
            }
            if !self.go_on()? {
                return (!self.composer.is_stopped()).then_some(());
            }
        }
    }

    /// Reads a scalar, an empty list or map, or what stands before the first value in a list or
    /// map.
    fn start_of_value(&mut self) -> Option<Next> {
        match self.peek()? {
            b'{' => {
                self.open(Kind::Map);
                if self.peek()? != b'}' {
                    self.key()?;
                    return Some(Next::Value);
                }
                self.close();
            }
            b'[' => {
                self.open(Kind::List);
                if self.peek()? != b']' {
                    return Some(Next::Value);
                }
                self.close();
            }
            b'"' => self.string()?,
            b't' => self.word("true")?,
            b'f' => self.word("false")?,
            b'n' => self.word("null")?,
            _ => self.number()?,
        }
        Some(Next::End)
    }

    /// Reads what stands behind a value: closing brackets, then a comma and the next key. Says
    /// whether a value follows.
    fn go_on(&mut self) -> Option<bool> {
        while let Some(kind) = self.open.last().copied() {
            match (kind, self.peek()?) {
                (Kind::Map, b'}') | (Kind::List, b']') => self.close(),
                (Kind::List, b',') => {
                    self.at += 1;
                    return Some(true);
                }
                (Kind::Map, b',') => {
                    self.at += 1;
                    self.key()?;
                    return Some(true);
                }
                _ => return None,
            }
        }
        Some(false)
    }

    fn open(&mut self, kind: Kind) {
        self.composer
            .start(kind, self.span(self.at, self.at + 1), 0);
        self.open.push(kind);
        self.at += 1;
    }

    fn close(&mut self) {
        self.at += 1;
        self.composer.end(Some(self.span(self.at, self.at).end));
        self.open.pop();
    }

    fn key(&mut self) -> Option<()> {
        if self.peek()? != b'"' {
            return None;
        }
        self.string()?;
        if self.peek()? != b':' {
            return None;
        }
        self.at += 1;
        Some(())
    }

    fn string(&mut self) -> Option<()> {
        let start = self.at;
        let (text, end) = string(self.chunk.text, start)?;
        self.scalar(&text, Tag::Text, start, end);
        Some(())
    }

    fn word(&mut self, word: &str) -> Option<()> {
        let (start, end) = (self.at, self.at + word.len());
        (self.chunk.text.get(start..end)? == word).then_some(())?;
        self.scalar(word, Tag::Plain, start, end);
        Some(())
    }

    fn number(&mut self) -> Option<()> {
        let start = self.at;
        let text = &self.chunk.text[start..];
        let text = &text[..number_length(text.as_bytes())?];
        // YAML takes a number that is too large for text.
        let is_too_large = text.parse::<f64>().is_ok_and(f64::is_infinite);
        self.scalar(
            if is_too_large { ".inf" } else { text },
            Tag::Plain,
            start,
            start + text.len(),
        );
        Some(())
    }

    fn scalar(&mut self, text: &str, tag: Tag, start: usize, end: usize) {
        let span = self.span(start, end);
        self.composer.scalar(
            &Written {
                text,
                tag,
                role: ScalarRole::Value,
                span,
            },
            0,
        );
        self.at = end;
    }

    /// What was read of the text that begins at `start` and is not JSON.
    fn broken(self, start: usize) -> Parsed {
        let end = self.chunk.text.len();
        let error = rest_of_line(self.chunk.text, self.at);
        let error = self.span(error.start, error.end);
        let mut parsed = self.finish(start..end, Some(error));
        parsed.problems.error("syntax", "this is not JSON", error);
        Parsed {
            is_broken: true,
            ..parsed
        }
    }

    fn finish(self, range: Range<usize>, rest: Option<Span>) -> Parsed {
        let span = self.span(range.start, range.end);
        let Composed {
            tree,
            problems,
            budget,
            stopped,
            ..
        } = self.composer.finish(rest);
        let documents = tree
            .map(|tree| Document { span, tree })
            .into_iter()
            .collect();
        Parsed {
            documents,
            problems,
            budget,
            stopped,
            ..Parsed::default()
        }
    }

    /// The next byte that is not blank.
    fn peek(&mut self) -> Option<u8> {
        self.at = skip_blanks(self.chunk.text, self.at);
        self.chunk.text.as_bytes().get(self.at).copied()
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(
            self.chunk.file.id,
            self.chunk.base + start as u32,
            self.chunk.base + end as u32,
        )
    }
}

/// The string that begins with the quote at `start`, and where it ends.
fn string(text: &str, start: usize) -> Option<(Cow<'_, str>, usize)> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let mut done = start + 1;
    let mut at = done;
    loop {
        match *bytes.get(at)? {
            b'"' if out.is_empty() => return Some((Cow::Borrowed(&text[done..at]), at + 1)),
            b'"' => return Some((Cow::Owned(out + &text[done..at]), at + 1)),
            b'\\' => {
                out.push_str(&text[done..at]);
                let (character, end) = escape(text, at + 1)?;
                out.push(character);
                (done, at) = (end, end);
            }
            0..0x20 => return None,
            _ => at += 1,
        }
    }
}

/// The character that the escape behind the backslash before `at` stands for, and where it ends.
fn escape(text: &str, at: usize) -> Option<(char, usize)> {
    let character = match text.as_bytes().get(at)? {
        byte @ (b'"' | b'\\' | b'/') => char::from(*byte),
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return unicode_escape(text, at + 1),
        _ => return None,
    };
    Some((character, at + 1))
}

/// Half of a surrogate pair becomes a replacement character, as in Go.
fn unicode_escape(text: &str, at: usize) -> Option<(char, usize)> {
    let first = hex(text, at)?;
    let second = text
        .get(at + 4..at + 6)
        .filter(|escape| *escape == "\\u")
        .and_then(|_| hex(text, at + 6));
    match (first, second) {
        (0xd800..0xdc00, Some(second @ 0xdc00..0xe000)) => {
            let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
            Some((char::from_u32(code)?, at + 10))
        }
        _ => Some((
            char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER),
            at + 4,
        )),
    }
}

fn hex(text: &str, at: usize) -> Option<u32> {
    let digits = text.get(at..at + 4)?;
    digits
        .bytes()
        .all(|byte| byte.is_ascii_hexdigit())
        .then(|| u32::from_str_radix(digits, 16).ok())?
}

/// The length of the JSON number at the beginning of `text`.
fn number_length(text: &[u8]) -> Option<usize> {
    let digits = |at: usize| {
        text[at..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count()
    };
    let mut at = usize::from(text.first() == Some(&b'-'));
    at += match text.get(at)? {
        b'0' => 1,
        _ => Some(digits(at)).filter(|count| *count > 0)?,
    };
    if text.get(at) == Some(&b'.') {
        at += 1 + Some(digits(at + 1)).filter(|count| *count > 0)?;
    }
    if matches!(text.get(at), Some(b'e' | b'E')) {
        at += 1 + usize::from(matches!(text.get(at + 1), Some(b'+' | b'-')));
        at += Some(digits(at)).filter(|count| *count > 0)?;
    }
    Some(at)
}

fn skip_blanks(text: &str, at: usize) -> usize {
    let blanks = text.as_bytes()[at..]
        .iter()
        .take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
        .count();
    at + blanks
}
