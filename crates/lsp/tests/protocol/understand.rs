//! What the server says of texts beside what is wrong: lenses, hints, completions, rendered manifests.

use serde_json::{Value, json};

use crate::session::{Session, uri};

fn open(files: &[(&str, &str)], options: &Value, path: &str) -> Session {
    let mut session = Session::connect(files.iter().copied());
    session.initialize(&json!({}), options);
    session.notify("initialized", &json!({}));
    let (_, text) = files
        .iter()
        .find(|(one, _)| *one == path)
        .expect("it is there");
    session.open_document(path, text);
    session
}

/// Reads what the server says by itself, which is the business of other tests, and leaves.
fn leave(mut session: Session, publications: usize) {
    for _ in 0..publications {
        session.published();
    }
    session.leave();
}

fn document(path: &str) -> Value {
    json!({ "uri": uri(path) })
}

const PODS: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  hostNetwork: true
  hostPID: true
  containers: [{name: web, image: 'web:1'}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
";

/// The titles of the lenses of a file that is told of once.
fn lenses(path: &str, text: &str, options: &Value) -> Vec<String> {
    let mut session = open(&[(path, text)], options, path);
    let params = json!({ "textDocument": document(path) });
    let found = session.request("textDocument/codeLens", &params);
    leave(session, 1);
    let found = found.as_array().cloned().unwrap_or_default();
    let titles = found.iter().map(|lens| &lens["command"]["title"]);
    let titles = titles.map(|title| title.as_str().unwrap_or_default().to_owned());
    titles.collect()
}

#[test]
fn a_lens_says_how_many_findings_a_resource_has_and_which_level_its_pods_keep() {
    let titles = |text: &str, options: &Value| lenses("/project/pod.yaml", text, options);
    let checks = json!({ "select": ["host-network", "host-pid"] });
    // The level holds, whichever checks were chosen.
    let found = titles(PODS, &checks);
    assert!(found[0].ends_with("2 findings, privileged"), "{found:?}");
    let found = titles(PODS, &json!({ "select": ["all"] }));
    assert!(found[0].ends_with(" findings, privileged"), "{found:?}");
    let calm = PODS.replace("true", "false");
    let found = titles(&calm, &json!({ "select": ["all"] }));
    assert!(found[0].ends_with(" findings, baseline"), "{found:?}");
}

#[test]
fn a_lens_counts_what_stands_in_a_variable() {
    let root = "variable \"acl\" { default = \"public-read\" }\nresource \"aws_s3_bucket_acl\" \"a\" {\n  acl = var.acl\n}\n";
    let found = lenses(
        "/project/main.tf",
        root,
        &json!({ "select": ["public-bucket-acl"] }),
    );
    assert_eq!(found, ["1 finding", "1 finding"]);
}

const ROOT: &str =
    "variable \"acl\" {}\nresource \"aws_s3_bucket_acl\" \"a\" {\n  acl = var.acl\n}\n";

#[test]
fn hints_say_what_expressions_give_where_they_are_wanted() {
    let files = [
        ("/project/main.tf", ROOT),
        ("/project/prod.tfvars", "acl = \"private\"\n"),
        ("/project/test.tfvars", "acl = \"log\"\n"),
    ];
    for (wanted, expected) in [(true, vec!["= \"private\" | \"log\""]), (false, vec![])] {
        let options = json!({ "select": ["host-pid"], "inlayHints": wanted });
        let mut session = open(&files, &options, "/project/main.tf");
        let end = json!({ "line": 4, "character": 0 });
        let range = json!({ "start": { "line": 0, "character": 0 }, "end": end });
        let params = json!({ "textDocument": document("/project/main.tf"), "range": range });
        let found = session.request("textDocument/inlayHint", &params);
        leave(session, 0);
        let found = found.as_array().cloned().unwrap_or_default();
        let labels: Vec<&str> = found
            .iter()
            .map(|hint| hint["label"].as_str().unwrap_or_default())
            .collect();
        assert_eq!(labels, expected);
        for hint in &found {
            assert_eq!(hint["position"], json!({ "line": 2, "character": 15 }));
        }
    }
}

#[test]
fn hints_stand_behind_expressions_and_nothing_else() {
    let root = "variable \"open\" {\n  default = [\"10.0.0.0/8\", \"0.0.0.0/0\"]\n}\nvariable \"ports\" { default = { web = 80 } }\nlocals { name = \"web-${var.ports.web}\" }\nresource \"aws_security_group\" \"a\" {\n  for_each = var.ports\n  name = local.name\n  description = \"plain\"\n  ingress {\n    from_port = each.value\n    cidr_blocks = var.open\n  }\n}\nmodule \"m\" {\n  source = \"./m\"\n  name = local.name\n}\n";
    let module =
        "variable \"name\" {}\nresource \"aws_s3_bucket\" \"a\" {\n  bucket = var.name\n}\n";
    let files = [("/project/main.tf", root), ("/project/m/main.tf", module)];
    let options = json!({ "select": ["host-pid"], "inlayHints": true });
    let mut session = open(&files, &options, "/project/main.tf");
    let range =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let params = json!({ "textDocument": document("/project/main.tf"), "range": range });
    let found = session.request("textDocument/inlayHint", &params);
    leave(session, 0);
    let found = found.as_array().into_iter().flatten();
    let shown = found.map(|hint| {
        let (line, column) = (&hint["position"]["line"], &hint["position"]["character"]);
        let line = root
            .lines()
            .nth(usize::try_from(line.as_u64().unwrap()).unwrap())
            .unwrap();
        let before = &line[..usize::try_from(column.as_u64().unwrap()).unwrap()];
        format!(
            "{} {}",
            before.trim(),
            hint["label"].as_str().unwrap_or_default()
        )
    });
    let shown: Vec<String> = shown.collect();
    let expected = [
        "name = local.name = \"web-80\"",
        "from_port = each.value = 80",
        "cidr_blocks = var.open = [\"10.0.0.0/8\", \"0.0.0.0/0\"]",
        "name = local.name = \"web-80\"",
    ];
    assert_eq!(shown, expected);
}

#[test]
fn ids_of_checks_are_completed_where_checks_are_named() {
    const DIRECTIVE: &str = "# scantling:ignore host-ne\n";
    const CONFIGURATION: &str = "disable:\n- host-pi\n";
    for (path, text, line, column, expected) in [
        ("/project/pod.yaml", DIRECTIVE, 0, 26, Some("host-network")),
        (
            "/project/scantling.yaml",
            CONFIGURATION,
            1,
            9,
            Some("host-pid"),
        ),
        ("/project/other.yaml", CONFIGURATION, 1, 9, None),
    ] {
        let mut session = Session::connect([("/project/README.md", "")]);
        session.initialize(&json!({}), &json!({ "select": ["host-pid"] }));
        session.notify("initialized", &json!({}));
        session.open_document(path, text);
        let found = session.request("textDocument/completion", &place(path, line, column));
        let items = found.as_array().cloned().unwrap_or_default();
        let item = items
            .iter()
            .find(|item| Some(item["label"].as_str().unwrap_or_default()) == expected);
        assert_eq!(
            item.is_some(),
            expected.is_some(),
            "{path}: {} items",
            items.len()
        );
        if let Some(item) = item {
            let range = &item["textEdit"]["range"];
            assert_eq!(range["end"]["character"], column);
            assert_eq!(item["textEdit"]["newText"], json!(expected));
        }
        // A directive without a reason and a check that there is not are told of.
        let publications = usize::from(expected.is_some());
        leave(session, publications);
    }
}

fn place(path: &str, line: u32, character: u32) -> Value {
    let position = json!({ "line": line, "character": character });
    json!({ "textDocument": document(path), "position": position })
}

#[test]
fn the_manifests_of_a_chart_are_shown_with_what_is_typed() {
    let files = [
        (
            "/project/chart/Chart.yaml",
            "apiVersion: v2\nname: web\nversion: 1.0.0\n",
        ),
        ("/project/chart/values.yaml", "name: a\n"),
        (
            "/project/chart/templates/map.yaml",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Values.name }}}\n",
        ),
        ("/project/plain.yaml", ""),
    ];
    let options = json!({ "select": ["host-pid"] });
    let values = "/project/chart/values.yaml";
    let mut session = open(&files, &options, values);
    session.change(values, 2, &[([0, 6, 0, 7], "typed")]);
    let command =
        |path: &str| json!({ "command": "scantling.showRendered", "arguments": [uri(path)] });
    let found = session.request("workspace/executeCommand", &command(values));
    let text = found.as_str().unwrap_or_default();
    assert!(text.contains("metadata: {name: typed}"), "{text}");
    let params = json!({ "uri": "scantling:/project/chart/values.yaml" });
    let found = session.request("workspace/textDocumentContent", &params);
    assert_eq!(found["text"], text);
    let id = session.ask("workspace/executeCommand", &command("/project/plain.yaml"));
    assert_eq!(session.answer(id)["error"]["code"], -32803);
    leave(session, 0);
}

