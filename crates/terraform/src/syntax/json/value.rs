//! Values of JSON to expressions. In configurations, strings are templates.

use graph::{Data, NodeId, Tree};
use smol_str::SmolStr;
use source::{SourceFile, Span};

use super::super::ast::{Expression, ExpressionKind, ObjectItem, TemplatePart};
use super::super::places::Places;
use super::super::problems::Problems;
use super::super::read::read_nested_template;
use super::Content;
use crate::value::Number;

pub(super) struct Values<'a> {
    file: &'a SourceFile,
    content: Content,
    tree: &'a Tree,
    problems: &'a mut Problems,
    /// The keys around, the outermost first.
    path: Vec<SmolStr>,
    /// Whether it was told that something is YAML and not JSON.
    told: bool,
}

impl<'a> Values<'a> {
    pub(super) fn new(
        file: &'a SourceFile,
        content: Content,
        tree: &'a Tree,
        problems: &'a mut Problems,
    ) -> Self {
        Self {
            file,
            content,
            tree,
            problems,
            path: Vec::new(),
            told: false,
        }
    }

    pub(super) fn expression(&mut self, node: NodeId, depth: usize) -> Expression {
        let tree = self.tree;
        let span = tree.node(node).span;
        let kind = match &tree.node(node).data {
            Data::Null => ExpressionKind::Null,
            Data::Bool(truth) => ExpressionKind::Bool(*truth),
            Data::Int(_) | Data::Float(_) => self.number(span),
            Data::String(text) => ExpressionKind::Template(self.template(text, span, depth)),
            Data::List => {
                self.check(span, self.file.slice(span).starts_with('['));
                let items = tree.children(node);
                ExpressionKind::Tuple(items.map(|item| self.expression(item, depth + 1)).collect())
            }
            Data::Map => {
                self.check(span, self.file.slice(span).starts_with('{'));
                let items = tree.children(node);
                ExpressionKind::Object(items.map(|item| self.item(item, depth + 1)).collect())
            }
            // A number that is too large for YAML.
            Data::Unknown(_) if self.is_number(span) => self.number(span),
            Data::Unknown(_) | Data::Partial(_) => ExpressionKind::Broken,
        };
        Expression { kind, span }
    }

    fn item(&mut self, node: NodeId, depth: usize) -> ObjectItem {
        let key = &self.tree.node(node).key;
        let name = key.as_ref().map(|key| SmolStr::new(&key.text));
        self.path.push(name.unwrap_or_default());
        let value = self.expression(node, depth);
        self.path.pop();
        let key = match key {
            Some(key) => {
                let kind = ExpressionKind::Template(self.template(&key.text, key.span, depth));
                let span = key.span;
                Expression { kind, span }
            }
            None => Expression {
                kind: ExpressionKind::Broken,
                span: value.span,
            },
        };
        ObjectItem { key, value }
    }

    fn is_number(&self, span: Span) -> bool {
        Number::parse(self.file.slice(span)).is_some()
    }

    /// A number, from its text: nothing is lost of large ones.
    fn number(&mut self, span: Span) -> ExpressionKind {
        let number = Number::parse(self.file.slice(span));
        number.map_or_else(
            || {
                let help = "write the number in decimal digits";
                self.problems
                    .error("not-json", "this is no number of JSON", help, span);
                ExpressionKind::Broken
            },
            ExpressionKind::Number,
        )
    }

    fn template(&mut self, text: &str, span: Span, depth: usize) -> Vec<TemplatePart> {
        let pairs = pairs(self.file, span, text);
        self.check(span, pairs.is_some());
        let places = placed(self.file, span, pairs);
        let is_template = self.content == Content::Configuration && !self.is_in_default();
        if is_template && (text.contains("${") || text.contains("%{")) {
            let (parts, problems) = read_nested_template(text, &places, depth);
            for problem in problems {
                self.problems.add(problem);
            }
            return parts;
        }
        if text.is_empty() {
            return Vec::new();
        }
        let end = text.len() as u32;
        vec![TemplatePart::Literal {
            text: text.into(),
            span: places.span(0, end),
            verbatim: places.is_verbatim(0, end),
        }]
    }

    /// Whether this is in the default of a variable: there is nothing that it could refer to, so strings are just text.
    fn is_in_default(&self) -> bool {
        let mut path = self.path.iter();
        path.next().is_some_and(|kind| kind == "variable")
            && path.nth(1).is_some_and(|attribute| attribute == "default")
    }

    /// Tells it where the reader took YAML that JSON has otherwise.
    fn check(&mut self, span: Span, is_json: bool) {
        if !self.told && !is_json {
            self.told = true;
            let message = "this is YAML, and not JSON";
            let help = "write strings in double quotes, lists in `[…]`, objects in `{…}`";
            self.problems.error("not-json", message, help, span);
        }
    }
}

/// Where the characters of a string stand.
pub(super) fn places(file: &SourceFile, span: Span, text: &str) -> Places {
    placed(file, span, pairs(file, span, text))
}

fn placed(file: &SourceFile, span: Span, pairs: Option<Vec<(u32, u32)>>) -> Places {
    match pairs {
        Some(pairs) if pairs.len() == 1 => Places::verbatim(file.id, span.start + 1),
        Some(pairs) => Places::escaped(file.id, pairs),
        None => Places::whole(span),
    }
}

/// The offsets of text and file at the beginning, and before and behind each escape; none where the string is written in a
/// way that JSON has not.
pub(crate) fn pairs(file: &SourceFile, span: Span, text: &str) -> Option<Vec<(u32, u32)>> {
    let written = file.slice(span).strip_prefix('"')?.strip_suffix('"')?;
    let base = span.start + 1;
    let mut pairs = vec![(0, base)];
    let (mut at, mut text_at) = (0, 0);
    loop {
        let chunk = &written[at..];
        let chunk = &chunk[..chunk.find('\\').unwrap_or(chunk.len())];
        let rest = text.get(text_at..)?.strip_prefix(chunk)?;
        (at, text_at) = (at + chunk.len(), text_at + chunk.len());
        if at == written.len() {
            return rest.is_empty().then_some(pairs);
        }
        pairs.push((text_at as u32, base + at as u32));
        let (written_length, text_length) = escape_lengths(&written[at..]);
        (at, text_at) = (at + written_length, text_at + text_length);
        pairs.push((text_at as u32, base + at as u32));
    }
}

/// How long the escape with which the text begins is, and how long what it stands for.
fn escape_lengths(written: &str) -> (usize, usize) {
    let unit = |at: usize| {
        let digits = written.get(at..at + 6)?.strip_prefix("\\u")?;
        u32::from_str_radix(digits, 16).ok()
    };
    match (unit(0), unit(6)) {
        (Some(0xd800..0xdc00), Some(0xdc00..0xe000)) => (12, 4),
        (Some(code), _) => {
            let character = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
            (6, character.len_utf8())
        }
        _ => {
            let escaped = written.chars().nth(1);
            (1 + escaped.map_or(0, char::len_utf8), 1)
        }
    }
}
