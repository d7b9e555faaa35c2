//! Scans of whole configurations: where findings stand, what they came through, and what became of each file.
#![expect(
    clippy::disallowed_methods,
    reason = "the test reads the marks in its own cases, and no scanned input"
)]

mod counts;
mod damaged;
mod known;
mod plans;
mod refactoring;
mod threads;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use analysis::{NoProgress, Options, Report, TerraformOptions, Variable};
use expect_test::expect_file;
use graph::SmolStr;
use source::{Disk, FileSystem, Place};

/// A file, a line from 1, and the mark there.
type Mark = (PathBuf, u32, String);

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/terraform/cases")
}

/// The checks that cases are scanned with where they name none.
const CHECKS: [&str; 3] = [
    "database-not-encrypted",
    "public-access-not-blocked",
    "remote-login-open-to-internet",
];

/// Scans a case and compares what is found with its marks.
fn check(case: &str, select: &[&str], terraform: TerraformOptions) -> Report {
    let folder = cases().join(case);
    let config = PathBuf::from("scantling.yaml");
    let options = Options {
        paths: vec![PathBuf::from(".")],
        directory: folder.clone(),
        root: Some(folder.clone()),
        config: Some(config).filter(|config| Disk.exists(&folder.join(config))),
        select: if select.is_empty() { &CHECKS } else { select }
            .iter()
            .map(|&check| check.to_owned())
            .collect(),
        terraform,
        ..Options::default()
    };
    let report = analysis::scan(&Disk, &options, &NoProgress).expect("the case can be scanned");
    let expected = marks(&folder);
    let kinds = ["finding", "via"];
    let [findings, via] = kinds.map(|kind| with_prefix(&expected, kind));
    assert_eq!(found(&report), findings, "{case}: findings");
    let missing: Vec<_> = via.difference(&came_through(&report)).cloned().collect();
    assert_eq!(missing, [], "{case}: places that nothing came through");
    report
}

/// The marks in the files of a case.
fn marks(folder: &Path) -> BTreeSet<Mark> {
    let walked = Disk.walk(folder, None);
    let mut marks = BTreeSet::new();
    for found in walked {
        let text = std::fs::read_to_string(&found.path).expect("a case holds text");
        let path = found.path.strip_prefix(folder).unwrap_or(&found.path);
        for (number, line) in (1..).zip(text.lines()) {
            let comments = line.split_once("# ").map(|(_, comment)| comment);
            marks.extend(comments.map(|mark| (path.to_path_buf(), number, mark.to_owned())));
        }
    }
    marks
}

/// The marks of a kind, without the word for it.
fn with_prefix(marks: &BTreeSet<Mark>, kind: &str) -> BTreeSet<Mark> {
    let of_kind = marks.iter().filter_map(|(path, line, mark)| {
        let check = mark.strip_prefix(kind)?.strip_prefix(' ')?;
        Some((path.clone(), *line, check.to_owned()))
    });
    of_kind.collect()
}

fn mark(report: &Report, span: source::Span, check: &str) -> Mark {
    let file = report.sources.get(span.file);
    let line = file.position(span.start).line + 1;
    (file.path.clone(), line, check.to_owned())
}

fn found(report: &Report) -> BTreeSet<Mark> {
    let marks: Vec<Mark> = report
        .findings
        .iter()
        .map(|finding| mark(report, finding.span, &finding.check.id))
        .collect();
    let distinct: BTreeSet<Mark> = marks.iter().cloned().collect();
    assert_eq!(
        distinct.len(),
        marks.len(),
        "one finding at a place: {marks:?}"
    );
    distinct
}

fn came_through(report: &Report) -> BTreeSet<Mark> {
    let related = report.findings.iter().flat_map(|finding| {
        let related = finding.related.iter();
        related.map(|related| mark(report, related.span, &finding.check.id))
    });
    related.collect()
}

