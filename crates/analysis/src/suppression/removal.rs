//! Taking directives away that hide nothing.

use graph::{NodeId, Tree};
use source::{SourceFile, Span, TextEdit};

use super::directive::Written;
use crate::config::NAME;

/// What stands between the directives of one annotation.
const BETWEEN: [char; 2] = [';', '\n'];

/// The edits that take a directive of ours away that stands at a place: a comment, the value of an annotation, an entry of the
/// configuration, or the name of one of its checks. `unused` is how many names of checks there hide nothing, where that may not be
/// all: nothing is taken away that may hide something, or that is no directive.
#[must_use]
pub fn without_directive(
    file: &SourceFile,
    place: Span,
    unused: Option<usize>,
) -> Option<Vec<TextEdit>> {
    if file.slice(place).starts_with(['#', '/']) {
        return Some(vec![without_comment(file, place, unused)?]);
    }
    let yaml = yaml::read(file, &yaml::Options::default());
    let mut trees = yaml.documents.iter().map(|document| &document.tree);
    match file.path.ends_with(NAME) {
        true => without_entry(file, trees.next()?, place),
        false => trees.find_map(|tree| without_annotation(file, tree, place, unused)),
    }
}

/// Removes a comment: with its line where it stands alone, else with what is before it up to the text.
fn without_comment(file: &SourceFile, span: Span, unused: Option<usize>) -> Option<TextEdit> {
    let (_, directive) = file.slice(span).split_once("scantling:ignore")?;
    let names = Written::read(directive).names.len();
    if unused.is_some_and(|unused| unused != names) {
        return None;
    }
    let text = &*file.text;
    let before = text.get(..span.start as usize)?;
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let indent = before.get(line..)?;
    let rest = text.get(span.end as usize..)?;
    let (start, end) = match indent.trim().is_empty() {
        true => (
            line,
            span.end as usize + rest.find('\n').map_or(rest.len(), |at| at + 1),
        ),
        false => (line + indent.trim_end().len(), span.end as usize),
    };
    let number = |at: usize| u32::try_from(at).ok();
    Some(TextEdit {
        span: Span::new(file.id, number(start)?, number(end)?),
        text: String::new(),
    })
}

/// Removes an entry of the configuration, and with the last one their list; or one of the checks that an entry names.
fn without_entry(file: &SourceFile, tree: &Tree, place: Span) -> Option<Vec<TextEdit>> {
    let list = tree.get(NodeId::ROOT, "suppress")?;
    let is_here = |node: &NodeId| tree.node(*node).span == place;
    let found = tree.children(list).find_map(|entry| match is_here(&entry) {
        true => Some(without_last(tree, entry)),
        false => tree.children(tree.get(entry, "checks")?).find(is_here),
    });
    yaml::edit::remove(file, tree, found?).ok()
}

fn without_annotation(
    file: &SourceFile,
    tree: &Tree,
    value: Span,
    unused: Option<usize>,
) -> Option<Vec<TextEdit>> {
    let node = annotation(tree, NodeId::ROOT, value)?;
    let text = tree.as_text(node)?;
    let is_named_by_key = tree.node(node).key.as_ref()?.text.contains("ignore.");
    let names = Written::read(text).names.len();
    if text.trim().contains(BETWEEN)
        || !is_named_by_key && unused.is_some_and(|unused| unused != names)
    {
        return None;
    }
    yaml::edit::remove(file, tree, without_last(tree, node)).ok()
}

/// What goes with an element: all of its list or map where there is no other, as that is not worth a line.
fn without_last(tree: &Tree, node: NodeId) -> NodeId {
    let around = tree.parent(node);
    let around = around.filter(|around| tree.children(*around).count() == 1);
    around.unwrap_or(node)
}

fn annotation(tree: &Tree, node: NodeId, value: Span) -> Option<NodeId> {
    let written = tree.node(node);
    let key = written.key.as_ref();
    let is_ours = key.is_some_and(|key| key.text.starts_with("scantling.dev/ignore"));
    if is_ours && written.span == value {
        return Some(node);
    }
    let mut children = tree.children(node);
    children.find_map(|child| annotation(tree, child, value))
}

#[cfg(test)]
mod tests {
    use source::FileId;

    use super::*;

    /// The text without the directive that stands between marks, of which one name hides nothing.
    #[track_caller]
    fn check(path: &str, marked: &str, expected: Option<&str>) {
        let start = marked.find('<').unwrap();
        let end = marked.find('>').unwrap() - 1;
        let text = marked.replace(['<', '>'], "");
        let file = SourceFile::new(FileId(0), path, text.as_str());
        let number = |at: usize| u32::try_from(at).unwrap();
        let span = Span::new(FileId(0), number(start), number(end));
        let found = without_directive(&file, span, Some(1)).map(|mut edits| {
            let mut text = text.clone();
            edits.sort();
            for edit in edits.iter().rev() {
                text.replace_range(edit.span.range(), &edit.text);
            }
            text
        });
        assert_eq!(found.as_deref(), expected, "{marked}");
    }

    #[test]
    fn an_annotation_goes_with_a_map_that_has_no_other() {
        check(
            "a.yaml",
            "metadata:\n  name: a\n  annotations:\n    scantling.dev/ignore: <host-pid why>\n    other: b\n",
            Some("metadata:\n  name: a\n  annotations:\n    other: b\n"),
        );
        check(
            "a.yaml",
            "metadata:\n  name: a\n  annotations:\n    scantling.dev/ignore.host-pid: <why>\nspec: {}\n",
            Some("metadata:\n  name: a\nspec: {}\n"),
        );
    }

    #[test]
    fn a_comment_goes_with_its_line_where_that_has_nothing_else() {
        check(
            "a.yaml",
            "a: 1\n  <# scantling:ignore host-pid why>\nb: 2\n",
            Some("a: 1\nb: 2\n"),
        );
        check(
            "a.tf",
            "a = 1 <// scantling:ignore host-pid why>\nb = 2\n",
            Some("a = 1\nb = 2\n"),
        );
    }

    #[test]
    fn an_entry_goes_with_a_list_that_has_no_other() {
        check(
            "scantling.yaml",
            "suppress:\n- <checks: [host-pid]\n  reason: why>\n- checks: [host-ipc]\n  reason: why\n",
            Some("suppress:\n- checks: [host-ipc]\n  reason: why\n"),
        );
        check(
            "scantling.yaml",
            "complete: true\nsuppress:\n- <{checks: [host-pid], reason: why}>\n",
            Some("complete: true\n"),
        );
    }

    #[test]
    fn of_several_names_only_the_unused_one_goes() {
        check(
            "scantling.yaml",
            "suppress:\n- checks: [host-pid, <host-ipc>]\n  reason: why\n",
            Some("suppress:\n- checks: [host-pid]\n  reason: why\n"),
        );
        check(
            "a.yaml",
            "a: 1 <# scantling:ignore host-pid,host-ipc why>\n",
            None,
        );
        check(
            "a.yaml",
            "metadata:\n  annotations: {scantling.dev/ignore: <'host-pid,host-ipc why'>}\n",
            None,
        );
    }

    #[test]
    fn what_may_hide_something_stays() {
        check(
            "a.yaml",
            "metadata:\n  annotations: {scantling.dev/ignore: <'host-pid why; host-ipc why'>}\n",
            None,
        );
        check(
            "a.yaml",
            "metadata:\n  annotations: {other: <host-pid why>}\n",
            None,
        );
    }
}
