//! Texts to syntax trees: files, single expressions, templates.

use std::ops::Range;

use smol_str::SmolStr;
use source::{Problem, SourceFile, Span};

use super::ast::{Body, Expression, TemplatePart};
use super::lex::{Fault, Lexed, Mode, Token, lex};
use super::places::Places;
use super::problems::Problems;
use super::template::Style;

/// What was read from one file.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its attributes and blocks.
    pub body: Body,
    /// All comments, in the order of the text.
    pub comments: Vec<Comment>,
    /// What could not be understood, in the order of the text.
    pub problems: Vec<Problem>,
}

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// From its marker to its end, without the line break. Of JSON, the value of a property `//`.
    pub span: Span,
    /// What it says, without its markers and the blanks around.
    pub text: SmolStr,
    /// Whether nothing but blanks stands before it on its line.
    pub own_line: bool,
}

/// How deep a syntax tree may be. Whoever walks one may recurse.
pub const MAX_DEPTH: usize = 200;

/// Reads a file of HCL: a configuration or values of variables. What can't be understood is a problem; everything else of
/// the file is there nevertheless.
///
/// Source: <https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md>.
#[must_use]
pub fn read(file: &SourceFile) -> Document {
    let places = Places::verbatim(file.id, 0);
    let lexed = lex(&file.text, Mode::Code);
    let comments = comments(&file.text, &lexed.comments, &places);
    let (body, problems) = with_reader(&file.text, &places, &lexed, |reader| {
        reader.file(0..lexed.tokens.len())
    });
    Document {
        body,
        comments,
        problems,
    }
}

/// Reads a text that is one expression, such as a value on the command line.
#[must_use]
pub fn read_expression(text: &str, places: &Places) -> (Expression, Vec<Problem>) {
    read_nested_expression(text, places, 0)
}

/// The same for an expression in a tree, which is that deep there.
pub(super) fn read_nested_expression(
    text: &str,
    places: &Places,
    depth: usize,
) -> (Expression, Vec<Problem>) {
    let lexed = lex(text, Mode::Code);
    with_reader(text, places, &lexed, |reader| {
        let end = text.len() as u32;
        reader.expression(0..lexed.tokens.len(), (0, end), depth)
    })
}

/// Reads a text that is a template as a whole, such as a file for `templatefile`.
#[must_use]
pub fn read_template(text: &str, places: &Places) -> (Vec<TemplatePart>, Vec<Problem>) {
    read_nested_template(text, places, 0)
}

/// The same for a template in a tree, which is that deep there.
pub(super) fn read_nested_template(
    text: &str,
    places: &Places,
    depth: usize,
) -> (Vec<TemplatePart>, Vec<Problem>) {
    let lexed = lex(text, Mode::Template);
    with_reader(text, places, &lexed, |reader| {
        let tokens = 0..lexed.tokens.len();
        let parts = reader.template(tokens, Style::Bare, depth);
        parts.unwrap_or_default()
    })
}

/// Reads tokens to syntax trees.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) places: &'a Places,
    pub(super) problems: Problems,
}

fn with_reader<T>(
    text: &str,
    places: &Places,
    lexed: &Lexed,
    read: impl FnOnce(&mut Reader<'_>) -> T,
) -> (T, Vec<Problem>) {
    let mut reader = Reader {
        text,
        tokens: &lexed.tokens,
        places,
        problems: Problems::default(),
    };
    for Fault {
        code,
        message,
        help,
        start,
        end,
    } in &lexed.faults
    {
        let span = places.span(*start, *end);
        reader.problems.error(code, *message, help, span);
    }
    let value = read(&mut reader);
    let problems = reader.problems.finish(places.span(0, text.len() as u32));
    (value, problems)
}

fn comments(text: &str, ranges: &[(u32, u32)], places: &Places) -> Vec<Comment> {
    let comment = |&(start, end): &(u32, u32)| {
        let written = &text[start as usize..end as usize];
        let said = match written.strip_prefix("/*") {
            Some(said) => said.strip_suffix("*/").unwrap_or(said),
            None => written.trim_start_matches(['#', '/']),
        };
        let before = &text[..start as usize];
        let before = before.trim_end_matches([' ', '\t', '\u{feff}']);
        Comment {
            span: places.span(start, end),
            text: said.trim().into(),
            own_line: before.is_empty() || before.ends_with('\n'),
        }
    };
    ranges.iter().map(comment).collect()
}

impl<'a> Reader<'a> {
    pub(super) fn error(
        &mut self,
        code: &'static str,
        message: impl Into<String>,
        help: &str,
        (start, end): (u32, u32),
    ) {
        let span = self.places.span(start, end);
        self.problems.error(code, message, help, span);
    }

    /// The text of a token.
    pub(super) fn written(&self, token: usize) -> &'a str {
        self.tokens
            .get(token)
            .map_or("", |token| &self.text[token.range()])
    }

    /// From the first byte of the first token to the last byte of the last one.
    pub(super) fn offsets(&self, tokens: Range<usize>) -> (u32, u32) {
        match self.tokens.get(tokens) {
            Some([first, .., last]) => (first.start, last.end),
            Some([only]) => (only.start, only.end),
            _ => (0, 0),
        }
    }

    pub(super) fn span_of(&self, tokens: Range<usize>) -> Span {
        let (start, end) = self.offsets(tokens);
        self.places.span(start, end)
    }
}
