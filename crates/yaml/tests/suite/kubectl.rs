//! The reading beside that of `kubectl`, which is the definition, on scalars, keys and structures.
//!
//! Each case stands behind `value:` in an object. `SCANTLING_RECORD=1 cargo test -p yaml kubectl`
//! renews the answers with the `kubectl` on the path; a new case is a line without an answer.
#![expect(
    clippy::disallowed_methods,
    reason = "the test reads its data and no scanned input"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use graph::NodeId;
use serde_json::{Value, json};
use source::{FileId, SourceFile};

use crate::support::{read, value};

const FIRST_LINE: &str = "# Cases with the answers of kubectl 1.32. Renewed by: SCANTLING_RECORD=1 cargo test -p yaml kubectl";

/// `{"value": …}`, or the text `refused`.
fn refused() -> Value {
    json!("refused")
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/kubectl.jsonl")
}

fn wrap(case: &str) -> String {
    format!("apiVersion: example.dev/v1\nkind: Case\nmetadata: {{name: x}}\nvalue:{case}\n")
}

fn ours(case: &str) -> Value {
    let file = SourceFile::new(FileId(0), "case.yaml", wrap(case));
    let yaml = read(&file);
    // What is taken differently elsewhere is no error; what kubectl refuses must not go without a
    // word.
    let warned = yaml.problems.iter().any(|problem| {
        !matches!(
            problem.code,
            "duplicate-key" | "merge-override" | "shallow-indentation" | "joined-comment"
        )
    });
    let tree = yaml.documents.first().map(|document| &document.tree);
    match tree.and_then(|tree| Some((tree, tree.get(NodeId::ROOT, "value")?))) {
        Some((tree, node)) if !warned => json!({"value": value(tree, node)}),
        _ => refused(),
    }
}

fn kubectl(case: &str) -> Value {
    let file = std::env::temp_dir().join("scantling-kubectl-case.yaml");
    std::fs::write(&file, wrap(case)).expect("the temporary folder is writable");
    let arguments = ["annotate", "--local", "-o", "json", "asked=yes", "-f"];
    let output = Command::new("kubectl")
        .args(arguments)
        .arg(file)
        .output()
        .expect("kubectl runs");
    if !output.status.success() {
        return refused();
    }
    let object: Value = serde_json::from_slice(&output.stdout).expect("kubectl writes JSON");
    json!({"value": object["value"]})
}

/// JSON writes numbers in more than one way, and its readers round them differently in the last
/// bit.
fn is_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => {
            match (a.as_i64(), b.as_i64(), a.as_f64(), b.as_f64()) {
                (Some(a), Some(b), ..) => a == b,
                (.., Some(a), Some(b)) => (a - b).abs() <= a.abs() * f64::EPSILON,
                _ => false,
            }
        }
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

#[test]
fn scalars_keys_and_structures_are_read_like_kubectl_reads_them() {
    let text = std::fs::read_to_string(data()).expect("the cases are there");
    let cases = text
        .lines()
        .skip(1)
        .map(|line| serde_json::from_str::<Value>(line).expect("a case is JSON"));
    let mut cases: Vec<Value> = cases.collect();
    if std::env::var_os("SCANTLING_RECORD").is_some() {
        let mut out = format!("{FIRST_LINE}\n");
        for case in &mut cases {
            case["answer"] = kubectl(case["yaml"].as_str().unwrap_or_default());
            let _ = writeln!(out, "{case}");
        }
        std::fs::write(data(), out).expect("the data folder is writable");
    }
    let mut wrong = String::new();
    for case in &cases {
        let found = ours(case["yaml"].as_str().unwrap_or_default());
        // A case says why ours differs, where it has to.
        if is_same(&found, &case["answer"]) != case["differs"].is_null() {
            let _ = writeln!(wrong, "{case}\n    ours: {found}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
