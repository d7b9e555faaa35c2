//! Objects of JSON to attributes and blocks, as far as Terraform itself knows which are which.

use foldhash::{HashSet, HashSetExt};
use source::{SourceFile, Span};

use super::super::ast::{
    Attribute, Block, Body, Expression, ExpressionKind, Name, ObjectItem, TemplatePart,
};
use super::super::places::Places;
use super::super::problems::Problems;
use super::super::read::{Comment, read_nested_expression};
use super::super::schema::{BlockSchema, BodySchema};
use super::MAX_JSON_DEPTH;
use super::value::places;

pub(super) struct Bodies<'a> {
    /// The file, where the values are known to stand in it.
    file: Option<&'a SourceFile>,
    problems: &'a mut Problems,
    /// The properties `//` met so far.
    pub(super) comments: Vec<Comment>,
}

/// What a block has before its body.
#[derive(Clone)]
struct Header {
    schema: &'static BlockSchema,
    kind: Name,
    labels: Vec<Name>,
}

impl<'a> Bodies<'a> {
    pub(super) fn new(file: Option<&'a SourceFile>, problems: &'a mut Problems) -> Self {
        Self {
            file,
            problems,
            comments: Vec::new(),
        }
    }

    /// The body that the objects are together, with the span of the whole.
    pub(super) fn body(
        &mut self,
        objects: Vec<Expression>,
        span: Span,
        schema: &'static BodySchema,
    ) -> Body {
        let mut body = Body {
            attributes: Vec::new(),
            blocks: Vec::new(),
            span,
            json: true,
        };
        let mut names = HashSet::new();
        for ObjectItem { key, value } in objects.into_iter().flat_map(items) {
            let Some(name) = self.name(&key) else {
                continue;
            };
            if name.text == "//" {
                self.comments.extend(comment(&value));
            } else if let Some(schema) = schema.block(&name.text) {
                let labels = Vec::new();
                let kind = name;
                let header = Header {
                    schema,
                    kind,
                    labels,
                };
                self.blocks(&header, value, &mut body.blocks);
            } else if names.insert(name.text.clone()) {
                let value = self.attribute(&name, value, schema);
                body.attributes.push(Attribute { name, value });
            } else {
                let message = format!("`{}` is already set above", name.text);
                let help = "remove one of the two";
                self.problems
                    .error("duplicate-attribute", message, help, name.span);
            }
        }
        body
    }

    fn attribute(
        &mut self,
        name: &Name,
        value: Expression,
        schema: &'static BodySchema,
    ) -> Expression {
        if schema.expressions.contains(&name.text.as_str()) {
            return self.references(value);
        }
        let span = value.span;
        match value.kind {
            ExpressionKind::Object(items) if !schema.in_objects.is_empty() => {
                let item = |ObjectItem { key, value }| {
                    let name = text_of(&key).unwrap_or_default();
                    let is_reference = schema.in_objects.contains(&name.as_str());
                    let value = if is_reference {
                        self.references(value)
                    } else {
                        value
                    };
                    ObjectItem { key, value }
                };
                let kind = ExpressionKind::Object(items.into_iter().map(item).collect());
                Expression { kind, span }
            }
            kind => Expression { kind, span },
        }
    }

    /// Reads blocks: the keys of objects are the labels that are still missing.
    fn blocks(&mut self, header: &Header, value: Expression, blocks: &mut Vec<Block>) {
        if header.labels.len() == header.schema.labels {
            let is_alone = matches!(value.kind, ExpressionKind::Object(_));
            let label = header.labels.last().unwrap_or(&header.kind).span;
            for object in self.objects(value) {
                let span = object.span;
                blocks.push(Block {
                    kind: header.kind.clone(),
                    labels: header.labels.clone(),
                    body: self.body(vec![object], inside(span), header.schema.body),
                    span: if is_alone { label.cover(span) } else { span },
                });
            }
            return;
        }
        let objects = self.objects(value);
        for ObjectItem { key, value } in objects.into_iter().flat_map(items) {
            if let Some(label) = self.name(&key) {
                let mut header = header.clone();
                header.labels.push(label);
                self.blocks(&header, value, blocks);
            }
        }
    }

    /// The value where it is an object, or the objects of a list.
    pub(super) fn objects(&mut self, value: Expression) -> Vec<Expression> {
        let values = match value.kind {
            ExpressionKind::Null => Vec::new(),
            ExpressionKind::Tuple(elements) => elements,
            _ => vec![value],
        };
        let is_object = |value: &Expression| match value.kind {
            ExpressionKind::Object(_) => true,
            ExpressionKind::Broken => false,
            _ => {
                let message = "a block is an object, or a list of objects";
                self.problems
                    .error("invalid-block", message, "write `{ … }`", value.span);
                false
            }
        };
        values.into_iter().filter(is_object).collect()
    }

    fn name(&mut self, key: &Expression) -> Option<Name> {
        if let Some(text) = text_of(key) {
            let (text, span) = (text.into(), key.span);
            return Some(Name { text, span });
        }
        if !matches!(key.kind, ExpressionKind::Broken) {
            let help = "write `$${` and `%%{` for the characters themselves";
            self.problems
                .error("computed-name", "a name can't be computed", help, key.span);
        }
        None
    }

    /// The value with its strings read as expressions.
    fn references(&mut self, value: Expression) -> Expression {
        let span = value.span;
        let kind = match value.kind {
            ExpressionKind::Template(parts) => return self.reference(parts, span),
            ExpressionKind::Tuple(elements) => {
                let element = |element| self.references(element);
                ExpressionKind::Tuple(elements.into_iter().map(element).collect())
            }
            ExpressionKind::Object(items) => {
                let item = |ObjectItem { key, value }| {
                    let is_path = text_of(&key).is_some_and(|key| key.contains('.'));
                    let key = if is_path { self.references(key) } else { key };
                    let value = self.references(value);
                    ObjectItem { key, value }
                };
                ExpressionKind::Object(items.into_iter().map(item).collect())
            }
            kind => kind,
        };
        Expression { kind, span }
    }

    fn reference(&mut self, parts: Vec<TemplatePart>, span: Span) -> Expression {
        let [TemplatePart::Literal { text, .. }] = &parts[..] else {
            let kind = ExpressionKind::Template(parts);
            return Expression { kind, span };
        };
        let places = match self.file {
            Some(file) => places(file, span, text),
            None => Places::whole(span),
        };
        let (expression, problems) = read_nested_expression(text, &places, MAX_JSON_DEPTH);
        for problem in problems {
            self.problems.add(problem);
        }
        expression
    }
}

fn items(object: Expression) -> Vec<ObjectItem> {
    match object.kind {
        ExpressionKind::Object(items) => items,
        _ => Vec::new(),
    }
}

/// The text between the braces.
fn inside(span: Span) -> Span {
    if span.len() < 2 {
        return span;
    }
    Span::new(span.file, span.start + 1, span.end - 1)
}

/// The comment that a property `//` is.
fn comment(value: &Expression) -> Option<Comment> {
    Some(Comment {
        span: value.span,
        text: text_of(value)?.trim().into(),
        own_line: true,
    })
}

/// The text that the expression is, where nothing of it is computed.
fn text_of(value: &Expression) -> Option<String> {
    let ExpressionKind::Template(parts) = &value.kind else {
        return None;
    };
    let mut out = String::new();
    for part in parts {
        let TemplatePart::Literal { text, .. } = part else {
            return None;
        };
        out.push_str(text);
    }
    Some(out)
}
