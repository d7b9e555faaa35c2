//! The habits of the document's author.

use graph::{Data, NodeId};

use super::place::Written;
use super::scalar::Notation;

/// How nested lists and maps are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    /// How many spaces a map stands deeper than its key.
    pub(super) step: usize,
    /// How many spaces the dashes of a list stand deeper than its key.
    pub(super) dashes: usize,
    pub(super) line_break: &'static str,
}

impl Style {
    /// The style of the first nested list and map of the document.
    pub(super) fn of(written: Written<'_>) -> Self {
        let mut style = Self {
            step: 2,
            dashes: 0,
            line_break: written.line_break(),
        };
        let (mut seen_map, mut seen_list) = (false, false);
        let mut work = vec![NodeId::ROOT];
        while let Some(node) = work.pop()
            && !(seen_map && seen_list)
        {
            work.extend(written.tree.children(node));
            let Some(deeper) = indentation(written, node) else {
                continue;
            };
            match written.node(node).data {
                Data::Map if deeper > 0 && !seen_map => (style.step, seen_map) = (deeper, true),
                Data::List if !seen_list => (style.dashes, seen_list) = (deeper, true),
                _ => {}
            }
        }
        style
    }
}

/// How much deeper than its key a list or map without brackets stands on lines of its own.
fn indentation(written: Written<'_>, node: NodeId) -> Option<usize> {
    let start = written.range(node).start;
    let key = written.node(node).key.as_ref()?;
    let is_block =
        matches!(written.node(node).data, Data::List | Data::Map) && !written.has_brackets(node);
    let is_nested = is_block && written.tree.passage(node).is_none() && written.begins_line(start);
    is_nested.then(|| {
        written
            .column(start)
            .checked_sub(written.column(key.span.start as usize))
    })?
}

/// The notation of what stands in the brackets of `node`.
pub(super) fn notation_in(written: Written<'_>, node: NodeId) -> Notation {
    let is_json_file = written
        .file
        .path
        .extension()
        .is_some_and(|extension| extension == "json");
    let outermost = std::iter::successors(Some(node), |node| written.tree.parent(*node))
        .filter(|node| written.has_brackets(*node))
        .last();
    let has_quoted_key = outermost.and_then(|node| {
        written
            .tree
            .children(node)
            .find_map(|child| written.node(child).key.as_ref())
    });
    let has_quoted_key = has_quoted_key
        .is_some_and(|key| written.bytes().get(key.span.start as usize) == Some(&b'"'));
    if is_json_file || has_quoted_key {
        Notation::Json
    } else {
        Notation::Flow
    }
}
