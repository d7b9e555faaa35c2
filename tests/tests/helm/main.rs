//! Scans of charts: where findings stand, what they came through, and what became of each file.

mod kustomizations;
mod releases;
mod unknown;

use std::path::PathBuf;

use analysis::{HelmOptions, NoProgress, Options, Report, SetForm};
use expect_test::{Expect, expect};
use source::Memory;
use tests::told;

const CHART: &str = "apiVersion: v2\nname: shop\nversion: 1.0.0\n";

const POD: &str = r#"apiVersion: v1
kind: Pod
metadata:
  name: {{ .Release.Name }}-{{ .Values.name }}
spec:
  containers:
  - name: web
    image: {{ include "image" . | quote }}
    {{- with .Values.security }}
    securityContext:
      {{- toYaml . | nindent 6 }}
    {{- end }}
"#;

const HELPERS: &str = r#"{{ define "image" -}}
{{ .Values.image.name }}:{{ .Values.image.tag | default "latest" }}
{{- end }}
"#;

const VALUES: &str = "name: web
image:
  name: example.org/web
  tag: ''
security:
  privileged: true
";

fn scan(files: &[(&str, &str)], helm: HelmOptions) -> Report {
    let options = Options {
        paths: vec![PathBuf::from(".")],
        select: vec![
            "privileged-container".to_owned(),
            "floating-image-tag".to_owned(),
        ],
        helm,
        ..Options::default()
    };
    let system = Memory::new(files.iter().copied());
    analysis::scan(&system, &options, &NoProgress).expect("any chart can be scanned")
}

/// A scan of what uses a chart, of which some files may be others.
fn scan_user(chart: &[(&str, &str)], files: &[(&str, &str)]) -> Report {
    let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    let own = chart.iter().filter(|(name, _)| !names.contains(name));
    let all: Vec<(&str, &str)> = own.chain(files).copied().collect();
    let options = Options {
        paths: vec![PathBuf::from(".")],
        select: vec!["privileged-container".to_owned(), "host-pid".to_owned()],
        passes: true,
        ..Options::default()
    };
    analysis::scan(&Memory::new(all), &options, &NoProgress).expect("any input can be scanned")
}

#[track_caller]
fn check_with(more: &[(&str, &str)], helm: HelmOptions, expected: &Expect) -> Report {
    let files = [
        ("Chart.yaml", CHART),
        ("templates/pod.yaml", POD),
        ("templates/_helpers.tpl", HELPERS),
        ("values.yaml", VALUES),
    ];
    let more_names: Vec<&str> = more.iter().map(|(name, _)| *name).collect();
    let own = files.iter().filter(|(name, _)| !more_names.contains(name));
    let all: Vec<(&str, &str)> = own.chain(more).copied().collect();
    let report = scan(&all, helm);
    expected.assert_eq(&told(&report));
    report
}

#[track_caller]
fn check(more: &[(&str, &str)], expected: &Expect) -> Report {
    check_with(more, HelmOptions::default(), expected)
}

