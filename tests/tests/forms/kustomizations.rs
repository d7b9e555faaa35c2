//! The examples as kustomizations: objects in a base on which overlays build, or put into empty ones by a patch.

use graph::{Data, NodeId, Tree};
use source::SourceFile;

use crate::cases::Case;
use crate::charts::{documents, marked, numbered, source};
use crate::verdicts::File;

const OBJECTS: &str = "base/objects.yaml";
const PATCH: &str = "change/patch.yaml";

/// An example in a base.
pub(crate) fn base(case: &Case) -> Vec<File> {
    let mut files = vec![
        (OBJECTS.to_owned(), numbered(case)),
        kustomization("base", "resources: [objects.yaml]\n"),
    ];
    files.extend(overlays(case, "resources: [../base]\n"));
    files
}

/// An example of which the base only has the names, and all else is in the patch of a component.
pub(crate) fn patch(case: &Case) -> Vec<File> {
    let file = source(case);
    let documents = documents(case);
    let named = documents.iter();
    let named = named.map(|document| named_only(&file, &document.tree));
    let component = "kind: Component\npatches: [{ path: patch.yaml }]\n";
    let mut files = vec![
        (OBJECTS.to_owned(), named.collect()),
        (PATCH.to_owned(), numbered(case)),
        kustomization("base", "resources: [objects.yaml]\n"),
        kustomization("change", component),
    ];
    let overlay = "resources: [../base]\ncomponents: [../change]\n";
    files.extend(overlays(case, overlay));
    files
}

/// What names an object, with the marks of its lines.
fn named_only(file: &SourceFile, tree: &Tree) -> String {
    let line = |indent: &str, path: &[&str]| {
        let node = tree.at(NodeId::ROOT, path)?;
        let found = tree.node(node);
        let key = found.key.as_ref()?;
        let Data::String(_) = &found.data else {
            return None;
        };
        let (value, mark) = (file.slice(found.span), marked(file, key));
        Some(format!("{indent}{}: {value} {mark}\n", key.text))
    };
    let top = ["apiVersion", "kind"].map(|name| line("", &[name]));
    let names = ["name", "namespace"].map(|name| line("  ", &["metadata", name]));
    let lines = |lines: [Option<String>; 2]| lines.into_iter().flatten().collect::<String>();
    let metadata = tree.get(NodeId::ROOT, "metadata");
    let mark = metadata.and_then(|node| tree.node(node).key.as_ref());
    let mark = mark.map_or("", |key| marked(file, key));
    format!("---\n{}metadata: {mark}\n{}", lines(top), lines(names))
}

/// Two overlays, which are environments of their own, so that their objects have no links to those of other examples.
fn overlays<'a>(case: &Case, text: &'a str) -> impl Iterator<Item = File> + use<'a> {
    let environment = case.environment();
    [format!("{environment}-1"), format!("{environment}-2")]
        .into_iter()
        .map(move |name| kustomization(&name, text))
}

fn kustomization(folder: &str, text: &str) -> File {
    (format!("{folder}/kustomization.yaml"), text.to_owned())
}
