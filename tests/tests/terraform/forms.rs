//! The examples of all checks of Kubernetes as resources of Terraform: the findings stand at the same lines.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use analysis::{Fixes, NoProgress, Options};
use check::{Check, Example, Expectation, Library, read_examples};
use serde_json::json;
use source::Memory;
use tests::{json as values, parallel};

/// How a document of YAML stands in a configuration.
const FORMS: [(&str, &str, &str, &str); 2] = [
    ("kubectl_manifest", "yaml_body", "", ""),
    ("kubernetes_manifest", "manifest", "yamldecode(", ")"),
];

/// The comment that marks a line at which a finding must stand.
const MARKER: &str = "# finding";

/// The configuration that declares the documents of a text; none where it holds a list of objects, which no resource takes.
fn configuration(text: &str, form: (&str, &str, &str, &str)) -> Option<String> {
    let (ty, argument, open, close) = form;
    let file = source::SourceFile::new(source::FileId(0), "example.yaml", text);
    let yaml = values::read(text);
    let mut out = String::new();
    for (index, document) in yaml.documents.iter().enumerate() {
        let kind = document.tree.text(graph::NodeId::ROOT, "kind");
        if kind.is_some_and(|kind| kind.ends_with("List")) {
            return None;
        }
        let text = file.slice(document.span);
        let text = text.trim_start_matches("---").replace("${", "$${");
        let text = text.replace("%{", "%%{");
        out += &format!(
            "resource \"{ty}\" \"d{index}\" {{\n  {argument} = {open}<<EOT\n{text}\nEOT\n  {close}\n}}\n"
        );
    }
    Some(out)
}

/// The lines of the findings in a configuration, and those that are marked.
fn lines(
    check: &Check,
    example: &Example,
    settings: &serde_json::Value,
    text: &str,
) -> [BTreeSet<u32>; 2] {
    let config = json!({ "settings": { check.id.as_str(): settings } });
    let mut files = vec![("main.tf", text.to_owned())];
    if !settings.is_null() {
        files.push(("scantling.yaml", config.to_string()));
    }
    let now = example.now.as_ref().map_or(Some(0), |date| {
        let date: jiff::civil::Date = date.parse().ok()?;
        let zoned = date.to_zoned_datetime(jiff::tz::TimeZone::UTC).ok()?;
        Some(zoned.timestamp().as_second())
    });
    let options = Options {
        paths: vec![PathBuf::from("main.tf")],
        select: vec![check.id.to_string()],
        kubernetes_version: example.kubernetes_version.as_ref().map(ToString::to_string),
        complete: example.complete,
        fixes: Fixes::None,
        now,
        ..Options::default()
    };
    let report =
        analysis::scan(&Memory::new(files), &options, &NoProgress).expect("it can be scanned");
    let found = report.findings.iter().map(|finding| {
        let file = report.sources.get(finding.span.file);
        file.position(finding.span.start).line + 1
    });
    let marked = (1..)
        .zip(text.lines())
        .filter(|(_, line)| line.contains(MARKER));
    let marked = marked.filter(|_| example.expectation == Expectation::Fail);
    [found.collect(), marked.map(|(number, _)| number).collect()]
}

fn faults(check: &Arc<Check>) -> Vec<String> {
    let (examples, _) = read_examples(&check.text);
    let mut faults = Vec::new();
    let known = examples
        .examples
        .iter()
        .filter(|example| example.format == "kubernetes" && !example.input.contains("!unknown"));
    for example in known {
        let settings = example.settings.map_or(serde_json::Value::Null, |node| {
            values::value(&examples.tree, node)
        });
        for form in FORMS {
            let Some(text) = configuration(&example.input, form) else {
                continue;
            };
            let [found, marked] = lines(check, example, &settings, &text);
            if found != marked {
                faults.push(format!(
                    "{}: {} as {}: {found:?} instead of {marked:?}\n{text}",
                    check.id, example.name, form.0
                ));
            }
        }
    }
    faults
}

#[test]
fn examples_of_kubernetes_checks_have_the_same_findings() {
    let (library, _) = Library::builtin();
    let faults: Vec<String> = parallel::map(&library.checks, faults)
        .into_iter()
        .flatten()
        .collect();
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}
