//! Kustomizations that would take all time and memory, or read what they may not: a clear problem, and the rest is built.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use kustomize::{Build, NoCharts, Reader};
use source::{Memory, Sources};

const CONFIG: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: b}\n";

type Files = BTreeMap<String, String>;

fn files<const N: usize>(files: [(&str, &str); N]) -> Files {
    files
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .into()
}

fn build(files: Files, folder: &str) -> Build {
    let sources = Sources::default();
    let start = Instant::now();
    let system = Memory::new(files);
    let build = Reader::new(&system, &sources, &NoCharts).build(Path::new(folder));
    assert!(
        start.elapsed() < Duration::from_secs(30),
        "{:?}",
        start.elapsed()
    );
    build
}

/// Checks the codes of the problems, and how many objects there are nevertheless.
#[track_caller]
fn check(files: Files, codes: &[&str], objects: usize) {
    let build = build(files, "k");
    let mut told: Vec<&str> = build.problems.iter().map(|problem| problem.code).collect();
    told.dedup();
    assert_eq!(told, codes, "{:?}", build.problems);
    assert_eq!(build.resources.len(), objects);
}

#[test]
fn bases_that_use_each_other_are_no_end() {
    for list in ["../k", "..", ".", "../other"] {
        let kustomization = format!("resources: [{list}, a.yaml]\n");
        let files = files([
            ("k/kustomization.yaml", kustomization.as_str()),
            ("k/a.yaml", CONFIG),
            ("kustomization.yaml", "resources: [k]\n"),
            ("other/kustomization.yaml", "resources: [../k]\n"),
        ]);
        check(files, &["kustomization-base"], 1);
    }
}

#[test]
fn a_thousand_bases_in_a_row_are_too_deep() {
    let mut all = files([
        ("k/kustomization.yaml", "resources: [../b0, a.yaml]\n"),
        ("k/a.yaml", CONFIG),
    ]);
    for number in 0..1000 {
        let text = format!("resources: [../b{}]\n", number + 1);
        all.insert(format!("b{number}/kustomization.yaml"), text);
    }
    check(all, &["kustomization-bounds"], 1);
}

#[test]
fn bases_that_are_used_ever_more_often_are_bounded() {
    let mut all = files([
        ("k/kustomization.yaml", "resources: [a.yaml, ../b0]\n"),
        ("k/a.yaml", CONFIG),
    ]);
    for number in 0..40 {
        let next = number + 1;
        for side in ["", "x"] {
            let text =
                format!("resources: [../b{next}, ../b{next}x]\nnameSuffix: -{side}{number}\n");
            all.insert(format!("b{number}{side}/kustomization.yaml"), text);
        }
    }
    let build = build(all, "k");
    assert!(
        build
            .problems
            .iter()
            .any(|problem| problem.code == "kustomization-bounds")
    );
    assert_eq!(build.resources.len(), 1);
}

#[test]
fn files_outside_of_the_folder_are_not_read() {
    let kustomization = "\
resources: [../secret.yaml, /etc/secret.yaml, a.yaml]
configMapGenerator:
- {name: c, files: [../../etc/passwd]}
patches:
- {path: ../secret.yaml}
";
    let files = files([
        ("k/kustomization.yaml", kustomization),
        ("k/a.yaml", CONFIG),
        ("secret.yaml", CONFIG),
        ("/etc/secret.yaml", CONFIG),
    ]);
    check(files, &["outside-file"], 2);
}

#[test]
fn what_is_on_other_machines_is_not_fetched() {
    let kustomization = "\
resources:
- https://example.org/a.yaml
- github.com/owner/repository//path?ref=v1
- a.yaml
components: [\"https://example.org/c\"]
";
    let files = files([
        ("k/kustomization.yaml", kustomization),
        ("k/a.yaml", CONFIG),
    ]);
    check(files, &["remote-resource"], 1);
}

#[test]
fn plugins_are_not_run() {
    let plugin = "apiVersion: example.org/v1\nkind: Maker\nmetadata:\n  name: m\n  annotations:\n    config.kubernetes.io/function: |\n      exec: {path: ./run.sh}\n";
    let kustomization = "resources: [a.yaml]\ngenerators: [p.yaml]\ntransformers: [p.yaml]\n";
    let files = files([
        ("k/kustomization.yaml", kustomization),
        ("k/a.yaml", CONFIG),
        ("k/p.yaml", plugin),
    ]);
    check(files, &["kustomization-plugin"], 1);
}

#[test]
fn values_that_copy_themselves_are_bounded() {
    let mut kustomization = "resources: [a.yaml]\nreplacements:\n".to_owned();
    for number in 0..60 {
        let _ = writeln!(
            kustomization,
            "- source: {{kind: ConfigMap, fieldPath: data}}\n  targets:\n  - select: {{kind: ConfigMap}}\n    fieldPaths: [data.x{number}]\n    options: {{create: true}}"
        );
    }
    let files = files([
        ("k/kustomization.yaml", kustomization.as_str()),
        ("k/a.yaml", CONFIG),
    ]);
    check(files, &["kustomization-replacement"], 1);
}

#[test]
fn operations_that_copy_themselves_are_bounded() {
    let mut kustomization =
        "resources: [a.yaml]\npatches:\n- target: {kind: ConfigMap}\n  patch: |-\n".to_owned();
    for number in 0..60 {
        let _ = writeln!(
            kustomization,
            "    - {{op: copy, from: /data, path: /data/x{number}}}"
        );
    }
    let files = files([
        ("k/kustomization.yaml", kustomization.as_str()),
        ("k/a.yaml", CONFIG),
    ]);
    check(files, &["kustomization-patch"], 1);
}

#[test]
fn gigantic_lists_and_generators_are_bounded() {
    let mut list =
        "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n".to_owned();
    for number in 0..10_000 {
        let _ = writeln!(list, "  - {{name: c{number}, image: i}}");
    }
    let patch = list.replace("image: i", "image: j");
    let mut kustomization =
        "resources: [a.yaml]\npatches: [{path: p.yaml}]\nconfigMapGenerator:\n- name: c\n  literals:\n"
            .to_owned();
    for number in 0..20_000 {
        let _ = writeln!(kustomization, "  - key{number}=x");
    }
    let files = files([
        ("k/kustomization.yaml", kustomization.as_str()),
        ("k/a.yaml", list.as_str()),
        ("k/p.yaml", patch.as_str()),
    ]);
    let build = build(files, "k");
    assert_eq!(build.resources.len(), 2);
}
