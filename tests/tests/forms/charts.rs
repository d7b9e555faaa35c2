//! The examples as charts of Helm: written in a template, or taken from `values.yaml` by it.

use std::collections::BTreeSet;

use check::Expectation;
use graph::{Data, Key, NodeId, Tree};
use source::{FileId, SourceFile, TextEdit};

use crate::MARKER;
use crate::cases::Case;
use crate::verdicts::{File, Found};

const CHART: &str = "apiVersion: v2\nname: example\nversion: 1.0.0\n";
pub(crate) const CHART_FILE: &str = "Chart.yaml";
pub(crate) const TEMPLATE: &str = "templates/example.yaml";
pub(crate) const VALUES: &str = "values.yaml";

/// An example as it stands in a template.
pub(crate) fn literal(case: &Case) -> Vec<File> {
    chart(case, escaped(&case.text), String::new())
}

/// An example whose keys at the top of each object are in the template, and all below them is in the values.
pub(crate) fn maps(case: &Case) -> Vec<File> {
    let (file, documents) = (source(case), documents(case));
    let template = documents.iter().enumerate().map(|(index, document)| {
        let tree = &document.tree;
        let keys = tree.children(NodeId::ROOT);
        let lines: String = keys.map(|key| top(&file, tree, key, index)).collect();
        format!("---\n{lines}")
    });
    chart(case, template.collect(), values(case))
}

/// An example of which all scalars of one line are in the values, and the rest is in the template.
pub(crate) fn scalars(case: &Case) -> Vec<File> {
    let (text, mut edits) = (numbered(case), Vec::new());
    for (index, document) in documents(case).iter().enumerate() {
        actions(&text, &document.tree, index, &mut edits);
    }
    edits.sort_by_key(|edit: &TextEdit| edit.span.start);
    edits.dedup_by_key(|edit| edit.span);
    let (mut template, mut end) = (String::new(), 0);
    for edit in edits {
        let range = edit.span.range();
        template += &escaped(&text[end..range.start]);
        template += &edit.text;
        end = range.end;
    }
    template += &escaped(&text[end..]);
    chart(case, template, values(case))
}

/// A chart in an environment of its own, so that its objects have no links to those of other examples.
fn chart(case: &Case, template: String, values: String) -> Vec<File> {
    let environment = case.environment();
    vec![
        (TEMPLATE.to_owned(), template),
        (VALUES.to_owned(), values),
        (format!("values-{environment}.yaml"), "{}\n".to_owned()),
        (CHART_FILE.to_owned(), CHART.to_owned()),
    ]
}

fn escaped(text: &str) -> String {
    text.replace("{{", "{{ \"{{\" }}")
}

/// The text of an example with numbers behind its marks.
pub(crate) fn numbered(case: &Case) -> String {
    let parts = case.text.split(MARKER).enumerate();
    let parts = parts.map(|(index, part)| match index {
        0 => part.to_owned(),
        _ => format!("{MARKER} {index}{part}"),
    });
    parts.collect()
}

pub(crate) fn source(case: &Case) -> SourceFile {
    SourceFile::new(FileId(0), "example.yaml", numbered(case))
}

pub(crate) fn documents(case: &Case) -> Vec<yaml::Document> {
    yaml::read(&source(case), &yaml::Options::default()).documents
}

/// The objects of an example as values `d0`, `d1` …, with all comments.
fn values(case: &Case) -> String {
    let file = source(case);
    let entry = |(index, document): (usize, &yaml::Document)| {
        let text = file.slice(document.span).trim_start_matches("---");
        let lines = text.lines().map(|line| format!("  {line}\n"));
        format!("d{index}:\n{}", lines.collect::<String>())
    };
    documents(case).iter().enumerate().map(entry).collect()
}

/// A key at the top of an object with its value from the values, and the mark that stands behind it.
fn top(file: &SourceFile, tree: &Tree, node: NodeId, index: usize) -> String {
    let found = tree.node(node);
    let Some(key) = &found.key else {
        return String::new();
    };
    let (key, mark) = (&key.text, marked(file, key));
    let value = format!("index .Values.d{index} {key:?}");
    match &found.data {
        Data::List | Data::Map => {
            format!("{key}: {mark}\n  {{{{- toYaml ({value}) | nindent 2 }}}}\n")
        }
        Data::String(_) => format!("{key}: {{{{ {value} | quote }}}} {mark}\n"),
        _ => format!("{key}: {{{{ toYaml ({value}) }}}} {mark}\n"),
    }
}

/// The mark in the line of a key, if there is one.
pub(crate) fn marked<'a>(file: &'a SourceFile, key: &Key) -> &'a str {
    let line = file.text[key.span.range().start..].lines().next();
    let mark = line.and_then(|line| Some(&line[line.find(MARKER)?..]));
    mark.unwrap_or_default()
}

/// The edits that replace scalars by actions that print them.
fn actions(text: &str, tree: &Tree, index: usize, edits: &mut Vec<TextEdit>) {
    let mut open = vec![(NodeId::ROOT, format!("index .Values.d{index}"))];
    while let Some((node, value)) = open.pop() {
        for (place, child) in tree.children(node).enumerate() {
            let key = tree.node(child).key.as_ref();
            let step = key.map_or_else(|| place.to_string(), |key| format!("{:?}", key.text));
            open.push((child, format!("{value} {step}")));
        }
        let found = tree.node(node);
        let written = &text[found.span.range()];
        let action = match &found.data {
            _ if written.is_empty() || written.contains(['\n', '&', '*']) => None,
            Data::String(_) => Some(format!("{{{{ {value} | quote }}}}")),
            Data::Bool(_) | Data::Int(_) | Data::Float(_) => Some(format!("{{{{ {value} }}}}")),
            _ => None,
        };
        edits.extend(action.map(|text| TextEdit {
            span: found.span,
            text,
        }));
    }
}

/// What is wrong with the places of the findings in a chart: each marked line of the example has one, in one of the files, and
/// none stands at an action.
pub(crate) fn misplaced(case: &Case, files: &[File], found: &BTreeSet<Found>) -> Option<String> {
    let number = |one: &Found| {
        let (_, text) = files.iter().find(|(name, _)| *name == one.file)?;
        let line = text.lines().nth(one.line as usize - 1)?;
        let (_, number) = line.split_once(MARKER)?;
        number.trim().parse::<usize>().ok()
    };
    let is_right = |one: &Found| number(one).is_some() && !one.text.starts_with("{{");
    let places: BTreeSet<usize> = found.iter().filter_map(number).collect();
    let expected = match case.expectation {
        Expectation::Fail => case.text.matches(MARKER).count(),
        _ => 0,
    };
    let is_right = places.len() == expected && found.iter().all(is_right);
    (!is_right).then(|| format!("{}: {found:?}", case.title()))
}