/// What became of each file, and the problems.
fn told(report: &Report) -> String {
    let mut out = String::new();
    for input in &report.inputs {
        let reason = input
            .reason
            .as_ref()
            .map_or(String::new(), |reason| format!(": {reason}"));
        out += &format!(
            "{} {} ({}){reason}\n",
            input.status.text(),
            input.path.display(),
            input.resources
        );
    }
    for problem in &report.problems {
        let place = match &problem.place {
            Place::Path(path) => path.display().to_string(),
            Place::Span(span) => {
                let (path, line, _) = mark(report, *span, "");
                format!("{}:{line}", path.display())
            }
        };
        out += &format!("{place}: {}: {}\n", problem.code, problem.message);
        out += &problem
            .help
            .as_ref()
            .map_or(String::new(), |help| format!("  {help}\n"));
    }
    out
}

fn check_told(case: &str, select: &[&str]) -> Report {
    let report = check(case, select, TerraformOptions::default());
    expect_file![cases().join(format!("{case}.txt"))].assert_eq(&told(&report));
    report
}

#[test]
fn findings_stand_where_a_value_is_set() {
    check_told("origins", &[]);
}

#[test]
fn findings_in_modules_from_elsewhere_stand_at_their_calls() {
    check_told("vendored", &[]);
}

#[test]
fn comments_hide_findings() {
    let report = check_told("suppressed", &[]);
    assert_eq!(report.suppressed.len(), 7);
}

#[test]
fn every_file_is_accounted_for() {
    check_told("coverage", &[]);
}

#[test]
fn instances_of_a_block_have_one_finding() {
    let report = check_told("instances", &[]);
    let related: Vec<&str> = report.findings[1]
        .related
        .iter()
        .map(|related| related.message.as_str())
        .collect();
    assert_eq!(related.len(), 7, "{related:?}");
    assert!(related.contains(&r#"also in module.one["b"].aws_db_instance.this[1]"#));
    assert_eq!(report.suppressed.len(), 1);
    assert!(report.findings[0].conditional);
}

#[test]
fn values_come_from_the_configuration_and_then_the_call() {
    let file = |name: &str| Variable::File(PathBuf::from(name));
    let report = check(
        "settings",
        &[],
        TerraformOptions {
            variables: vec![file("late.tfvars")],
            workspace: None,
            ..TerraformOptions::default()
        },
    );
    let secret = report
        .secrets
        .iter()
        .map(|span| report.sources.get(span.file).path.clone());
    let secrets: BTreeSet<PathBuf> = secret.collect();
    assert_eq!(
        secrets,
        BTreeSet::from(["<terraform.vars.password in scantling.yaml>".into()])
    );
}

#[test]
fn variable_files_that_are_not_read_by_themselves_are_environments() {
    let select = [
        "database-not-encrypted",
        "policy-allows-everything",
        "remote-login-open-to-internet",
    ];
    let report = check_told("environments", &select);
    let environments = report.findings.iter().map(|finding| {
        let environments: Vec<&str> = finding.environments.iter().map(SmolStr::as_str).collect();
        (finding.check.id.as_str(), environments.join(" "))
    });
    let expected = [
        ("database-not-encrypted", "staging test"),
        // In all of them.
        ("policy-allows-everything", ""),
        ("remote-login-open-to-internet", "staging"),
    ];
    let expected = expected.map(|(check, environments)| (check, environments.to_owned()));
    assert_eq!(environments.collect::<Vec<_>>(), expected);
}

#[test]
fn the_configuration_declares_environments() {
    let report = check(
        "declared",
        &["database-not-encrypted"],
        TerraformOptions::default(),
    );
    let environments = report
        .findings
        .iter()
        .map(|finding| &finding.environments[..]);
    assert_eq!(environments.collect::<Vec<_>>(), [["trial"]]);
}

#[test]
fn charts_are_told_and_what_stands_beside_them_is_judged() {
    let select = [
        "host-pid",
        "privileged-container",
        "credential-in-environment",
    ];
    check_told("helm", &select);
}

#[test]
fn objects_of_kubernetes_are_judged_as_such_in_every_form() {
    let select = [
        "host-pid",
        "privileged-container",
        "runs-as-root",
        "ssh-service",
    ];
    let report = check_told("kubernetes", &select);
    let addresses: BTreeSet<&str> = report
        .findings
        .iter()
        .map(|finding| finding.resource.address.as_str())
        .collect();
    let expected = [
        "Deployment/shop/typed-?",
        "Pod/shop/object",
        "Pod/text",
        "Pod/file",
        "Pod/encoded",
        "Service/shop/web",
    ];
    assert_eq!(addresses, BTreeSet::from(expected));
}
