//! Charts as kustomizations are built with them: where findings stand, what can't be known, and what becomes of the files.

use analysis::Report;
use expect_test::{Expect, expect};

use crate::unknown::verdicts;
use crate::{scan_user, told};

const CHART: &str = "apiVersion: v2\nname: web\nversion: 1.0.0\n";

const POD: &str = "apiVersion: v1
kind: Pod
metadata:
  name: {{ .Release.Name }}
spec:
  hostPID: {{ .Values.host.pid }}
  containers:
  - name: web
    image: web:1
    securityContext:
      privileged: {{ .Values.privileged }}
";

const VALUES: &str = "host: { pid: false }\nprivileged: false\n";

fn scan(files: &[(&str, &str)]) -> Report {
    let chart = [
        ("k/charts/web/Chart.yaml", CHART),
        ("k/charts/web/templates/pod.yaml", POD),
        ("k/charts/web/values.yaml", VALUES),
    ];
    scan_user(&chart, files)
}

#[track_caller]
fn check(files: &[(&str, &str)], expected: &Expect) {
    expected.assert_eq(&told(&scan(files)));
}

/// The verdicts on what a kustomization gives with a template.
#[track_caller]
fn check_verdicts(template: &str, kustomization: &str, expected: &[&str]) {
    let text = format!("helmCharts:\n- name: web\n{kustomization}");
    let report = scan(&[
        ("k/kustomization.yaml", &text),
        ("k/charts/web/templates/pod.yaml", template),
    ]);
    assert_eq!(report.problems, [], "{template}");
    let lines = verdicts(&report).into_iter();
    let of_pods: Vec<String> = lines.filter(|line| line.starts_with("Pod/")).collect();
    assert_eq!(of_pods, expected, "{template}");
}

