//! What holds for every text: the fuzz target includes this file too.

use source::{FileId, Place, Problem, SourceFile, Span};
use terraform::syntax::{
    Attribute, Block, Body, Document, Expression, ExpressionKind, For, Name, Places, TemplatePart,
    Traversal, body_references, read, read_expression, read_json, read_template,
};

/// Reads the text in every way, and checks what holds for every text.
pub(crate) fn check(text: &str) {
    let file = SourceFile::new(FileId(0), "main.tf", text);
    check_document(&file, &read(&file));
    check_document(&file, &read_json(&file));
    let places = Places::verbatim(file.id, 0);
    let (expression, problems) = read_expression(text, &places);
    let checker = Checker { file: &file };
    checker.problems(&problems);
    checker.expression(&expression, 0);
    let (parts, problems) = read_template(text, &places);
    checker.problems(&problems);
    checker.parts(&parts, 0);
}

/// Checks what holds for every document.
pub(crate) fn check_document(file: &SourceFile, document: &Document) {
    let checker = Checker { file };
    checker.problems(&document.problems);
    checker.body(&document.body, 0);
    for comment in &document.comments {
        checker.span(comment.span);
    }
    for reference in body_references(&document.body) {
        checker.span(reference.span);
    }
}

struct Checker<'a> {
    file: &'a SourceFile,
}

impl Checker<'_> {
    fn problems(&self, problems: &[Problem]) {
        for problem in problems {
            let Place::Span(span) = problem.place else {
                panic!("{problem:?} has no place");
            };
            self.span(span);
        }
    }

    fn span(&self, span: Span) {
        let is_inside = self.file.text.get(span.range()).is_some();
        assert!(is_inside, "{span:?} in {:?}", self.file.text);
    }

    fn name(&self, name: &Name) {
        self.span(name.span);
    }

    fn body(&self, body: &Body, depth: usize) {
        assert!(depth <= 201, "a block is too deep");
        self.span(body.span);
        for Attribute { name, value } in &body.attributes {
            self.name(name);
            self.expression(value, 0);
        }
        for block in &body.blocks {
            let Block {
                kind,
                labels,
                body: inner,
                span,
            } = block;
            self.span(*span);
            self.name(kind);
            labels.iter().for_each(|label| self.name(label));
            self.body(inner, depth + 1);
        }
    }

    fn expression(&self, expression: &Expression, depth: usize) {
        assert!(depth <= 210, "an expression is too deep");
        self.span(expression.span);
        let depth = depth + 1;
        match &expression.kind {
            ExpressionKind::Null
            | ExpressionKind::Bool(_)
            | ExpressionKind::Number(_)
            | ExpressionKind::Variable(_)
            | ExpressionKind::Broken => {}
            ExpressionKind::Template(parts) => self.parts(parts, depth),
            ExpressionKind::Tuple(items) => self.all(items, depth),
            ExpressionKind::Object(items) => {
                for item in items {
                    self.expression(&item.key, depth);
                    self.expression(&item.value, depth);
                }
            }
            ExpressionKind::Attribute(value, name) => {
                self.name(name);
                self.expression(value, depth);
            }
            ExpressionKind::Index(value, index) => {
                self.expression(value, depth);
                self.expression(index, depth);
            }
            ExpressionKind::Splat(splat) => {
                self.expression(&splat.source, depth);
                self.steps(&splat.each, depth);
            }
            ExpressionKind::Call(call) => {
                self.name(&call.name);
                self.all(&call.arguments, depth);
            }
            ExpressionKind::Conditional(parts) => self.all(&parts[..], depth),
            ExpressionKind::Unary(_, value) | ExpressionKind::Parenthesis(value) => {
                self.expression(value, depth);
            }
            ExpressionKind::Binary(_, parts) => self.all(&parts[..], depth),
            ExpressionKind::For(parts) => self.for_expression(parts, depth),
        }
    }

    fn for_expression(&self, parts: &For, depth: usize) {
        let names = parts.key_name.iter().chain([&parts.value_name]);
        names.for_each(|name| self.name(name));
        let expressions = [&parts.collection, &parts.value].into_iter();
        let expressions = expressions.chain(&parts.key).chain(&parts.condition);
        expressions.for_each(|part| self.expression(part, depth));
    }

    fn all(&self, expressions: &[Expression], depth: usize) {
        expressions
            .iter()
            .for_each(|part| self.expression(part, depth));
    }

    fn steps(&self, steps: &[Traversal], depth: usize) {
        assert!(depth <= 210, "a splat is too deep");
        for step in steps {
            match step {
                Traversal::Attribute(name) => self.name(name),
                Traversal::Index(index) => self.expression(index, depth),
                Traversal::Splat { each, span } => {
                    self.span(*span);
                    self.steps(each, depth + 1);
                }
            }
        }
    }

    fn parts(&self, parts: &[TemplatePart], depth: usize) {
        assert!(depth <= 210, "a template is too deep");
        for part in parts {
            match part {
                TemplatePart::Literal {
                    text,
                    span,
                    verbatim,
                } => {
                    self.span(*span);
                    assert!(
                        !verbatim || self.file.slice(*span) == text,
                        "{text:?} at {span:?} in {:?}",
                        self.file.text
                    );
                }
                TemplatePart::Interpolation(value) => self.expression(value, depth),
                TemplatePart::If(parts) => {
                    self.span(parts.span);
                    self.expression(&parts.condition, depth);
                    self.parts(&parts.then, depth + 1);
                    self.parts(&parts.otherwise, depth + 1);
                }
                TemplatePart::For(parts) => {
                    self.span(parts.span);
                    let names = parts.key.iter().chain([&parts.value]);
                    names.for_each(|name| self.name(name));
                    self.expression(&parts.collection, depth);
                    self.parts(&parts.body, depth + 1);
                }
            }
        }
    }
}
