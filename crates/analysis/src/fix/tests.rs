//! Which fixes are proven, and what they make of a file.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use expect_test::{Expect, expect};
use source::Memory;

use super::fixed_files;
use crate::options::{NoProgress, Options};
use crate::report::Report;
use crate::scan::scan;

/// Checks of labels, so that an input has little in it: `id`, query and fix.
const CHECKS: &[(&str, &str, &str)] = &[
    (
        "red",
        ".metadata.labels.color | select(. == \"red\")",
        "{ set: green }",
    ),
    (
        "green-circle",
        ".metadata.labels | select(.color == \"green\" and .shape == \"circle\") | .shape",
        "{ remove: true }",
    ),
    (
        "no-team",
        ".metadata.labels.team | select(. == null)",
        "{ set: web }",
    ),
    (
        "no-owner",
        ".metadata.labels.owner | select(. == null)",
        "{ set: me }",
    ),
    (
        "stuck",
        ".metadata.labels.stuck | select(. != null)",
        "{ set: 'true' }",
    ),
    (
        "unwanted",
        ".metadata.annotations.tags[]? | select(. == \"a\" or . == \"b\")",
        "{ remove: true }",
    ),
];

fn system(config: &str, inputs: &[(&str, &str)]) -> Memory {
    let example = |word: &str, id: &str| {
        format!("{word}: [{{ name: {id}, kubernetes: 'kind: ConfigMap' }}]\n")
    };
    let checks = CHECKS.iter().map(|(id, query, fix)| {
        let text = format!(
            "title: t\nseverity: low\nresources: [kubernetes/ConfigMap]\nprinciple: least-privilege\nthreats: [tampering]\n\
             why: w\nquery: '{query}'\nmessage: m\nremedy: r\nfix: {fix}\n{}{}",
            example("fail", id),
            example("pass", id),
        );
        (format!("checks/kubernetes/configuration/{id}.yaml"), text)
    });
    let inputs = inputs.iter().copied().chain([("scantling.yaml", config)]);
    let inputs = inputs.map(|(path, text)| (path.to_owned(), text.to_owned()));
    Memory::new(checks.chain(inputs))
}

fn scanned(path: &str, config: &str, inputs: &[(&str, &str)]) -> Report {
    let options = Options {
        paths: vec![PathBuf::from(path)],
        directory: PathBuf::new(),
        config: Some(PathBuf::from("scantling.yaml")),
        check_folders: vec![PathBuf::from("checks")],
        select: CHECKS.iter().map(|(id, ..)| (*id).to_owned()).collect(),
        ..Options::default()
    };
    scan(&system(config, inputs), &options, &NoProgress).unwrap()
}

/// Shows the text with all fixes that fit together, and how many findings they fix of how many.
#[track_caller]
fn check_with(config: &str, text: &str, expected: &Expect) {
    let report = scanned("a.yaml", config, &[("a.yaml", text)]);
    let mut out = String::new();
    for problem in &report.problems {
        let _ = writeln!(out, "problem: {}", problem.message);
    }
    for file in fixed_files(&report) {
        assert_eq!(file.path, Path::new("a.yaml"));
        assert_eq!(&*file.before, text);
        out += &file.after;
        let _ = writeln!(out, "# {} of {}", file.findings, report.findings.len());
    }
    expected.assert_eq(&out);
}

#[track_caller]
fn check(text: &str, expected: &Expect) {
    check_with("{}", text, expected);
}

