//! Reads text in the form that most people and templates write: one entry a line, in lists and maps that indentation makes. It
//! takes a small part of the time that the parser takes, which reads all other text.

mod lines;
mod scalar;
#[cfg(test)]
mod tests;

use source::Span;

use crate::characters::{first_unusual, position};
use crate::compose::{Composed, Composer, Kind, ScalarRole, Written};
use crate::parsed::{Chunk, LONGEST_KEY, Parsed};
use crate::resolve::Tag;
use crate::{Comment, Document};

/// The deepest nesting of plain text.
const DEEPEST: usize = 60;

/// The longest key of plain text.
const LONGEST_NAME: usize = 100;

/// Reads a chunk, unless its text is not plain. What is read is what the parser would read.
pub(crate) fn read(chunk: Chunk<'_>) -> Option<Parsed> {
    if !chunk.blanked.is_empty() || chunk.longest_key != LONGEST_KEY {
        return None;
    }
    let is_blank = |byte| (byte == b'\t') | (byte == b'\r');
    let has_blanks = position(chunk.text.as_bytes(), is_blank).is_some();
    if has_blanks || chunk.text.contains('\u{feff}') || first_unusual(chunk.text).is_some() {
        return None;
    }
    let mut reader = Reader::new(chunk);
    while reader.at < chunk.text.len() {
        reader.line()?;
    }
    reader.finish()
}

/// A list or map that is not at its end, and the column of its dashes or keys.
#[derive(Clone, Copy)]
struct Open {
    kind: Kind,
    column: usize,
}

struct Reader<'a> {
    chunk: Chunk<'a>,
    composer: Composer<'a>,
    comments: Vec<Comment>,
    open: Vec<Open>,
    /// Where the value would stand that a key or dash at the end of a line still lacks.
    missing: Option<usize>,
    /// Where the next line begins.
    at: usize,
    has_marker: bool,
    has_root: bool,
}

impl<'a> Reader<'a> {
    fn new(chunk: Chunk<'a>) -> Self {
        Self {
            chunk,
            composer: Composer::new(chunk.file, chunk.options, chunk.budget),
            comments: Vec::new(),
            open: Vec::new(),
            missing: None,
            at: 0,
            has_marker: false,
            has_root: false,
        }
    }

    /// The next line without its end.
    fn next_line(&mut self) -> (usize, &'a str) {
        let start = self.at;
        let rest = &self.chunk.text[start..];
        let length = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        self.at = (start + length + 1).min(self.chunk.text.len());
        (start, &rest[..length])
    }

    /// Takes the next line, and those behind it that belong to its value.
    fn line(&mut self) -> Option<()> {
        let (start, line) = self.next_line();
        let column = line.bytes().take_while(|byte| *byte == b' ').count();
        let (at, text) = (start + column, &line[column..]);
        match text.as_bytes().first() {
            None => Some(()),
            Some(b'#') => {
                self.comment(at, text, true);
                Some(())
            }
            Some(_) if line == "---" => self.marker(),
            Some(b'%') => None,
            Some(_) if column == 0 && text.starts_with("...") => None,
            Some(_) => self.nodes(at, text, column),
        }
    }

    /// Takes the marker in front of a document.
    fn marker(&mut self) -> Option<()> {
        let is_first = !self.has_marker && !self.has_root;
        self.has_marker = true;
        is_first.then_some(())
    }

    fn comment(&mut self, at: usize, text: &str, own_line: bool) {
        let span = self.span(at, at + text.len());
        self.comments.push(Comment { span, own_line });
    }

    /// Takes what begins on a line: dashes, and a key and its value or a value.
    fn nodes(&mut self, mut at: usize, mut text: &'a str, mut column: usize) -> Option<()> {
        let is_alone = text.starts_with(['{', '[']);
        if is_alone && self.missing.is_some() && self.open.last()?.column < column {
            self.missing = None;
            return self.value(at, text);
        }
        while let Some(rest) = behind(text, b'-') {
            self.begin(Kind::List, column, at)?;
            let trimmed = rest.trim_start_matches(' ');
            let skipped = text.len() - trimmed.len();
            let is_node = behind(trimmed, b'-').is_some() || scalar::key(trimmed).is_some();
            if !is_node {
                return self.item(at + 1, at + skipped, trimmed);
            }
            self.missing = Some(at + 1);
            (at, column, text) = (at + skipped, column + skipped, trimmed);
        }
        self.entry(at, text, column)
    }

