//! What providers know of resource types: which attributes and blocks they have, their types, and what the provider decides.
//! With it, HCL, JSON, plans and state of a resource become the same value.

mod blocks;
mod complete;
mod conform;
mod table;
#[cfg(test)]
mod tests;
mod text;

use crate::value::Type;

pub(crate) use blocks::with_blocks;
pub(crate) use complete::{complete, unset};
pub use conform::conform;
pub use table::of;

/// The attributes and blocks of a resource type, or of a block in it.
#[derive(Debug, Default)]
pub struct Body {
    attributes: Vec<(&'static str, Attribute)>,
    blocks: Vec<(&'static str, Block)>,
}

/// An attribute of a resource type.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// Its type.
    pub ty: Type,
    /// Who sets it.
    pub setting: Setting,
}

/// Who sets an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// The configuration must.
    Required,
    /// The configuration may; else it is null.
    Optional,
    /// The configuration may; else the provider does.
    OptionalComputed,
    /// The provider does.
    Computed,
}

/// A kind of block.
#[derive(Clone, Copy, Debug)]
pub struct Block {
    /// What the blocks of the kind are together.
    pub nesting: Nesting,
    /// Whether there is no more than one.
    pub at_most_one: bool,
    number: usize,
}

/// What the blocks of a kind are together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nesting {
    /// A list.
    List,
    /// A set.
    Set,
    /// A map by label.
    Map,
    /// One object, or null.
    Single,
}

impl Body {
    /// The attribute of a name.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        find(&self.attributes, name)
    }

    /// The kind of block of a name.
    #[must_use]
    pub fn block(&self, name: &str) -> Option<&Block> {
        find(&self.blocks, name)
    }

    /// All attributes, by name.
    pub fn attributes(&self) -> impl Iterator<Item = (&'static str, &Attribute)> {
        self.attributes.iter().map(|(name, one)| (*name, one))
    }

    /// All kinds of blocks, by name.
    pub fn blocks(&self) -> impl Iterator<Item = (&'static str, &Block)> {
        self.blocks.iter().map(|(name, one)| (*name, one))
    }

    /// The names of all attributes and blocks.
    fn names(&self) -> impl Iterator<Item = &'static str> + '_ {
        let attributes = self.attributes().map(|(name, _)| name);
        attributes.chain(self.blocks().map(|(name, _)| name))
    }
}

impl Attribute {
    /// Whether the provider decides it where the configuration does not set it.
    #[must_use]
    pub fn is_computed(&self) -> bool {
        matches!(self.setting, Setting::Computed | Setting::OptionalComputed)
    }
}

impl Block {
    /// What stands in the block.
    #[must_use]
    pub fn body(&self) -> &'static Body {
        table::shape(self.number)
    }
}

fn find<'a, T>(sorted: &'a [(&'static str, T)], name: &str) -> Option<&'a T> {
    let at = sorted.binary_search_by_key(&name, |(name, _)| *name).ok()?;
    Some(&sorted[at].1)
}
