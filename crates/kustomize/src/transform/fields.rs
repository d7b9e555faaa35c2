//! The fields that tables name: finding them in objects, and making them where they are missing.

use smol_str::SmolStr;
use source::Span;

use crate::node::{Data, Entry, Kind, Node, Origin, Tag, lookup, split_slashed};
use crate::tables::{FieldSpec, Selector};

/// What is made where a field is missing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Maker {
    pub(crate) kind: Kind,
    /// The tag that a null gets.
    pub(crate) tag: &'static Tag,
    /// Who makes it.
    pub(crate) span: Span,
}

/// Calls `set` with every node that one of the fields leads to.
///
/// # Errors
/// When something else stands on the way, or those of `set`.
pub(crate) fn change_fields(
    node: &mut Node,
    fields: &[FieldSpec],
    maker: Option<Maker>,
    set: &mut dyn FnMut(&mut Node) -> Result<(), String>,
) -> Result<(), String> {
    for field in fields {
        change_field(node, field, maker, set)?;
    }
    Ok(())
}

/// The same for one field.
///
/// # Errors
/// As above.
pub(crate) fn change_field(
    node: &mut Node,
    field: &FieldSpec,
    maker: Option<Maker>,
    set: &mut dyn FnMut(&mut Node) -> Result<(), String>,
) -> Result<(), String> {
    let text = |key| node.get(key).map(Node::text).cloned().unwrap_or_default();
    let kinds = Selector::of(&text("apiVersion"), &text("kind"));
    if !field.kinds.selects(&kinds) {
        return Ok(());
    }
    let path = split_slashed(&field.path);
    let mut walk = Walk {
        maker: maker.filter(|_| field.create),
        set,
    };
    walk.node(node, &path)
        .map_err(|message| format!("the field `{}`: {message}", field.path))
}

struct Walk<'a> {
    maker: Option<Maker>,
    set: &'a mut dyn FnMut(&mut Node) -> Result<(), String>,
}

impl Walk<'_> {
    fn node(&mut self, node: &mut Node, path: &[SmolStr]) -> Result<(), String> {
        let Some((part, rest)) = path.split_first() else {
            return (self.set)(node);
        };
        if node.is_null() {
            return Ok(());
        }
        match &mut node.data {
            Data::List(items) => items.iter_mut().try_for_each(|item| self.node(item, path)),
            Data::Map(_) => self.map(node, part, rest),
            Data::Scalar(_) => Err("a list or map is expected on the way".to_owned()),
        }
    }

    fn map(&mut self, node: &mut Node, part: &SmolStr, rest: &[SmolStr]) -> Result<(), String> {
        let (key, is_list) = match part.strip_suffix("[]") {
            Some(key) => (key, true),
            None => (part.as_str(), false),
        };
        if key.is_empty() {
            return Err("a field needs a name".to_owned());
        }
        let maker = self.maker.filter(|_| !is_list);
        let made = match (maker, rest.is_empty()) {
            (None, _) if is_list => Some((Kind::List, &Tag::Open)),
            (None, _) => None,
            (Some(maker), true) => Some((maker.kind, maker.tag)),
            (Some(_), false) => Some((Kind::Map, &Tag::Open)),
        };
        if node.get(key).is_none() {
            // Lists are gone through and never made.
            let (Some(maker), Some((kind, _))) = (maker, made) else {
                return self.unusual(node, key);
            };
            add(node, key, kind, maker.span);
        }
        let Some(found) = node.get_mut(key) else {
            return Ok(());
        };
        if let (true, Some((kind, tag))) = (found.is_null(), made) {
            fill(found, kind, tag);
        }
        self.node(found, rest)
    }

    /// A part that is no key: an index, or an element of a list, which a map has none of.
    fn unusual(&self, node: &Node, key: &str) -> Result<(), String> {
        lookup(node, &[key.into()]).map(|_| ())
    }
}

fn add(node: &mut Node, key: &str, kind: Kind, span: Span) {
    if let Data::Map(entries) = &mut node.data {
        entries.push(Entry {
            key: key.into(),
            span,
            value: Node::empty(kind, Origin::at(span)),
        });
    }
}

/// Makes a null what would be made where nothing is.
fn fill(node: &mut Node, kind: Kind, tag: &Tag) {
    match (kind, &mut node.data) {
        (Kind::Scalar, Data::Scalar(scalar)) => scalar.tag = tag.clone(),
        (Kind::Scalar, _) => {}
        (kind, _) => node.data = Node::empty(kind, node.origin.clone()).data,
    }
}
