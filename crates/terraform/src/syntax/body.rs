//! Tokens to attributes and blocks.

use std::ops::Range;

use foldhash::{HashSet, HashSetExt};
use smol_str::SmolStr;

use super::ast::{Attribute, Block, Body, Expression, ExpressionKind, Name};
use super::lex::{Group, Kind, behind};
use super::read::{MAX_DEPTH, Reader};

const OWN_LINE: &str = "write it on a line of its own";

impl Reader<'_> {
    /// The body of a file.
    pub(super) fn file(&mut self, tokens: Range<usize>) -> Body {
        let end = self.text.len() as u32;
        let mut body = self.body(tokens, 0);
        body.span = self.places.span(0, end);
        body
    }

    /// The attributes and blocks of the tokens, whose span the caller sets.
    fn body(&mut self, tokens: Range<usize>, depth: usize) -> Body {
        let mut content = Content {
            body: Body {
                attributes: Vec::new(),
                blocks: Vec::new(),
                span: self.span_of(tokens.clone()),
                json: false,
            },
            names: HashSet::new(),
        };
        let mut at = tokens.start;
        while at < tokens.end {
            at = match self.tokens[at].kind {
                Kind::Newline => at + 1,
                _ => self.item(at, tokens.end, &mut content, depth),
            };
        }
        content.body
    }

    /// Reads the attribute or block that begins at the token, and returns where the next one may begin.
    fn item(&mut self, at: usize, limit: usize, content: &mut Content, depth: usize) -> usize {
        let kind = |index: usize| self.kind(index, limit);
        let name_end = behind(self.tokens, at);
        match (kind(at), kind(name_end)) {
            (
                Some(Kind::Identifier | Kind::Open(Group::Quote)),
                Some(Kind::Equal | Kind::Colon),
            ) => self.attribute(at, limit, content),
            (
                Some(Kind::Identifier),
                Some(Kind::Identifier | Kind::Open(Group::Quote | Group::Brace)),
            ) => self.block(at, limit, content, depth),
            (Some(Kind::Identifier), None | Some(Kind::Newline)) => {
                self.lone_name(at, content);
                name_end
            }
            _ => {
                let (start, end) = self.offsets(at..name_end.min(limit));
                let (message, help) = match self.written(at) {
                    "}" | "]" | ")" => ("nothing is open that this closes", "remove it"),
                    _ => (
                        "an argument or a block is expected here",
                        "write `name = value` or `kind { … }`",
                    ),
                };
                self.error("unexpected-text", message, help, (start, end));
                self.line_end(at, limit)
            }
        }
    }

    /// Reads `name = value`.
    fn attribute(&mut self, at: usize, limit: usize, content: &mut Content) -> usize {
        let name = self.attribute_name(at);
        let sign = behind(self.tokens, at);
        if self.tokens[sign].kind == Kind::Colon {
            let place = self.offsets(sign..sign + 1);
            self.error(
                "colon-for-equals",
                "an argument has `=` before its value",
                "write `=`",
                place,
            );
        }
        let end = self.line_end(at, limit);
        let comma = self.find(sign + 1..end, |kind| kind == Kind::Comma);
        if let Some(comma) = comma {
            let message = "a comma can't follow an argument";
            let place = self.offsets(comma..comma + 1);
            self.error(
                "missing-newline",
                message,
                "write each argument on a line of its own",
                place,
            );
        }
        let place = self.offsets(at..sign + 1);
        let value = self.expression(sign + 1..comma.unwrap_or(end), place, 0);
        self.add(Attribute { name, value }, content);
        end
    }

    fn attribute_name(&mut self, at: usize) -> Name {
        if self.tokens[at].kind == Kind::Identifier {
            return self.name(at);
        }
        let place = self.offsets(at..behind(self.tokens, at));
        let message = "the name of an argument stands without quotes";
        self.error("quoted-name", message, "remove the quotes", place);
        self.label(at)
    }

    fn add(&mut self, attribute: Attribute, content: &mut Content) {
        if content.names.insert(attribute.name.text.clone()) {
            content.body.attributes.push(attribute);
            return;
        }
        let message = format!("`{}` is already set above", attribute.name.text);
        let help = "remove one of the two";
        self.problems
            .error("duplicate-attribute", message, help, attribute.name.span);
    }

    /// A name alone on its line: half an attribute, or half a block.
    fn lone_name(&mut self, at: usize, content: &mut Content) {
        let name = self.name(at);
        let message = format!("`{}` has no value", name.text);
        let help = "write `=` and a value, or `{ … }`";
        self.problems
            .error("missing-value", message, help, name.span);
        if content.names.insert(name.text.clone()) {
            let value = Expression {
                kind: ExpressionKind::Broken,
                span: name.span,
            };
            content.body.attributes.push(Attribute { name, value });
        }
    }

    /// Reads `kind "label" { … }`.
    fn block(&mut self, at: usize, limit: usize, content: &mut Content, depth: usize) -> usize {
        let mut labels = Vec::new();
        let mut open = at + 1;
        while let Some(Kind::Identifier | Kind::Open(Group::Quote)) = self.kind(open, limit) {
            labels.push(self.label(open));
            open = behind(self.tokens, open);
        }
        let Some(open) = self.opening_brace(at, open, limit) else {
            return self.line_end(at, limit);
        };
        let close = self.tokens[open].partner as usize;
        let mut body = self.block_body(open..close, depth);
        body.span = self
            .places
            .span(self.tokens[open].end, self.tokens[close].start);
        content.body.blocks.push(Block {
            kind: self.name(at),
            labels,
            body,
            span: self.span_of(at..close + 1),
        });
        self.end_of_block(close + 1, limit)
    }

    /// The brace that opens a block: the token at `open`, or else the first one of the next line.
    fn opening_brace(&mut self, at: usize, open: usize, limit: usize) -> Option<usize> {
        let is_brace = |index| self.kind(index, limit) == Some(Kind::Open(Group::Brace));
        if is_brace(open) {
            return Some(open);
        }
        let (start, end) = self.offsets(at..open);
        if self.kind(open, limit) == Some(Kind::Newline) && is_brace(open + 1) {
            let message = "the `{` of a block stands on the line of its kind";
            let place = self.offsets(open + 1..open + 2);
            self.error("missing-brace", message, "move it up", place);
            return Some(open + 1);
        }
        let message = "a block has `{` behind its kind and labels";
        self.error(
            "missing-brace",
            message,
            "write `{ … }` behind it",
            (start, end),
        );
        None
    }

    fn block_body(&mut self, tokens: Range<usize>, depth: usize) -> Body {
        let inner = tokens.start + 1..tokens.end;
        if depth >= MAX_DEPTH {
            self.too_deep(tokens.clone());
            return Body {
                attributes: Vec::new(),
                blocks: Vec::new(),
                span: self.span_of(inner),
                json: false,
            };
        }
        self.check_lines(inner.clone());
        self.body(inner, depth + 1)
    }

    /// Checks that what begins on the line of the brace also ends there, and that nothing else ends there.
    fn check_lines(&mut self, inner: Range<usize>) {
        let Some(first) = self.kind(inner.start, inner.end) else {
            return;
        };
        let newline = self.find(inner.clone(), |kind| kind == Kind::Newline);
        if first == Kind::Newline {
            let last = self.tokens[inner.end - 1].kind;
            if last != Kind::Newline && !self.tokens[inner.end].is_missing() {
                let message = "the `}` of a block of several lines stands on a line of its own";
                let place = self.offsets(inner.end..inner.end + 1);
                self.error("missing-newline", message, OWN_LINE, place);
            }
        } else if let Some(newline) = newline {
            let message = "a block that begins with an argument on its line ends on that line";
            let help = "write the argument on a line of its own";
            let place = self.offsets(newline..newline + 1);
            self.error("missing-newline", message, help, place);
        } else if matches!(
            self.kind(inner.start + 1, inner.end),
            Some(Kind::Identifier | Kind::Open(Group::Quote | Group::Brace))
        ) && first == Kind::Identifier
        {
            let message = "a block on one line holds no other block";
            let place = self.offsets(inner.start..inner.start + 2);
            self.error("missing-newline", message, OWN_LINE, place);
        }
    }

    /// Where the next item may begin behind a block, which should be a new line.
    fn end_of_block(&mut self, at: usize, limit: usize) -> usize {
        if !matches!(self.kind(at, limit), None | Some(Kind::Newline)) {
            let place = self.offsets(at..behind(self.tokens, at));
            let message = "nothing can follow a block on its line";
            self.error("missing-newline", message, OWN_LINE, place);
        }
        at
    }

    /// The label at the token.
    fn label(&mut self, at: usize) -> Name {
        if self.tokens[at].kind == Kind::Identifier {
            return self.name(at);
        }
        let close = self.tokens[at].partner as usize;
        let mut text = String::new();
        for index in at + 1..close {
            match self.tokens[index].kind {
                Kind::Literal => text.push_str(&self.literal(index, true).text),
                _ => {
                    let message = "a name can't be computed";
                    let help = "write `$${` and `%%{` for the characters themselves";
                    self.error(
                        "computed-name",
                        message,
                        help,
                        self.offsets(index..index + 1),
                    );
                    break;
                }
            }
        }
        Name {
            text: text.into(),
            span: self.span_of(at..close + 1),
        }
    }

    /// The name that is the token.
    pub(super) fn name(&self, at: usize) -> Name {
        Name {
            text: SmolStr::new(self.written(at)),
            span: self.span_of(at..at + 1),
        }
    }

    fn kind(&self, at: usize, limit: usize) -> Option<Kind> {
        (at < limit).then(|| self.tokens[at].kind)
    }

    /// The end of the line on which the item stands that begins at the token.
    fn line_end(&self, at: usize, limit: usize) -> usize {
        let newline = self.find(at..limit, |kind| kind == Kind::Newline);
        newline.unwrap_or(limit)
    }

    /// The first token outside of inner groups whose kind is such.
    pub(super) fn find(
        &self,
        tokens: Range<usize>,
        is_such: impl Fn(Kind) -> bool,
    ) -> Option<usize> {
        let mut at = tokens.start;
        while at < tokens.end {
            if is_such(self.tokens[at].kind) {
                return Some(at);
            }
            at = behind(self.tokens, at);
        }
        None
    }
}

/// The body that is being read.
struct Content {
    body: Body,
    /// The names of its attributes.
    names: HashSet<SmolStr>,
}
