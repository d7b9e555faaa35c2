//! Strategic merge patches, as kustomize's library walks through an object and its patch side by side.

use graph::Role;
use smol_str::SmolStr;

use super::directive::{self, Directive};
use crate::bounds::Bounds;
use crate::node::{Data, Entry, Kind, Node, Scalar, Style, protected};
use crate::tables::{Place, Schema};

/// A merge of a patch into an object.
pub(super) struct Merge<'a> {
    pub(super) schema: &'a Schema,
    pub(super) bounds: &'a Bounds,
}

/// What a merge gives.
pub(super) enum Merged {
    /// Nothing is left.
    Gone,
    /// The older value, changed where it stood.
    Older(Node),
    /// The patch in the place of the older value, which stays as it was.
    Patch(Node),
}

impl Merged {
    pub(super) fn node(self) -> Option<Node> {
        match self {
            Self::Gone => None,
            Self::Older(node) | Self::Patch(node) => Some(node),
        }
    }
}

/// The values that a walk meets side by side.
pub(super) enum Pair {
    Older(Node),
    Patch(Node),
    Both(Node, Node),
    /// A patch that is added: the walk meets it on both sides.
    Same(Node),
}

impl Merge<'_> {
    /// Merges a patch into an object.
    ///
    /// # Errors
    /// When they don't fit.
    pub(super) fn merge(&self, older: Node, patch: Node) -> Result<Option<Node>, String> {
        let kept = older.clone();
        Ok(match self.walk(Pair::Both(older, patch), None)? {
            Merged::Gone => None,
            Merged::Older(node) => Some(node),
            // An object can't be replaced as a whole: kustomize drops what would take its place.
            Merged::Patch(_) => Some(kept),
        })
    }

    pub(super) fn walk(&self, pair: Pair, place: Option<Place<'_>>) -> Result<Merged, String> {
        self.bounds.steps(1)?;
        let pair = decided(pair);
        let place = place.or_else(|| self.place(&pair));
        match kind(&pair)? {
            Some(Kind::List) => self.list(pair, place),
            Some(Kind::Scalar) => Ok(match pair {
                Pair::Older(node) => Merged::Older(node),
                Pair::Patch(node) | Pair::Same(node) => Merged::Patch(node),
                Pair::Both(older, patch) => Merged::Patch(over(patch, &older)),
            }),
            Some(Kind::Map) | None => self.map(pair, place),
        }
    }

    /// What is known of an object that says what it is.
    fn place(&self, pair: &Pair) -> Option<Place<'_>> {
        let of = |node: &Node| {
            let text = |key| {
                node.get(key)
                    .map(Node::text)
                    .filter(|text| !text.is_empty())
            };
            self.schema.object(text("apiVersion")?, text("kind")?)
        };
        match pair {
            Pair::Older(node) | Pair::Patch(node) | Pair::Same(node) => of(node),
            Pair::Both(older, patch) => of(older).or_else(|| of(patch)),
        }
    }

    fn map(&self, pair: Pair, place: Option<Place<'_>>) -> Result<Merged, String> {
        match pair {
            Pair::Older(node) if node.is_null() => Ok(match node.text().is_empty() {
                // An explicit null is kept, and a value that is left out is not.
                true => Merged::Gone,
                false => Merged::Older(node),
            }),
            Pair::Older(node) => self.fields(node, None, place).map(Merged::Older),
            Pair::Patch(patch) => self.added(patch, place),
            Pair::Same(mut patch) => match directive::take(&mut patch) {
                Ok(Directive::Delete) => Ok(Merged::Gone),
                Err(message) if !patch.is_null() => Err(message),
                _ => self.settled(patch, place).map(Merged::Older),
            },
            Pair::Both(older, patch) if older.is_null() => self.added(over(patch, &older), place),
            Pair::Both(_, patch) if patch.is_null() => Ok(Merged::Gone),
            Pair::Both(older, mut patch) => match directive::take(&mut patch)? {
                Directive::Delete => Ok(Merged::Gone),
                Directive::Replace => self.settled(over(patch, &older), place).map(Merged::Patch),
                Directive::Merge => self.fields(older, Some(patch), place).map(Merged::Older),
            },
        }
    }

    /// A patch where there is nothing.
    fn added(&self, mut patch: Node, place: Option<Place<'_>>) -> Result<Merged, String> {
        // What a directive says wrongly is not looked at here.
        if matches!(directive::take(&mut patch), Ok(Directive::Delete)) {
            return Ok(Merged::Gone);
        }
        self.settled(patch, place).map(Merged::Patch)
    }

    /// A map of a patch, without what says that something is deleted.
    fn settled(&self, mut patch: Node, place: Option<Place<'_>>) -> Result<Node, String> {
        let Data::Map(entries) = &mut patch.data else {
            return Ok(patch);
        };
        let mut kept = Vec::with_capacity(entries.len());
        for entry in std::mem::take(entries) {
            if entry.value.is_null() {
                continue;
            }
            let place = place.and_then(|place| place.field(&entry.key));
            if let Some(value) = self.walk(Pair::Same(entry.value), place)?.node() {
                kept.push(Entry { value, ..entry });
            }
        }
        *entries = kept;
        Ok(patch)
    }

    /// The fields of a map, each with that of the patch.
    fn fields(
        &self,
        mut older: Node,
        patch: Option<Node>,
        place: Option<Place<'_>>,
    ) -> Result<Node, String> {
        let mut added = match patch.map(|patch| patch.data) {
            Some(Data::Map(entries)) => entries,
            _ => Vec::new(),
        };
        let Data::Map(entries) = &mut older.data else {
            return Ok(older);
        };
        self.bounds
            .steps(entries.len().saturating_mul(added.len()))?;
        let mut kept = Vec::with_capacity(entries.len() + added.len());
        let mut removed = Vec::new();
        for entry in std::mem::take(entries) {
            let index = added.iter().position(|one| one.key == entry.key);
            let patch = index.map(|index| added.remove(index).value);
            let place = place.and_then(|place| place.field(&entry.key));
            let by = patch.as_ref().map(|patch| patch.origin.span);
            let key = entry.key.clone();
            match self.field(entry, patch, place)? {
                Some(entry) => kept.push(entry),
                None => removed.extend(by.map(|span| (key, span))),
            }
        }
        for entry in added {
            let place = place.and_then(|place| place.field(&entry.key));
            let value = self.walk(Pair::Patch(entry.value), place)?.node();
            if let Some(value) = value.filter(|value| !value.is_null()) {
                kept.push(Entry {
                    value: quoted(value),
                    ..entry
                });
            }
        }
        *entries = kept;
        for (key, span) in removed {
            older.origin.remove(key, span);
        }
        Ok(older)
    }

    fn field(
        &self,
        entry: Entry,
        patch: Option<Node>,
        place: Option<Place<'_>>,
    ) -> Result<Option<Entry>, String> {
        let style = match &entry.value.data {
            Data::Scalar(scalar) => protected(scalar).style,
            _ => Style::Plain,
        };
        let keeps_null = entry.value.is_null() && patch.is_none();
        let pair = match patch {
            None => Pair::Older(entry.value),
            Some(patch) => Pair::Both(entry.value, patch),
        };
        let value = self.walk(pair, place)?.node();
        Ok(value
            .filter(|value| keeps_null || !value.is_null())
            .map(|mut value| {
                // The new value has the quotes of the older one.
                if let Data::Scalar(scalar) = &mut value.data {
                    scalar.style = style;
                }
                Entry { value, ..entry }
            }))
    }
}