const CHECK: &str = r#"title: Pod without a team
severity: low
resources: [kubernetes/Pod]
principle: accountability
threats: [repudiation]
why: Nobody is asked about it.
query: .metadata | select(.labels.team == null)
message: no team is named
remedy: Name the team.
fail:
- name: there is none
  kubernetes: |
    apiVersion: v1
    kind: Pod
    metadata: {name: a} # finding
pass:
- name: there is one
  kubernetes: |
    apiVersion: v1
    kind: Pod
    metadata: {name: a, labels: {team: b}}
"#;

#[test]
fn a_check_that_its_examples_or_its_text_refute_is_told_of_in_its_file() {
    let path = "/project/checks/pod-without-team.yaml";
    for (check, expected) in [
        (CHECK.to_owned(), None),
        (
            CHECK.replace(" # finding", ""),
            Some("10:0-11:0 failing-example"),
        ),
        (
            CHECK.replace("query: .metadata", "query: .metadata |"),
            Some("6:"),
        ),
    ] {
        let files = [
            ("/project/scantling.yaml", "checks: [checks]\n"),
            (path, check.as_str()),
        ];
        let mut session = open(&files, &json!({ "select": ["host-pid"] }), path);
        if let Some(expected) = expected {
            let (file, lines) = session.published();
            assert_eq!(file, uri(path));
            assert!(lines[0].starts_with(expected), "{lines:?}");
            // The mended text is not told of any more.
            let lines = u32::try_from(check.lines().count()).unwrap();
            session.change(path, 2, &[([0, 0, lines, 0], CHECK)]);
            assert_eq!(session.published(), (uri(path), vec![]));
        }
        leave(session, 0);
    }
}

