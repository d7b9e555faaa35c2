//! Reading the examples of check files.

use std::cell::RefCell;

use graph::{Data, NodeId, SmolStr, Tree};
use source::Problem;

use super::fields::Fields;
use super::read::{EXAMPLES, no_example};
use super::{CheckText, Example, ExampleFile, Examples, Expectation};

/// The formats in which examples are written. Each is the key of its text, which becomes this file; where there is none, of a
/// map of paths to texts.
const FORMATS: [(&str, Option<&str>); 3] = [
    ("kubernetes", Some("example.yaml")),
    ("terraform", Some("main.tf")),
    ("helm", None),
];

/// Reads the examples of a check file.
#[must_use]
pub fn read_examples(text: &CheckText) -> (Examples, Vec<Problem>) {
    let mut yaml = yaml::read(&text.file, &yaml::Options::default());
    let problems = RefCell::new(std::mem::take(&mut yaml.problems));
    let tree = match yaml.documents.into_iter().next() {
        Some(document) => document.tree,
        None => Tree::new(Data::Null, text.file.span()),
    };
    let mut examples = Vec::new();
    for (key, expectation) in EXAMPLES {
        let list = tree.get(NodeId::ROOT, key);
        let elements: Vec<NodeId> = list
            .map(|list| tree.children(list).collect())
            .unwrap_or_default();
        if elements.is_empty() && expectation != Expectation::Unknown {
            problems
                .borrow_mut()
                .push(no_example(key, text.file.span()));
        }
        examples.extend(
            elements
                .into_iter()
                .filter_map(|node| example(&tree, node, expectation, &problems)),
        );
    }
    (Examples { examples, tree }, problems.into_inner())
}

fn example(
    tree: &Tree,
    node: NodeId,
    expectation: Expectation,
    problems: &RefCell<Vec<Problem>>,
) -> Option<Example> {
    let fields = Fields::new(tree, node, "an example", problems);
    let name = fields.required_text("name");
    let inputs = FORMATS.map(|(format, file)| Some((format, files(&fields, tree, format, file)?)));
    let settings = fields.optional("settings");
    let kubernetes_version = fields.optional_text("kubernetes-version");
    let complete = fields.optional_bool("complete").unwrap_or(false);
    let now = fields.optional_text("now");
    let mut given = inputs.into_iter().flatten();
    let input = given.next();
    if input.is_none() || given.next().is_some() {
        let formats = FORMATS.map(|(format, _)| format).join(", ");
        let message = format!("an example has one of the keys {formats}");
        fields.problem(message, node);
    }
    fields.finish();
    let (format, files) = input?;
    Some(Example {
        expectation,
        name: name?,
        format: format.into(),
        files,
        span: tree.node(node).span,
        settings,
        kubernetes_version,
        complete,
        now,
    })
}

/// The files under the key of a format: the text of one, or a map of paths to texts.
fn files(
    fields: &Fields<'_>,
    tree: &Tree,
    format: &'static str,
    file: Option<&str>,
) -> Option<Vec<ExampleFile>> {
    if let Some(path) = file {
        let text = fields.optional_text(format)?;
        let path = SmolStr::new(path);
        return Some(vec![ExampleFile { path, text }]);
    }
    let map = fields.optional(format)?;
    if tree.node(map).data != Data::Map {
        fields.problem(format!("`{format}` is a map of paths to texts"), map);
    }
    let files = tree.children(map).filter_map(|child| {
        let path = tree.node(child).key.as_ref()?.text.clone();
        let text = fields.as_text(child, format)?;
        Some(ExampleFile { path, text })
    });
    Some(files.collect())
}
