//! What is told of a place.

use serde_json::{Value, json};

use crate::session::{Session, uri};

fn session(files: &[(&str, &str)], checks: &[&str]) -> Session {
    let mut session = Session::connect(files.iter().copied());
    session.initialize(&json!({}), &json!({ "select": checks }));
    session.notify("initialized", &json!({}));
    session
}

fn hover(session: &mut Session, path: &str, line: u32, character: u32) -> Value {
    let position = json!({ "line": line, "character": character });
    let params = json!({ "textDocument": { "uri": uri(path) }, "position": position });
    session.request("textDocument/hover", &params)
}

fn text(hover: &Value) -> &str {
    hover["contents"]["value"].as_str().unwrap_or_default()
}

#[test]
fn a_finding_is_explained() {
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  hostNetwork: true\n  containers: []\n";
    let mut session = session(&[("/project/pod.yaml", pod)], &["host-network"]);
    session.published();
    session.open_document("/project/pod.yaml", pod);
    let found = hover(&mut session, "/project/pod.yaml", 4, 17);
    assert!(text(&found).contains("`host-network`"), "{found}");
    assert!(text(&found).lines().count() > 10, "{found}");
    assert!(!text(&found).contains("\\u{a}"), "{found}");
    assert!(
        text(&found).contains("- `spec.hostNetwork` = `true` · Pod/web"),
        "{found}"
    );
    assert_eq!(hover(&mut session, "/project/pod.yaml", 0, 2), Value::Null);
    session.leave();
}

#[test]
fn an_expression_tells_what_it_is_in_each_environment_and_where_that_is_set() {
    let main = "variable \"acl\" {\n  default = \"private\"\n}\nresource \"aws_s3_bucket_acl\" \"a\" {\n  acl = var.acl\n}\n";
    let files = [
        ("/project/main.tf", main),
        ("/project/prod.tfvars", "acl = \"public-read\"\n"),
        ("/project/test.tfvars", "acl = \"private\"\n"),
    ];
    let mut session = session(&files, &["host-network"]);
    session.open_document("/project/main.tf", main);
    let found = hover(&mut session, "/project/main.tf", 4, 9);
    let told = text(&found);
    for expected in [
        "`acl` = `\"public-read\"` · aws\\_s3\\_bucket\\_acl.a in prod",
        "set at prod.tfvars:1",
        "`acl` = `\"private\"` · aws\\_s3\\_bucket\\_acl.a in test",
    ] {
        assert!(told.contains(expected), "{told}");
    }
    session.leave();
}

#[test]
fn a_client_without_markdown_gets_plain_text() {
    let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: a_b}\nspec:\n  hostNetwork: true\n  containers: []\n";
    let mut session = Session::connect([("/project/pod.yaml", text)]);
    let formats = json!({ "textDocument": { "hover": { "contentFormat": ["plaintext"] } } });
    session.initialize(&formats, &json!({ "select": ["host-network"] }));
    session.notify("initialized", &json!({}));
    session.published();
    session.open_document("/project/pod.yaml", text);
    let found = hover(&mut session, "/project/pod.yaml", 4, 17);
    assert_eq!(found["contents"]["kind"], "plaintext");
    let told = self::text(&found);
    assert!(
        told.contains("- spec.hostNetwork = true · Pod/a_b\n"),
        "{told}"
    );
    assert!(
        told.contains("Pod uses the node's network · high"),
        "{told}"
    );
    assert!(!told.contains(['`', '*', '\\']), "{told}");
    session.leave();
}

#[test]
fn what_is_not_written_is_told_where_the_map_is_named_that_lacks_it() {
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  hostNetwork: true\n  containers:\n  - name: a\n    image: a:1\n";
    let mut session = session(&[("/project/pod.yaml", pod)], &["host-pid"]);
    session.open_document("/project/pod.yaml", pod);
    for (line, character, expected) in [
        (3, 1, "`restartPolicy` = `\"Always\"`"),
        (6, 11, "`imagePullPolicy` = `\"IfNotPresent\"`"),
    ] {
        let found = hover(&mut session, "/project/pod.yaml", line, character);
        let told = text(&found);
        let holds = told.contains(expected) && told.contains("set by Kubernetes");
        assert!(holds, "{told}");
        assert!(!told.contains("`hostNetwork` ="), "{told}");
    }
    session.leave();
}

#[test]
fn secrets_are_not_told() {
    let secret =
        "apiVersion: v1\nkind: Secret\nmetadata: {name: web}\nstringData:\n  password: hunter22\n";
    let mut session = session(&[("/project/secret.yaml", secret)], &["host-network"]);
    session.open_document("/project/secret.yaml", secret);
    let found = hover(&mut session, "/project/secret.yaml", 4, 14);
    assert!(text(&found).contains("a secret"), "{found}");
    assert!(!text(&found).contains("hunter"), "{found}");
    session.leave();
}

#[test]
fn the_name_of_a_workload_tells_its_pod_security_level() {
    let pod = |spec: &str| {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec:\n  {spec}\n  containers: [{{name: a, image: b}}]\n"
        )
    };
    let hardened = "securityContext: {runAsNonRoot: true}";
    let cases = [
        ("hostPID: true", "`privileged`", "`host-pid`"),
        (
            hardened,
            "`baseline`, for a stricter one see",
            "`privilege-escalation-allowed`",
        ),
    ];
    for (spec, level, check) in cases {
        let pod = pod(spec);
        let mut session = Session::connect([("/project/pod.yaml", pod.as_str())]);
        session.initialize(&json!({}), &json!({}));
        session.notify("initialized", &json!({}));
        session.published();
        session.open_document("/project/pod.yaml", &pod);
        let found = hover(&mut session, "/project/pod.yaml", 2, 18);
        let told = text(&found);
        let expected = format!("Pod/web · Pod Security level {level}");
        assert!(
            told.contains(&expected) && told.contains(check),
            "{spec}: {told}"
        );
        session.leave();
    }
}

#[test]
fn the_name_of_an_account_tells_what_it_can_become() {
    let text_of = |verbs: &str| {
        format!(
            "apiVersion: v1\nkind: ServiceAccount\nmetadata: {{name: api, namespace: shop}}\n---\n\
             apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {{name: api, namespace: shop}}\n\
             roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: Role, name: api}}\n\
             subjects: [{{kind: ServiceAccount, name: api, namespace: shop}}]\n---\n\
             apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {{name: api, namespace: shop}}\n\
             rules: [{{apiGroups: [''], resources: [secrets], verbs: [{verbs}]}}]\n"
        )
    };
    for (verbs, is_told) in [("get", true), ("delete", false)] {
        let manifests = text_of(verbs);
        let mut session = session(&[("/project/api.yaml", &manifests)], &["host-pid"]);
        session.open_document("/project/api.yaml", &manifests);
        let found = hover(&mut session, "/project/api.yaml", 2, 18);
        let told = text(&found);
        let expected = "ServiceAccount shop/api can: ";
        let holds = told.contains(expected) && told.contains("`read-secrets` in shop");
        assert_eq!(holds, is_told, "{verbs}: {told}");
        session.leave();
    }
}
