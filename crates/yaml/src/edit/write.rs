//! Values as text, with and without brackets.

use graph::{Data, NodeId, Tree};

use super::scalar::{Notation, scalar, string};
use super::style::Style;
use super::{CannotEdit, Value};

/// A value on one line, with brackets around lists and maps.
pub(super) fn flow((tree, node): Value<'_>, notation: Notation) -> Result<String, CannotEdit> {
    let inner = if notation == Notation::Block {
        Notation::Flow
    } else {
        notation
    };
    let children = || {
        let texts = tree.children(node).map(|child| {
            let text = flow((tree, child), inner)?;
            Ok(match &tree.node(child).key {
                Some(key) => entry(&key.text, &text, inner),
                None => text,
            })
        });
        Ok(texts
            .collect::<Result<Vec<String>, CannotEdit>>()?
            .join(", "))
    };
    match &tree.node(node).data {
        Data::List => Ok(format!("[{}]", children()?)),
        Data::Map => Ok(format!("{{{}}}", children()?)),
        data => scalar(data, notation),
    }
}

/// An entry of a map on one line.
pub(super) fn entry(key: &str, value: &str, notation: Notation) -> String {
    format!("{}: {value}", string(key, notation))
}

/// The lines of a list or map without brackets, the first without its indentation.
pub(super) fn block(
    (tree, node): Value<'_>,
    column: usize,
    style: Style,
) -> Result<String, CannotEdit> {
    let separator = format!("{}{}", style.line_break, " ".repeat(column));
    let entries = tree
        .children(node)
        .map(|child| match &tree.node(child).key {
            Some(key) => block_entry(&key.text, (tree, child), column, style),
            None => block_item((tree, child), column, style),
        });
    Ok(entries
        .collect::<Result<Vec<String>, CannotEdit>>()?
        .join(&separator))
}

/// The lines of an entry of a map whose keys stand at `column`, the first without its indentation.
pub(super) fn block_entry(
    key: &str,
    value: Value<'_>,
    column: usize,
    style: Style,
) -> Result<String, CannotEdit> {
    let key = string(key, Notation::Block);
    if !is_block(value.0, value.1) {
        return Ok(format!("{key}: {}", flow(value, Notation::Block)?));
    }
    let inner = column + below_key(value, style);
    Ok(format!(
        "{key}:{}{}{}",
        style.line_break,
        " ".repeat(inner),
        block(value, inner, style)?
    ))
}

/// The lines of an item of a list whose dashes stand at `column`, the first without its
/// indentation.
pub(super) fn block_item(
    value: Value<'_>,
    column: usize,
    style: Style,
) -> Result<String, CannotEdit> {
    let text = if is_block(value.0, value.1) {
        block(value, column + 2, style)?
    } else {
        flow(value, Notation::Block)?
    };
    Ok(format!("- {text}"))
}

/// How much deeper than its key a list or map stands.
pub(super) fn below_key((tree, node): Value<'_>, style: Style) -> usize {
    if matches!(tree.node(node).data, Data::List) {
        style.dashes
    } else {
        style.step
    }
}

/// Whether a value is written over lines: it is a list or map that is not empty.
pub(super) fn is_block(tree: &Tree, node: NodeId) -> bool {
    tree.first(node).is_some()
}
