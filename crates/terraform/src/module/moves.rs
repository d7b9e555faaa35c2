//! Which address a resource had before it was moved.

use foldhash::HashMap;
use smol_str::SmolStr;

use super::Module;
use crate::syntax::{Block, Expression, ExpressionKind};

/// The moves that a module tells: the address before by the address after, as they are in the module, without keys of
/// instances.
#[derive(Debug, Default)]
pub struct Moves(HashMap<SmolStr, SmolStr>);

impl Module {
    /// The moves of resources in it and in the modules that it calls. One whose old address is declared again is none.
    #[must_use]
    pub fn moves(&self) -> Moves {
        let declared = |address: &SmolStr| {
            let mut resources = self.resources.keys();
            resources.any(|resource| resource.to_string() == *address)
        };
        let moves = self.moved.iter().filter_map(|block| {
            let (from, to) = (address(block, "from")?, address(block, "to")?);
            (!declared(&from)).then_some((to, from))
        });
        Moves(moves.collect())
    }
}

impl Moves {
    /// The address that a resource had first.
    #[must_use]
    pub fn first(&self, address: &SmolStr) -> SmolStr {
        let mut at = address;
        // A circle ends where it has been gone around once.
        for _ in 0..self.0.len() {
            match self.0.get(at) {
                Some(before) => at = before,
                None => break,
            }
        }
        at.clone()
    }
}

/// `from` or `to` of a block, where it names a resource and not all of a module.
fn address(block: &Block, argument: &str) -> Option<SmolStr> {
    let names = without_keys(block.body.value(argument)?)?;
    let resource = names.chunks(2).last()?;
    let is_resource = resource.len() == 2 && resource[0] != "module";
    is_resource.then(|| names.join(".").into())
}

/// The names of a traversal, without its indices.
fn without_keys(expression: &Expression) -> Option<Vec<SmolStr>> {
    match &expression.kind {
        ExpressionKind::Variable(name) => Some(vec![name.clone()]),
        ExpressionKind::Attribute(inner, name) => {
            let mut names = without_keys(inner)?;
            names.push(name.text.clone());
            Some(names)
        }
        ExpressionKind::Index(inner, _) => without_keys(inner),
        _ => None,
    }
}
