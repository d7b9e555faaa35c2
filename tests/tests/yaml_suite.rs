//! The reading of YAML beside that of `kubectl` on the cases of yaml-test-suite, which stand beside
//! this repository.
//!
//! `SCANTLING_RECORD=1 cargo test -p tests --test yaml_suite` renews the recorded answers with the
//! `kubectl` on the path.
#![expect(
    clippy::disallowed_methods,
    reason = "the test reads its data and no scanned input"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use graph::{Data, NodeId, Tree};
use serde_json::{Map, Value};
use source::{FileId, SourceFile};
use yaml::{Options, Yaml};

const RENEW: &str = "SCANTLING_RECORD=1 cargo test -p tests --test yaml_suite";

/// One case of the suite.
struct Case {
    id: String,
    /// The YAML text.
    text: String,
    /// Whether the suite says that the text is not YAML.
    invalid: bool,
    /// The values of its documents, where the suite knows them.
    json: Option<Vec<Value>>,
}

/// What is made of the documents of a case, each the field of an object; `None` is that they are
/// refused.
type Answer = Option<Vec<Value>>;

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("conformance/yaml")
        .join(name)
}

/// The cases of the suite, or none where it is not there.
fn cases() -> Vec<Case> {
    let shared = std::env::var_os("SCANTLING_SHARED").map(PathBuf::from);
    let shared =
        shared.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared"));
    let folder = shared.join("data/corpora/yaml-test-suite");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        // Past the test harness, which shows no output of tests that pass.
        let place = folder.display();
        let _ = writeln!(
            std::io::stderr(),
            "not compared: yaml-test-suite is not at {place} (set SCANTLING_SHARED)"
        );
        return Vec::new();
    };
    let paths: BTreeSet<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths
        .iter()
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .flat_map(|path| cases_of(path))
        .collect()
}

fn cases_of(path: &Path) -> Vec<Case> {
    let text = std::fs::read_to_string(path).expect("the suite is readable");
    let yaml = read(&text);
    let tree = &yaml
        .documents
        .first()
        .expect("a file of the suite holds cases")
        .tree;
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let cases = tree
        .children(NodeId::ROOT)
        .enumerate()
        .filter_map(|(number, case)| {
            let json = tree.text(case, "json").map(|json| {
                serde_json::Deserializer::from_str(json)
                    .into_iter()
                    .collect::<Result<Vec<Value>, _>>()
                    .expect("JSON of the suite")
            });
            Some(Case {
                id: format!("{name}-{number:02}"),
                text: unmark(tree.text(case, "yaml")?),
                invalid: tree.get(case, "fail").is_some(),
                json,
            })
        });
    cases.collect()
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

/// The text with each document as the field of an object, where it can be indented.
fn wrap(text: &str) -> Option<String> {
    if text.contains('\u{feff}') {
        return None;
    }
    let mut out = String::new();
    let mut started = false;
    for line in text.split_inclusive('\n') {
        let is_marker = |marker: &str| {
            line.strip_prefix(marker)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']))
        };
        if line.starts_with('%') && !started || is_marker("...") {
            return None;
        }
        if is_marker("---") {
            started = true;
            begin(&mut out, &line[3..]);
        } else {
            if !started && !line.trim().is_empty() && !line.trim_start().starts_with('#') {
                started = true;
                begin(&mut out, "\n");
            }
            out.push_str("  ");
            out.push_str(line);
        }
    }
    started.then_some(out)
}

fn begin(out: &mut String, rest: &str) {
    let line_break = if out.is_empty() || out.ends_with('\n') {
        ""
    } else {
        "\n"
    };
    let _ = write!(
        out,
        "{line_break}---\napiVersion: example.dev/v1\nkind: Case\nmetadata: {{name: x}}\nvalue:{rest}"
    );
}

fn read(text: &str) -> Yaml {
    let file = SourceFile::new(FileId(0), "case.yaml", text);
    yaml::read(
        &file,
        &Options {
            max_nodes: 100_000,
            max_depth: 200,
            placeholder_tags: false,
        },
    )
}

/// Our answer to a wrapped case.
fn answer(wrapped: &str) -> Answer {
    let yaml = read(wrapped);
    if !yaml.problems.is_empty() {
        return None;
    }
    yaml.documents
        .iter()
        .map(|document| {
            Some(json(
                &document.tree,
                document.tree.get(NodeId::ROOT, "value")?,
            ))
        })
        .collect()
}

fn json(tree: &Tree, node: NodeId) -> Value {
    match &tree.node(node).data {
        Data::Null => Value::Null,
        Data::Bool(value) => (*value).into(),
        Data::Int(value) => (*value).into(),
        Data::Float(value) => (*value).into(),
        Data::String(text) => text.as_str().into(),
        Data::List => tree.children(node).map(|child| json(tree, child)).collect(),
        Data::Map => {
            let entries = tree.children(node).map(|child| {
                let key = tree
                    .node(child)
                    .key
                    .as_ref()
                    .map(|key| key.text.to_string());
                (key.unwrap_or_default(), json(tree, child))
            });
            Value::Object(entries.collect::<Map<String, Value>>())
        }
        Data::Unknown(_) | Data::Partial(_) => "unknown".into(),
    }
}

/// The answer of `kubectl`.
fn ask(wrapped: &str) -> Answer {
    let file = std::env::temp_dir().join("scantling-yaml-suite.yaml");
    std::fs::write(&file, wrapped).expect("the temporary folder is writable");
    let arguments = ["annotate", "--local", "-o", "json", "asked=yes", "-f"];
    let output = Command::new("kubectl")
        .args(arguments)
        .arg(file)
        .output()
        .expect("kubectl runs");
    output.status.success().then_some(())?;
    let objects = serde_json::Deserializer::from_slice(&output.stdout).into_iter::<Value>();
    Some(
        objects
            .map(|object| object.expect("kubectl writes JSON")["value"].clone())
            .collect(),
    )
}

/// FNV-1a: tells when the suite changed under a recorded answer.
fn hash(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

fn recorded() -> BTreeMap<String, (String, Answer)> {
    let text =
        std::fs::read_to_string(data("kubectl.tsv")).expect("the recorded answers are there");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let fields: Vec<&str> = line.splitn(3, '\t').collect();
            let answer = serde_json::from_str(fields[2]).expect("a recorded answer is JSON");
            (fields[0].to_owned(), (fields[1].to_owned(), answer))
        })
        .collect()
}

