//! What expressions refer to.

use smol_str::SmolStr;
use source::Span;

use super::ast::{Block, Body, Expression, ExpressionKind, For, Name, TemplatePart, Traversal};

/// A name and the steps from it that need no evaluation: of `var.sizes[count.index].width`, `var.sizes`, beside
/// `count.index`.
#[derive(Clone, Debug)]
pub struct Reference {
    /// The first name.
    pub root: Name,
    /// Attributes, and indices that are literals.
    pub steps: Vec<Traversal>,
    /// From the first name to the last step.
    pub span: Span,
}

/// Everything that an expression refers to, in the order of the text. The names of its own `for` are not among it.
#[must_use]
pub fn references(expression: &Expression) -> Vec<Reference> {
    collect(|collector| collector.expression(expression))
}

/// Everything that a template refers to.
#[must_use]
pub fn template_references(parts: &[TemplatePart]) -> Vec<Reference> {
    collect(|collector| collector.parts(parts))
}

/// Everything that the attributes and blocks of a body refer to, also where a name is no value (`provider`,
/// `ignore_changes`, types). The iterators of dynamic blocks are not among it.
#[must_use]
pub fn body_references(body: &Body) -> Vec<Reference> {
    collect(|collector| collector.body(body))
}

fn collect(walk: impl FnOnce(&mut Collector)) -> Vec<Reference> {
    let mut collector = Collector::default();
    walk(&mut collector);
    collector.found
}

#[derive(Default)]
struct Collector {
    found: Vec<Reference>,
    /// The names that the expressions around declare.
    locals: Vec<SmolStr>,
}

impl Collector {
    fn body(&mut self, body: &Body) {
        for attribute in &body.attributes {
            self.expression(&attribute.value);
        }
        for block in &body.blocks {
            if block.kind.text == "dynamic" {
                self.dynamic(block);
            } else {
                self.body(&block.body);
            }
        }
    }

    fn dynamic(&mut self, block: &Block) {
        let attributes = &block.body.attributes;
        let iterator = attributes
            .iter()
            .find(|attribute| attribute.name.text == "iterator");
        let iterator = match iterator.map(|attribute| &attribute.value.kind) {
            Some(ExpressionKind::Variable(name)) => name.clone(),
            _ => {
                let label = block.labels.first();
                label.map_or_else(SmolStr::default, |label| label.text.clone())
            }
        };
        for attribute in attributes {
            match attribute.name.text.as_str() {
                "iterator" => {}
                "for_each" => self.expression(&attribute.value),
                _ => self.within([&iterator], |collector| {
                    collector.expression(&attribute.value);
                }),
            }
        }
        for content in &block.body.blocks {
            self.within([&iterator], |collector| collector.body(&content.body));
        }
    }

    fn expression(&mut self, expression: &Expression) {
        match &expression.kind {
            ExpressionKind::Variable(_)
            | ExpressionKind::Attribute(..)
            | ExpressionKind::Index(..) => self.reference(expression),
            ExpressionKind::Null
            | ExpressionKind::Bool(_)
            | ExpressionKind::Number(_)
            | ExpressionKind::Broken => {}
            ExpressionKind::Template(parts) => self.parts(parts),
            ExpressionKind::Tuple(items) => self.all(items),
            ExpressionKind::Object(items) => {
                for item in items {
                    self.expression(&item.key);
                    self.expression(&item.value);
                }
            }
            ExpressionKind::Splat(splat) => {
                self.expression(&splat.source);
                self.steps(&splat.each);
            }
            ExpressionKind::Call(call) => self.all(&call.arguments),
            ExpressionKind::Conditional(parts) => self.all(&parts[..]),
            ExpressionKind::Unary(_, value) | ExpressionKind::Parenthesis(value) => {
                self.expression(value);
            }
            ExpressionKind::Binary(_, parts) => self.all(&parts[..]),
            ExpressionKind::For(parts) => self.for_expression(parts),
        }
    }

    fn all(&mut self, expressions: &[Expression]) {
        for expression in expressions {
            self.expression(expression);
        }
    }

    fn steps(&mut self, steps: &[Traversal]) {
        for step in steps {
            match step {
                Traversal::Attribute(_) => {}
                Traversal::Index(index) => self.expression(index),
                Traversal::Splat { each, .. } => self.steps(each),
            }
        }
    }

    fn for_expression(&mut self, parts: &For) {
        self.expression(&parts.collection);
        let names = parts.key_name.iter().chain([&parts.value_name]);
        self.within(names.map(|name| &name.text), |collector| {
            let inner = parts
                .key
                .iter()
                .chain([&parts.value])
                .chain(&parts.condition);
            inner.for_each(|part| collector.expression(part));
        });
    }

    fn parts(&mut self, parts: &[TemplatePart]) {
        for part in parts {
            match part {
                TemplatePart::Literal { .. } => {}
                TemplatePart::Interpolation(value) => self.expression(value),
                TemplatePart::If(parts) => {
                    self.expression(&parts.condition);
                    self.parts(&parts.then);
                    self.parts(&parts.otherwise);
                }
                TemplatePart::For(parts) => {
                    self.expression(&parts.collection);
                    let names = parts.key.iter().chain([&parts.value]);
                    self.within(names.map(|name| &name.text), |collector| {
                        collector.parts(&parts.body);
                    });
                }
            }
        }
    }

    /// Walks where the names are declared.
    fn within<'n>(
        &mut self,
        names: impl IntoIterator<Item = &'n SmolStr>,
        walk: impl FnOnce(&mut Self),
    ) {
        let outer = self.locals.len();
        self.locals.extend(names.into_iter().cloned());
        walk(self);
        self.locals.truncate(outer);
    }

    /// Walks attributes and indices back to the name they begin with.
    fn reference(&mut self, expression: &Expression) {
        let mut steps = Vec::new();
        let mut indices = Vec::new();
        let mut source = expression;
        let mut span = expression.span;
        let root = loop {
            match &source.kind {
                ExpressionKind::Attribute(inner, name) => {
                    steps.push(Traversal::Attribute(name.clone()));
                    source = inner;
                }
                ExpressionKind::Index(inner, index) if is_literal(index) => {
                    steps.push(Traversal::Index(index.as_ref().clone()));
                    source = inner;
                }
                ExpressionKind::Index(inner, index) => {
                    steps.clear();
                    indices.push(index.as_ref());
                    span = inner.span;
                    source = inner;
                }
                ExpressionKind::Variable(name) => break Some(name.clone()),
                _ => break None,
            }
        };
        match root {
            Some(text) if !self.locals.contains(&text) => {
                steps.reverse();
                let root = Name {
                    text,
                    span: source.span,
                };
                self.found.push(Reference { root, steps, span });
            }
            Some(_) => {}
            None => self.expression(source),
        }
        for index in indices.into_iter().rev() {
            self.expression(index);
        }
    }
}

fn is_literal(index: &Expression) -> bool {
    match &index.kind {
        ExpressionKind::Number(_) => true,
        ExpressionKind::Template(parts) => parts
            .iter()
            .all(|part| matches!(part, TemplatePart::Literal { .. })),
        _ => false,
    }
}
