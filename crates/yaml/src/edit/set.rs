//! Replaces values.

use graph::{Data, NodeId, SmolStr, Tree};
use source::{SourceFile, TextEdit};

use super::insert::insert_key;
use super::place::Written;
use super::scalar::{Notation, string_like};
use super::style::{Style, notation_in};
use super::write::{below_key, block, flow, is_block};
use super::{CannotEdit, Edited, Value};

pub(super) fn set(file: &SourceFile, tree: &Tree, node: NodeId, value: Value<'_>) -> Edited {
    let written = Written { file, tree };
    if !written.is_written(node) {
        return set_missing(written, node, value);
    }
    let node = written.original_value(node).ok_or(CannotEdit::Elsewhere)?;
    let stays_on_line =
        !is_block(value.0, value.1) || keeps_brackets(written, node) || written.lacks_colon(node);
    let mut edits = match stays_on_line {
        true => set_line(written, node, &line(written, node, value)?),
        false => set_block(written, node, value)?,
    };
    if let Some(tag) = written.tag(node) {
        remove_tag(&mut edits, written.edit(tag, ""));
    }
    Ok(edits)
}

fn remove_tag(edits: &mut Vec<TextEdit>, tag: TextEdit) {
    if let Some(insertion) = edits
        .iter_mut()
        .find(|edit| edit.span.is_empty() && edit.span.start == tag.span.start)
    {
        insertion.span = tag.span;
    } else if !edits.iter().any(|edit| edit.span.contains(tag.span)) {
        edits.push(tag);
    }
}

/// Inserts a value that nobody wrote below the nearest map that somebody did.
fn set_missing(written: Written<'_>, node: NodeId, value: Value<'_>) -> Edited {
    let mut keys: Vec<SmolStr> = Vec::new();
    let mut map = node;
    while !written.is_written(map) {
        let key = written
            .node(map)
            .key
            .as_ref()
            .ok_or(CannotEdit::NotWritten)?;
        keys.insert(0, key.text.clone());
        map = written.tree.parent(map).ok_or(CannotEdit::NotWritten)?;
    }
    insert_key(written.file, written.tree, map, &keys, value)
}

/// Whether a list or map in the place of `node` has to stand in brackets, or stands there by the
/// author's choice.
fn keeps_brackets(written: Written<'_>, node: NodeId) -> bool {
    written.is_in_brackets(node)
        || written.has_brackets(node)
            && (written.tree.first(node).is_some() || notation_in(written, node) == Notation::Json)
}

/// The new value on one line.
fn line(written: Written<'_>, node: NodeId, value: Value<'_>) -> Result<String, CannotEdit> {
    let notation = if keeps_brackets(written, node) {
        notation_in(written, node)
    } else {
        Notation::Block
    };
    let old = &written.text()[written.range(node)];
    match (&written.node(node).data, &value.0.node(value.1).data) {
        (Data::String(_), Data::String(text)) if notation != Notation::Json => {
            Ok(string_like(old, text, notation))
        }
        _ => flow(value, notation),
    }
}

/// Replaces the value by text on one line.
fn set_line(written: Written<'_>, node: NodeId, text: &str) -> Vec<TextEdit> {
    let range = written.range(node);
    if range.is_empty() {
        let sign = written.missing_sign(node);
        return vec![written.edit(range, format!("{sign}{text}"))];
    }
    let is_below = written.is_block(node) && written.begins_line(range.start);
    match written.head_end(node) {
        Some(head) if is_below => {
            let end = written.end_of_lines(node, range.end);
            let rest = written.line_end(head)
                ..written.end_of_comments(end, written.column(written.entry(node).start));
            if rest.start == head {
                return vec![written.edit(rest, format!(" {text}"))];
            }
            vec![
                written.edit(head..head, format!(" {text}")),
                written.edit(rest, ""),
            ]
        }
        _ => vec![written.edit(range, text)],
    }
}

/// Replaces the value by a list or map without brackets.
fn set_block(written: Written<'_>, node: NodeId, value: Value<'_>) -> Edited {
    let style = Style::of(written);
    let range = written.range(node);
    if written.is_block(node) {
        let column = written.column(range.start);
        let least = least_column(written, node, value, style);
        let deeper = least.saturating_sub(column);
        let text = block(value, column + deeper, style)?;
        return Ok(vec![
            written.edit(range, format!("{}{text}", " ".repeat(deeper))),
        ]);
    }
    let Some(head) = written.head_end(node) else {
        let column = written.column(range.start);
        return Ok(written.replace_first_line(range, &block(value, column, style)?));
    };
    if written.node(node).key.is_none() && written.anchor(node).is_none() {
        let column = written.column(head) + 1;
        let text = format!(" {}", block(value, column, style)?);
        return Ok(written.replace_first_line(head..range.end, &text));
    }
    let column = least_column(written, node, value, style);
    let text = format!(
        "{}{}{}",
        style.line_break,
        " ".repeat(column),
        block(value, column, style)?
    );
    let end = written.line_end(range.end);
    let mut edits = vec![written.edit(end..end, text)];
    if head < range.end {
        edits.push(written.edit(head..range.end, ""));
    }
    Ok(edits)
}

/// The column of a list or map below its key or dash.
fn least_column(written: Written<'_>, node: NodeId, value: Value<'_>, style: Style) -> usize {
    match &written.node(node).key {
        Some(key) => written.column(key.span.start as usize) + below_key(value, style),
        None => written
            .dash(node)
            .map_or(0, |dash| written.column(dash) + 2),
    }
}
