//! Access to the attributes and blocks of a body.

use std::path::{Component, Path, PathBuf};

use smol_str::SmolStr;
use source::Span;

use super::Module;
use crate::syntax::{Attribute, Block, Body, Expression, ExpressionKind, TemplatePart};

impl Body {
    /// The attribute of a name.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes
            .iter()
            .find(|attribute| attribute.name.text == name)
    }

    /// The value of an attribute.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&Expression> {
        self.attribute(name).map(|attribute| &attribute.value)
    }

    /// The blocks of a kind.
    pub fn blocks_of<'b>(&'b self, kind: &'b str) -> impl Iterator<Item = &'b Block> {
        self.blocks
            .iter()
            .filter(move |block| block.kind.text == kind)
    }
}

impl Module {
    /// The folders that its calls with a relative source lead to.
    pub fn local_calls(&self) -> impl Iterator<Item = PathBuf> + '_ {
        let sources = self
            .calls
            .values()
            .filter_map(|call| call.source.as_ref()?.literal());
        sources
            .filter(|source| is_local(source))
            .map(|source| clean(&self.folder.join(source.as_str())))
    }
}

/// Whether the source of a module is a folder beside the caller's.
#[must_use]
pub fn is_local(source: &str) -> bool {
    ["./", "../"].iter().any(|start| source.starts_with(start)) || [".", ".."].contains(&source)
}

/// A path without `.` and, as far as it can be, without `..`.
pub(crate) fn clean(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if out.file_name().is_some() => {
                out.pop();
            }
            component => out.push(component),
        }
    }
    out
}

impl Block {
    /// From its kind to its last label.
    #[must_use]
    pub fn header(&self) -> Span {
        let last = self.labels.last().unwrap_or(&self.kind);
        if last.span.file == self.kind.span.file && self.kind.span.start <= last.span.start {
            self.kind.span.cover(last.span)
        } else {
            self.kind.span
        }
    }
}

impl Expression {
    /// The text of a string without interpolations.
    #[must_use]
    pub fn literal(&self) -> Option<SmolStr> {
        match &self.kind {
            ExpressionKind::Template(parts) => match parts.as_slice() {
                [] => Some(SmolStr::default()),
                [TemplatePart::Literal { text, .. }] => Some(text.clone()),
                _ => None,
            },
            ExpressionKind::Parenthesis(inner) => inner.literal(),
            _ => None,
        }
    }

    /// The names of a traversal by attributes alone, as in `aws.west`.
    #[must_use]
    pub fn names(&self) -> Option<Vec<SmolStr>> {
        match &self.kind {
            ExpressionKind::Variable(name) => Some(vec![name.clone()]),
            ExpressionKind::Attribute(inner, name) => {
                let mut names = inner.names()?;
                names.push(name.text.clone());
                Some(names)
            }
            _ => None,
        }
    }
}