    fn entry(&mut self, at: usize, text: &'a str, column: usize) -> Option<()> {
        let key = scalar::key(text)?;
        self.begin(Kind::Map, column, at)?;
        self.scalar(key.name, key.tag, at, at + key.end);
        let behind = at + key.end + 1;
        let value = text[key.end + 1..].trim_start_matches(' ');
        self.item(behind, at + text.len() - value.len(), value)
    }

    /// Takes the value behind a dash or colon that ends at `behind`, or what follows where there is none.
    fn item(&mut self, behind: usize, at: usize, text: &'a str) -> Option<()> {
        if text.is_empty() || text.starts_with('#') {
            self.missing = Some(behind);
            return self.rest(at, text);
        }
        self.value(at, text)
    }

    /// Takes the beginning of an item or entry at a column.
    fn begin(&mut self, kind: Kind, column: usize, at: usize) -> Option<()> {
        if self.is_value(kind, column) {
            self.missing = None;
            return self.start(kind, column, at);
        }
        self.fill();
        while let Some(open) = self.open.last() {
            let is_inner_list = open.column == column && open.kind == Kind::List;
            let is_over = open.column > column || is_inner_list && kind == Kind::Map;
            if !is_over {
                break;
            }
            self.open.pop();
            self.composer.end(None);
        }
        match self.open.last() {
            Some(open) => (open.column == column && open.kind == kind).then_some(()),
            None if column == 0 && !self.has_root => self.start(kind, column, at),
            None => None,
        }
    }

    /// Whether what begins at a column is the value that is missing.
    fn is_value(&self, kind: Kind, column: usize) -> bool {
        let Some(open) = self.open.last().filter(|_| self.missing.is_some()) else {
            return false;
        };
        // The dashes of a list may stand below the key that it is the value of.
        let is_below = open.kind == Kind::Map && kind == Kind::List && open.column == column;
        open.column < column || is_below
    }

    fn start(&mut self, kind: Kind, column: usize, at: usize) -> Option<()> {
        if self.open.len() >= DEEPEST {
            return None;
        }
        self.has_root = true;
        self.open.push(Open { kind, column });
        self.composer.start(kind, self.span(at, at), 0);
        Some(())
    }

    /// Takes nothing for the value that is missing.
    fn fill(&mut self) {
        if let Some(at) = self.missing.take() {
            self.scalar("", Tag::Plain, at, at);
        }
    }

    fn scalar(&mut self, text: &str, tag: Tag, start: usize, end: usize) {
        let written = Written {
            text,
            tag,
            role: ScalarRole::Value,
            span: self.span(start, end),
        };
        self.composer.scalar(&written, 0);
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let place = |at: usize| self.chunk.base + at as u32;
        Span::new(self.chunk.file.id, place(start), place(end))
    }

    fn finish(mut self) -> Option<Parsed> {
        if !self.has_root {
            // A marker makes a document, though one that holds nothing.
            return (!self.has_marker).then_some(Parsed {
                comments: self.comments,
                budget: self.chunk.budget,
                ..Parsed::default()
            });
        }
        self.fill();
        for _ in self.open.drain(..) {
            self.composer.end(None);
        }
        let Composed {
            tree,
            problems,
            complex_key,
            budget,
            stopped,
        } = self.composer.finish(None);
        let span = Span::new(
            self.chunk.file.id,
            self.chunk.base,
            self.chunk.base + self.chunk.text.len() as u32,
        );
        let tree = tree.filter(|_| !stopped)?;
        Some(Parsed {
            documents: vec![Document { span, tree }],
            comments: self.comments,
            problems,
            complex_key,
            budget,
            ..Parsed::default()
        })
    }
}

/// What follows a sign, if it stands there and a space or nothing follows.
fn behind(text: &str, sign: u8) -> Option<&str> {
    let (first, rest) = text.as_bytes().split_first()?;
    let is_sign = *first == sign && rest.first().is_none_or(|byte| *byte == b' ');
    is_sign.then(|| &text[1..])
}
