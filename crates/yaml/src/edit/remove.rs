//! Takes entries and items out.

use graph::{Data, NodeId, Tree};
use source::{SourceFile, TextEdit};

use super::place::Written;
use super::set::set;
use super::{CannotEdit, Edited};
use crate::layout::skip_blanks;

pub(super) fn remove(file: &SourceFile, tree: &Tree, node: NodeId) -> Edited {
    let written = Written { file, tree };
    tree.parent(node).ok_or(CannotEdit::Root)?;
    if !written.is_written(node) {
        return Err(CannotEdit::NotWritten);
    }
    let node = written.original_entry(node).ok_or(CannotEdit::Elsewhere)?;
    let parent = tree.parent(node).ok_or(CannotEdit::Root)?;
    if written.is_in_brackets(node) {
        return Ok(remove_in_brackets(written, node));
    }
    if written.entry(node) == written.range(parent) {
        let empty = match tree.node(parent).data {
            Data::List => Data::List,
            _ => Data::Map,
        };
        let empty = Tree::new(empty, tree.node(parent).span);
        return set(file, tree, parent, (&empty, NodeId::ROOT));
    }
    Ok(vec![remove_lines(written, node)])
}

/// Removes the lines of an entry; behind the dash of an item that holds the entry, the next entry
/// moves up.
fn remove_lines(written: Written<'_>, node: NodeId) -> TextEdit {
    let entry = written.entry(node);
    let end = written.end_of_lines(node, entry.end);
    if written.begins_line(entry.start) {
        let end = written.end_of_comments(end, written.column(entry.start));
        return written.edit(written.whole_lines(entry.start..end), "");
    }
    let next = written.text()[end..].len() - written.text()[end..].trim_start().len();
    written.edit(entry.start..end + next, "")
}

/// Removes an entry with one comma, and with its lines where it has lines of its own.
fn remove_in_brackets(written: Written<'_>, node: NodeId) -> Vec<TextEdit> {
    let entry = written.entry(node);
    let (before, behind) = (written.comma_before(node), written.comma_behind(node));
    let end = behind.map_or(entry.end, |comma| comma + 1);
    let rest = &written.text()[end..written.line_end(end)];
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let has_lines = written.begins_line(entry.start)
        && matches!(rest.as_bytes().get(blanks), None | Some(b'#'));
    let is_joined =
        before.is_some_and(|comma| written.text()[comma + 1..entry.start].trim().is_empty());
    match before {
        _ if has_lines => {
            let lines = written.edit(written.whole_lines(entry.start..written.line_end(end)), "");
            let comma = before
                .filter(|_| behind.is_none())
                .map(|comma| written.edit(comma..comma + 1, ""));
            [Some(lines), comma].into_iter().flatten().collect()
        }
        Some(comma) if is_joined => vec![written.edit(comma..entry.end, "")],
        Some(comma) if behind.is_none() => {
            vec![written.edit(comma..comma + 1, ""), written.edit(entry, "")]
        }
        _ => vec![written.edit(entry.start..end + blanks, "")],
    }
}

impl Written<'_> {
    fn comma_behind(self, node: NodeId) -> Option<usize> {
        let at = skip_blanks(self.bytes(), self.entry(node).end);
        (self.bytes().get(at) == Some(&b',')).then_some(at)
    }

    fn comma_before(self, node: NodeId) -> Option<usize> {
        let start = self.entry(node).start;
        let parent = self.tree.parent(node)?;
        let inside = self.range(parent).start + 1..start;
        let siblings = self.tree.children(parent).filter(|child| *child != node);
        let before = siblings
            .map(|child| (child, self.entry(child).end))
            .filter(|(_, end)| inside.contains(end));
        match before.max_by_key(|(_, end)| *end) {
            Some((sibling, _)) => self.comma_behind(sibling).filter(|comma| *comma < start),
            // A merge key leaves no child of its own.
            None => {
                let text = self.text()[inside.clone()].trim_end();
                text.ends_with(',').then(|| inside.start + text.len() - 1)
            }
        }
    }
}
