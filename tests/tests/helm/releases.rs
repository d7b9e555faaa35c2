//! Charts as releases of Terraform install them: where findings stand, and what can't be known.

use std::path::PathBuf;

use analysis::{NoProgress, Options, Report};
use expect_test::{Expect, expect};
use source::Memory;

use crate::unknown::verdicts;
use crate::{scan_user, told};

const CHART: &str = "apiVersion: v2\nname: web\nversion: 1.0.0\n";

const POD: &str = "apiVersion: v1
kind: Pod
metadata:
  name: {{ .Release.Name }}
  namespace: {{ .Release.Namespace }}
spec:
  hostPID: {{ .Values.host.pid }}
  containers:
  - name: web
    image: web:1
    securityContext:
      privileged: {{ .Values.privileged }}
  {{- range .Values.more }}
  - name: {{ . }}
    image: more:1
    securityContext: { privileged: true }
  {{- end }}
";

const VALUES: &str = "host: { pid: false }\nprivileged: false\nmore: []\n";

fn scan(files: &[(&str, &str)]) -> Report {
    let chart = [
        ("charts/web/Chart.yaml", CHART),
        ("charts/web/templates/pod.yaml", POD),
        ("charts/web/values.yaml", VALUES),
    ];
    scan_user(&chart, files)
}

#[track_caller]
fn check(files: &[(&str, &str)], expected: &Expect) {
    expected.assert_eq(&told(&scan(files)));
}

/// The verdicts on what a release with these arguments installs.
#[track_caller]
fn check_verdicts(arguments: &str, expected: &[&str]) {
    let text = format!(
        "variable \"x\" {{}}\nresource \"helm_release\" \"web\" {{\n  name = \"web\"\n  chart = \"./charts/web\"\n{arguments}\n}}\n"
    );
    let report = scan(&[("main.tf", &text)]);
    assert_eq!(report.problems, [], "{arguments}");
    let verdicts = verdicts(&report).into_iter();
    let of_pods: Vec<String> = verdicts.filter(|line| line.starts_with("Pod/")).collect();
    assert_eq!(of_pods, expected, "{arguments}");
}

