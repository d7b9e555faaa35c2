//! The text that hcl-edit parses: one expression in which what stands in brackets and quotes is left out, and what is not
//! code. So hcl-edit sees neither comments nor line breaks nor strings, nesting costs it nothing, and nothing is read
//! twice.

use std::ops::Range;

use super::lex::{Group, Kind, behind};
use super::read::Reader;

/// An expression without the content of its brackets and quotes.
pub(super) struct Piece {
    pub(super) text: String,
    /// Where tokens begin in the text, and which.
    entries: Vec<(usize, usize)>,
}

impl Piece {
    /// The piece of the tokens. `is_for` says that they are a `for` expression with its brackets. Fails where something
    /// can't be in an expression, which is a problem then.
    pub(super) fn new(
        reader: &mut Reader<'_>,
        tokens: Range<usize>,
        is_for: bool,
    ) -> Result<Self, ()> {
        let mut builder = Builder {
            piece: Self {
                text: String::new(),
                entries: Vec::new(),
            },
            is_for,
            last: Last::Sign,
        };
        if is_for {
            let close = tokens.end - 1;
            builder.push(tokens.start, reader.written(tokens.start), Last::Sign);
            builder.all(reader, tokens.start + 1..close)?;
            builder.push(close, reader.written(close), Last::Operand);
        } else {
            builder.all(reader, tokens)?;
        }
        Ok(builder.piece)
    }

    /// The token that the byte of the text belongs to.
    pub(super) fn token(&self, at: usize) -> usize {
        let after = self.entries.partition_point(|(start, _)| *start <= at);
        self.entries[after.saturating_sub(1)].1
    }

    /// The token behind the one that the byte belongs to, and the one before it.
    pub(super) fn around(&self, at: usize) -> (Option<usize>, Option<usize>) {
        let behind = self.entries.partition_point(|(start, _)| *start < at);
        let token = |index: usize| self.entries.get(index).map(|(_, token)| *token);
        (behind.checked_sub(1).and_then(token), token(behind))
    }
}

/// What stands before the place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// Something that has a value: a bracket behind it is an index.
    Operand,
    /// A name: a parenthesis behind it holds arguments.
    Name,
    /// A dot: digits behind it are an index.
    Dot,
    /// An operator, or nothing.
    Sign,
}

struct Builder {
    piece: Piece,
    is_for: bool,
    last: Last,
}

impl Builder {
    fn all(&mut self, reader: &mut Reader<'_>, tokens: Range<usize>) -> Result<(), ()> {
        let mut at = tokens.start;
        while at < tokens.end {
            match reader.tokens[at].kind {
                Kind::Newline => {}
                Kind::Open(group) => self.group(reader, at, group)?,
                Kind::Invalid => {
                    invalid(reader, at);
                    return Err(());
                }
                kind => self.single(reader, at, kind),
            }
            at = behind(reader.tokens, at);
        }
        Ok(())
    }

    fn single(&mut self, reader: &Reader<'_>, at: usize, kind: Kind) {
        let written = reader.written(at);
        match kind {
            Kind::Number if self.last != Last::Dot => self.push(at, "0", Last::Operand),
            Kind::Number => self.push(at, written, Last::Operand),
            Kind::Star if self.last == Last::Dot => self.push(at, written, Last::Operand),
            Kind::Dot => self.push(at, written, Last::Dot),
            Kind::Identifier if self.is_for && matches!(written, "in" | "if") => {
                self.push(at, written, Last::Sign);
            }
            Kind::Identifier => self.push(at, written, Last::Name),
            _ => self.push(at, written, Last::Sign),
        }
    }

    fn group(&mut self, reader: &Reader<'_>, open: usize, group: Group) -> Result<(), ()> {
        let close = reader.tokens[open].partner as usize;
        if reader.tokens[close].is_missing() {
            // That it is not closed is a problem already.
            return Err(());
        }
        let is_splat = close == open + 2 && reader.tokens[open + 1].kind == Kind::Star;
        let text = match (group, self.last) {
            (Group::Quote | Group::Heredoc { .. }, _) => "\"\"",
            (Group::Bracket, Last::Operand | Last::Name) if is_splat => "[*]",
            (Group::Bracket, Last::Operand | Last::Name) => "[0]",
            (Group::Bracket, _) => "[]",
            (Group::Parenthesis, Last::Name) => "()",
            (Group::Parenthesis, _) => "(0)",
            (Group::Brace | Group::Interpolation | Group::Directive, _) => "{}",
        };
        self.push(open, text, Last::Operand);
        Ok(())
    }

    fn push(&mut self, token: usize, text: &str, last: Last) {
        if !self.piece.text.is_empty() {
            self.piece.text.push(' ');
        }
        self.piece.entries.push((self.piece.text.len(), token));
        self.piece.text.push_str(text);
        self.last = last;
    }
}

fn invalid(reader: &mut Reader<'_>, at: usize) {
    let (message, help) = match reader.written(at) {
        "'" => ("single quotes mean nothing", "write double quotes"),
        "}" | "]" | ")" => ("nothing is open that this closes", "remove it"),
        "&" => ("`&` alone is no operator", "write `&&`"),
        "|" => ("`|` alone is no operator", "write `||`"),
        "`" => ("backticks mean nothing", "write double quotes"),
        _ => ("this character means nothing here", "remove it"),
    };
    reader.error("unexpected-text", message, help, reader.offsets(at..at + 1));
}
