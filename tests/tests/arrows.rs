//! The arrows between crates are those of the code map in `crates/README.md`, and each fenced dependency stands in one crate.
#![expect(
    clippy::disallowed_methods,
    reason = "the test reads the repository and no scanned input"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};

/// Libraries that few crates keep to themselves, and these crates.
const FENCED: [(&str, &[&str]); 14] = [
    ("ignore", &["source"]),
    ("granit-parser", &["yaml"]),
    ("hcl-edit", &["terraform"]),
    ("jaq-core", &["check"]),
    ("jaq-std", &["check"]),
    ("rayon", &["analysis"]),
    ("kube", &["cluster"]),
    ("tokio", &["cluster", "lsp"]),
    ("tower-lsp-server", &["lsp"]),
    ("ratatui", &["tui"]),
    ("crossterm", &["tui"]),
    ("clap", &["cli"]),
    ("annotate-snippets", &["cli"]),
    ("quick-junit", &["cli"]),
];

type Arrows = BTreeMap<String, BTreeSet<String>>;

fn metadata() -> Metadata {
    MetadataCommand::new()
        .no_deps()
        .exec()
        .expect("cargo describes the workspace")
}

/// The crate by the name of its folder: the program's package has another name.
fn folder(manifest: &str) -> String {
    let folder = Path::new(manifest).parent().and_then(Path::file_name);
    folder
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn dependencies(metadata: &Metadata) -> Arrows {
    let packages = metadata.packages.iter().map(|package| {
        let normal = package
            .dependencies
            .iter()
            .filter(|dependency| dependency.kind == DependencyKind::Normal);
        (
            folder(package.manifest_path.as_str()),
            normal.map(|dependency| dependency.name.clone()).collect(),
        )
    });
    packages.collect()
}

/// The rows of the code map: a crate and what it may use.
fn map() -> Arrows {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/README.md");
    let text = std::fs::read_to_string(path).expect("the code map is there");
    let rows = text.lines().filter_map(|line| line.strip_prefix("| `"));
    let arrows = rows.filter_map(|row| {
        let (name, rest) = row.split_once("` | ")?;
        let uses = rest.split(" | ").next()?;
        let uses = uses
            .split(", ")
            .filter(|used| *used != "–")
            .map(str::to_owned)
            .collect();
        (!uses_path(rest)).then_some((name.to_owned(), uses))
    });
    arrows.collect()
}

/// The table of places has paths in its second column and no arrows.
fn uses_path(rest: &str) -> bool {
    rest.starts_with('`')
}

#[test]
fn crates_use_only_what_the_code_map_allows() {
    let map = map();
    for (name, used) in dependencies(&metadata()) {
        let allowed = map
            .get(&name)
            .unwrap_or_else(|| panic!("the code map has no row for {name}"));
        let ours: BTreeSet<String> = used
            .into_iter()
            .filter(|used| map.contains_key(used))
            .collect();
        assert!(
            ours.is_subset(allowed),
            "{name} uses {ours:?}, and may use {allowed:?}"
        );
    }
}

#[test]
fn fenced_libraries_stand_in_one_crate() {
    let dependencies = dependencies(&metadata());
    for (library, owners) in FENCED {
        let users: Vec<&String> = dependencies
            .iter()
            .filter(|(_, used)| used.contains(library))
            .map(|(name, _)| name)
            .collect();
        assert_eq!(users, owners, "{library}");
    }
}