#[test]
fn findings_stand_where_the_value_is_written() {
    check(
        &[
            (
                "main.tf",
                r#"
variable "host_pid" {}
variable "more" { default = ["sidecar"] }
resource "helm_release" "web" {
  name      = "shop"
  namespace = "shop"
  chart     = "${path.module}/charts/web"
  values = [
    file("values/base.yaml"),
    yamlencode({ host = { pid = var.host_pid } }),
  ]
  set_list {
    name  = "more"
    value = var.more
  }
}
"#,
            ),
            ("terraform.tfvars", "host_pid = true\n"),
            ("values/base.yaml", "privileged: true\n"),
        ],
        &expect![[r#"
            privileged-container charts/web/templates/pod.yaml:16 true []
            host-pid terraform.tfvars:1 true []
              printed by the template here: charts/web/templates/pod.yaml:7 {{ .Values.host.pid }}
              referred to here: main.tf:10 var.host_pid
            privileged-container values/base.yaml:1 true []
              printed by the template here: charts/web/templates/pod.yaml:12 {{ .Values.privileged }}
              computed from this: main.tf:9 file("values/base.yaml")
            scanned charts/web/Chart.yaml (0) judged through 1 release of Terraform
            scanned charts/web/templates/pod.yaml (1) 
            scanned charts/web/values.yaml (0) 
            scanned main.tf (1) 
            scanned terraform.tfvars (0) 
            scanned values/base.yaml (0) 
        "#]],
    );
}

#[test]
fn values_may_be_text_with_expressions_and_single_ones() {
    check(
        &[
            (
                "main.tf",
                r#"
variable "on" { default = true }
resource "helm_release" "web" {
  name  = "shop"
  chart = "./charts/web"
  values = [<<-YAML
    host:
      pid: ${var.on}
    YAML
  ]
  set = [{ name = "privileged", value = true }]
}
resource "helm_release" "other" {
  name   = "other"
  chart  = "./charts/web"
  values = [templatefile("other.tftpl", { on = var.on })]
  set {
    name  = "host.pid"
    value = "false"
  }
}
"#,
            ),
            ("other.tftpl", "host: { pid: ${on} }\nprivileged: ${on}\n"),
        ],
        &expect![[r#"
            host-pid main.tf:2 true []
              printed by the template here: charts/web/templates/pod.yaml:7 {{ .Values.host.pid }}
              referred to here: main.tf:8 var.on
            privileged-container main.tf:2 true []
              printed by the template here: charts/web/templates/pod.yaml:12 {{ .Values.privileged }}
              referred to here: main.tf:16 var.on
            privileged-container main.tf:11 true []
              printed by the template here: charts/web/templates/pod.yaml:12 {{ .Values.privileged }}
            scanned charts/web/Chart.yaml (0) judged through 2 releases of Terraform
            scanned charts/web/templates/pod.yaml (2) 
            scanned charts/web/values.yaml (0) 
            scanned main.tf (2) 
            scanned other.tftpl (0) 
        "#]],
    );
}

#[test]
fn unknown_values_make_verdicts_unknown() {
    for (arguments, host_pid, privileged) in [
        ("values = [yamlencode({ privileged = var.x })]", false, true),
        ("values = [\"privileged: ${var.x}\"]", false, true),
        ("values = [yamlencode({ host = var.x })]", true, false),
        ("set {\nname = \"host.pid\"\nvalue = var.x\n}", true, false),
        ("values = var.x", true, true),
        ("values = [var.x]", true, true),
        ("set = var.x", true, true),
        ("values = [var.x, \"privileged: false\"]", true, true),
        (
            "values = [yamlencode(merge(var.x, { privileged = false }))]",
            true,
            true,
        ),
    ] {
        let text = format!(
            "variable \"x\" {{}}\nresource \"helm_release\" \"web\" {{\n  name = \"web\"\n  chart = \"./charts/web\"\n{arguments}\n}}\n"
        );
        let report = scan(&[("main.tf", &text)]);
        assert_eq!(report.problems, [], "{arguments}");
        let rows = report.verdicts.iter();
        let rows = rows.filter(|row| row.resource.address == "Pod/default/web");
        // Of further containers, which there may be, it is known that they are privileged.
        let mut findings = report.findings.iter();
        assert!(findings.all(|finding| finding.conditional), "{arguments}");
        let is_unknown = |check: &str| {
            let mut rows = rows.clone().filter(|row| row.check.id == check);
            let mut findings = report.findings.iter();
            rows.any(|row| matches!(row.verdict, analysis::Verdict::Unknown(_)))
                || findings.any(|finding| finding.check.id == check)
        };
        let found = (is_unknown("host-pid"), is_unknown("privileged-container"));
        assert_eq!(found, (host_pid, privileged), "{arguments}");
    }
}

#[test]
fn releases_and_their_objects_may_be_conditional() {
    check_verdicts(
        "count = var.x ? 1 : 0\nset {\nname = \"privileged\"\nvalue = true\n}",
        &["Pod/default/web fail conditional", "Pod/default/web pass"],
    );
    check_verdicts(
        "set_list {\nname = \"more\"\nvalue = var.x\n}",
        &["Pod/default/web fail conditional", "Pod/default/web pass"],
    );
    check_verdicts(
        "for_each = toset([\"a\", \"b\"])\nnamespace = each.key\nset {\nname = \"privileged\"\nvalue = each.key == \"a\"\n}",
        &[
            "Pod/a/web fail",
            "Pod/a/web pass",
            "Pod/b/web pass",
            "Pod/b/web pass",
        ],
    );
}

/// What is unknown may be any number of entries and items, and values that a chart refuses can't be it.
#[test]
fn unknown_values_leave_charts_whole() {
    let pod = "apiVersion: v1
kind: Pod
metadata:
  name: a
  labels:
    app: a
    {{- toYaml .Values.labels | nindent 4 }}
  annotations: {{ .Values.annotations }}
spec:
  {{- if not (has .Values.strategy (list \"a\" \"b\")) }}
  {{- fail \"the strategy must be a or b\" }}
  {{- end }}
  {{- range $name, $value := .Values.fields }}
  {{ $name }}: {{ $value }}
  {{- end }}
  {{- if semverCompare \">1.0\" .Values.version }}
  hostNetwork: true
  {{- end }}
  containers:
  - name: a
    image: b
  {{- toYaml .Values.containers | nindent 2 }}
";
    let main = "variable \"x\" {}
resource \"helm_release\" \"web\" {
  name   = \"a\"
  chart  = \"./charts/web\"
  values = [yamlencode({ annotations = var.x, labels = var.x, strategy = var.x, fields = var.x, version = var.x, containers = var.x })]
}
";
    let report = scan(&[("main.tf", main), ("charts/web/templates/pod.yaml", pod)]);
    assert_eq!(report.problems, []);
    let verdicts = verdicts(&report).into_iter();
    let verdicts: Vec<String> = verdicts.filter(|line| line.starts_with("Pod/")).collect();
    let unknown = "Pod/a unknown: variable `x` has neither a value nor a default";
    assert_eq!(verdicts, [unknown, unknown]);
}

/// A chart with another one in it, which a value switches on, and a schema.
#[test]
fn charts_in_charts_and_schemas_bear_unknown_values() {
    let chart = "apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies: [{ name: cache, version: 1.0.0, condition: cache.enabled }]\n";
    let cache = "apiVersion: v1\nkind: Pod\nmetadata: { name: cache }\nspec: { hostPID: true, containers: [{ name: a, image: b }] }\n";
    let schema = r#"{ "properties": { "cache": { "required": ["enabled"], "properties": { "enabled": { "type": "boolean" } } } } }"#;
    for (value, expected) in [
        ("cache = { enabled = var.x }", "Pod/cache fail conditional"),
        ("cache = var.x", "Pod/cache fail conditional"),
        ("cache = { enabled = true }", "Pod/cache fail"),
        ("cache = { enabled = false }", ""),
    ] {
        let main = format!(
            "variable \"x\" {{}}\nresource \"helm_release\" \"web\" {{\n  name = \"a\"\n  chart = \"./charts/web\"\n  values = [yamlencode({{ {value} }})]\n}}\n"
        );
        let report = scan(&[
            ("main.tf", &main),
            ("charts/web/Chart.yaml", chart),
            ("charts/web/values.schema.json", schema),
            (
                "charts/web/charts/cache/Chart.yaml",
                "apiVersion: v2\nname: cache\nversion: 1.0.0\n",
            ),
            ("charts/web/charts/cache/templates/pod.yaml", cache),
        ]);
        assert_eq!(report.problems, [], "{value}");
        let fails = verdicts(&report).into_iter();
        let fails: Vec<String> = fails.filter(|line| line.contains(" fail")).collect();
        assert_eq!(fails.concat(), expected, "{value}");
    }
}

#[test]
fn environments_are_those_of_the_root() {
    let main = r#"
variable "on" {}
resource "helm_release" "web" {
  name  = "web"
  chart = "./charts/web"
  set {
    name  = "privileged"
    value = var.on
  }
}
"#;
    check(
        &[
            ("main.tf", main),
            ("dev.tfvars", "on = true\n"),
            ("prod.tfvars", "on = false\n"),
        ],
        &expect![[r#"
            privileged-container dev.tfvars:1 true [dev]
              printed by the template here: charts/web/templates/pod.yaml:12 {{ .Values.privileged }}
              referred to here: main.tf:8 var.on
            scanned charts/web/Chart.yaml (0) judged through 1 release of Terraform
            scanned charts/web/templates/pod.yaml (1) 
            scanned charts/web/values.yaml (0) 
            scanned dev.tfvars (0) 
            scanned main.tf (1) 
            scanned prod.tfvars (0) 
        "#]],
    );
}

#[test]
fn secret_values_are_not_told() {
    let main = r#"
resource "helm_release" "web" {
  name  = "web"
  chart = "./charts/web"
  set_sensitive {
    name  = "image"
    value = "tr0ub4dor:latest"
  }
}
"#;
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: [{ name: a, image: {{ .Values.image }} }] }\n";
    let options = Options {
        paths: vec![PathBuf::from(".")],
        select: vec!["floating-image-tag".to_owned()],
        ..Options::default()
    };
    let system = Memory::new([
        ("main.tf", main),
        ("charts/web/Chart.yaml", CHART),
        ("charts/web/templates/pod.yaml", pod),
    ]);
    let report = analysis::scan(&system, &options, &NoProgress).expect("any root can be scanned");
    let [finding] = report.findings.iter().collect::<Vec<_>>()[..] else {
        panic!("one finding: {:?}", report.findings);
    };
    assert!(
        !finding.message.contains("tr0ub4dor"),
        "{}",
        finding.message
    );
    assert!(report.secrets.contains(&finding.span));
}

#[test]
fn comments_in_files_of_values_hide_findings() {
    let report = scan(&[
        (
            "main.tf",
            "resource \"helm_release\" \"web\" {\n  name = \"a\"\n  chart = \"./charts/web\"\n  values = [file(\"base.yaml\"), \"host: { pid: true }\"] # scantling:ignore host-pid needed\n}\n",
        ),
        (
            "base.yaml",
            "privileged: true # scantling:ignore privileged-container needed\n",
        ),
    ]);
    assert_eq!(report.findings.len(), 0);
    assert_eq!(report.suppressed.len(), 2);
}

#[test]
fn charts_that_are_not_there_are_told() {
    check(
        &[(
            "main.tf",
            r#"
variable "x" {}
resource "helm_release" "remote" {
  name       = "a"
  chart      = "nginx"
  repository = "https://charts.example.org"
}
resource "helm_release" "absent" {
  name  = "a"
  chart = "./charts/none"
}
resource "helm_release" "unknown" {
  name  = "a"
  chart = var.x
}
resource "helm_release" "outside" {
  name  = "a"
  chart = "../../etc"
}
"#,
        )],
        &expect![[r#"
            Warning chart-not-rendered: the chart `nginx` is not rendered, so what it installs is not judged: it is in the repository `https://charts.example.org` (main.tf:5 chart)
            Warning chart-not-rendered: the chart `./charts/none` is not rendered, so what it installs is not judged: no chart stands at this path in the input (main.tf:10 chart)
            Warning chart-not-rendered: the chart of this release is not rendered, so what it installs is not judged: its chart can't be known (main.tf:12 resource "helm_release" "unknown" {)
            Warning chart-not-rendered: the chart `../../etc` is not rendered, so what it installs is not judged: no chart stands at this path in the input (main.tf:18 chart)
            scanned charts/web/Chart.yaml (0) 
            scanned charts/web/templates/pod.yaml (1) 
            scanned charts/web/values.yaml (0) 
            scanned main.tf (4) 
        "#]],
    );
}

#[test]
fn a_chart_is_judged_by_itself_unless_something_but_an_example_installs_it() {
    let release =
        "resource \"helm_release\" \"web\" {\n  name = \"a\"\n  chart = \"../../charts/web\"\n}\n";
    for (folder, expected) in [("examples/simple", 2), ("live/prod", 1)] {
        let report = scan(&[(&format!("{folder}/main.tf"), release)]);
        let rows = report.verdicts.iter();
        let pods = rows.filter(|row| row.resource.address.starts_with("Pod/"));
        assert_eq!(pods.count() / 2, expected, "{folder}");
    }
}
