//! Objects of Kubernetes as resources of Terraform.

mod arguments;
mod hcl;
mod tables;

use std::collections::BTreeMap;

use graph::NodeId;
use serde_json::Value;
use source::{FileId, SourceFile};
use tests::json;

use crate::cases::Case;
use crate::verdicts::File;

/// Stands for what is unknown in an example.
const UNKNOWN: &str = "!unknown";

/// Which fields no argument says, by kind and path, which kinds have no resource of their own, and how often each occurs.
pub(crate) type Unsaid = BTreeMap<String, usize>;

/// The objects of an example.
fn objects(case: &Case) -> Vec<Value> {
    let file = SourceFile::new(FileId(0), "example.yaml", case.text.clone());
    let options = yaml::Options {
        placeholder_tags: true,
        ..yaml::Options::default()
    };
    let documents = yaml::read(&file, &options).documents;
    let unknown = Value::from(UNKNOWN);
    (documents.iter())
        .map(|document| json::value_with(&document.tree, NodeId::ROOT, Some(&unknown)))
        .collect()
}

/// An example as resources for objects of any kind, without what arguments of resources for one kind can't say.
pub(crate) fn manifests(case: &Case) -> Vec<File> {
    let resources = objects(case)
        .into_iter()
        .enumerate()
        .map(|(index, mut object)| {
            arguments::block(&mut object, &mut Unsaid::new());
            manifest(index, &object)
        });
    configuration(case, resources)
}

/// An example as resources for objects of any kind, as it is.
pub(crate) fn whole(case: &Case) -> Vec<File> {
    let objects = objects(case).into_iter().enumerate();
    configuration(
        case,
        objects.map(|(index, object)| manifest(index, &object)),
    )
}

/// The objects of an example as expressions.
pub(crate) fn expressions(case: &Case) -> Vec<String> {
    objects(case).iter().map(hcl::expression).collect()
}

/// An example as resources for objects of one kind each, as far as there are some.
pub(crate) fn typed(case: &Case) -> Vec<File> {
    let resources = objects(case)
        .into_iter()
        .enumerate()
        .map(|(index, mut object)| {
            let block = arguments::block(&mut object, &mut Unsaid::new());
            block.map_or_else(
                || manifest(index, &object),
                |(ty, body)| format!("resource \"{ty}\" \"d{index}\" {{\n{body}}}\n"),
            )
        });
    configuration(case, resources)
}

/// What of an example its resources for objects of one kind do not say.
pub(crate) fn unsaid(case: &Case, unsaid: &mut Unsaid) {
    for mut object in objects(case) {
        if arguments::block(&mut object, unsaid).is_none() {
            let [version, kind] = ["apiVersion", "kind"].map(|key| object[key].as_str());
            let kind = format!(
                "{} {}",
                version.unwrap_or_default(),
                kind.unwrap_or_default()
            );
            *unsaid.entry(kind).or_default() += 1;
        }
    }
}

fn manifest(index: usize, object: &Value) -> String {
    let object = hcl::expression(object);
    format!("resource \"kubernetes_manifest\" \"d{index}\" {{\n  manifest = {object}\n}}\n")
}

/// Each document of an example as an argument of a resource, as it is written: `open` and `close` stand around the text.
pub(crate) fn documents(case: &Case, ty: &str, open: &str, close: &str) -> Vec<File> {
    let file = SourceFile::new(FileId(0), "example.yaml", case.text.clone());
    let documents = yaml::read(&file, &yaml::Options::default()).documents;
    let resource = |(index, document): (usize, &yaml::Document)| {
        let text = file.slice(document.span).trim_start_matches("---");
        let text = text.replace("${", "$${").replace("%{", "%%{");
        format!("resource \"{ty}\" \"d{index}\" {{\n  {open}<<EOT\n{text}\nEOT\n{close}\n}}\n")
    };
    configuration(case, documents.iter().enumerate().map(resource))
}

/// A root module in an environment of its own, so that its objects have no links to those of other examples.
pub(crate) fn configuration(case: &Case, resources: impl Iterator<Item = String>) -> Vec<File> {
    let variables = "variable \"example\" {}\nvariable \"unknown\" {}\n";
    let text = format!("{}{variables}", resources.collect::<String>());
    let is_word = |character: char| character.is_ascii_alphanumeric();
    let environment = case.title().replace(|character| !is_word(character), "-");
    vec![
        ("main.tf".to_owned(), text),
        (format!("{environment}.tfvars"), "example = 1\n".to_owned()),
    ]
}
