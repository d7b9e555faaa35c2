//! From a name to where it is declared and used.

use serde_json::{Value, json};

use crate::session::{Session, uri};

/// Opens a workspace and the file, and returns what a request says of the place of a mark in it.
fn ask(files: &[(&str, &str)], method: &str, path: &str, mark: &str) -> Vec<String> {
    let mut session = Session::connect(files.iter().copied());
    session.initialize(&json!({}), &json!({ "select": ["host-pid"] }));
    session.notify("initialized", &json!({}));
    let (_, text) = files
        .iter()
        .find(|(one, _)| *one == path)
        .expect("it is there");
    session.open_document(path, text);
    let at = text.find(mark).expect("the mark is there") + mark.len() - 1;
    let line = text[..at].matches('\n').count();
    let column = at - text[..at].rfind('\n').map_or(0, |start| start + 1);
    let params = json!({
        "textDocument": { "uri": uri(path) },
        "position": { "line": line, "character": column },
        "context": { "includeDeclaration": false },
    });
    let found = session.request(method, &params);
    session.leave();
    let found = found.as_array().into_iter().flatten();
    found.map(|location| place(location, files)).collect()
}

/// A place as the file and the text there.
fn place(location: &Value, files: &[(&str, &str)]) -> String {
    let file = location["uri"].as_str().unwrap_or_default();
    let path = file.strip_prefix("file://").unwrap_or_default();
    let text = files
        .iter()
        .find(|(one, _)| *one == path)
        .map_or("", |one| one.1);
    let at = |end: &str| {
        let number = |field: &str| location["range"][end][field].as_u64().unwrap_or_default();
        let lines = text.split_inclusive('\n').map(str::len);
        let before: usize = lines.zip(0..number("line")).map(|(length, _)| length).sum();
        before + usize::try_from(number("character")).unwrap_or_default()
    };
    let line = location["range"]["start"]["line"]
        .as_u64()
        .unwrap_or_default()
        + 1;
    let name = path.strip_prefix("/project/").unwrap_or(path);
    format!("{name}:{line} {}", &text[at("start")..at("end")])
}

const DEFINITION: &str = "textDocument/definition";
const REFERENCES: &str = "textDocument/references";

const TERRAFORM: &[(&str, &str)] = &[
    (
        "/project/main.tf",
        "variable \"open\" {}\nlocals {\n  size = var.open\n}\nmodule \"data\" {\n  source = \"./data\"\n  public = var.open\n}\noutput \"id\" {\n  value = module.data.id\n}\nresource \"aws_vpc\" \"main\" {\n  cidr_block = local.size\n}\nresource \"aws_subnet\" \"a\" {\n  vpc_id = aws_vpc.main.id\n}\n",
    ),
    ("/project/prod.tfvars", "open = true\n"),
    (
        "/project/data/main.tf",
        "variable \"public\" {}\noutput \"id\" {\n  value = var.public\n}\n",
    ),
];

#[test]
fn names_of_a_module_lead_to_their_declarations() {
    for (path, mark, expected) in [
        ("/project/main.tf", "size = var.op", "main.tf:1 \"open\""),
        ("/project/prod.tfvars", "ope", "main.tf:1 \"open\""),
        (
            "/project/main.tf",
            "cidr_block = local.si",
            "main.tf:3 size",
        ),
        ("/project/main.tf", "  publ", "data/main.tf:1 \"public\""),
        (
            "/project/main.tf",
            "value = module.da",
            "main.tf:5 \"data\"",
        ),
        (
            "/project/main.tf",
            "value = module.data.i",
            "data/main.tf:2 \"id\"",
        ),
        (
            "/project/main.tf",
            "vpc_id = aws_vpc.ma",
            "main.tf:12 \"main\"",
        ),
    ] {
        assert_eq!(ask(TERRAFORM, DEFINITION, path, mark), [expected], "{mark}");
    }
}

