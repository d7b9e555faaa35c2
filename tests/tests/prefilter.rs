//! The prefilter and the engine of jq agree: every check gives the same verdicts with and without the prefilter.
#![expect(
    clippy::disallowed_methods,
    reason = "tests read their data and no scanned input"
)]

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use check::{Against, Check, Example, Examples, Judge, Library, read_examples};
use graph::{Graph, NodeId, Resource, SmolStr, Tree};
use kubernetes::Version;
use source::{FileId, SourceFile};
use tests::{corpora, parallel};

/// The least share of evaluations that the prefilter decides, in percent.
const LEAST: f64 = 85.0;

/// The bytes of the largest manifest that is compared.
const LARGEST: usize = 64 * 1024;

/// The time against which certificates are judged: 2026-01-01.
const NOW: i64 = 1_767_225_600;

/// Judges by all checks, with and without the prefilter.
struct Pair {
    with: Judge,
    without: Judge,
}

type Settings = HashMap<SmolStr, (Arc<Tree>, NodeId)>;

impl Pair {
    fn new(
        library: &Library,
        checks: &[Arc<Check>],
        settings: &Settings,
        version: Version,
    ) -> Self {
        let against = Against {
            kubernetes_minor: version.minor,
            now: NOW,
        };
        let judge = || Judge::new(library, checks.to_vec(), settings, against.clone());
        Self {
            with: judge(),
            without: judge().by_jq_alone(),
        }
    }

    /// The first difference between the two in the verdicts on some resources.
    fn difference(&self, graph: &Graph) -> Option<String> {
        graph.resources().find_map(|(id, resource)| {
            let (with, without) = (self.with.judge(graph, id), self.without.judge(graph, id));
            let (with, without) = with
                .into_iter()
                .zip(without)
                .find(|(with, without)| with != without)?;
            let check = &self.with.checks()[with.check].id;
            Some(format!(
                "{check} on {}:\n  with {with:?}\n  without {without:?}",
                resource.address
            ))
        })
    }

    fn judge(&self, differences: Vec<Option<String>>) {
        let differences: Vec<String> = differences.into_iter().flatten().collect();
        assert!(
            differences.is_empty(),
            "{} differences:\n{}",
            differences.len(),
            differences.join("\n")
        );
        corpora::tell(&format!(
            "{:.1} % decided: {:?}",
            self.share(),
            self.with.evaluations()
        ));
        assert!(
            self.share() > LEAST,
            "{:.1} % are decided, less than {LEAST} %",
            self.share()
        );
    }

    /// The share of evaluations that the prefilter decided, in percent.
    fn share(&self) -> f64 {
        let evaluations = self.with.evaluations();
        100.0 * evaluations.prefilter as f64
            / (evaluations.prefilter + evaluations.jq).max(1) as f64
    }
}

fn graph(text: &str, version: Version, complete: bool) -> Graph {
    let file = SourceFile::new(FileId(0), "manifest.yaml", text);
    let yaml = yaml::read(
        &file,
        &yaml::Options {
            placeholder_tags: true,
            ..yaml::Options::default()
        },
    );
    let options = kubernetes::Options {
        version,
        ..kubernetes::Options::default()
    };
    let resources = kubernetes::resources(yaml, &file, &options).resources;
    let resources: Vec<Arc<Resource>> = resources.into_iter().map(Arc::new).collect();
    let mut graph = Graph::new(resources, complete);
    kubernetes::link(&mut graph);
    graph
}

fn version(example: &Example) -> Version {
    let text = example.kubernetes_version.as_ref();
    text.map_or(Version::NEWEST, |text| {
        text.parse().expect("an example names a version")
    })
}

/// The difference on one example: of all checks, and of its own check with the example's settings.
fn difference(
    library: &Library,
    all: &Pair,
    check: &Arc<Check>,
    examples: &Examples,
    example: &Example,
) -> Option<String> {
    let version = version(example);
    let graph = graph(example.text(), version, example.complete);
    let tree = example
        .settings
        .map(|node| (Arc::new(examples.tree.subtree(node)), NodeId::ROOT));
    let settings = tree
        .map(|tree| (check.id.clone(), tree))
        .into_iter()
        .collect();
    let own = Pair::new(library, &[Arc::clone(check)], &settings, version);
    all.difference(&graph).or_else(|| own.difference(&graph))
}

#[test]
fn all_checks_agree_on_all_examples() {
    let library = Library::builtin().0;
    let all = Pair::new(&library, &library.checks, &Settings::new(), Version::NEWEST);
    let differences = parallel::map(&library.checks, |check| {
        let examples = read_examples(&check.text).0;
        let difference = |example| difference(&library, &all, check, &examples, example);
        examples.examples.iter().find_map(difference)
    });
    all.judge(differences);
}

#[test]
fn all_checks_agree_on_manifests_of_other_projects() {
    let Some(folder) = corpora::folder("manifests") else {
        return;
    };
    let library = Library::builtin().0;
    let pair = Pair::new(&library, &library.checks, &Settings::new(), Version::NEWEST);
    let differences = parallel::map(&manifests(&folder), |path| {
        let text = fs::read_to_string(path)
            .ok()
            .filter(|text| text.len() <= LARGEST)?;
        let difference = |complete| pair.difference(&graph(&text, Version::NEWEST, complete));
        [false, true].into_iter().find_map(difference)
    });
    pair.judge(differences);
}

/// All manifests below a folder, in order.
fn manifests(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_some_and(|extension| extension == "yaml" || extension == "yml")
            {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
