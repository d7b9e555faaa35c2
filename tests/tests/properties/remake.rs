//! Resources of one example, made fit for another: with other names, in another namespace.

use graph::{Data, Namespace, NodeId, Resource, SmolStr, Tree};
use source::{FileId, SourceFile, TextEdit};

use crate::inputs::value;
use crate::project::{Project, is_written};

/// The text of a resource in which some words are others, in a namespace. Words are whole values.
pub(crate) fn remade(
    project: &Project,
    resource: &Resource,
    words: &[(&SmolStr, &SmolStr)],
    namespace: &Namespace,
) -> String {
    let file = &project.files[resource.span().file.0 as usize];
    let text = renamed(file.slice(resource.span()), words);
    match (namespace, &resource.namespace) {
        (Namespace::Cluster, _) | (_, Namespace::Cluster) => text,
        (Namespace::Named(name), _) => moved(&text, Some(name)),
        (Namespace::Unset, _) => moved(&text, None),
    }
}

fn renamed(text: &str, words: &[(&SmolStr, &SmolStr)]) -> String {
    let (file, tree) = read(text);
    let mut edits: Vec<TextEdit> = Vec::new();
    let mut open = vec![NodeId::ROOT];
    while let Some(node) = open.pop() {
        open.extend(tree.children(node));
        let word = tree.as_text(node);
        let Some((_, new)) = words.iter().find(|(old, _)| Some(*old) == word) else {
            continue;
        };
        let new = Tree::new(Data::String((*new).clone()), tree.node(node).span);
        let edit = yaml::edit::set(&file, &tree, node, (&new, NodeId::ROOT));
        edits.extend(edit.expect("a word can be set"));
    }
    source::apply(text, &edits).expect("words do not overlap")
}

/// The text of a resource with a namespace, or without.
fn moved(text: &str, namespace: Option<&SmolStr>) -> String {
    let (file, tree) = read(text);
    let Some(metadata) = tree.get(NodeId::ROOT, "metadata") else {
        return text.to_owned();
    };
    let written = tree
        .get(metadata, "namespace")
        .filter(|node| is_written(&tree, *node));
    let edits = match (namespace, written) {
        (Some(name), _) => {
            let key = [SmolStr::from("namespace")];
            let name = Tree::new(Data::String(name.clone()), file.span());
            yaml::edit::insert_key(&file, &tree, metadata, &key, (&name, NodeId::ROOT))
        }
        (None, Some(node)) => yaml::edit::remove(&file, &tree, node),
        (None, None) => return text.to_owned(),
    };
    let edits = edits.expect("a namespace can be set and removed");
    source::apply(text, &edits).expect("one change does not overlap")
}

fn read(text: &str) -> (SourceFile, Tree) {
    let file = SourceFile::new(FileId(u32::MAX), "value.yaml", text);
    (file, value(text))
}