#[test]
fn fixes_of_all_objects_of_a_list_are_proven() {
    check(
        "
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: ConfigMap, metadata: {name: a, labels: {color: red, team: a, owner: a}}}
- {apiVersion: v1, kind: ConfigMap, metadata: {name: b, labels: {color: blue, team: a, owner: a}}}
- {apiVersion: v1, kind: ConfigMap, metadata: {name: c, labels: {color: red, team: a, stuck: c}}}
",
        &expect![[r#"

            apiVersion: v1
            kind: List
            items:
            - {apiVersion: v1, kind: ConfigMap, metadata: {name: a, labels: {color: green, team: a, owner: a}}}
            - {apiVersion: v1, kind: ConfigMap, metadata: {name: b, labels: {color: blue, team: a, owner: a}}}
            - {apiVersion: v1, kind: ConfigMap, metadata: {name: c, labels: {color: green, team: a, stuck: c, owner: me}}}
            # 3 of 4
        "#]],
    );
}

#[test]
fn a_fix_with_which_something_else_is_found_is_not_proven() {
    check(
        "
apiVersion: v1
kind: ConfigMap
metadata: {name: a, labels: {color: red, shape: circle, team: a, owner: a}}
",
        &expect![""],
    );
}

#[test]
fn a_fix_that_spoils_another_user_of_the_same_text_is_not_proven() {
    check(
        "
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: ConfigMap, metadata: {name: a, labels: &one {color: red, team: a, owner: a}}}
- {apiVersion: v1, kind: ConfigMap, metadata: {name: b, labels: {<<: *one, shape: circle}}}
---
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: ConfigMap, metadata: {name: c, labels: &two {color: red, team: a, owner: a}}}
- {apiVersion: v1, kind: ConfigMap, metadata: {name: d, labels: {<<: *two, shape: square}}}
",
        &expect![[r#"

            apiVersion: v1
            kind: List
            items:
            - {apiVersion: v1, kind: ConfigMap, metadata: {name: a, labels: &one {color: red, team: a, owner: a}}}
            - {apiVersion: v1, kind: ConfigMap, metadata: {name: b, labels: {<<: *one, shape: circle}}}
            ---
            apiVersion: v1
            kind: List
            items:
            - {apiVersion: v1, kind: ConfigMap, metadata: {name: c, labels: &two {color: green, team: a, owner: a}}}
            - {apiVersion: v1, kind: ConfigMap, metadata: {name: d, labels: {<<: *two, shape: square}}}
            # 1 of 4
        "#]],
    );
}

#[test]
fn fixes_in_the_same_place_are_left_for_another_run() {
    check(
        "
apiVersion: v1
kind: ConfigMap
metadata:
  name: a
  labels:
    color: red
",
        &expect![[r#"

            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: a
              labels:
                color: green
                owner: me
            # 2 of 3
        "#]],
    );
}

#[test]
fn items_of_a_list_are_told_apart_by_their_text() {
    check(
        "
apiVersion: v1
kind: ConfigMap
metadata:
  name: a
  labels: {team: a, owner: a}
  annotations:
    tags: [a, b, c]
",
        &expect![[r#"

            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: a
              labels: {team: a, owner: a}
              annotations:
                tags: [b, c]
            # 1 of 2
        "#]],
    );
}

#[test]
fn checks_that_the_configuration_disables_here_are_in_no_ones_way() {
    check_with(
        "overrides: [{ paths: ['*'], disable: [no-team, no-owner] }]",
        "
apiVersion: v1
kind: ConfigMap
metadata:
  name: a
  labels: {color: red}
",
        &expect![[r#"

            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: a
              labels: {color: green}
            # 1 of 1
        "#]],
    );
}

#[test]
fn documents_with_problems_are_not_changed() {
    check(
        "
apiVersion: v1
kind: ConfigMap
metadata: {name: a, labels: {color: blue, color: red, team: a, owner: a}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: b, labels: {color: red, team: a, owner: a}}
",
        &expect![[r#"
            problem: `color` was already set on line 4; only the last one counts

            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a, labels: {color: blue, color: red, team: a, owner: a}}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: b, labels: {color: green, team: a, owner: a}}
            # 1 of 2
        "#]],
    );
}

const CHART: &str = "apiVersion: v2\nname: a\nversion: 1.0.0\n";

/// Shows the files of a chart with all fixes that fit together, and how many findings they fix of how many.
#[track_caller]
fn check_chart(files: &[(&str, &str)], expected: &Expect) {
    let chart = [("a/Chart.yaml", CHART)];
    let files: Vec<(&str, &str)> = chart.iter().chain(files).copied().collect();
    let report = scanned("a", "{}", &files);
    let mut out = String::new();
    for problem in &report.problems {
        let _ = writeln!(out, "problem: {}", problem.message);
    }
    for file in fixed_files(&report) {
        let _ = writeln!(out, "# {}\n{}", file.path.display(), file.after);
        let _ = writeln!(out, "# {} of {}", file.findings, report.findings.len());
    }
    expected.assert_eq(&out);
}

#[test]
fn fixes_of_charts_stand_in_values_and_in_the_text_of_templates() {
    check_chart(
        &[
            (
                "a/templates/a.yaml",
                "apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
  labels: # of all
    color: {{ .Values.color }}
    {{- if .Values.owner }}
    owner: {{ .Values.owner }}
    {{- end }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: b
  labels:
    {{- toYaml .Values.labels | nindent 4 }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: c
  labels: { color: red, team: a, owner: a }
",
            ),
            (
                "a/values.yaml",
                "color: red # as ever\nlabels:\n  color: blue\n  team: a\n",
            ),
        ],
        &expect![[r#"
            # a/templates/a.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: {{ .Release.Name }}
              labels: # of all
                color: {{ .Values.color }}
                team: web
                {{- if .Values.owner }}
                owner: {{ .Values.owner }}
                {{- end }}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: b
              labels:
                {{- toYaml .Values.labels | nindent 4 }}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: c
              labels: { color: green, team: a, owner: a }

            # 2 of 5
            # a/values.yaml
            color: green # as ever
            labels:
              color: blue
              team: a
            owner: me

            # 2 of 5
        "#]],
    );
}

#[test]
fn keys_that_a_template_reads_already_are_set_in_the_values() {
    let chart = |head: &str, owner: &str| {
        format!(
            "apiVersion: v1
kind: ConfigMap
metadata:
  name: a
  labels:
    color: blue
    team: a
    {{{{- {head} }}}}
    owner: {owner}
    {{{{- end }}}}
"
        )
    };
    let values = "meta:\n  # Nobody yet.\n  owner:\n";
    for template in [
        chart("if .Values.meta.owner", "{{ .Values.meta.owner }}"),
        chart("with .Values.meta.owner", "{{ . | quote }}"),
    ] {
        check_chart(
            &[("a/templates/a.yaml", &template), ("a/values.yaml", values)],
            &expect![[r#"
                # a/values.yaml
                meta:
                  # Nobody yet.
                  owner: me

                # 1 of 1
            "#]],
        );
    }
    let other = chart("if .Values.meta.owner", "somebody");
    check_chart(
        &[("a/templates/a.yaml", &other), ("a/values.yaml", values)],
        &expect![[""]],
    );
}

#[test]
fn fixes_in_templates_leave_alone_what_actions_print() {
    check_chart(
        &[
            (
                "a/templates/a.yaml",
                "apiVersion: v1
kind: ConfigMap
metadata:
  name: a
  labels:
    color: blue
    team: a
    {{- toYaml .Values.more | nindent 4 }}
  annotations:
    {{- toYaml .Values.more | nindent 4 }}
",
            ),
            ("a/values.yaml", "more: { a: b }\n"),
        ],
        &expect![[r#"
            # a/templates/a.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: a
              labels:
                color: blue
                team: a
                {{- toYaml .Values.more | nindent 4 }}
                owner: me
              annotations:
                {{- toYaml .Values.more | nindent 4 }}

            # 1 of 1
        "#]],
    );
}

#[test]
fn fixes_of_charts_hold_in_all_environments() {
    let template = "apiVersion: v1
kind: ConfigMap
metadata:
  name: a
  labels: { color: {{ .Values.color }}, shape: {{ .Values.shape }}, team: a, owner: a }
";
    check_chart(
        &[
            ("a/templates/a.yaml", template),
            ("a/values.yaml", "color: red\nshape: square\n"),
            ("a/values-prod.yaml", "shape: circle\n"),
            ("a/values-test.yaml", "{}\n"),
        ],
        &expect![[""]],
    );
    check_chart(
        &[
            ("a/templates/a.yaml", template),
            ("a/values.yaml", "color: blue\nshape: circle\n"),
            ("a/values-prod.yaml", "shape: square\ncolor: red\n"),
            ("a/values-test.yaml", "{}\n"),
        ],
        &expect![[r#"
            # a/values-prod.yaml
            shape: square
            color: green

            # 1 of 1
        "#]],
    );
}
