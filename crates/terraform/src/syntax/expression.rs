//! Tokens to expressions: what stands in brackets and quotes. What stands between operators is hcl-edit's.

use std::ops::Range;

use super::ast::{Expression, ExpressionKind, Name, ObjectItem, TemplatePart};
use super::lex::{Group, Kind, behind};
use super::piece::Piece;
use super::read::{MAX_DEPTH, Reader};
use super::template::Style;

const NO_VALUE: &str = "write a value, or remove what stands before it";

impl Reader<'_> {
    /// The expression that the tokens are; if there are none, it is missing at `place`.
    pub(super) fn expression(
        &mut self,
        tokens: Range<usize>,
        place: (u32, u32),
        depth: usize,
    ) -> Expression {
        let tokens = self.without_newlines(tokens);
        if tokens.is_empty() {
            self.error("missing-value", "a value is missing here", NO_VALUE, place);
            return self.broken_at(place);
        }
        if depth > MAX_DEPTH {
            self.too_deep(tokens.clone());
            return self.broken(tokens);
        }
        if behind(self.tokens, tokens.start) == tokens.end
            && let Some(term) = self.term(tokens.start, depth)
        {
            return term;
        }
        let (range, kind) = (tokens.clone(), self.tokens[tokens.start].kind);
        debug_assert!(kind != Kind::Newline);
        match Piece::new(self, range, false) {
            Ok(piece) => self.parse(&piece, tokens, depth),
            Err(()) => self.broken(tokens),
        }
    }

    /// The expression that is one token or group.
    fn term(&mut self, at: usize, depth: usize) -> Option<Expression> {
        match self.tokens[at].kind {
            Kind::Number => Some(self.number(at)),
            Kind::Open(group) => Some(self.group(at, group, depth)),
            Kind::Identifier => {
                let kind = match self.written(at) {
                    "null" => ExpressionKind::Null,
                    "true" => ExpressionKind::Bool(true),
                    "false" => ExpressionKind::Bool(false),
                    name => ExpressionKind::Variable(name.into()),
                };
                let span = self.span_of(at..at + 1);
                Some(Expression { kind, span })
            }
            _ => None,
        }
    }

    /// The number that is the token.
    pub(super) fn number(&mut self, at: usize) -> Expression {
        let kind = match crate::value::Number::parse(self.written(at)) {
            Some(number) => ExpressionKind::Number(number),
            None => {
                let place = self.offsets(at..at + 1);
                let help = "write digits, with one point at most";
                self.error("invalid-number", "this is not a number", help, place);
                ExpressionKind::Broken
            }
        };
        let span = self.span_of(at..at + 1);
        Expression { kind, span }
    }

    /// The expression that the group is which the token opens.
    pub(super) fn group(&mut self, open: usize, group: Group, depth: usize) -> Expression {
        let close = self.tokens[open].partner as usize;
        let kind = if self.tokens[close].is_missing() {
            ExpressionKind::Broken
        } else if depth > MAX_DEPTH {
            self.too_deep(open..close + 1);
            ExpressionKind::Broken
        } else {
            self.closed_group(open, close, group, depth)
        };
        let span = self.span_of(open..close + 1);
        Expression { kind, span }
    }

    fn closed_group(
        &mut self,
        open: usize,
        close: usize,
        group: Group,
        depth: usize,
    ) -> ExpressionKind {
        let inner = open + 1..close;
        let style = match group {
            Group::Brace | Group::Bracket if self.is_for(inner.clone()) => {
                return self.for_expression(open..close + 1, depth);
            }
            Group::Brace => return ExpressionKind::Object(self.object(inner, depth)),
            Group::Bracket => return ExpressionKind::Tuple(self.list(inner, depth)),
            Group::Parenthesis => {
                let place = self.offsets(open..close + 1);
                let content = self.expression(inner, place, depth + 1);
                return ExpressionKind::Parenthesis(Box::new(content));
            }
            Group::Heredoc { flush } => Style::Heredoc { flush },
            Group::Quote | Group::Interpolation | Group::Directive => Style::Quoted,
        };
        match self.template(inner, style, depth) {
            Some(parts) => ExpressionKind::Template(parts),
            None => ExpressionKind::Broken,
        }
    }

    fn is_for(&self, inner: Range<usize>) -> bool {
        let first = self.without_newlines(inner).start;
        self.tokens[first].kind == Kind::Identifier && self.written(first) == "for"
    }

    fn for_expression(&mut self, tokens: Range<usize>, depth: usize) -> ExpressionKind {
        match Piece::new(self, tokens.clone(), true) {
            Ok(piece) => self.parse(&piece, tokens, depth).kind,
            Err(()) => ExpressionKind::Broken,
        }
    }

    /// The expressions between commas, of a tuple or of arguments.
    pub(super) fn list(&mut self, inner: Range<usize>, depth: usize) -> Vec<Expression> {
        let mut items = Vec::new();
        for item in self.split(inner, |kind| kind == Kind::Comma) {
            let place = self.offsets(item.clone());
            items.push(self.expression(item, place, depth + 1));
        }
        items
    }

    fn object(&mut self, inner: Range<usize>, depth: usize) -> Vec<ObjectItem> {
        let items = self.split(inner, |kind| matches!(kind, Kind::Comma | Kind::Newline));
        items
            .into_iter()
            .map(|item| self.object_item(item, depth))
            .collect()
    }

    fn object_item(&mut self, item: Range<usize>, depth: usize) -> ObjectItem {
        let sign = self.sign(item.clone());
        let key = item.start..sign.unwrap_or(item.end);
        let value = sign.map_or(item.end, |sign| sign + 1)..item.end;
        let place = self.offsets(item);
        let key = self.key(key, place, depth);
        let value = self.expression(value, place, depth + 1);
        ObjectItem { key, value }
    }

    /// The sign between key and value. A colon may also belong to a conditional in the key.
    fn sign(&self, item: Range<usize>) -> Option<usize> {
        let (mut at, mut questions) = (item.start, 0);
        while at < item.end {
            match self.tokens[at].kind {
                Kind::Equal => return Some(at),
                Kind::Colon if questions == 0 => return Some(at),
                Kind::Colon => questions -= 1,
                Kind::Question => questions += 1,
                _ => {}
            }
            at = behind(self.tokens, at);
        }
        None
    }

    fn key(&mut self, tokens: Range<usize>, place: (u32, u32), depth: usize) -> Expression {
        if tokens.len() != 1 || self.tokens[tokens.start].kind != Kind::Identifier {
            return self.expression(tokens, place, depth + 1);
        }
        let Name { text, span } = self.name(tokens.start);
        let (start, end) = self.offsets(tokens);
        let verbatim = self.places.is_verbatim(start, end);
        Expression {
            kind: ExpressionKind::Template(vec![TemplatePart::Literal {
                text,
                span,
                verbatim,
            }]),
            span,
        }
    }

    /// The ranges between separators. Only the last one may be left out, and those between lines.
    fn split(
        &mut self,
        inner: Range<usize>,
        is_separator: impl Fn(Kind) -> bool,
    ) -> Vec<Range<usize>> {
        let mut ranges = Vec::new();
        let mut start = inner.start;
        while start < inner.end {
            let separator = self.find(start..inner.end, &is_separator);
            let end = separator.unwrap_or(inner.end);
            if start < end {
                ranges.push(start..end);
            } else if self.tokens[end].kind == Kind::Comma {
                let place = self.offsets(end..end + 1);
                self.error(
                    "missing-value",
                    "a value is missing before this comma",
                    NO_VALUE,
                    place,
                );
            }
            start = end + 1;
        }
        ranges
    }

    /// The tokens without line breaks at either end.
    fn without_newlines(&self, tokens: Range<usize>) -> Range<usize> {
        let Range { mut start, mut end } = tokens;
        while start < end && self.tokens[start].kind == Kind::Newline {
            start += 1;
        }
        while start < end && self.tokens[end - 1].kind == Kind::Newline {
            end -= 1;
        }
        start..end
    }

    /// What stands for tokens that are no expression.
    pub(super) fn broken(&self, tokens: Range<usize>) -> Expression {
        self.broken_at(self.offsets(tokens))
    }

    fn broken_at(&self, (start, end): (u32, u32)) -> Expression {
        Expression {
            kind: ExpressionKind::Broken,
            span: self.places.span(start, end),
        }
    }

    pub(super) fn too_deep(&mut self, tokens: Range<usize>) {
        let place = self.offsets(tokens.start..tokens.start + 1);
        let message = format!("this is nested deeper than {MAX_DEPTH} levels");
        let help = "move parts of it to local values";
        self.error("nesting-too-deep", message, help, place);
    }
}
