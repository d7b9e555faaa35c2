//! Which fixes are proven, and what they make of a file.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use expect_test::{Expect, expect};
use source::Memory;

use super::fixed_files;
use crate::options::{NoProgress, Options};
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

fn system(config: &str, text: &str) -> Memory {
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
    let files = [
        ("scantling.yaml".to_owned(), config.to_owned()),
        ("a.yaml".to_owned(), text.to_owned()),
    ];
    Memory::new(checks.chain(files))
}

/// Shows the text with all fixes that fit together, and how many findings they fix of how many.
#[track_caller]
fn check_with(config: &str, text: &str, expected: &Expect) {
    let options = Options {
        paths: vec![PathBuf::from("a.yaml")],
        directory: PathBuf::new(),
        config: Some(PathBuf::from("scantling.yaml")),
        check_folders: vec![PathBuf::from("checks")],
        select: CHECKS.iter().map(|(id, ..)| (*id).to_owned()).collect(),
        ..Options::default()
    };
    let report = scan(&system(config, text), &options, &NoProgress).unwrap();
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