#[test]
fn findings_stand_in_values_and_templates() {
    check(
        &[],
        &expect![[r#"
            floating-image-tag templates/_helpers.tpl:2 latest []
              printed by the template here: templates/pod.yaml:8 {{ include "image" . | quote }}
              computed from this: templates/_helpers.tpl:2 :
              computed from this: values.yaml:4 ''
              computed from this: values.yaml:3 example.org/web
            privileged-container values.yaml:6 true []
              printed by the template here: templates/pod.yaml:11 {{- toYaml . | nindent 6 }}
            scanned Chart.yaml (0) 
            scanned templates/pod.yaml (1) 
            scanned values.yaml (0) 
        "#]],
    );
}

#[test]
fn what_stands_in_the_place_of_an_empty_key_is_changed_at_that_key() {
    let image = "{{ .Values.image.name }}:{{ .Values.image.tag | default .Chart.AppVersion }}";
    let pod = POD.replace("{{ include \"image\" . | quote }}", image);
    check(
        &[
            (
                "Chart.yaml",
                "apiVersion: v2\nname: shop\nversion: 1.0.0\nappVersion: latest\n",
            ),
            ("templates/pod.yaml", &pod),
            (
                "values.yaml",
                "name: web\nimage:\n  name: example.org/web\n  tag: ''\n",
            ),
        ],
        &expect![[r#"
            floating-image-tag values.yaml:4 '' []
              printed by the template here: templates/pod.yaml:8 {{ .Values.image.tag | default .Chart.AppVersion }}
              computed from this: values.yaml:3 example.org/web
              computed from this: templates/pod.yaml:8 :
            scanned Chart.yaml (0) 
            scanned templates/pod.yaml (1) 
            scanned values.yaml (0) 
        "#]],
    );
}

#[test]
fn what_a_template_adds_to_what_it_takes_from_helpers_is_changed_in_the_template() {
    let pod = POD.replace(
        "{{ include \"image\" . | quote }}",
        "{{ include \"name\" . }}:latest",
    );
    let helpers = "{{ define \"name\" }}example.org/web{{ end }}\n";
    let values = "name: web\nsecurity: {}\n";
    check(
        &[
            ("templates/pod.yaml", &pod),
            ("templates/_helpers.tpl", helpers),
            ("values.yaml", values),
        ],
        &expect![[r#"
            floating-image-tag templates/pod.yaml:8 :latest []
              printed by the template here: templates/pod.yaml:8 {{ include "name" . }}
              computed from this: templates/_helpers.tpl:1 example.org/web
            scanned Chart.yaml (0) 
            scanned templates/pod.yaml (1) 
            scanned values.yaml (0) 
        "#]],
    );
}

#[test]
fn what_several_templates_take_from_one_key_is_found_once() {
    let pod = POD.replace("}}-{{ .Values.name }}", "}}-other");
    check(
        &[("templates/other.yaml", &pod)],
        &expect![[r#"
        floating-image-tag templates/_helpers.tpl:2 latest []
          printed by the template here: templates/other.yaml:8 {{ include "image" . | quote }}
          computed from this: templates/_helpers.tpl:2 :
          computed from this: values.yaml:4 ''
          computed from this: values.yaml:3 example.org/web
          also in Pod/release-name-web: templates/pod.yaml:1 apiVersion: v1
        privileged-container values.yaml:6 true []
          printed by the template here: templates/other.yaml:11 {{- toYaml . | nindent 6 }}
          also in Pod/release-name-web: templates/pod.yaml:1 apiVersion: v1
        scanned Chart.yaml (0) 
        scanned templates/other.yaml (1) 
        scanned templates/pod.yaml (1) 
        scanned values.yaml (0) 
    "#]],
    );
}

#[test]
fn files_of_values_make_environments() {
    check(
        &[
            (
                "values-prod.yaml",
                "image: { tag: '1.2' }\nsecurity: null\n",
            ),
            ("values-staging.yaml", "security: { privileged: false }\n"),
        ],
        &expect![[r#"
            floating-image-tag templates/_helpers.tpl:2 latest [staging]
              printed by the template here: templates/pod.yaml:8 {{ include "image" . | quote }}
              computed from this: templates/_helpers.tpl:2 :
              computed from this: values.yaml:4 ''
              computed from this: values.yaml:3 example.org/web
            scanned Chart.yaml (0) 
            scanned templates/pod.yaml (1) 
            scanned values-prod.yaml (0) 
            scanned values-staging.yaml (0) 
            scanned values.yaml (0) 
        "#]],
    );
}

/// Objects that only the values hold, by way of templates without any text of their own.
#[test]
fn objects_from_values_are_judged() {
    let values = "name: web
image: { name: a, tag: '1' }
extra:
- apiVersion: v1
  kind: Pod
  metadata: { name: extra }
  spec:
    containers:
    - name: a
      image: example.org/a:1
      securityContext: { privileged: true }
text: |
  apiVersion: v1
  kind: Pod
  metadata: { name: text }
  spec: { containers: [{ name: a, image: 'example.org/{{ .Values.name }}:latest' }] }
";
    check(
        &[
            ("values.yaml", values),
            (
                "templates/extra.yaml",
                "{{ range .Values.extra }}\n---\n{{ toYaml . }}\n{{ end }}\n",
            ),
            ("templates/text.yaml", "{{ tpl .Values.text . }}\n"),
            ("templates/included.yaml", "{{ include \"extra\" . }}\n"),
            (
                "templates/_extra.tpl",
                "{{ define \"extra\" }}{{ toYaml (index .Values.extra 0) }}{{ end }}\n",
            ),
        ],
        &expect![[r#"
            privileged-container values.yaml:11 true []
              printed by the template here: templates/extra.yaml:3 {{ toYaml . }}
            floating-image-tag values.yaml:12 | []
              printed by the template here: templates/text.yaml:1 {{ tpl .Values.text . }}
              computed from this: values.yaml:1 web
            scanned Chart.yaml (0) 
            scanned templates/extra.yaml (1) 
            scanned templates/included.yaml (1) 
            scanned templates/pod.yaml (1) 
            scanned templates/text.yaml (1) 
            scanned values.yaml (0) 
        "#]],
    );
}

#[test]
fn what_is_no_chart_that_renders_is_left_out() {
    let report = scan(
        &[
            ("assets/logo.tgz", "no archive"),
            (
                "lib/Chart.yaml",
                "apiVersion: v2\nname: lib\nversion: 1.0.0\ntype: library\n",
            ),
            ("lib/templates/_a.yaml", "{{ define \"a\" }}{{ end }}\n"),
        ],
        HelmOptions::default(),
    );
    expect![[r#"
        skipped assets/logo.tgz (0) no packaged chart: invalid gzip header
        skipped lib/Chart.yaml (0) a library, of which charts that need it are rendered
        skipped lib/templates/_a.yaml (0) a library, of which charts that need it are rendered
    "#]]
    .assert_eq(&told(&report));
}

#[test]
fn a_chart_in_the_folder_of_another_is_a_chart_of_its_own() {
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: { name: {{ .Values.name }} }\nspec:\n  containers:\n  - name: a\n    image: example.org/a:latest\n";
    check(
        &[
            ("values.yaml", "name: web\nimage: { name: a, tag: '1' }\n"),
            (
                "tools/Chart.yaml",
                "apiVersion: v2\nname: tools\nversion: 1.0.0\n",
            ),
            ("tools/values.yaml", "name: tools\n"),
            ("tools/templates/pod.yaml", pod),
        ],
        &expect![[r#"
            floating-image-tag tools/templates/pod.yaml:7 example.org/a:latest []
            scanned Chart.yaml (0) 
            scanned templates/pod.yaml (1) 
            scanned tools/Chart.yaml (0) 
            scanned tools/templates/pod.yaml (1) 
            scanned tools/values.yaml (0) 
            scanned values.yaml (0) 
        "#]],
    );
}

#[test]
fn values_for_tests_are_named_so() {
    let tests = "image: { tag: '1.2' }\nname: test\nsecurity: { privileged: true }\n";
    check(
        &[("ci/a-values.yaml", tests)],
        &expect![[r#"
            privileged-container ci/a-values.yaml:3 true [ci/a]
              printed by the template here: templates/pod.yaml:11 {{- toYaml . | nindent 6 }}
            floating-image-tag templates/_helpers.tpl:2 latest []
              printed by the template here: templates/pod.yaml:8 {{ include "image" . | quote }}
              computed from this: templates/_helpers.tpl:2 :
              computed from this: values.yaml:4 ''
              computed from this: values.yaml:3 example.org/web
            privileged-container values.yaml:6 true []
              printed by the template here: templates/pod.yaml:11 {{- toYaml . | nindent 6 }}
            scanned Chart.yaml (0) 
            scanned ci/a-values.yaml (0) 
            scanned templates/pod.yaml (2) 
            scanned values.yaml (0) 
        "#]],
    );
}

#[test]
fn what_the_call_gives_counts_for_all_charts() {
    let helm = HelmOptions {
        set: vec![(SetForm::Set, "image.tag=2,security=null".to_owned())],
        ..HelmOptions::default()
    };
    check_with(
        &[("values-prod.yaml", "image: { tag: latest }\n")],
        helm,
        &expect![[r#"
            scanned Chart.yaml (0) 
            scanned templates/pod.yaml (1) 
            skipped values-prod.yaml (0) values that nothing in this run is rendered with
            scanned values.yaml (0) 
        "#]],
    );
}

#[test]
fn a_broken_template_leaves_the_others() {
    check(
        &[
            ("templates/a.yaml", "kind: {{ .Values.name\n"),
            ("templates/b.yaml", "kind: {{ fail \"not like this\" }}\n"),
            (
                "templates/c.yaml",
                "kind: {{ required \"name it\" .Values.none }}\n",
            ),
            ("templates/d.yaml", "a: {{ .Values.none.deeper }}\n"),
            ("templates/e.yaml", "a: b: {{ .Values.name }}\n"),
        ],
        &expect![[r#"
            floating-image-tag templates/_helpers.tpl:2 latest []
              printed by the template here: templates/pod.yaml:8 {{ include "image" . | quote }}
              computed from this: templates/_helpers.tpl:2 :
              computed from this: values.yaml:4 ''
              computed from this: values.yaml:3 example.org/web
            privileged-container values.yaml:6 true []
              printed by the template here: templates/pod.yaml:11 {{- toYaml . | nindent 6 }}
            Error chart-template: unclosed action started at shop/templates/a.yaml:1 (templates/a.yaml:2 )
            Error chart-template: not like this (templates/b.yaml:1 fail "not like this")
            Error chart-template: name it (templates/c.yaml:1 {{ required "name it" .Values.none }})
            Error chart-template: nil pointer evaluating interface {}.deeper (templates/d.yaml:1 .Values.none.deeper)
            Error chart-manifest: YAML parse error on shop/templates/e.yaml: a colon can't stand here: text with a colon and a blank needs quotes (templates/e.yaml:1 a: b: )
            scanned Chart.yaml (0) 
            failed templates/a.yaml (0) unclosed action started at shop/templates/a.yaml:1
            failed templates/b.yaml (0) not like this
            failed templates/c.yaml (0) name it
            failed templates/d.yaml (0) nil pointer evaluating interface {}.deeper
            failed templates/e.yaml (0) YAML parse error on shop/templates/e.yaml: a colon can't stand here: text with a colon and a blank needs quotes
            scanned templates/pod.yaml (1) 
            scanned values.yaml (0) 
        "#]],
    );
}

#[test]
fn subcharts_are_judged_with_the_values_of_their_parent() {
    let chart = "apiVersion: v2\nname: shop\nversion: 1.0.0\ndependencies:\n- { name: cache, version: 1.0.0 }\n- { name: gone, version: 1.0.0 }\n";
    let cache = "apiVersion: v2\nname: cache\nversion: 1.0.0\n";
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: { name: cache }\nspec:\n  containers:\n  - name: cache\n    image: {{ .Values.image }}\n";
    check(
        &[
            ("Chart.yaml", chart),
            (
                "values.yaml",
                "cache:\n  image: redis:latest\nname: a\nimage: { name: a, tag: '1' }\n",
            ),
            ("charts/cache/Chart.yaml", cache),
            ("charts/cache/values.yaml", "image: redis:7\n"),
            ("charts/cache/templates/pod.yaml", pod),
        ],
        &expect![[r#"
            floating-image-tag values.yaml:2 redis:latest []
              printed by the template here: charts/cache/templates/pod.yaml:7 {{ .Values.image }}
            Error missing-dependency: the chart gone is not in `charts/`, so nothing of it is rendered (Chart.yaml:6 { name: gone, version: 1.0.0 })
            failed Chart.yaml (0) the chart gone is not in `charts/`, so nothing of it is rendered
            scanned charts/cache/Chart.yaml (0) 
            scanned charts/cache/templates/pod.yaml (1) 
            scanned charts/cache/values.yaml (0) 
            scanned templates/pod.yaml (1) 
            scanned values.yaml (0) 
        "#]],
    );
}

#[test]
fn the_namespace_is_unknown_unless_it_is_given_and_other_templates_are_assets() {
    let account = "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: a\n  namespace: {{ .Release.Namespace }}\n";
    let files = [
        ("Chart.yaml", CHART),
        (
            "assets/rules.yaml",
            "{{ range .Values.rules }}\n- {{ . }}\n{{ end }}\n",
        ),
        ("templates/account.yaml", account),
    ];
    let scan = |namespace: Option<&str>| {
        let options = Options {
            paths: vec![PathBuf::from(".")],
            select: vec!["default-namespace".to_owned()],
            helm: HelmOptions {
                namespace: namespace.map(str::to_owned),
                ..HelmOptions::default()
            },
            ..Options::default()
        };
        let report = analysis::scan(&Memory::new(files), &options, &NoProgress);
        report.expect("any chart can be scanned")
    };
    expect![[r#"
        scanned Chart.yaml (0) 
        skipped assets/rules.yaml (0) text of a template beside those of a chart, which only the chart can read
        scanned templates/account.yaml (1) 
    "#]].assert_eq(&told(&scan(None)));
    assert_eq!(scan(None).unknown(), 1);
    assert_eq!(scan(Some("shop")).unknown(), 0);
    assert_eq!(scan(Some("default")).findings.len(), 1);
}

#[test]
fn comments_in_templates_and_values_hide_findings() {
    let report = check(
        &[
            (
                "values.yaml",
                "name: web\nimage: { name: example.org/web, tag: '1' }\nsecurity:\n  # scantling:ignore privileged-container needed here\n  privileged: true\n",
            ),
            (
                "templates/other.yaml",
                "apiVersion: v1\nkind: Pod\nmetadata: { name: {{ .Values.name }} }\nspec:\n  containers:\n  - name: other\n    # scantling:ignore floating-image-tag it is only for us\n    image: example.org/other:latest\n",
            ),
        ],
        &expect![[r#"
            scanned Chart.yaml (0) 
            scanned templates/other.yaml (1) 
            scanned templates/pod.yaml (1) 
            scanned values.yaml (0) 
        "#]],
    );
    assert_eq!(report.suppressed.len(), 2);
}
