//! The arguments of a resource of the provider `kubernetes` to the object that it makes.

use std::sync::Arc;

use foldhash::{HashMap, HashMapExt, HashSet};
use graph::{Data, Key, NodeId, Tree};
use smol_str::{SmolStr, ToSmolStr as _};

use super::Object;
use super::table::{self, Field, Form, Kind};

/// Arguments that tell the provider what to do, and are no part of the object.
const OWN: [&str; 10] = [
    "api_version",
    "auto_approve",
    "binary_data_wo_revision",
    "data_wo_revision",
    "field_manager",
    "force",
    "id",
    "kind",
    "target_state",
    "timeouts",
];

/// The object of a resource, from its arguments. Nodes keep their places and what they came through.
pub(super) fn convert(
    from: &Tree,
    kind: Kind<'_>,
    sensitive: &[NodeId],
    references: &[(NodeId, SmolStr)],
) -> Object {
    let span = from.node(NodeId::ROOT).span;
    let mut to = Tree::new(Data::Map, span);
    for (name, text) in [("apiVersion", kind.api_version), ("kind", kind.kind)] {
        let key = Key {
            text: name.into(),
            span,
        };
        to.push(NodeId::ROOT, Some(key), Data::String(text.into()), span);
    }
    let mut converter = Converter {
        from,
        to,
        made: HashMap::new(),
    };
    converter.fields(NodeId::ROOT, NodeId::ROOT, kind.kind);
    let made = &converter.made;
    let sensitive: HashSet<NodeId> = sensitive
        .iter()
        .filter_map(|node| made.get(node).copied())
        .collect();
    let mut sensitive: Vec<NodeId> = sensitive.into_iter().collect();
    sensitive.sort_unstable();
    let references = references
        .iter()
        .filter_map(|(node, address)| Some((*made.get(node)?, address.clone())))
        .collect();
    Object {
        tree: converter.to,
        sensitive,
        references,
    }
}

struct Converter<'a> {
    from: &'a Tree,
    to: Tree,
    /// The nodes that were made, by what they were made from.
    made: HashMap<NodeId, NodeId>,
}

