//! What can be done about findings.

use serde_json::{Value, json};

use crate::session::{Session, uri};

const POD: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  hostNetwork: true # for now
  containers:
  - name: é𝄞
    image: web:1
    securityContext: {privileged: true}
";

fn open(files: &[(&str, &str)], checks: &[&str]) -> Session {
    let mut session = Session::connect(files.iter().copied());
    let edits = json!({ "documentChanges": true });
    let capabilities = json!({ "workspace": { "workspaceEdit": edits } });
    session.initialize(&capabilities, &json!({ "select": checks }));
    session.notify("initialized", &json!({}));
    session
}

/// The actions of a kind at a line.
fn actions(session: &mut Session, path: &str, line: u32, only: &[&str]) -> Vec<Value> {
    let start = json!({ "line": line, "character": 0 });
    let end = json!({ "line": line, "character": 99 });
    let params = json!({
        "textDocument": { "uri": uri(path) },
        "range": { "start": start, "end": end },
        "context": { "diagnostics": [], "only": only },
    });
    let result = session.request("textDocument/codeAction", &params);
    result.as_array().cloned().unwrap_or_default()
}

fn titles(actions: &[Value]) -> Vec<&str> {
    let titles = actions.iter().map(|action| action["title"].as_str());
    titles.map(Option::unwrap_or_default).collect()
}

/// The file that an action changes, the version that it is for, and the text afterwards. Lines have only ASCII before edits.
fn applied(action: &Value, text: &str) -> (String, Value, String) {
    let change = &action["edit"]["documentChanges"][0];
    let mut edits: Vec<(usize, usize, &str)> = Vec::new();
    for edit in change["edits"].as_array().into_iter().flatten() {
        let at = |end: &str| {
            let place = &edit["range"][end];
            let number = |field: &str| place[field].as_u64().unwrap_or_default();
            let lines = text.split_inclusive('\n').map(str::len);
            let before = lines.zip(0..number("line")).map(|(length, _)| length);
            before.sum::<usize>() + usize::try_from(number("character")).unwrap_or_default()
        };
        let new = edit["newText"].as_str().unwrap_or_default();
        edits.push((at("start"), at("end"), new));
    }
    edits.sort_unstable();
    let mut after = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        after.replace_range(start..end, new);
    }
    let document = &change["textDocument"];
    let uri = document["uri"].as_str().unwrap_or_default().to_owned();
    (uri, document["version"].clone(), after)
}

#[test]
fn a_fix_is_offered_where_its_finding_stands_and_keeps_all_else() {
    let mut session = open(&[("/project/pod.yaml", POD)], &["host-network"]);
    session.published();
    let found = actions(&mut session, "/project/pod.yaml", 4, &["quickfix"]);
    assert_eq!(found[0]["isPreferred"], true);
    assert_eq!(found[0]["diagnostics"][0]["code"], "host-network");
    let (file, version, after) = applied(&found[0], POD);
    assert_eq!((file, version), (uri("/project/pod.yaml"), Value::Null));
    session.open_document("/project/pod.yaml", &after);
    assert_eq!(session.published().1, Vec::<String>::new());
    assert!(after.contains("é𝄞"), "{after}");
    let none = actions(&mut session, "/project/pod.yaml", 0, &["quickfix"]);
    assert_eq!(titles(&none), Vec::<&str>::new());
    session.leave();
}

#[test]
fn an_edit_names_the_version_of_the_document_that_it_is_for() {
    let mut session = open(&[("/project/pod.yaml", POD)], &["host-network"]);
    session.published();
    session.open_document("/project/pod.yaml", POD);
    session.change("/project/pod.yaml", 7, &[([4, 20, 4, 29], "")]);
    let found = actions(&mut session, "/project/pod.yaml", 4, &["quickfix"]);
    let text = POD.replace("# for now", "");
    let (_, version, after) = applied(&found[0], &text);
    assert_eq!(version, 7);
    assert!(!after.contains("hostNetwork: true"), "{after}");
    session.leave();
}

#[test]
fn a_fix_of_a_chart_goes_to_its_values() {
    let chart = "apiVersion: v2\nname: web\nversion: 1.0.0\n";
    let values = "# as the image wants it\nprivileged: true\n";
    let template = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n  - name: web\n    image: web:1\n    securityContext:\n      privileged: {{ .Values.privileged }}\n";
    let files = [
        ("/project/Chart.yaml", chart),
        ("/project/values.yaml", values),
        ("/project/templates/pod.yaml", template),
    ];
    let mut session = open(&files, &["privileged-container"]);
    assert_eq!(session.published().0, uri("/project/values.yaml"));
    let found = actions(&mut session, "/project/values.yaml", 1, &["quickfix"]);
    let (file, _, after) = applied(&found[0], values);
    assert_eq!(file, uri("/project/values.yaml"));
    assert_eq!(after, "# as the image wants it\nprivileged: false\n");
    session.leave();
}

