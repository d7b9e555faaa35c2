//! Which block of a configuration a block of a plan was written as.

use graph::{Data, NodeId};

use super::references::References;
use crate::schema::{Block, Nesting};
use crate::value::Value;

impl References<'_> {
    /// For each of some blocks what the configuration has for it; nothing where that can't be told. `expression` is what it
    /// has for all blocks of the kind.
    pub(super) fn written(
        &self,
        block: &Block,
        items: &[Value],
        expression: Option<NodeId>,
    ) -> Vec<Option<NodeId>> {
        let mut written: Vec<NodeId> = self.json.items(expression).collect();
        written.extend(expression.filter(|node| self.json.is_map(*node)));
        // Dynamic blocks are in no plan's configuration. Where there are some, nobody can tell which.
        let none = || vec![None; items.len()];
        if written.len() != items.len() {
            return none();
        }
        match block.nesting {
            Nesting::Set if !self.spend(items.len().saturating_mul(items.len())) => none(),
            Nesting::Set => items
                .iter()
                .map(|item| self.alike(&written, item))
                .collect(),
            _ => written.into_iter().map(Some).collect(),
        }
    }

    /// The only one of the blocks that may be written for an item, to tell by its constants: sets have an order of their own.
    fn alike(&self, written: &[NodeId], item: &Value) -> Option<NodeId> {
        let mut alike = written.iter().filter(|block| self.is_alike(**block, item));
        let first = alike.next()?;
        alike.next().is_none().then_some(*first)
    }

    fn is_alike(&self, block: NodeId, item: &Value) -> bool {
        let Some(parts) = item.as_entries() else {
            return false;
        };
        self.json.entries(Some(block)).all(|(name, expression)| {
            let constant = self.json.get(expression, "constant_value");
            let constant = constant.and_then(|constant| self.text_of(constant));
            let part = parts.get(name).and_then(text_of);
            constant.is_none_or(|constant| part.is_none_or(|part| part == constant))
        })
    }

    /// What a primitive is as text.
    fn text_of(&self, node: NodeId) -> Option<String> {
        match &self.json.tree.node(node).data {
            Data::String(text) => Some(text.to_string()),
            Data::Bool(truth) => Some(truth.to_string()),
            Data::Int(_) | Data::Float(_) => {
                Some(self.json.file.slice(self.json.span(node)).to_owned())
            }
            _ => None,
        }
    }
}

fn text_of(value: &Value) -> Option<String> {
    let number = value.as_number().map(ToString::to_string);
    let truth = value.as_bool().map(|truth| truth.to_string());
    value.as_str().map(str::to_owned).or(number).or(truth)
}