impl Converter<'_> {
    /// The arguments of a block as fields of an object.
    fn fields(&mut self, block: NodeId, object: NodeId, around: &str) {
        let from = self.from;
        if let Some(open) = from.open(block) {
            self.to.set_open(object, Arc::clone(open));
        }
        for argument in from.children(block) {
            let Some(key) = &from.node(argument).key else {
                continue;
            };
            let is_own = block == NodeId::ROOT
                && (OWN.contains(&key.text.as_str()) || key.text.starts_with("wait_"));
            // A null is an argument that is not set.
            if !is_own && from.node(argument).data != Data::Null {
                self.field(argument, key, object, around);
            }
        }
    }

    fn field(&mut self, argument: NodeId, key: &Key, object: NodeId, around: &str) {
        let Field { name, form } = table::field(around, &key.text);
        let field = Key {
            text: name.into(),
            span: key.span,
        };
        let from = self.from;
        match (&from.node(argument).data, form) {
            (_, Form::Inline) => {
                let block = self.only_block(argument).unwrap_or(argument);
                self.fields(block, object, &key.text);
            }
            (Data::Map, Form::Map | Form::Texts) => self.map(argument, field, object, form),
            (Data::Map, _) if is_labels(from, argument, &key.text) => {
                self.map(argument, field, object, Form::Texts);
            }
            (Data::Map, Form::List) => {
                let span = from.node(argument).span;
                let list = self.to.push(object, Some(field), Data::List, span);
                self.object(argument, None, list, &key.text);
            }
            (Data::Map, _) => self.object(argument, Some(field), object, &key.text),
            (Data::List, _) if self.is_blocks(argument) => {
                self.blocks(argument, (field, form), object, &key.text);
            }
            (Data::List, _) => {
                let list = self.node(argument, Some(field), Data::List, object);
                for item in from.children(argument) {
                    let data = scalar(&from.node(item).data, form);
                    self.node(item, None, data, list);
                }
            }
            (data, _) => {
                self.node(argument, Some(field), scalar(data, form), object);
            }
        }
    }

    fn is_blocks(&self, list: NodeId) -> bool {
        let mut items = self.from.children(list);
        items.all(|item| self.from.node(item).data == Data::Map)
            && (self.from.first(list).is_some() || self.from.open(list).is_some())
    }

    /// The block of a list of one.
    fn only_block(&self, list: NodeId) -> Option<NodeId> {
        let is_list = self.from.node(list).data == Data::List;
        is_list.then(|| self.from.first(list)).flatten()
    }

    fn blocks(&mut self, blocks: NodeId, (field, form): (Key, Form), object: NodeId, around: &str) {
        let from = self.from;
        match form {
            Form::List => {
                let list = self.node(blocks, Some(field), Data::List, object);
                for block in from.children(blocks) {
                    self.object(block, None, list, around);
                }
            }
            Form::Map | Form::Texts => {
                if let Some(block) = from.first(blocks) {
                    self.map(block, field, object, form);
                }
            }
            // Whether the object is there depends on what is unknown.
            _ if from.open(blocks).is_some() => {
                let open = from.open(blocks).map(Arc::clone);
                let data = open.map_or(Data::Null, Data::Unknown);
                let span = from.node(blocks).span;
                self.to.push(object, Some(field), data, span);
            }
            _ => {
                if let Some(block) = from.first(blocks) {
                    self.object(block, Some(field), object, around);
                }
            }
        }
    }

    fn object(&mut self, block: NodeId, key: Option<Key>, parent: NodeId, around: &str) {
        let object = self.node(block, key, Data::Map, parent);
        self.fields(block, object, around);
    }

    /// A map with keys of a person's own.
    fn map(&mut self, map: NodeId, key: Key, parent: NodeId, form: Form) {
        let from = self.from;
        let made = self.node(map, Some(key), Data::Map, parent);
        for entry in from.children(map) {
            let key = from.node(entry).key.clone();
            let data = match form {
                Form::Texts => scalar(&from.node(entry).data, Form::Text),
                _ => from.node(entry).data.clone(),
            };
            self.node(entry, key, data, made);
        }
    }

    /// A node with the place of what it is made from.
    fn node(&mut self, of: NodeId, key: Option<Key>, data: Data, parent: NodeId) -> NodeId {
        let node = self.to.push(parent, key, data, self.from.node(of).span);
        if let Some(passage) = self.from.passage(of) {
            self.to.set_passage(node, Arc::new(passage.clone()));
        }
        if let Some(open) = self.from.open(of) {
            self.to.set_open(node, Arc::clone(open));
        }
        if self.from.is_symbolic(of) {
            self.to.set_symbolic(node);
        }
        self.made.insert(of, node);
        node
    }
}

/// Whether a map is a selector of labels itself, as that of a Service, and no block with one.
fn is_labels(tree: &Tree, map: NodeId, name: &str) -> bool {
    name == "selector"
        && ["match_labels", "match_expressions"]
            .iter()
            .all(|key| tree.get(map, key).is_none())
}

/// A value as its field has it.
fn scalar(data: &Data, form: Form) -> Data {
    let number = |digits: Result<i64, _>| digits.map_or_else(|_| data.clone(), Data::Int);
    match (data, form) {
        (Data::String(text), Form::Number | Form::Port) => number(text.parse()),
        (Data::String(text), Form::Mode) => number(i64::from_str_radix(text, 8)),
        (Data::String(text), Form::Truth) => match text.as_str() {
            "true" => Data::Bool(true),
            "false" => Data::Bool(false),
            _ => data.clone(),
        },
        (Data::Int(number), Form::Text) => Data::String(number.to_smolstr()),
        (Data::Float(number), Form::Text) => Data::String(number.to_smolstr()),
        (Data::Bool(truth), Form::Text) => Data::String(truth.to_smolstr()),
        _ => data.clone(),
    }
}
