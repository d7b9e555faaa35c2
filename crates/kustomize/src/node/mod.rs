//! Values that are changed on their way from a base to the result. Each knows who set it last, and what it was made of.

mod edit;
mod folded;
mod origin;
mod path;
mod place;
mod placed;
mod read;
mod resolve;
mod shared;
mod tree;
mod unknown;
mod written;

use std::sync::Arc;

use smol_str::SmolStr;
use source::Span;

pub(crate) use edit::{Setting, protected, set_field, set_scalar};
pub(crate) use origin::Origin;
pub(crate) use path::{Created, find, lookup, split_dotted, split_slashed};
pub(crate) use place::Placing;
pub(crate) use placed::placed;
pub(crate) use read::{Foreign, Read, from_tree, of_tree, read};
pub(crate) use resolve::{Resolved, is_text, resolve};
pub(crate) use shared::Shared;
pub(crate) use tree::tree;
pub(crate) use unknown::{Content, Doubt, Unknowns};
pub(crate) use written::{json, written};

/// How deep values may be nested. Readers take less; patches and replacements may nest them further.
pub(crate) const DEEPEST: usize = 400;

/// A value.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) data: Data,
    pub(crate) origin: Origin,
    pub(crate) doubt: Doubt,
}

/// What a value is.
#[derive(Clone, Debug)]
pub(crate) enum Data {
    Scalar(Scalar),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// A key of a map with its value.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) key: SmolStr,
    /// Where the key is written.
    pub(crate) span: Span,
    pub(crate) value: Node,
}

/// Text as it is written, with what says how it is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scalar {
    pub(crate) text: SmolStr,
    pub(crate) tag: Tag,
    pub(crate) style: Style,
    pub(crate) shared: Shared,
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Without quotes, so that its text says what it is.
    Plain,
    /// With quotes, or as a block.
    Quoted,
    /// As a folded block.
    Folded,
    /// Left out where brackets end.
    LeftOut,
}

/// The tag of a scalar, as the library of kustomize keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Tag {
    /// None: the text says what it is, unless it is quoted.
    Open,
    Null,
    Bool,
    Int,
    Float,
    String,
    Timestamp,
    Binary,
    /// Any other, which YAML knows nothing of.
    Other(Arc<str>),
}

/// The kind of a value that is made where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Scalar,
    List,
    Map,
}

impl Scalar {
    /// A scalar whose text says what it is.
    pub(crate) fn open(text: impl Into<SmolStr>) -> Self {
        Self::tagged(text, Tag::Open)
    }

    /// A string, whatever its text.
    pub(crate) fn string(text: impl Into<SmolStr>) -> Self {
        Self::tagged(text, Tag::String)
    }

    pub(crate) fn tagged(text: impl Into<SmolStr>, tag: Tag) -> Self {
        Self {
            text: text.into(),
            tag,
            style: Style::Plain,
            shared: Shared::default(),
        }
    }
}

impl Node {
    pub(crate) fn new(data: Data, origin: Origin) -> Self {
        Self {
            data,
            origin,
            doubt: Doubt::default(),
        }
    }

    pub(crate) fn scalar(scalar: Scalar, origin: Origin) -> Self {
        Self::new(Data::Scalar(scalar), origin)
    }

    /// An empty value of a kind.
    pub(crate) fn empty(kind: Kind, origin: Origin) -> Self {
        let data = match kind {
            Kind::Scalar => Data::Scalar(Scalar::open("")),
            Kind::List => Data::List(Vec::new()),
            Kind::Map => Data::Map(Vec::new()),
        };
        Self::new(data, origin)
    }

    pub(crate) fn kind(&self) -> Kind {
        match &self.data {
            Data::Scalar(_) => Kind::Scalar,
            Data::List(_) => Kind::List,
            Data::Map(_) => Kind::Map,
        }
    }

    /// Whether it is a null that is written as one.
    pub(crate) fn is_null(&self) -> bool {
        matches!(&self.data, Data::Scalar(Scalar { tag: Tag::Null, .. }))
    }

    /// Whether it is null, or a list or map without elements.
    pub(crate) fn is_empty(&self) -> bool {
        match &self.data {
            Data::Scalar(_) => self.is_null(),
            Data::List(items) => items.is_empty(),
            Data::Map(entries) => entries.is_empty(),
        }
    }

    /// The text of a scalar as it is written, whatever it means; empty for what is none.
    pub(crate) fn text(&self) -> &SmolStr {
        static NONE: SmolStr = SmolStr::new_static("");
        match &self.data {
            Data::Scalar(scalar) => &scalar.text,
            _ => &NONE,
        }
    }

    /// Whether it is a string, or a scalar without a tag.
    pub(crate) fn is_string(&self) -> bool {
        matches!(
            &self.data,
            Data::Scalar(Scalar {
                tag: Tag::String | Tag::Open,
                ..
            })
        )
    }

    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.data {
            Data::Map(entries) => entries,
            _ => &[],
        }
    }

    pub(crate) fn items(&self) -> &[Self] {
        match &self.data {
            Data::List(items) => items,
            _ => &[],
        }
    }

    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// The value under a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|entry| &entry.value)
    }

    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Self> {
        let Data::Map(entries) = &mut self.data else {
            return None;
        };
        let entry = entries.iter_mut().find(|entry| entry.key == key)?;
        Some(&mut entry.value)
    }

    /// The value reached through one key after the other.
    pub(crate) fn at(&self, keys: &[&str]) -> Option<&Self> {
        keys.iter().try_fold(self, |node, key| node.get(key))
    }

    /// Takes a key out of a map.
    pub(crate) fn remove(&mut self, key: &str) -> Option<Entry> {
        let Data::Map(entries) = &mut self.data else {
            return None;
        };
        let index = entries.iter().position(|entry| entry.key == key)?;
        Some(entries.remove(index))
    }

    /// The number of values in it, itself included.
    pub(crate) fn size(&self) -> usize {
        let inner: usize = match &self.data {
            Data::Scalar(_) => 0,
            Data::List(items) => items.iter().map(Self::size).sum(),
            Data::Map(entries) => entries.iter().map(|entry| entry.value.size()).sum(),
        };
        inner + 1
    }

    /// How deep values are nested in it; a scalar has a depth of 1.
    pub(crate) fn depth(&self) -> usize {
        let inner = match &self.data {
            Data::Scalar(_) => None,
            Data::List(items) => items.iter().map(Self::depth).max(),
            Data::Map(entries) => entries.iter().map(|entry| entry.value.depth()).max(),
        };
        inner.unwrap_or_default() + 1
    }

    /// Calls something with it and every value in it.
    pub(crate) fn each_mut(&mut self, change: &mut impl FnMut(&mut Self)) {
        change(self);
        match &mut self.data {
            Data::Scalar(_) => {}
            Data::List(items) => items.iter_mut().for_each(|item| item.each_mut(change)),
            Data::Map(entries) => entries
                .iter_mut()
                .for_each(|entry| entry.value.each_mut(change)),
        }
    }
}
