//! Scans of kustomizations that would take all time and memory, or read what they may not: they end soon with a clear problem,
//! and the rest is judged.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use analysis::{Fixes, NoProgress, Options, Report, scan};
use source::{Memory, Place};

/// A pod with a finding.
const POD: &str = "apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: c, image: i:1, securityContext: { privileged: true } }] }
";

type Files = BTreeMap<String, String>;

fn files<const N: usize>(files: [(&str, &str); N]) -> Files {
    files
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .into()
}

fn report(files: Files) -> Report {
    let options = Options {
        paths: vec!["in".into()],
        root: Some("in".into()),
        select: vec!["privileged-container".to_owned()],
        fixes: Fixes::None,
        ..Options::default()
    };
    let start = Instant::now();
    // What is not in the root stands beside it.
    let files = files.into_iter().map(|(path, text)| {
        let outside = path.strip_prefix("../").map(str::to_owned);
        (outside.unwrap_or_else(|| format!("in/{path}")), text)
    });
    let report = scan(&Memory::new(files), &options, &NoProgress).expect("the call is right");
    let taken = start.elapsed();
    assert!(taken < Duration::from_secs(30), "{taken:?}");
    report
}

/// Checks the problems, each as `PATH CODE` once, and the places of the findings.
#[track_caller]
fn check(files: Files, problems: &[&str], findings: &[&str]) {
    let report = report(files);
    let path = |place: &Place| match place {
        Place::Span(span) => report.sources.path(span.file),
        Place::Path(path) => path.clone(),
    };
    let path = |place: &Place| {
        let path = path(place);
        path.strip_prefix("in").unwrap_or(&path).to_owned()
    };
    let told = report
        .problems
        .iter()
        .map(|problem| format!("{} {}", path(&problem.place).display(), problem.code));
    let mut told: Vec<String> = told.collect();
    told.dedup();
    assert_eq!(told, problems);
    let found = report.findings.iter();
    let found = found.map(|finding| path(&Place::Span(finding.span)).display().to_string());
    assert_eq!(found.collect::<Vec<_>>(), findings);
}

#[test]
fn bases_that_use_each_other_are_judged() {
    check(
        files([
            (
                "one/kustomization.yaml",
                "resources: [../other, pod.yaml]\n",
            ),
            ("one/pod.yaml", POD),
            ("other/kustomization.yaml", "resources: [../one]\n"),
        ]),
        &["other/kustomization.yaml kustomization-base"],
        &["one/pod.yaml"],
    );
    check(
        files([
            ("one/kustomization.yaml", "resources: [., pod.yaml]\n"),
            ("one/pod.yaml", POD),
        ]),
        &["one/kustomization.yaml kustomization-base"],
        &["one/pod.yaml"],
    );
}

#[test]
fn a_thousand_bases_in_a_row_end_with_a_problem() {
    let mut all = files([
        ("k/kustomization.yaml", "resources: [../b0, pod.yaml]\n"),
        ("k/pod.yaml", POD),
        ("b1000/pod.yaml", POD),
    ]);
    for number in 0..1000 {
        let text = format!("resources: [../b{}]\n", number + 1);
        all.insert(format!("b{number}/kustomization.yaml"), text);
    }
    all.insert(
        "b1000/kustomization.yaml".into(),
        "resources: [pod.yaml]\n".into(),
    );
    check(
        all,
        &["b299/kustomization.yaml kustomization-bounds"],
        &["b1000/pod.yaml", "k/pod.yaml"],
    );
}

#[test]
fn files_outside_of_the_root_are_not_read() {
    let kustomization = "\
resources: [../../../etc/pod.yaml, ../../../../out, /etc/pod.yaml, pod.yaml]
configMapGenerator: [{ name: c, files: [../../../etc/passwd] }]
patches: [{ path: ../../../../patch.yaml }]
helmGlobals: { chartHome: ../../../.. }
helmCharts: [{ name: etc, releaseName: r }]
";
    check(
        files([
            ("a/b/kustomization.yaml", kustomization),
            ("a/b/pod.yaml", POD),
            ("../etc/pod.yaml", POD),
            ("../etc/passwd", "root"),
            ("../etc/values.yaml", "{}"),
        ]),
        &[
            "a/b/kustomization.yaml unreadable-file",
            "a/b/kustomization.yaml outside-file",
            "a/b/kustomization.yaml kustomization-chart",
        ],
        &["a/b/pod.yaml"],
    );
}

#[test]
fn gigantic_generators_are_bounded() {
    let mut kustomization = "resources: [pod.yaml]\nconfigMapGenerator:\n".to_owned();
    for number in 0..80 {
        let _ = writeln!(kustomization, "- {{name: c{number}, files: [large.bin]}}");
    }
    let large = "x".repeat(1 << 20);
    check(
        files([
            ("kustomization.yaml", kustomization.as_str()),
            ("pod.yaml", POD),
            ("large.bin", &large),
        ]),
        &["kustomization.yaml kustomization-bounds"],
        &["pod.yaml"],
    );
}

#[test]
fn charts_without_end_are_bounded() {
    let mut kustomization = "resources: [pod.yaml]\nhelmCharts:\n".to_owned();
    for number in 0..2000 {
        let _ = writeln!(kustomization, "- {{name: app, releaseName: r{number}}}");
    }
    let template = "{{ range until 10 }}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: \"{{ $.Release.Name }}-{{ . }}\"}\n{{ end }}\n";
    check(
        files([
            ("kustomization.yaml", kustomization.as_str()),
            ("pod.yaml", POD),
            (
                "charts/app/Chart.yaml",
                "apiVersion: v2\nname: app\nversion: 1.0.0\n",
            ),
            ("charts/app/values.yaml", "{}\n"),
            ("charts/app/templates/all.yaml", template),
        ]),
        &["kustomization.yaml kustomization-bounds"],
        &["pod.yaml"],
    );
}

#[test]
fn malformed_patches_leave_the_rest_as_it_is() {
    for patch in [
        "[",
        "a: [b",
        "- {op: add}",
        "- {op: fly, path: /a}",
        "- {op: replace, path: /spec/none/0, value: 1}",
        "- {op: remove, path: a}",
        "- 1",
        "apiVersion: v1",
        "{}",
        "null",
        "\"text\"",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: [1]",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: {a: b}}",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: none}",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {$patch: fly}",
        "a: &a [*a]",
    ] {
        let target = "target: {kind: Pod}";
        let inline = patch.replace('\n', "\n    ");
        let kustomization = format!(
            "resources: [pod.yaml]\npatches:\n- {target}\n  patch: |-\n    {inline}\n- path: patch.yaml\n"
        );
        let report = report(files([
            ("kustomization.yaml", kustomization.as_str()),
            ("pod.yaml", POD),
            ("patch.yaml", patch),
        ]));
        assert_ne!(report.problems, [], "{patch}");
        assert_eq!(report.findings.len(), 1, "{patch}");
    }
}
