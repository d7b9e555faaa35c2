//! Keys and values of plain text.

use std::borrow::Cow;

use super::{LONGEST_NAME, Reader, behind};
use crate::compose::Kind;
use crate::resolve::Tag;

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
            b'{' => {
                let rest = text.strip_prefix("{}")?;
                self.composer.start(Kind::Map, self.span(at, at + 1), 0);
                self.end_bracket(at + 2);
                self.rest(at + 2, rest)
            }
            b'[' => self.row(at, text),
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

    /// Takes a list of names and of texts in quotes, in brackets on one line.
    fn row(&mut self, at: usize, text: &'a str) -> Option<()> {
        self.composer.start(Kind::List, self.span(at, at + 1), 0);
        let mut rest = text[1..].trim_start_matches(' ');
        let place = |rest: &str| at + text.len() - rest.len();
        if !rest.starts_with(']') {
            loop {
                let end = self.row_item(place(rest), rest)?;
                rest = rest[end..].trim_start_matches(' ');
                let Some(next) = rest.strip_prefix(',') else {
                    break;
                };
                rest = next.trim_start_matches(' ');
            }
        }
        let behind = rest.strip_prefix(']')?;
        self.end_bracket(place(behind));
        self.rest(place(behind), behind)
    }

    /// Takes an item, and returns its length.
    fn row_item(&mut self, at: usize, text: &str) -> Option<usize> {
        let first = *text.as_bytes().first()?;
        if matches!(first, b'"' | b'\'') {
            let end = quoted_end(text, first)?;
            self.quoted(at, &text[..end])?;
            return Some(end);
        }
        let end = text.bytes().take_while(|byte| is_of_name(*byte)).count();
        let is_plain = first.is_ascii_alphanumeric();
        is_plain.then(|| self.scalar(&text[..end], Tag::Plain, at, at + end))?;
        Some(end)
    }

    fn end_bracket(&mut self, end: usize) {
        let end = self.span(end, end).end;
        self.composer.end(Some(end));
    }
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