/// A patch with the places of what it takes the place of.
fn over(mut patch: Node, older: &Node) -> Node {
    patch.origin = patch.origin.over(&older.origin, Role::Replaced);
    if let Data::Scalar(scalar) = &mut patch.data {
        scalar.shared = older.shared().changed();
    }
    patch
}

fn quoted(mut value: Node) -> Node {
    if let Data::Scalar(scalar) = &value.data {
        value.data = Data::Scalar(protected(scalar));
    }
    value
}

/// A pair of which the older value is what the patch takes it for, where that can't be known, and is there for certain.
fn decided(mut pair: Pair) -> Pair {
    if let Pair::Both(older, patch) = &mut pair
        && !patch.is_null()
    {
        older.decide(patch.kind());
        older.doubt.is_symbolic = false;
    }
    pair
}

/// What the values are; nothing if all of them are null.
fn kind(pair: &Pair) -> Result<Option<Kind>, String> {
    let of = |node: &Node| (!node.is_null()).then(|| node.kind());
    match pair {
        Pair::Older(node) | Pair::Patch(node) | Pair::Same(node) => Ok(of(node)),
        Pair::Both(older, patch) => match (of(older), of(patch)) {
            (Some(one), Some(other)) if one != other => {
                Err("the patch and what it changes differ in what they are".to_owned())
            }
            (one, other) => Ok(one.or(other)),
        },
    }
}

/// A scalar as an element of a list of scalars.
pub(super) fn element(text: &SmolStr) -> Scalar {
    Scalar::open(text.clone())
}