#[test]
fn the_schema_of_the_configuration_is_served() {
    let files = [("/project/README.md", "")];
    let mut session = open(&files, &json!({}), "/project/README.md");
    let found = session.request("scantling/configurationSchema", &Value::Null);
    assert_eq!(found["properties"]["suppress"]["type"], "array");
    leave(session, 0);
}

#[test]
fn clients_are_told_to_ask_for_lenses_and_hints_again_when_there_is_news() {
    let mut session = Session::connect([("/project/pod.yaml", PODS)]);
    let refresh = json!({ "refreshSupport": true });
    let capabilities = json!({ "workspace": { "codeLens": refresh, "inlayHint": refresh } });
    let options = json!({ "select": ["host-pid"], "inlayHints": true });
    session.initialize(&capabilities, &options);
    session.notify("initialized", &json!({}));
    let mut methods = Vec::new();
    for _ in 0..3 {
        let message = session.next();
        if message.get("id").is_some() {
            session.reply(&message, &Value::Null);
        }
        methods.push(message["method"].as_str().unwrap_or_default().to_owned());
    }
    methods.sort();
    let expected = [
        "textDocument/publishDiagnostics",
        "workspace/codeLens/refresh",
        "workspace/inlayHint/refresh",
    ];
    assert_eq!(methods, expected);
    session.leave();
}
