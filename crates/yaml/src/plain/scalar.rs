//! Keys and values of plain text.

use std::borrow::Cow;

use super::{LONGEST_NAME, Reader, behind};
use crate::compose::Kind;
use crate::resolve::Tag;

/// The deepest nesting of brackets.
const DEEPEST_BRACKETS: usize = 10;

/// A key.
pub(super) struct PlainKey<'t> {
    pub(super) name: &'t str,
    pub(super) tag: Tag,
    /// Where its colon stands.
    pub(super) end: usize,
}

/// The key that a text begins with, if that is a plain one and its colon follows.
pub(super) fn key(text: &str) -> Option<PlainKey<'_>> {
    let quote = text.bytes().next().filter(|byte| b"\"'".contains(byte));
    let quotes = usize::from(quote.is_some());
    let inner = text.get(quotes..)?;
    let length = inner.bytes().take_while(|byte| is_of_name(*byte)).count();
    let end = quotes + length + quotes;
    if let Some(quote) = quote {
        (text.as_bytes().get(end - 1) == Some(&quote)).then_some(())?;
    }
    behind(text.get(end..)?, b':')?;
    let name = &inner[..length];
    let begins = name.starts_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '_');
    let tag = if quote.is_some() {
        Tag::Text
    } else {
        Tag::Plain
    };
    (begins && length <= LONGEST_NAME).then_some(PlainKey { name, tag, end })
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'/')
}

impl<'a> Reader<'a> {
    /// Takes a value, and the comment behind it.
    pub(super) fn value(&mut self, at: usize, text: &'a str) -> Option<()> {
        match text.as_bytes().first()? {
            quote @ (b'"' | b'\'') => {
                let end = quoted_end(text, *quote)?;
                self.quoted(at, &text[..end])?;
                self.rest(at + end, &text[end..])
            }
            b'[' | b'{' => {
                let length = self.brackets(at, text, 0)?;
                self.rest(at + length, &text[length..])
            }
            b'|' => self.lines(at, text),
            _ => self.plain(at, text),
        }
    }

    /// Takes what may follow a value on its line: a comment.
    pub(super) fn rest(&mut self, at: usize, text: &'a str) -> Option<()> {
        let comment = text.trim_start_matches(' ');
        if comment.is_empty() {
            return Some(());
        }
        let skipped = text.len() - comment.len();
        let is_apart = skipped > 0 || self.chunk.text[..at].ends_with(' ');
        if !comment.starts_with('#') || !is_apart {
            return None;
        }
        self.comment(at + skipped, comment, false);
        Some(())
    }

    /// Takes words without quotes.
    fn plain(&mut self, at: usize, text: &'a str) -> Option<()> {
        begins_plain(text.as_bytes()).then_some(())?;
        let end = find(text, *b" #").unwrap_or(text.len());
        let words = text[..end].trim_end_matches(' ');
        let is_plain = find(words, *b": ").is_none() && !words.ends_with(':') && words != "<<";
        is_plain.then_some(())?;
        self.scalar(words, Tag::Plain, at, at + words.len());
        self.rest(at + words.len(), &text[words.len()..])
    }

    /// Takes a text with its quotes.
    fn quoted(&mut self, at: usize, written: &str) -> Option<()> {
        let inner = &written[1..written.len() - 1];
        let text = match written.as_bytes()[0] {
            b'"' if inner.contains('\\') => Cow::Owned(unescaped(inner)?),
            b'\'' if inner.contains('\'') => Cow::Owned(inner.replace("''", "'")),
            _ => Cow::Borrowed(inner),
        };
        self.scalar(&text, Tag::Text, at, at + written.len());
        Some(())
    }

    /// Takes a list or map in brackets on one line, of names and of texts in quotes, and returns its length.
    fn brackets(&mut self, at: usize, text: &str, depth: usize) -> Option<usize> {
        let (kind, close) = match text.as_bytes().first()? {
            b'[' => (Kind::List, ']'),
            _ => (Kind::Map, '}'),
        };
        (depth < DEEPEST_BRACKETS).then_some(())?;
        self.composer.start(kind, self.span(at, at + 1), 0);
        let mut end = 1 + spaces(&text[1..]);
        while !text[end..].starts_with(close) {
            let rest = &text[end..];
            end += match kind {
                Kind::List => self.in_brackets(at + end, rest, depth)?,
                Kind::Map => self.entry_in_brackets(at + end, rest, depth)?,
            };
            end += spaces(&text[end..]);
            if text[end..].starts_with(',') {
                end += 1 + spaces(&text[end + 1..]);
                // Nothing stands behind the last comma, or something that is not plain.
                (!text[end..].starts_with(close)).then_some(())?;
            } else if !text[end..].starts_with(close) {
                return None;
            }
        }
        self.end_bracket(at + end + 1);
        Some(end + 1)
    }

    /// Takes a value in brackets, and returns its length.
    fn in_brackets(&mut self, at: usize, text: &str, depth: usize) -> Option<usize> {
        let first = *text.as_bytes().first()?;
        match first {
            b'[' | b'{' => return self.brackets(at, text, depth + 1),
            b'"' | b'\'' => {
                let end = quoted_end(text, first)?;
                self.quoted(at, &text[..end])?;
                return Some(end);
            }
            _ => {}
        }
        let end = text.bytes().take_while(|byte| is_of_name(*byte)).count();
        let is_plain = first.is_ascii_alphanumeric();
        is_plain.then(|| self.scalar(&text[..end], Tag::Plain, at, at + end))?;
        Some(end)
    }

    /// Takes an entry in brackets, and returns its length.
    fn entry_in_brackets(&mut self, at: usize, text: &str, depth: usize) -> Option<usize> {
        let key = key(text)?;
        self.scalar(key.name, key.tag, at, at + key.end);
        let behind = key.end + 1;
        let value = behind + spaces(&text[behind..]);
        let length = self.in_brackets(at + value, &text[value..], depth)?;
        Some(value + length)
    }

    fn end_bracket(&mut self, end: usize) {
        let end = self.span(end, end).end;
        self.composer.end(Some(end));
    }
}

/// How many spaces a text begins with.
fn spaces(text: &str) -> usize {
    text.bytes().take_while(|byte| *byte == b' ').count()
}

/// Whether words may begin so.
fn begins_plain(text: &[u8]) -> bool {
    match text {
        [b'-' | b':', next, ..] => *next != b' ',
        [first, ..] => first.is_ascii_alphanumeric() || b"/_.(^$+<=~;\\".contains(first),
        [] => false,
    }
}

/// Where two signs stand first. The texts are so short that to begin a search takes longer than to look at all of them.
fn find(text: &str, signs: [u8; 2]) -> Option<usize> {
    let mut pairs = text.as_bytes().windows(2);
    pairs.position(|pair| pair == signs)
}

/// Behind which byte a text in quotes ends, if it does on this line.
fn quoted_end(text: &str, quote: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 1;
    loop {
        at += match (*bytes.get(at)?, bytes.get(at + 1)) {
            (b'\\', Some(_)) if quote == b'"' => 2,
            (b'\'', Some(b'\'')) if quote == b'\'' => 2,
            (byte, _) if byte == quote => return Some(at + 1),
            _ => 1,
        };
    }
}

/// A text in quotes without its escapes, if it has no others than the usual ones.
fn unescaped(text: &str) -> Option<String> {
    let mut unescaped = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        unescaped.push(match letter {
            '\\' => match letters.next()? {
                'n' => '\n',
                't' => '\t',
                same @ ('"' | '\\') => same,
                _ => return None,
            },
            _ => letter,
        });
    }
    Some(unescaped)
}