fn record(cases: &[Case]) {
    let mut out =
        format!("# Answers of kubectl 1.32 to yaml-test-suite (MIT). Renewed by: {RENEW}\n");
    for case in cases {
        if let Some(wrapped) = wrap(&case.text) {
            let answer = serde_json::to_string(&ask(&wrapped)).expect("JSON is writable");
            let _ = writeln!(out, "{}\t{}\t{answer}", case.id, hash(&case.text));
        }
    }
    std::fs::write(data("kubectl.tsv"), out).expect("the data folder is writable");
}

/// The ids in the first column of the table under a heading of the list of differences.
fn listed(heading: &str) -> BTreeSet<String> {
    let text =
        std::fs::read_to_string(data("README.md")).expect("the list of differences is there");
    let section = text
        .split("\n## ")
        .find(|section| section.starts_with(heading))
        .expect("the heading is there");
    let rows = section
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(' ').next());
    rows.filter(|id| id.contains('-') && !id.contains("--"))
        .map(str::to_owned)
        .collect()
}

/// JSON writes numbers in more than one way.
fn is_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(key, a)| b.get(key).is_some_and(|b| is_same(a, b)))
        }
        _ => a == b,
    }
}

fn are_same(a: &Answer, b: &Answer) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b)),
        (None, None) => true,
        _ => false,
    }
}

/// The cases that can be wrapped, each with its wrapped text and the answer that is recorded for
/// it.
fn answered(cases: &[Case]) -> Vec<(&Case, String, Answer)> {
    let mut recorded = recorded();
    let wrapped = cases
        .iter()
        .filter_map(|case| Some((case, wrap(&case.text)?)));
    let answered = wrapped.map(|(case, wrapped)| match recorded.remove(&case.id) {
        Some((known, answer)) if known == hash(&case.text) => (case, wrapped, answer),
        _ => panic!(
            "no answer is recorded for the text of {}; run: {RENEW}",
            case.id
        ),
    });
    answered.collect()
}

fn is_recording() -> bool {
    std::env::var_os("SCANTLING_RECORD").is_some()
}

#[test]
fn wrapped_cases_are_read_like_kubectl_reads_them() {
    let cases = cases();
    if is_recording() && !cases.is_empty() {
        record(&cases);
    }
    let differs = listed("Where we differ from kubectl");
    let mut wrong = String::new();
    for (case, wrapped, expected) in answered(&cases) {
        let found = answer(&wrapped);
        if are_same(&found, &expected) == differs.contains(&case.id) {
            let _ = writeln!(
                wrong,
                "{}: {expected:?}\n   ours: {found:?}\n{wrapped}",
                case.id
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn what_the_suite_calls_invalid_is_a_problem() {
    let silent = cases()
        .into_iter()
        .filter(|case| case.invalid && read(&case.text).problems.is_empty());
    assert_eq!(
        silent.map(|case| case.id).collect::<Vec<_>>(),
        Vec::<String>::new()
    );
}

#[test]
fn disagreements_of_the_suite_with_kubectl_are_listed() {
    let cases = cases();
    // Where the suite knows no JSON of a case, it has no opinion on its values.
    let disagrees = |case: &Case, answer: &Answer| match (&case.json, answer) {
        _ if case.invalid => answer.is_some(),
        (Some(_), None) => true,
        (json @ Some(_), answer) => !are_same(json, answer),
        (None, _) => false,
    };
    let answered = answered(&cases);
    let found = answered
        .iter()
        .filter(|(case, _, answer)| disagrees(case, answer));
    let found: BTreeSet<String> = found.map(|(case, ..)| case.id.clone()).collect();
    if !cases.is_empty() {
        assert_eq!(found, listed("Where the suite and kubectl disagree"));
    }
}
