//! Questions about access have the same answers over files and over a server to which these are applied.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::drift::{apply_shop, declared};
use crate::live::{report, scantling, scantling_files};

/// What is asked, and the keys of answers that hold what is compared.
const QUESTIONS: [(&[&str], &str); 4] = [
    (&["who-can", "get", "secrets", "-n", "shop"], "holders"),
    (&["can", "sa:platform/deployer"], "holdings"),
    (&["paths", "--no-cuts"], "paths"),
    (&["graph"], "edges"),
];

/// An element of an answer without places, which a server does not know.
fn told(element: &Value) -> String {
    match element {
        Value::Object(map) => {
            let keys = [
                "from",
                "to",
                "way",
                "hops",
                "subject",
                "namespace",
                "address",
                "binding",
                "role",
                "verdict",
                "text",
            ];
            let parts = keys
                .into_iter()
                .filter_map(|key| Some((key, map.get(key)?)));
            let parts = parts.filter(|(_, value)| !value.is_null());
            let parts = parts.map(|(key, value)| format!("{key}: {}", told(value)));
            format!("{{{}}}", parts.collect::<Vec<_>>().join(", "))
        }
        Value::Array(all) => {
            format!("[{}]", all.iter().map(told).collect::<Vec<_>>().join(", "))
        }
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The elements of all answers that name something of the demo.
fn elements(answer: &Value, key: &str) -> BTreeSet<String> {
    let answers = answer["answers"].as_array().into_iter().flatten();
    let all = answers.flat_map(|answer| answer[key].as_array().into_iter().flatten());
    all.map(told).collect()
}

#[test]
#[ignore = "it needs a live cluster: tests/cluster/run.sh"]
fn answers_are_the_same_for_files_and_where_they_run() {
    apply_shop();
    let paths = declared();
    let files: Vec<&str> = paths
        .iter()
        .flat_map(|path| ["-p", path.as_str()])
        .collect();
    for (question, key) in QUESTIONS {
        let json = ["-o", "json"];
        let told = [question, &files, &json, &["--complete"]].concat();
        let declared = elements(&report(&scantling_files(&told)), key);
        let running = [question, &["--cluster"], &json].concat();
        let running = elements(&report(&scantling("admin", &running)), key);
        assert!(!declared.is_empty(), "{question:?}");
        let missing: Vec<&String> = declared.difference(&running).collect();
        assert!(
            missing.is_empty(),
            "{question:?}: {missing:#?}, of {running:#?}"
        );
    }
}
