//! The fixtures of Pod Security Admission: each pod gets the verdict of its level at its version.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use check::{Against, Check, Judge, Library, PodSecurity, VersionRange};
use graph::{Graph, Resource};
use kubernetes::Version;
use source::{FileId, SourceFile};
use tests::corpora::{self, Expected, Line};
use tests::parallel;

/// How many wrong verdicts are shown.
const SHOWN: usize = 30;

/// The checks that are part of the standards.
fn checks(library: &Library) -> Vec<Arc<Check>> {
    let part = |check: &&Arc<Check>| check.pod_security != PodSecurity::default();
    library.checks.iter().filter(part).cloned().collect()
}

/// The versions at which a fail of a check breaks the level of a fixture.
fn range(check: &Check, line: &Line) -> Option<VersionRange> {
    match line.check.as_str() {
        "pss/baseline" => check.pod_security.baseline,
        "pss/restricted" => check.pod_security.restricted,
        other => panic!("{other} is no level"),
    }
}

fn version(line: &Line) -> Version {
    let text = line.extra["k8s_version"]
        .as_str()
        .expect("a fixture has a version");
    text.parse().expect("the version of a fixture")
}

fn graph(folder: &Path, line: &Line, options: &kubernetes::Options) -> Graph {
    let text = corpora::text(&folder.join(&line.path));
    let file = SourceFile::new(FileId(0), &line.path, text);
    let yaml = yaml::read(&file, &yaml::Options::default());
    let resources = kubernetes::resources(yaml, &file, options).resources;
    let resources: Vec<Arc<Resource>> = resources.into_iter().map(Arc::new).collect();
    assert_eq!(resources.len(), 1, "{} is one pod", line.path);
    let mut graph = Graph::new(resources, false);
    kubernetes::link(&mut graph);
    graph
}

/// What is wrong with our verdict of a fixture, if anything is.
fn fault(judge: &Judge, version: Version, graph: &Graph, line: &Line) -> Option<String> {
    let (mut failed, mut unknown) = (Vec::new(), Vec::new());
    for judged in graph.resources().flat_map(|(id, _)| judge.judge(graph, id)) {
        let check = &judge.checks()[judged.check];
        if !range(check, line).is_some_and(|range| range.contains(version.minor)) {
            continue;
        }
        unknown.extend(
            judged
                .unknown
                .iter()
                .map(|why| format!("{}: {why:?}", check.id)),
        );
        if !judged.fails.is_empty() {
            failed.push(check.id.as_str());
        }
    }
    let right = failed.is_empty() == (line.expected == Expected::Pass);
    let wrong = || {
        format!(
            "{}: {} is expected, and these checks fail: {failed:?} {unknown:?}",
            line.path, line.expected
        )
    };
    (!right || !unknown.is_empty()).then(wrong)
}

#[test]
fn each_fixture_gets_the_verdict_of_its_level_at_its_version() {
    let Some(folder) = corpora::folder("verdicts/psa") else {
        return;
    };
    let start = Instant::now();
    let (library, problems) = Library::builtin();
    assert!(problems.is_empty(), "{problems:?}");
    let mut versions: BTreeMap<Version, Vec<Line>> = BTreeMap::new();
    for line in corpora::lines(&folder) {
        versions.entry(version(&line)).or_default().push(line);
    }
    let versions: Vec<(Version, Vec<Line>)> = versions.into_iter().collect();
    let faults = parallel::map(&versions, |(version, lines)| {
        let against = Against {
            kubernetes_minor: version.minor,
            now: 0,
        };
        let judge = Judge::new(&library, checks(&library), &HashMap::new(), against);
        let options = kubernetes::Options {
            version: *version,
            ..kubernetes::Options::default()
        };
        let fault = |line| fault(&judge, *version, &graph(&folder, line, &options), line);
        lines.iter().filter_map(fault).collect::<Vec<String>>()
    });
    let faults = faults.concat();
    let total: usize = versions.iter().map(|(_, lines)| lines.len()).sum();
    let right = total - faults.len();
    corpora::tell(&format!(
        "Pod Security: {right} of {total} fixtures are right, {:.1?}",
        start.elapsed()
    ));
    let mut shown = String::new();
    for fault in faults.iter().take(SHOWN) {
        let _ = writeln!(shown, "{fault}");
    }
    assert!(
        faults.is_empty(),
        "{} fixtures are wrong, the first of them:\n{shown}",
        faults.len()
    );
}
