//! Where the key of a value is written, which values themselves do not know.

use std::iter;
use std::sync::{Arc, OnceLock};

use foldhash::{HashMap, HashMapExt};
use source::{FileId, Span};

use crate::module::Module;
use crate::syntax::{Block, Body, Expression, ExpressionKind, TemplatePart};

/// The key before a value, by the place where the value begins.
#[derive(Debug, Default)]
pub struct Keys {
    modules: Vec<Arc<Module>>,
    /// Those of each file, as soon as somebody asks for one.
    of_file: HashMap<FileId, OnceLock<OfFile>>,
}

/// The keys of a file, by where their values begin.
#[derive(Debug)]
struct OfFile {
    file: FileId,
    keys: HashMap<u32, Span>,
}

impl Keys {
    /// The keys in the blocks of modules.
    #[must_use]
    pub fn of(modules: &[Arc<Module>]) -> Self {
        let files = modules.iter().flat_map(|module| &module.files);
        Self {
            modules: modules.to_vec(),
            of_file: files.map(|file| (file.id, OnceLock::new())).collect(),
        }
    }

    /// The keys in a file of JSON.
    #[must_use]
    pub fn of_tree(tree: &graph::Tree) -> Self {
        let mut keys = OfFile::new(tree.node(graph::NodeId::ROOT).span.file);
        let mut open = vec![graph::NodeId::ROOT];
        while let Some(node) = open.pop() {
            let node_data = tree.node(node);
            if let Some(key) = &node_data.key {
                keys.insert(key.span, node_data.span);
            }
            open.extend(tree.children(node));
        }
        Self {
            modules: Vec::new(),
            of_file: iter::once((keys.file, OnceLock::from(keys))).collect(),
        }
    }

    /// The key of a value; none where it has none, as an element of a list.
    #[must_use]
    pub fn before(&self, value: Span) -> Option<Span> {
        let of_file = self.of_file.get(&value.file)?;
        let of_file = of_file.get_or_init(|| self.read(value.file));
        of_file.keys.get(&value.start).copied()
    }

    fn read(&self, file: FileId) -> OfFile {
        let mut keys = OfFile::new(file);
        for module in &self.modules {
            if module.files.iter().any(|one| one.id == file) {
                keys.module(module);
            }
        }
        keys
    }
}

impl OfFile {
    fn new(file: FileId) -> Self {
        Self {
            file,
            keys: HashMap::new(),
        }
    }

    fn module(&mut self, module: &Module) {
        let file = self.file;
        // A block that was merged has parts of several files.
        let is_here = |span: Span| module.is_merged || span.file == file;
        let resources = module.resources.values();
        for resource in resources.filter(|one| is_here(one.span)) {
            self.body(&resource.body);
        }
        for local in module.locals.values() {
            self.entry(local.name.span, &local.value);
        }
        let calls = module.calls.values().map(|one| &one.block);
        let variables = module.variables.values().map(|one| &one.block);
        let outputs = module.outputs.values().map(|one| &one.block);
        let blocks = calls.chain(variables).chain(outputs);
        for block in blocks.filter(|block| is_here(block.span)) {
            self.body(&block.body);
        }
        let blocks = module.providers.iter().chain(&module.settings);
        for block in blocks.filter(|block| is_here(block.span)) {
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
        if value.file == self.file {
            self.keys.insert(value.start, key);
        }
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
