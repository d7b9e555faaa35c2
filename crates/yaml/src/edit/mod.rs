//! Changes of values as changes of text, which keep comments and formatting.
//!
//! Edits are computed against a tree that was read from exactly the text of `file`. What an alias
//! or merge key brought is changed where it is written, so that every use of it changes.

mod insert;
mod place;
mod remove;
mod scalar;
mod set;
mod style;
mod write;

use graph::{NodeId, SmolStr, Tree};
use source::{SourceFile, TextEdit};
use thiserror::Error;

/// Why a change can't be made in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CannotEdit {
    /// Nobody wrote the value.
    #[error("the value is not written in the file")]
    NotWritten,
    /// An alias brought the value from a part of the document that is not in the tree.
    #[error("the value is written elsewhere, and an alias brings it here")]
    Elsewhere,
    /// The document itself can't go.
    #[error("the root of a document can't be removed")]
    Root,
    /// A key was to be inserted into something else than a map.
    #[error("a key can only be inserted into a map")]
    NotAMap,
    /// An item was to be inserted into something else than a list.
    #[error("an item can only be inserted into a list")]
    NotAList,
    /// The new value is unknown, wholly or in part.
    #[error("a value that is not known can't be written")]
    UnknownValue,
    /// The new value is no number of JSON.
    #[error("infinity and NaN can't be written")]
    NotANumber,
}

/// What an edit gives.
pub type Edited = Result<Vec<TextEdit>, CannotEdit>;

/// A value to be written: a node of any tree, with all below it.
pub type Value<'a> = (&'a Tree, NodeId);

/// Replaces the value of `node`. A comment behind it stays. A value that nobody wrote is inserted.
///
/// # Errors
/// When the value can't be written.
pub fn set(file: &SourceFile, tree: &Tree, node: NodeId, value: Value<'_>) -> Edited {
    set::set(file, tree, node, value)
}

/// Takes `node` out of its list or map, with the comment on its line. What becomes empty is written
/// as `{}` or `[]`.
///
/// # Errors
/// When `node` is the root or is not written.
pub fn remove(file: &SourceFile, tree: &Tree, node: NodeId) -> Edited {
    remove::remove(file, tree, node)
}

/// Sets the value at a path of keys below `parent`, with all maps that are missing on the way.
///
/// # Errors
/// When something on the way is neither null nor a map, or the value can't be written.
pub fn insert_key(
    file: &SourceFile,
    tree: &Tree,
    parent: NodeId,
    keys: &[SmolStr],
    value: Value<'_>,
) -> Edited {
    insert::insert_key(file, tree, parent, keys, value)
}

/// Adds an item at the end of `list`, which may be null.
///
/// # Errors
/// When `list` is something else, or the value can't be written.
pub fn insert_item(file: &SourceFile, tree: &Tree, list: NodeId, value: Value<'_>) -> Edited {
    insert::insert_item(file, tree, list, value)
}