#[test]
fn declarations_of_a_module_lead_to_their_uses() {
    for (path, mark, expected) in [
        (
            "/project/main.tf",
            "variable \"op",
            &[
                "main.tf:3 var.open",
                "main.tf:7 var.open",
                "prod.tfvars:1 open",
            ][..],
        ),
        (
            "/project/data/main.tf",
            "variable \"pub",
            &["data/main.tf:3 var.public", "main.tf:7 public"],
        ),
        ("/project/data/main.tf", "output \"i", &["main.tf:10 id"]),
        (
            "/project/main.tf",
            "\"aws_vpc\" \"ma",
            &["main.tf:16 aws_vpc.main"],
        ),
    ] {
        let mut found = ask(TERRAFORM, REFERENCES, path, mark);
        found.sort();
        assert_eq!(found, expected, "{mark}");
    }
}

const CHART: &[(&str, &str)] = &[
    (
        "/project/Chart.yaml",
        "apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n- {name: db, version: 1.0.0, alias: store}\n",
    ),
    (
        "/project/values.yaml",
        "image:\n  tag: '1'\nstore:\n  size: 2\n",
    ),
    ("/project/values-prod.yaml", "image: {tag: '2'}\n"),
    (
        "/project/templates/_helpers.tpl",
        "{{- define \"web.tag\" }}{{ .Values.image.tag }}{{ end }}\n",
    ),
    (
        "/project/templates/map.yaml",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  tag: {{ include \"web.tag\" . }}\n{{- with .Values.image }}\n  other: {{ .tag | quote }}\n{{- end }}\n",
    ),
    (
        "/project/charts/db/Chart.yaml",
        "apiVersion: v2\nname: db\nversion: 1.0.0\n",
    ),
    ("/project/charts/db/values.yaml", "size: 1\n"),
    (
        "/project/charts/db/templates/map.yaml",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\ndata: {size: '{{ .Values.size }}'}\n",
    ),
];

#[test]
fn values_lead_to_templates_and_back_also_into_charts_of_a_chart() {
    for (method, path, mark, expected) in [
        (
            DEFINITION,
            "/project/templates/_helpers.tpl",
            ".Values.image.ta",
            &["values-prod.yaml:1 tag", "values.yaml:2 tag"][..],
        ),
        (
            REFERENCES,
            "/project/values.yaml",
            "  ta",
            &["templates/_helpers.tpl:1 tag", "templates/map.yaml:7 tag"],
        ),
        (
            DEFINITION,
            "/project/charts/db/templates/map.yaml",
            ".Values.si",
            &["charts/db/values.yaml:1 size", "values.yaml:4 size"],
        ),
        (
            REFERENCES,
            "/project/values.yaml",
            "  si",
            &["charts/db/templates/map.yaml:4 size"],
        ),
        (
            DEFINITION,
            "/project/templates/map.yaml",
            "include \"web",
            &["templates/_helpers.tpl:1 \"web.tag\""],
        ),
        (
            REFERENCES,
            "/project/templates/_helpers.tpl",
            "define \"web",
            &["templates/map.yaml:5 \"web.tag\""],
        ),
    ] {
        let mut found = ask(CHART, method, path, mark);
        found.sort();
        assert_eq!(found, expected, "{mark}");
    }
}

const SHOP: &[(&str, &str)] = &[
    (
        "/project/pod.yaml",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\nspec:\n  serviceAccountName: api\n  containers:\n  - name: web\n    envFrom:\n    - configMapRef: {name: settings}\n",
    ),
    (
        "/project/account.yaml",
        "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: api, namespace: shop}\n",
    ),
    (
        "/project/settings.yaml",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\n",
    ),
];

#[test]
fn names_of_resources_lead_to_them_and_back() {
    for (method, path, mark, expected) in [
        (
            DEFINITION,
            "/project/pod.yaml",
            "serviceAccountName: ap",
            "account.yaml:3 api",
        ),
        (
            DEFINITION,
            "/project/pod.yaml",
            "configMapRef: {name: set",
            "settings.yaml:3 settings",
        ),
        (
            REFERENCES,
            "/project/account.yaml",
            "name: ap",
            "pod.yaml:5 api",
        ),
        (
            REFERENCES,
            "/project/settings.yaml",
            "name: set",
            "pod.yaml:9 settings",
        ),
    ] {
        assert_eq!(ask(SHOP, method, path, mark), [expected], "{mark}");
    }
}

const KUSTOMIZE: &[(&str, &str)] = &[
    (
        "/project/base/kustomization.yaml",
        "resources: [pod.yaml]\n",
    ),
    (
        "/project/base/pod.yaml",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: []}\n",
    ),
    (
        "/project/prod/kustomization.yaml",
        "resources:\n- ../base\npatches:\n- path: patch.yaml\n",
    ),
    (
        "/project/prod/patch.yaml",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {hostNetwork: true}\n",
    ),
];

#[test]
fn overlays_lead_to_their_bases_and_back() {
    let overlay = "/project/prod/kustomization.yaml";
    let base = "/project/base/kustomization.yaml";
    let found = ask(KUSTOMIZE, DEFINITION, overlay, "../ba");
    assert_eq!(found, ["base/kustomization.yaml:1 resources: [pod.yaml]"]);
    let found = ask(KUSTOMIZE, REFERENCES, base, "re");
    assert_eq!(found, ["prod/kustomization.yaml:2 ../base"]);
}

/// A base whose value one of two overlays sets anew.
const VALUES: &[(&str, &str)] = &[
    (
        "/project/base/kustomization.yaml",
        "resources: [pod.yaml]\n",
    ),
    (
        "/project/base/pod.yaml",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  hostIPC: false\n  containers: []\n",
    ),
    ("/project/test/kustomization.yaml", "resources: [../base]\n"),
    (
        "/project/prod/kustomization.yaml",
        "resources: [../base]\npatches:\n- path: patch.yaml\n",
    ),
    (
        "/project/prod/patch.yaml",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {hostIPC: true}\n",
    ),
];

#[test]
fn a_value_of_an_overlay_leads_to_that_of_the_base_and_back() {
    let (base, patch) = ("/project/base/pod.yaml", "/project/prod/patch.yaml");
    let (old, new) = ("base/pod.yaml:5 false", "prod/patch.yaml:4 true");
    for (method, path, mark, expected) in [
        (DEFINITION, patch, "hostIPC: tr", old),
        (DEFINITION, base, "hostIPC: fa", old),
        (REFERENCES, base, "hostIPC: fa", new),
        (REFERENCES, patch, "hostIPC: tr", new),
    ] {
        assert_eq!(ask(VALUES, method, path, mark), [expected], "{path}");
    }
}

const JSON: &[(&str, &str)] = &[
    (
        "/project/main.tf.json",
        "{\n  \"variable\": {\"open\": {\"default\": \"private\"}},\n  \"locals\": {\"acl\": \"${var.open}\"},\n  \"module\": {\"data\": {\n    \"source\": \"./data\",\n    \"public\": \"${local.acl}\"\n  }},\n  \"resource\": {\"aws_vpc\": {\"main\": {\n    \"cidr_block\": \"${module.data.id}\"\n  }}},\n  \"output\": {\"vpc\": {\"value\": \"${aws_vpc.main.id}\"}}\n}\n",
    ),
    (
        "/project/terraform.tfvars.json",
        "{\"open\": \"public-read\"}\n",
    ),
    (
        "/project/data/main.tf",
        "variable \"public\" {}\noutput \"id\" {\n  value = var.public\n}\n",
    ),
];

#[test]
fn names_in_terraform_of_json_lead_to_their_declarations_and_uses() {
    let main = "/project/main.tf.json";
    for (method, path, mark, expected) in [
        (
            DEFINITION,
            main,
            "${var.op",
            &["main.tf.json:2 \"open\""][..],
        ),
        (
            DEFINITION,
            "/project/terraform.tfvars.json",
            "\"op",
            &["main.tf.json:2 \"open\""],
        ),
        (DEFINITION, main, "${local.a", &["main.tf.json:3 \"acl\""]),
        (
            DEFINITION,
            main,
            "    \"publ",
            &["data/main.tf:1 \"public\""],
        ),
        (
            DEFINITION,
            main,
            "${module.data.i",
            &["data/main.tf:2 \"id\""],
        ),
        (
            DEFINITION,
            main,
            "${aws_vpc.ma",
            &["main.tf.json:8 \"main\""],
        ),
        (
            REFERENCES,
            main,
            "\"variable\": {\"op",
            &[
                "main.tf.json:3 var.open",
                "terraform.tfvars.json:1 \"open\"",
            ],
        ),
        (
            REFERENCES,
            "/project/data/main.tf",
            "variable \"pub",
            &["data/main.tf:3 var.public", "main.tf.json:6 \"public\""],
        ),
    ] {
        let mut found = ask(JSON, method, path, mark);
        found.sort();
        assert_eq!(found, expected, "{mark}");
    }
}

#[test]
fn files_and_checks_that_a_text_names_are_links() {
    let links = |files: &[(&str, &str)], path: &str, text: &str| {
        let mut session = Session::connect(files.iter().copied());
        session.initialize(&json!({}), &json!({ "select": ["host-pid"] }));
        session.notify("initialized", &json!({}));
        session.open_document(path, text);
        let params = json!({ "textDocument": { "uri": uri(path) } });
        let found = session.request("textDocument/documentLink", &params);
        session.leave();
        let found = found.as_array().into_iter().flatten();
        let target = |link: &Value| link["target"].as_str().unwrap_or_default().to_owned();
        found.map(target).collect::<Vec<String>>()
    };
    let overlay = KUSTOMIZE[2];
    assert_eq!(
        links(KUSTOMIZE, overlay.0, overlay.1),
        [
            "file:///project/base/kustomization.yaml",
            "file:///project/prod/patch.yaml"
        ]
    );
    assert_eq!(
        links(TERRAFORM, TERRAFORM[0].0, TERRAFORM[0].1),
        ["file:///project/data/main.tf"]
    );
    assert_eq!(
        links(JSON, JSON[0].0, JSON[0].1),
        ["file:///project/data/main.tf"]
    );
    let configuration = (
        "/project/scantling.yaml",
        "environments:\n  prod: {var-files: [prod.tfvars]}\n",
    );
    let files: Vec<(&str, &str)> = TERRAFORM.iter().copied().chain([configuration]).collect();
    assert_eq!(
        links(&files, configuration.0, configuration.1),
        ["file:///project/prod.tfvars"]
    );
    let pod = "# scantling:ignore host-pid it looks at processes\napiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {hostPID: true, containers: []}\n";
    let found = links(&[("/project/pod.yaml", pod)], "/project/pod.yaml", pod);
    assert!(found[0].starts_with("https://"), "{found:?}");
}

/// The names of the symbols of a file.
fn symbols(files: &[(&str, &str)], path: &str) -> Vec<String> {
    let mut session = Session::connect(files.iter().copied());
    let nested = json!({ "hierarchicalDocumentSymbolSupport": true });
    let capabilities = json!({ "textDocument": { "documentSymbol": nested } });
    session.initialize(&capabilities, &json!({ "select": ["host-pid"] }));
    session.notify("initialized", &json!({}));
    let params = json!({ "textDocument": { "uri": uri(path) } });
    let found = session.request("textDocument/documentSymbol", &params);
    session.leave();
    let found = found.as_array().into_iter().flatten();
    let names = found.map(|symbol| symbol["name"].as_str().unwrap_or_default().to_owned());
    names.collect()
}

#[test]
fn the_resources_of_a_file_are_its_symbols() {
    for (files, expected) in [
        (TERRAFORM, &["aws_vpc.main", "aws_subnet.a"][..]),
        (JSON, &["aws_vpc.main"]),
    ] {
        let names = symbols(files, files[0].0);
        let has = |name: &&str| names.iter().any(|one| one == name);
        assert!(expected.iter().all(has), "{names:?}");
    }
}
