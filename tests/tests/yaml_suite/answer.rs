//! What is made of the documents of a wrapped case: by us, and by `kubectl`, whose answers are recorded.
#![expect(
    clippy::disallowed_methods,
    reason = "what kubectl reads is written here"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::Command;

use graph::NodeId;
use serde_json::Value;
use tests::{conformance, json};

use crate::case::Case;
use crate::wrap::wrap;

const RECORDED: &str = "yaml/kubectl.tsv";

const RECORD: &str = "SCANTLING_RECORD";

/// The command that renews the recorded answers.
const COMMAND: &str = "SCANTLING_RECORD=1 cargo test -p tests --test yaml_suite";

/// The values of the documents of a case, each the field of an object; `None` is that they are refused.
pub(crate) type Answer = Option<Vec<Value>>;

/// Our answer to a wrapped case.
pub(crate) fn ours(wrapped: &str) -> Answer {
    let yaml = json::read(wrapped);
    if !yaml.problems.is_empty() {
        return None;
    }
    let documents = yaml.documents.iter().map(|document| {
        let tree = &document.tree;
        Some(json::value(tree, tree.get(NodeId::ROOT, "value")?))
    });
    documents.collect()
}

/// The cases that can be wrapped, each with its wrapped text and the answer of `kubectl`.
pub(crate) fn of_kubectl(cases: &[Case]) -> Vec<(&Case, String, Answer)> {
    if std::env::var_os(RECORD).is_some() && !cases.is_empty() {
        record(cases);
    }
    let mut recorded = recorded();
    let wrapped = cases
        .iter()
        .filter_map(|case| Some((case, wrap(&case.text)?)));
    let answered = wrapped.map(|(case, wrapped)| match recorded.remove(&case.id) {
        Some((known, answer)) if known == hash(&case.text) => (case, wrapped, answer),
        _ => panic!(
            "no answer is recorded for the text of {}; run: {COMMAND}",
            case.id
        ),
    });
    answered.collect()
}

/// Asks `kubectl`.
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
    let text = conformance::read(RECORDED);
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
        format!("# Answers of kubectl 1.32 to yaml-test-suite (MIT). Renewed by: {COMMAND}\n");
    for case in cases {
        if let Some(wrapped) = wrap(&case.text) {
            let answer = serde_json::to_string(&ask(&wrapped)).expect("JSON is writable");
            let _ = writeln!(out, "{}\t{}\t{answer}", case.id, hash(&case.text));
        }
    }
    conformance::write(RECORDED, &out);
}

/// Whether two answers are the same.
pub(crate) fn are_same(a: &Answer, b: &Answer) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b)),
        (None, None) => true,
        _ => false,
    }
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
