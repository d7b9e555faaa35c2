//! Inserts keys and items.

use std::ops::Range;

use graph::{Data, Key, NodeId, SmolStr, Tree};
use source::{SourceFile, Span};

use super::place::Written;
use super::scalar::Notation;
use super::set::set;
use super::style::{Style, notation_in};
use super::write::{block_entry, block_item, entry, flow};
use super::{CannotEdit, Edited, Value};
use crate::layout::skip_blanks;

pub(super) fn insert_key(
    file: &SourceFile,
    tree: &Tree,
    parent: NodeId,
    keys: &[SmolStr],
    value: Value<'_>,
) -> Edited {
    let written = Written { file, tree };
    let Some((key, rest)) = keys.split_first() else {
        return set(file, tree, parent, value);
    };
    let child = match tree.node(parent).data {
        Data::Map if written.is_written(parent) => tree
            .get(parent, key)
            .filter(|child| written.is_written(*child)),
        Data::Map | Data::Null => {
            let map = nested(keys, value, written.node(parent).span);
            return set(file, tree, parent, (&map, NodeId::ROOT));
        }
        _ => return Err(CannotEdit::NotAMap),
    };
    match child {
        Some(child) => insert_key(file, tree, child, rest, value),
        None => {
            let map = nested(keys, value, written.node(parent).span);
            insert(written, parent, (&map, NodeId::ROOT))
        }
    }
}

pub(super) fn insert_item(
    file: &SourceFile,
    tree: &Tree,
    list: NodeId,
    value: Value<'_>,
) -> Edited {
    let written = Written { file, tree };
    let mut items = Tree::new(Data::List, written.node(list).span);
    items.copy(NodeId::ROOT, None, value.0, value.1);
    match tree.node(list).data {
        Data::List if written.is_written(list) => insert(written, list, (&items, NodeId::ROOT)),
        Data::Null => set(file, tree, list, (&items, NodeId::ROOT)),
        _ => Err(CannotEdit::NotAList),
    }
}

/// Maps in maps under `keys`, with the value in the innermost.
fn nested(keys: &[SmolStr], (value, node): Value<'_>, span: Span) -> Tree {
    let mut tree = Tree::new(Data::Map, span);
    let mut map = NodeId::ROOT;
    for (index, key) in keys.iter().enumerate() {
        let key = Some(Key {
            text: key.clone(),
            span,
        });
        if index + 1 == keys.len() {
            tree.copy(map, key, value, node);
        } else {
            map = tree.push(map, key, Data::Map, span);
        }
    }
    tree
}

/// Adds the only child of `addition`, a list or map, to the end of a list or map.
fn insert(written: Written<'_>, node: NodeId, addition: Value<'_>) -> Edited {
    let node = written.original_value(node).ok_or(CannotEdit::Elsewhere)?;
    let is_open_block =
        !written.is_in_brackets(node) && notation_in(written, node) != Notation::Json;
    if written.has_brackets(node) && is_open_block && written.is_blank_inside(node) {
        return set(written.file, written.tree, node, addition);
    }
    if written.has_brackets(node) {
        insert_in_brackets(written, node, addition)
    } else {
        insert_lines(written, node, addition)
    }
}

/// Adds lines behind the last child.
fn insert_lines(written: Written<'_>, node: NodeId, (addition, root): Value<'_>) -> Edited {
    let Some(child) = addition.first(root) else {
        return Ok(Vec::new());
    };
    let style = Style::of(written);
    let range = written.range(node);
    let column = written.column(range.start);
    let text = match &addition.node(child).key {
        Some(key) => block_entry(&key.text, (addition, child), column, style)?,
        None => block_item((addition, child), column, style)?,
    };
    let end = written.end_of_lines(node, range.end);
    Ok(vec![written.edit(
        end..end,
        format!("{}{}{text}", style.line_break, " ".repeat(column)),
    )])
}

/// Adds a comma and the child behind the last one.
fn insert_in_brackets(written: Written<'_>, node: NodeId, (addition, root): Value<'_>) -> Edited {
    let Some(child) = addition.first(root) else {
        return Ok(Vec::new());
    };
    let notation = notation_in(written, node);
    let text = flow((addition, child), notation)?;
    let text = match &addition.node(child).key {
        Some(key) => entry(&key.text, &text, notation),
        None => text,
    };
    let Some(last) = written.last_in_brackets(node) else {
        let inside = written.inside(node);
        let range = if written.is_blank_inside(node) {
            inside
        } else {
            inside.start..inside.start
        };
        return Ok(vec![written.edit(range, text)]);
    };
    let comma = if last.has_comma { "" } else { "," };
    if !written.begins_line(last.entry.start) {
        return Ok(vec![
            written.edit(last.end..last.end, format!("{comma} {text}")),
        ]);
    }
    let indent = " ".repeat(written.column(last.entry.start));
    let line = format!("{}{indent}{text}", written.line_break());
    let end = written.line_end(last.end);
    // What follows on the line is a comment, or the closing bracket.
    if written.text()[last.end..end].trim_start().starts_with('#') {
        return Ok(vec![
            written.edit(last.end..last.end, comma),
            written.edit(end..end, line),
        ]);
    }
    Ok(vec![
        written.edit(last.end..last.end, format!("{comma}{line}")),
    ])
}

/// The last entry in brackets.
struct Last {
    entry: Range<usize>,
    /// The end of the entry, or of the comma behind it.
    end: usize,
    has_comma: bool,
}

impl Written<'_> {
    /// The range between the brackets.
    fn inside(self, node: NodeId) -> Range<usize> {
        let range = self.range(node);
        let end = if self.text()[range.clone()].ends_with([']', '}']) {
            range.end - 1
        } else {
            range.end
        };
        range.start + 1..end.max(range.start + 1)
    }

    fn is_blank_inside(self, node: NodeId) -> bool {
        self.text()[self.inside(node)].trim().is_empty()
    }

    fn last_in_brackets(self, node: NodeId) -> Option<Last> {
        let inside = self.inside(node);
        let entries = self.tree.children(node).map(|child| self.entry(child));
        let entries =
            entries.filter(|entry| inside.start <= entry.start && entry.end <= inside.end);
        let entry = entries.max_by_key(|entry| entry.end);
        let behind = entry.as_ref().map_or(inside.start, |entry| entry.end);
        let comma = skip_blanks(self.bytes(), behind);
        let has_comma = comma < inside.end && self.bytes()[comma] == b',';
        let end = if has_comma { comma + 1 } else { behind };
        // A merge key leaves no child of its own.
        let rest = skip_blanks(self.bytes(), end);
        if rest < inside.end {
            let end = inside.start + self.text()[inside].trim_end().trim_end_matches(',').len();
            return Some(Last {
                entry: end..end,
                end,
                has_comma: false,
            });
        }
        entry.map(|entry| Last {
            entry,
            end,
            has_comma,
        })
    }
}