#[test]
fn a_suppression_hides_its_finding_and_one_that_hides_nothing_can_go() {
    let mut session = open(&[("/project/pod.yaml", POD)], &["host-network"]);
    session.published();
    let found = actions(&mut session, "/project/pod.yaml", 4, &["quickfix"]);
    let suppress = found
        .iter()
        .find(|action| action["title"] == "Suppress `host-network` here");
    let (_, _, after) = applied(suppress.unwrap(), POD);
    assert!(after.contains("\n  # scantling:ignore host-network TODO: say why\n  hostNetwork"));
    session.open_document("/project/pod.yaml", &after);
    assert_eq!(session.published().1, Vec::<String>::new());
    // The finding goes, and the directive for it stays.
    session.change("/project/pod.yaml", 2, &[([5, 15, 5, 19], "false")]);
    let told = session.published().1;
    assert_eq!(told, ["4:2-4:47 unused-suppression"]);
    let found = actions(&mut session, "/project/pod.yaml", 4, &["quickfix"]);
    let text = after.replace("hostNetwork: true", "hostNetwork: false");
    let (_, _, after) = applied(&found[0], &text);
    assert_eq!(
        after,
        POD.replace("hostNetwork: true", "hostNetwork: false")
    );
    session.leave();
}

#[test]
fn a_suppression_for_the_project_is_an_entry_of_its_configuration() {
    let configuration = "suppress:\n- checks: [other]\n  reason: known\n";
    let configuration = configuration.replace("other", "host-pid");
    let files = [
        ("/project/pod.yaml", POD),
        ("/project/scantling.yaml", configuration.as_str()),
    ];
    let mut session = open(&files, &["host-network"]);
    session.published();
    let found = actions(&mut session, "/project/pod.yaml", 4, &["quickfix"]);
    let title = "Suppress `host-network` for Pod/web in scantling.yaml";
    let suppress = found.iter().find(|action| action["title"] == title);
    let (file, _, after) = applied(suppress.unwrap(), &configuration);
    assert_eq!(file, uri("/project/scantling.yaml"));
    session.open_document("/project/scantling.yaml", &after);
    let (file, told) = session.published();
    assert_eq!((file, told.len()), (uri("/project/pod.yaml"), 0));
    session.leave();
}

#[test]
fn all_fixes_of_a_file_are_made_at_once_when_they_are_asked_for_by_name() {
    let checks = ["host-network", "privileged-container"];
    let mut session = open(&[("/project/pod.yaml", POD)], &checks);
    session.published();
    session.open_document("/project/pod.yaml", POD);
    let found = actions(&mut session, "/project/pod.yaml", 0, &["source.fixAll"]);
    assert_eq!(titles(&found), ["Fix 2 findings of this file"]);
    assert_eq!(found[0]["kind"], "source.fixAll.scantling");
    let (_, _, after) = applied(&found[0], POD);
    session.change("/project/pod.yaml", 2, &[([0, 0, 9, 0], &after)]);
    assert_eq!(session.published().1, Vec::<String>::new());
    session.leave();
}

#[test]
fn an_annotation_that_hides_nothing_can_go() {
    let pod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  annotations:\n    scantling.dev/ignore: host-network it counts packets\nspec: {containers: []}\n";
    let mut session = open(&[("/project/pod.yaml", pod)], &["host-network"]);
    assert_eq!(session.published().1, ["5:26-5:56 unused-suppression"]);
    let found = actions(&mut session, "/project/pod.yaml", 5, &["quickfix"]);
    let title = "Remove the suppression that hides nothing";
    assert_eq!(titles(&found)[0], title);
    let (_, _, after) = applied(&found[0], pod);
    session.open_document("/project/pod.yaml", &after);
    assert_eq!(session.published().1, Vec::<String>::new());
    assert!(!after.contains("annotations"), "{after}");
    session.leave();
}

#[test]
fn an_entry_of_the_configuration_that_hides_nothing_can_go() {
    let configuration = "suppress:\n- checks: [host-network]\n  reason: it counts packets\n- checks: [host-network, host-pid]\n  path: pod.yaml\n  reason: it looks at processes\n";
    let path = "/project/scantling.yaml";
    let calm = POD.replace("hostNetwork: true", "hostPID: true");
    let files = [("/project/pod.yaml", calm.as_str()), (path, configuration)];
    let mut session = open(&files, &["host-network", "host-pid"]);
    let unused = [
        "1:2-2:27 unused-suppression",
        "3:11-3:23 unused-suppression",
    ];
    assert_eq!(
        session.published(),
        (uri(path), unused.map(str::to_owned).to_vec())
    );
    let mut text = configuration.to_owned();
    // What is left names what hides something.
    for (line, left) in [(3, 1), (1, 0)] {
        let found = actions(&mut session, path, line, &["quickfix"]);
        assert_eq!(
            titles(&found),
            ["Remove the suppression that hides nothing"]
        );
        text = applied(&found[0], &text).2;
        session.open_document(path, &text);
        assert_eq!(session.published().1.len(), left, "{text}");
    }
    assert_eq!(
        text,
        "suppress:\n- checks: [host-pid]\n  path: pod.yaml\n  reason: it looks at processes\n"
    );
    session.leave();
}

#[test]
fn a_suppression_that_ended_can_go() {
    let directive = "# scantling:ignore host-network,host-pid until=2020-01-01 until then\n";
    let pod = format!("{directive}{POD}");
    let mut session = open(&[("/project/pod.yaml", &pod)], &["host-network"]);
    let told = ["0:0-0:68 expired-suppression", "5:15-5:19 host-network"];
    let mut lines = session.published().1;
    lines.sort();
    assert_eq!(lines, told);
    let found = actions(&mut session, "/project/pod.yaml", 0, &["quickfix"]);
    assert_eq!(titles(&found), ["Remove the suppression that ended"]);
    assert_eq!(applied(&found[0], &pod).2, POD);
    session.leave();
}
