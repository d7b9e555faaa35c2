//! The cases of yaml-test-suite.
#![expect(clippy::disallowed_methods, reason = "the test lists its own data")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use graph::NodeId;
use serde_json::Value;
use tests::{corpora, json};

/// One case of the suite.
pub(crate) struct Case {
    pub(crate) id: String,
    /// The YAML text.
    pub(crate) text: String,
    /// Whether the suite says that the text is not YAML.
    pub(crate) invalid: bool,
    /// The values of its documents, where the suite knows them.
    pub(crate) json: Option<Vec<Value>>,
}

/// The cases of the suite, or none where it is not there.
pub(crate) fn all() -> Vec<Case> {
    let Some(folder) = corpora::folder("yaml-test-suite") else {
        return Vec::new();
    };
    let entries = std::fs::read_dir(folder).expect("the suite is readable");
    let paths: BTreeSet<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    let is_yaml = |path: &&PathBuf| path.extension().is_some_and(|found| found == "yaml");
    paths
        .iter()
        .filter(is_yaml)
        .flat_map(|path| of_file(path))
        .collect()
}

fn of_file(path: &Path) -> Vec<Case> {
    let yaml = json::read(&corpora::text(path));
    let tree = &yaml
        .documents
        .first()
        .expect("a file of the suite holds cases")
        .tree;
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let cases = tree.children(NodeId::ROOT).enumerate();
    let cases = cases.filter_map(|(number, case)| {
        Some(Case {
            id: format!("{name}-{number:02}"),
            text: unmark(tree.text(case, "yaml")?),
            invalid: tree.get(case, "fail").is_some(),
            json: tree.text(case, "json").map(|json| values(json)),
        })
    });
    cases.collect()
}

fn values(json: &str) -> Vec<Value> {
    serde_json::Deserializer::from_str(json)
        .into_iter()
        .collect::<Result<_, _>>()
        .expect("JSON of the suite")
}

/// Puts the characters into the text that the suite writes as visible marks.
fn unmark(text: &str) -> String {
    let mut out = String::new();
    let mut dashes = 0;
    for character in text.chars() {
        match character {
            '—' => {
                dashes += 1;
                continue;
            }
            '»' => {
                dashes = 0;
                out.push('\t');
                continue;
            }
            _ => out.extend(std::iter::repeat_n('—', std::mem::take(&mut dashes))),
        }
        match character {
            '␣' => out.push(' '),
            '←' => out.push('\r'),
            '⇔' => out.push('\u{feff}'),
            '↵' => {}
            other => out.push(other),
        }
    }
    match out.strip_suffix("∎\n") {
        Some(cut) => cut.to_owned(),
        None => out,
    }
}
