//! The body of a block to an object: attributes as they are, blocks as lists of objects, dynamic blocks expanded.

use std::sync::Arc;

use smol_str::SmolStr;
use source::{Level, Problem, Span};

use super::evaluation::{Evaluation, Parts};
use super::repetition::Each;
use super::scope::ModuleScope;
use crate::evaluate::{Element, Evaluated, EvaluationError, elements, sure_elements};
use crate::syntax::{Block, Body, Expression};
use crate::value::{Cause, Data, Origin, Shape, Type, Unknown, Value};

/// How deep blocks may be nested.
const DEEPEST: usize = 64;

impl Evaluation<'_> {
    /// The object that a body describes.
    pub(super) fn body(&mut self, instance: usize, each: &Each, body: &Body, span: Span) -> Value {
        let mut problems = Vec::new();
        let value = BodyReader {
            scope: self.scope(instance, each),
            names: Vec::new(),
            problems: &mut problems,
            depth: 0,
        }
        .object(body, span);
        for problem in problems {
            self.report(problem);
        }
        value
    }
}

/// A body under evaluation.
struct BodyReader<'a> {
    scope: ModuleScope<'a>,
    /// The iterators of the dynamic blocks around.
    names: Vec<(SmolStr, Value)>,
    problems: &'a mut Vec<Problem>,
    depth: usize,
}

/// The blocks of one kind in a body.
#[derive(Default)]
struct Blocks {
    known: Vec<Value>,
    /// What further blocks are like, where nobody knows how many dynamic blocks give.
    rest: Vec<(Value, Arc<Unknown>)>,
}

impl BodyReader<'_> {
    fn object(&mut self, body: &Body, span: Span) -> Value {
        let mut parts = Parts::new();
        for attribute in &body.attributes {
            let value = self.value(&attribute.value);
            parts.insert(attribute.name.text.clone(), value);
        }
        let mut kinds: Vec<(SmolStr, Span, Blocks)> = Vec::new();
        for block in &body.blocks {
            let (kind, at) = produced(block);
            let index = match kinds.iter().position(|(other, ..)| *other == kind) {
                Some(index) => index,
                None => {
                    kinds.push((kind, at, Blocks::default()));
                    kinds.len() - 1
                }
            };
            let mut blocks = std::mem::take(&mut kinds[index].2);
            self.block(block, &mut blocks);
            kinds[index].2 = blocks;
        }
        for (kind, at, blocks) in kinds {
            // An attribute of the name of a block would be a mistake, which the provider reports.
            parts.entry(kind).or_insert_with(|| blocks.value(at));
        }
        Value::new(Data::Object(parts.into()), Origin::new(span))
    }

    fn value(&mut self, expression: &Expression) -> Value {
        match self.evaluate(expression) {
            Ok(value) => value,
            Err(error) => {
                let rest = self.scope.evaluate_rest(expression, &self.names, &error);
                let failed = self.failed(&error, expression.span);
                rest.unwrap_or(failed)
            }
        }
    }

    fn evaluate(&self, expression: &Expression) -> Evaluated {
        self.scope.evaluate(expression, &self.names)
    }

    fn failed(&mut self, error: &EvaluationError, span: Span) -> Value {
        self.problems.push(error.problem());
        let unknown = Unknown::new(Type::Dynamic, Cause::Invalid, Some(error.span));
        Value::new(Data::Unknown(unknown.into()), Origin::new(span))
    }

    fn block(&mut self, block: &Block, into: &mut Blocks) {
        if self.depth >= DEEPEST {
            let message = format!("blocks are nested more than {DEEPEST} deep");
            self.problems.push(Problem::at(
                Level::Error,
                "nesting-too-deep",
                message,
                block.span,
            ));
            return;
        }
        self.depth += 1;
        let outer = self.scope.this.clone();
        if ["provisioner", "connection"].contains(&block.kind.text.as_str()) {
            self.scope.this = Some(itself(block.span));
        }
        if is_dynamic(block) {
            self.dynamic(block, into);
        } else {
            let labels = labelled(block);
            let mut value = self.object(&block.body, block.span);
            if let (Data::Object(entries), false) = (&mut value.data, labels.is_empty()) {
                Arc::make_mut(entries).extend(labels);
            }
            into.known.push(value);
        }
        self.scope.this = outer;
        self.depth -= 1;
    }

    /// `dynamic "kind" { for_each = …, iterator = …, content { … } }`.
    ///
    /// Source: <https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks>.
    fn dynamic(&mut self, block: &Block, into: &mut Blocks) {
        let iterator = iterator(block);
        let Some(content) = block.body.blocks_of("content").next() else {
            self.problem(
                "missing-content",
                "a dynamic block needs a block `content`",
                block.header(),
            );
            return;
        };
        let Some(for_each) = block.body.value("for_each") else {
            self.problem(
                "missing-for-each",
                "a dynamic block needs `for_each`",
                block.header(),
            );
            return;
        };
        let collection = self.value(for_each);
        if collection.is_null() {
            self.problem(
                "invalid-dynamic-for-each-value",
                "this is null, so it has no elements",
                for_each.span,
            );
            return;
        }
        match elements(&collection) {
            Some(elements) => {
                for Element { key, value } in elements {
                    let element = Element {
                        key,
                        value: value.marked(collection.marks),
                    };
                    into.known.push(self.content(&iterator, element, content));
                }
            }
            None => self.unknown_dynamic(&iterator, &collection, content, for_each.span, into),
        }
    }

    fn unknown_dynamic(
        &mut self,
        iterator: &SmolStr,
        collection: &Value,
        content: &Block,
        span: Span,
        into: &mut Blocks,
    ) {
        let Some(unknown) = collection
            .unknown()
            .cloned()
            .filter(|unknown| !unknown.ty.is_primitive())
        else {
            let message = "only the elements of a collection can be walked here";
            self.problem("invalid-dynamic-for-each-value", message, span);
            return;
        };
        for element in sure_elements(&unknown, span) {
            into.known.push(self.content(iterator, element, content));
        }
        let any = self.content(iterator, Element::any(&unknown, span), content);
        into.rest.push((any, unknown));
    }

    fn content(&mut self, iterator: &SmolStr, element: Element, content: &Block) -> Value {
        let Element { key, value } = element;
        let entries = [
            (SmolStr::new_static("key"), key),
            (SmolStr::new_static("value"), value),
        ];
        let origin = Origin::new(content.span);
        let entries: Parts = entries.into_iter().collect();
        self.names.push((
            iterator.clone(),
            Value::new(Data::Object(entries.into()), origin),
        ));
        let object = self.object(&content.body, content.span);
        self.names.pop();
        object
    }

    fn problem(&mut self, code: &'static str, message: &str, span: Span) {
        self.problems
            .push(Problem::at(Level::Error, code, message, span));
    }
}

