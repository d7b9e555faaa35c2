//! The names that checks have elsewhere: controls of frameworks and checks of other tools, as a catalogue beside this repository
//! lists them.
#![expect(clippy::disallowed_methods, reason = "the test lists its own data")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use check::Library;
use serde_json::Value;
use tests::{corpora, json};

/// The ids of the controls of a framework.
fn controls(folder: &Path, framework: &str) -> BTreeSet<String> {
    let text = corpora::text(&folder.join(format!("{framework}.json")));
    let value: Value = serde_json::from_str(&text).expect("a framework is JSON");
    let controls = value["controls"].as_array().into_iter().flatten();
    controls
        .filter_map(|control| Some(control["id"].as_str()?.to_owned()))
        .collect()
}

/// The ids of the checks of other tools, by tool.
fn peers(folder: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let mut peers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in corpora::text(&folder.join("peer-checks.jsonl")).lines() {
        let value: Value = serde_json::from_str(line).expect("a check is JSON");
        let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
        peers.entry(text("source")).or_default().insert(text("id"));
    }
    peers
}

/// The tool whose id stands without its name before it.
fn tool(id: &str) -> &'static str {
    match id.split_once(['-', '_']).map(|(family, _)| family) {
        Some("CKV" | "CKV2") => "checkov",
        Some("KSV" | "KCV" | "AWS" | "AZU" | "GCP") => "trivy",
        Some("C") => "kubescape",
        _ => "kics",
    }
}

/// Whether a tool has a check, as far as the catalogue knows the tool.
fn exists(peers: &BTreeMap<String, BTreeSet<String>>, alias: &str) -> bool {
    let (tool, id) = alias.split_once(':').unwrap_or((tool(alias), alias));
    peers.get(tool).is_none_or(|ids| ids.contains(id))
}

#[test]
fn frameworks_have_the_controls_that_the_catalogue_lists() {
    let Some(folder) = corpora::catalogue("controls") else {
        return;
    };
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../checks/frameworks");
    let paths: Vec<PathBuf> = std::fs::read_dir(ours)
        .expect("the frameworks are there")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    assert!(!paths.is_empty());
    for path in paths {
        let framework = path.file_stem().unwrap_or_default().to_string_lossy();
        let values = json::of_yaml(&corpora::text(&path));
        let found = values[0]["controls"].as_object().into_iter().flatten();
        let found: BTreeSet<String> = found.map(|(id, _)| id.clone()).collect();
        assert_eq!(found, controls(&folder, &framework), "{framework}");
    }
}

#[test]
fn aliases_are_checks_of_other_tools() {
    let Some(folder) = corpora::catalogue("") else {
        return;
    };
    let peers = peers(&folder);
    let (library, problems) = Library::builtin();
    assert!(problems.is_empty(), "{problems:?}");
    let aliases = library.checks.iter().flat_map(|check| &check.aliases);
    let unknown: BTreeSet<&str> = aliases
        .map(graph::SmolStr::as_str)
        .filter(|alias| !exists(&peers, alias))
        .collect();
    assert_eq!(unknown, BTreeSet::new());
}