#[test]
fn findings_stand_in_templates_values_and_patches() {
    check(
        &[
            (
                "k/kustomization.yaml",
                "helmCharts:
- name: web
  valuesFile: values.yaml
  valuesInline:
    host:
      pid: true
patches: [{ path: patch.yaml }]
",
            ),
            ("k/values.yaml", "privileged: true\n"),
            (
                "k/patch.yaml",
                "apiVersion: v1
kind: Pod
metadata: { name: release-name }
spec:
  containers:
  - name: more
    image: more:1
    securityContext: { privileged: true }
",
            ),
        ],
        &expect![[r#"
            host-pid k/kustomization.yaml:6 true []
              printed by the template here: k/charts/web/templates/pod.yaml:6 {{ .Values.host.pid }}
            privileged-container k/patch.yaml:8 true []
            privileged-container k/values.yaml:1 true []
              printed by the template here: k/charts/web/templates/pod.yaml:11 {{ .Values.privileged }}
            scanned k/charts/web/Chart.yaml (0) judged through 1 kustomization
            scanned k/charts/web/templates/pod.yaml (1) 
            scanned k/charts/web/values.yaml (0) 
            scanned k/kustomization.yaml (0) 
            scanned k/patch.yaml (0) 
            scanned k/values.yaml (0) 
        "#]],
    );
}

#[test]
fn a_patch_over_a_value_of_a_chart_knows_what_it_replaces() {
    check(
        &[(
            "k/kustomization.yaml",
            "helmCharts: [{ name: web }]
patches:
- patch: |-
    apiVersion: v1
    kind: Pod
    metadata: { name: release-name }
    spec: { hostPID: true }
",
        )],
        &expect![[r#"
            host-pid k/kustomization.yaml:7 true []
              takes the place of what is set here: k/charts/web/values.yaml:1 false
              printed by the template here: k/charts/web/templates/pod.yaml:6 {{ .Values.host.pid }}
            scanned k/charts/web/Chart.yaml (0) judged through 1 kustomization
            scanned k/charts/web/templates/pod.yaml (1) 
            scanned k/charts/web/values.yaml (0) 
            scanned k/kustomization.yaml (0) 
        "#]],
    );
}

#[test]
fn a_chart_of_two_overlays_is_judged_in_both_environments() {
    check(
        &[
            (
                "k/kustomization.yaml",
                "helmCharts: [{ name: web, valuesInline: { privileged: true } }]\n",
            ),
            ("overlays/prod/kustomization.yaml", "resources: [../../k]\n"),
            (
                "overlays/test/kustomization.yaml",
                "resources: [../../k]
patches:
- target: { kind: Pod }
  patch: '[{ \"op\": \"replace\", \"path\": \"/spec/hostPID\", \"value\": true }]'
",
            ),
        ],
        &expect![[r#"
            privileged-container k/kustomization.yaml:1 true []
              printed by the template here: k/charts/web/templates/pod.yaml:11 {{ .Values.privileged }}
            host-pid overlays/test/kustomization.yaml:4 true []
              takes the place of what is set here: k/charts/web/values.yaml:1 false
              printed by the template here: k/charts/web/templates/pod.yaml:6 {{ .Values.host.pid }}
            scanned k/charts/web/Chart.yaml (0) judged through 1 kustomization
            scanned k/charts/web/templates/pod.yaml (1) 
            scanned k/charts/web/values.yaml (0) 
            scanned k/kustomization.yaml (0) 
            scanned overlays/prod/kustomization.yaml (0) 
            scanned overlays/test/kustomization.yaml (0) 
        "#]],
    );
}

#[test]
fn examples_do_not_keep_a_chart_from_being_judged_by_itself() {
    check(
        &[
            ("charts/web/Chart.yaml", CHART),
            (
                "charts/web/values.yaml",
                "host: { pid: true }\nprivileged: false\n",
            ),
            ("charts/web/templates/pod.yaml", POD),
            (
                "examples/kustomization.yaml",
                "helmGlobals: { chartHome: ../charts }
helmCharts:
- name: web
  valuesMerge: replace
  valuesInline: { privileged: true }
",
            ),
        ],
        &expect![[r#"
            host-pid charts/web/values.yaml:1 true []
              printed by the template here: charts/web/templates/pod.yaml:6 {{ .Values.host.pid }}
            host-pid charts/web/values.yaml:1 true []
              printed by the template here: charts/web/templates/pod.yaml:6 {{ .Values.host.pid }}
            privileged-container examples/kustomization.yaml:5 true []
              printed by the template here: charts/web/templates/pod.yaml:11 {{ .Values.privileged }}
            scanned charts/web/Chart.yaml (0) 
            scanned charts/web/templates/pod.yaml (1) 
            scanned charts/web/values.yaml (0) 
            scanned examples/kustomization.yaml (0) 
            scanned k/charts/web/Chart.yaml (0) 
            scanned k/charts/web/templates/pod.yaml (1) 
            scanned k/charts/web/values.yaml (0) 
        "#]],
    );
}

#[test]
fn what_a_chart_takes_from_a_cluster_stays_unknown() {
    let unknown = "Pod/release-name unknown: `lookup` reads a cluster";
    let pod = |settings: &str| POD.replace("{{ .Values.privileged }}", settings);
    let looked_up = r#"{{ (lookup "v1" "Secret" "a" "b").data.x }}"#;
    check_verdicts(&pod(looked_up), "", &["Pod/release-name pass", unknown]);
    let condition = r#"{{ if lookup "v1" "Secret" "a" "b" }}true{{ else }}false{{ end }}"#;
    check_verdicts(&pod(condition), "", &["Pod/release-name pass", unknown]);
}

#[test]
fn patches_make_known_what_was_not() {
    let looked_up = r#"{{ (lookup "v1" "Secret" "a" "b").data.x }}"#;
    let pod = POD.replace("{{ .Values.privileged }}", looked_up);
    let patch = "patches:
- target: { kind: Pod }
  patch: |-
    - { op: replace, path: /spec/containers/0/securityContext/privileged, value: true }
";
    check_verdicts(
        &pod,
        patch,
        &["Pod/release-name fail", "Pod/release-name pass"],
    );
    let whole = POD.replace(
        "    securityContext:\n      privileged: {{ .Values.privileged }}\n",
        "    securityContext: {{ (lookup \"v1\" \"Secret\" \"a\" \"b\").data.x }}\n",
    );
    let merge = "patches:
- patch: |-
    apiVersion: v1
    kind: Pod
    metadata: { name: release-name }
    spec: { containers: [{ name: web, securityContext: { privileged: false } }] }
";
    check_verdicts(
        &whole,
        merge,
        &["Pod/release-name pass", "Pod/release-name pass"],
    );
}

#[test]
fn objects_under_unknown_conditions_are_conditional() {
    let pod = POD.replace("{{ .Values.privileged }}", "true");
    let template =
        format!("{{{{ if lookup \"v1\" \"Secret\" \"a\" \"b\" }}}}\n{pod}{{{{ end }}}}\n");
    check_verdicts(
        &template,
        "namePrefix: p-\n",
        &[
            "Pod/p-release-name fail conditional",
            "Pod/p-release-name pass",
        ],
    );
}

#[test]
fn random_names_keep_what_is_known_of_them() {
    let pod = POD.replace("{{ .Release.Name }}", "web-{{ randAlphaNum 5 }}");
    let pod = pod.replace("{{ .Values.privileged }}", "true");
    let report = scan(&[
        (
            "k/kustomization.yaml",
            "namePrefix: p-\nnameSuffix: -s\nhelmCharts: [{ name: web }]\n",
        ),
        ("k/charts/web/templates/pod.yaml", &pod),
    ]);
    assert_eq!(report.problems, []);
    let addresses = report
        .findings
        .iter()
        .map(|finding| finding.resource.address.as_str());
    assert_eq!(addresses.collect::<Vec<_>>(), ["Pod/p-web-?-s"]);
}

#[test]
fn fixes_change_values_of_the_kustomization() {
    let report = scan(&[(
        "k/kustomization.yaml",
        "helmCharts: [{ name: web, valuesInline: { privileged: true } }]\n",
    )]);
    let fixes = report.findings.iter().flat_map(|finding| &finding.fixes);
    let fixes: Vec<_> = fixes.collect();
    let [fix] = fixes.as_slice() else {
        panic!("{fixes:?}");
    };
    let file = report.sources.get(fix.edits[0].span.file);
    assert_eq!(file.path, std::path::Path::new("k/kustomization.yaml"));
    assert_eq!(
        (file.slice(fix.edits[0].span), fix.edits[0].text.as_str()),
        ("true", "false")
    );
    assert!(fix.proven);
}