impl Blocks {
    fn value(self, span: Span) -> Value {
        let origin = match self.known.first() {
            Some(first) => first.origin.clone(),
            None => Origin::new(span),
        };
        let items: Arc<[Value]> = self.known.into();
        let Some((first, because)) = self.rest.first() else {
            return Value::new(Data::Tuple(items), origin);
        };
        let unknown = |shape| {
            let mut unknown = Unknown::new(Type::Dynamic, because.cause.clone(), because.place);
            unknown.known.not_null = true;
            unknown.shape = Some(shape);
            Data::Unknown(unknown.into())
        };
        let rest = match self.rest.len() {
            1 => first.clone(),
            _ => {
                let values = self.rest.iter().map(|(any, _)| any.clone());
                let origin = first.origin.clone();
                Value::new(unknown(Shape::OneOf(values.collect())), origin)
            }
        };
        let shape = Shape::Items {
            items,
            rest: rest.into(),
        };
        Value::new(unknown(shape), origin)
    }
}

/// What `self` is for a provisioner, which runs when the resource is there.
fn itself(span: Span) -> Value {
    let cause = Cause::Computed(SmolStr::new_static("self"));
    let unknown = Unknown::new(Type::Dynamic, cause, Some(span));
    Value::new(Data::Unknown(unknown.into()), Origin::new(span))
}

fn is_dynamic(block: &Block) -> bool {
    block.kind.text == "dynamic" && block.labels.len() == 1
}

/// The kind of block that a block gives, and where that stands.
pub(super) fn produced(block: &Block) -> (SmolStr, Span) {
    match block.labels.first() {
        Some(label) if is_dynamic(block) => (label.text.clone(), label.span),
        _ => (block.kind.text.clone(), block.kind.span),
    }
}

/// What a block gives the parts of: of a dynamic one, its `content`.
pub(super) fn content(block: &Block) -> &Body {
    let content = is_dynamic(block)
        .then(|| block.body.blocks_of("content").next())
        .flatten();
    &content.unwrap_or(block).body
}

/// The labels of a block in a resource, as attributes: `provisioner "local-exec"` is the only one of Terraform's own.
fn labelled(block: &Block) -> Vec<(SmolStr, Value)> {
    let label = block
        .labels
        .first()
        .filter(|_| block.kind.text == "provisioner");
    label
        .map(|label| {
            let value = Value::new(Data::string(label.text.clone()), Origin::new(label.span));
            (SmolStr::new_static("type"), value)
        })
        .into_iter()
        .collect()
}

/// The name of the iterator: the block's own, unless `iterator` names another.
fn iterator(block: &Block) -> SmolStr {
    let named = block.body.value("iterator").and_then(Expression::names);
    let named = named.and_then(|names| names.first().cloned());
    named.unwrap_or_else(|| block.labels[0].text.clone())
}
