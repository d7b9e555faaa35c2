//! Where the key of a value is written, which values themselves do not know.

use std::collections::HashMap;

use source::{FileId, Span};

use crate::module::Module;
use crate::syntax::{Block, Body, Expression, ExpressionKind, TemplatePart};

/// The key before a value, by the place where the value begins.
#[derive(Debug, Default)]
pub struct Keys(HashMap<(FileId, u32), Span>);

impl Keys {
    /// The keys in the blocks of modules.
    #[must_use]
    pub fn of<'m>(modules: impl IntoIterator<Item = &'m Module>) -> Self {
        let mut keys = Self::default();
        for module in modules {
            keys.module(module);
        }
        keys
    }

    /// The keys in a file of JSON.
    #[must_use]
    pub fn of_tree(tree: &graph::Tree) -> Self {
        let mut keys = Self::default();
        let mut open = vec![graph::NodeId::ROOT];
        while let Some(node) = open.pop() {
            let node_data = tree.node(node);
            if let Some(key) = &node_data.key {
                keys.insert(key.span, node_data.span);
            }
            open.extend(tree.children(node));
        }
        keys
    }

    /// The key of a value; none where it has none, as an element of a list.
    #[must_use]
    pub fn before(&self, value: Span) -> Option<Span> {
        self.0.get(&(value.file, value.start)).copied()
    }

    fn module(&mut self, module: &Module) {
        for resource in module.resources.values() {
            self.body(&resource.body);
        }
        for local in module.locals.values() {
            self.entry(local.name.span, &local.value);
        }
        for call in module.calls.values() {
            self.body(&call.block.body);
        }
        for variable in module.variables.values() {
            self.body(&variable.block.body);
        }
        for output in module.outputs.values() {
            self.body(&output.block.body);
        }
        for block in module.providers.iter().chain(&module.settings) {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        self.insert(block.kind.span, block.span);
        self.body(&block.body);
    }

    fn body(&mut self, body: &Body) {
        for attribute in &body.attributes {
            self.entry(attribute.name.span, &attribute.value);
        }
        for block in &body.blocks {
            self.block(block);
        }
    }

    fn entry(&mut self, key: Span, value: &Expression) {
        self.insert(key, value.span);
        self.expression(value);
    }

    fn insert(&mut self, key: Span, value: Span) {
        self.0.insert((value.file, value.start), key);
    }

    /// Keys of the objects inside an expression.
    fn expression(&mut self, expression: &Expression) {
        match &expression.kind {
            ExpressionKind::Object(items) => {
                for item in items {
                    self.entry(item.key.span, &item.value);
                }
            }
            ExpressionKind::Tuple(items) => items.iter().for_each(|item| self.expression(item)),
            ExpressionKind::Call(call) => {
                call.arguments.iter().for_each(|item| self.expression(item));
            }
            ExpressionKind::Conditional(parts) => {
                parts.iter().for_each(|part| self.expression(part));
            }
            ExpressionKind::For(repeat) => self.expression(&repeat.value),
            ExpressionKind::Parenthesis(inner) | ExpressionKind::Unary(_, inner) => {
                self.expression(inner);
            }
            ExpressionKind::Template(parts) => {
                for part in parts {
                    if let TemplatePart::Interpolation(inner) = part {
                        self.expression(inner);
                    }
                }
            }
            _ => {}
        }
    }
}
