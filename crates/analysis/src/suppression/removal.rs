//! Taking annotations away that hide nothing.

use graph::{NodeId, Tree};
use source::{SourceFile, Span, TextEdit};

/// What stands between the directives of one annotation.
const BETWEEN: [char; 2] = [';', '\n'];

/// The edits that take an annotation of ours away whose value stands at a place; nothing where another stands there, or one that
/// holds several directives, of which some may hide something.
#[must_use]
pub fn without_annotation(file: &SourceFile, value: Span) -> Option<Vec<TextEdit>> {
    let yaml = yaml::read(file, &yaml::Options::default());
    let mut documents = yaml.documents.iter();
    documents.find_map(|document| {
        let tree = &document.tree;
        let node = annotation(tree, NodeId::ROOT, value)?;
        let text = tree.as_text(node)?;
        if text.trim().contains(BETWEEN) {
            return None;
        }
        let map = tree.parent(node)?;
        // Without its last entry the map is not worth a line.
        let is_last = tree.children(map).count() == 1;
        yaml::edit::remove(file, tree, if is_last { map } else { node }).ok()
    })
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

    /// The text without the annotation, of which the value stands between marks.
    #[track_caller]
    fn check(marked: &str, expected: Option<&str>) {
        let start = marked.find('<').unwrap();
        let end = marked.find('>').unwrap() - 1;
        let text = marked.replace(['<', '>'], "");
        let file = SourceFile::new(FileId(0), "a.yaml", text.as_str());
        let number = |at: usize| u32::try_from(at).unwrap();
        let span = Span::new(FileId(0), number(start), number(end));
        let found = without_annotation(&file, span).map(|mut edits| {
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
            "metadata:\n  name: a\n  annotations:\n    scantling.dev/ignore: <host-pid why>\n    other: b\n",
            Some("metadata:\n  name: a\n  annotations:\n    other: b\n"),
        );
        check(
            "metadata:\n  name: a\n  annotations:\n    scantling.dev/ignore.host-pid: <why>\nspec: {}\n",
            Some("metadata:\n  name: a\nspec: {}\n"),
        );
    }

    #[test]
    fn what_may_hide_something_stays() {
        check(
            "metadata:\n  annotations: {scantling.dev/ignore: <'host-pid why; host-ipc why'>}\n",
            None,
        );
        check("metadata:\n  annotations: {other: <host-pid why>}\n", None);
    }
}
