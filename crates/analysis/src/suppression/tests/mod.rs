//! What directives hide, and which notices they give.

mod annotations;
mod comments;
mod entries;
mod foreign;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use check::{Against, Check, Judge, Library, Vocabulary};
use source::{FileId, Memory, Place, Problem, SourceFile, Sources};

use super::{Suppressions, is_annotated};
use crate::config::{Config, SuppressEntry};
use crate::discover::discover;
use crate::finding::{Placed, finding, resource_name};
use crate::marked::Marked;
use crate::options::{NoProgress, Options};
use crate::project::{Project, ReadOptions};

/// The day of all runs.
const TODAY: &str = "2026-06-15";

const CHECKS: &[(&str, &str, &str)] = &[
    (
        "privileged",
        ".spec.containers[] | .securityContext.privileged | select(. == true)",
        "[KSV-0017, CKV_K8S_16, C-0057, c48e57d3-d642-4e0b-90db-37f807b41b91, 'kube-linter:privileged-container', \
         'kube-score:container-security-context-privileged', 'polaris:runAsPrivileged', 'popeye:POP-1']",
    ),
    (
        "host-network",
        ".spec.hostNetwork | select(. == true)",
        "[KSV-0009, CKV_K8S_19, C-0041, 6b6bdfb3-c3ae-44cb-88e4-7405c1ba2c8a, 'kube-linter:host-network', 'polaris:hostNetworkSet', \
         'kube-score:container-ephemeral-storage-request-and-limit']",
    ),
    (
        "unbounded",
        ".spec.containers[] | select(.name == \"m\") | .resources.limits | select(. == null)",
        "[KSV-0011]",
    ),
    (
        "no-seccomp",
        ".spec.containers[] | select(.name == \"m\") | .securityContext.seccomp | select(. == null)",
        "[]",
    ),
    ("never", "empty", "[]"),
];

fn library() -> Library {
    let vocabulary = Vocabulary {
        is_subject: &|_| true,
        frameworks: None,
    };
    let example = "kubernetes: 'kind: Pod' }";
    let checks = CHECKS.iter().map(|(id, query, aliases)| {
        let text = format!(
            "title: t\nseverity: low\nresources: [kubernetes/Pod]\nprinciple: least-privilege\nthreats: [tampering]\naliases: {aliases}\n\
             why: w\nquery: '{query}'\nmessage: m\nremedy: r\nfail: [{{ name: a, {example}]\npass: [{{ name: b, {example}]\n"
        );
        let file = Arc::new(SourceFile::new(FileId(u32::MAX), format!("{id}.yaml"), text));
        let (check, problems) = check::read(&file, id, "kubernetes/workload", &vocabulary);
        assert_eq!(problems, [], "{id}");
        Arc::new(check.unwrap())
    });
    Library {
        checks: checks.collect(),
        definitions: String::new(),
    }
}

struct Run {
    project: Project,
    placed: Vec<Placed>,
    library: Library,
}

fn run(files: &[(&str, &str)]) -> Run {
    let library = library();
    let options = Options {
        directory: PathBuf::new(),
        ..Options::default()
    };
    let system = Memory::new(files.iter().copied());
    let paths: Vec<PathBuf> = files.iter().map(|(path, _)| PathBuf::from(path)).collect();
    let discovery = discover(&system, &paths, &options, &|_| false).unwrap();
    let read = ReadOptions::default();
    let mut project = Project::load(
        &system,
        Arc::new(Sources::default()),
        discovery,
        None,
        &read,
        &NoProgress,
    )
    .declared;
    project.annotated = Marked::of(&project.graph, None, is_annotated);
    let against = Against {
        kubernetes_minor: 30,
        now: 0,
    };
    let judge = Judge::new(&library, library.checks.clone(), &HashMap::new(), against);
    let judged = project
        .graph
        .resources()
        .flat_map(|(id, _)| judge.judge(&project.graph, id));
    let fails = judged.flat_map(|judged| {
        judged
            .fails
            .into_iter()
            .map(move |fail| (judged.check, fail))
    });
    let place = |(check, fail): (usize, check::Fail)| {
        let check: &Arc<Check> = &judge.checks()[check];
        let name = Arc::new(resource_name(&project, fail.place.resource));
        finding(&project, &name, check, check.severity, &fail)
    };
    let placed = fails.map(place).collect();
    Run {
        project,
        placed,
        library,
    }
}

impl Run {
    fn line(&self, place: &Place) -> u32 {
        match place {
            Place::Span(span) => {
                self.project
                    .sources
                    .get(span.file)
                    .position(span.start)
                    .line
                    + 1
            }
            Place::Path(_) => 0,
        }
    }
}

/// Checks that the findings on lines that end with `shown` are shown, that those on lines that end
/// with `hidden` are hidden, that there are no others, and the code and line of each notice.
#[track_caller]
fn check(text: &str, notices: &[(&str, u32)]) {
    let run = run(&[("app.yaml", text)]);
    let suppressions = Suppressions::read(&run.project, &run.library, &Config::default(), TODAY);
    let (mut shown, mut hidden) = (Vec::new(), Vec::new());
    for placed in &run.placed {
        let lines = if suppressions.hides(&run.project, placed).is_some() {
            &mut hidden
        } else {
            &mut shown
        };
        lines.push(run.line(&Place::Span(placed.finding.span)));
    }
    let marked = |mark: &str| -> Vec<u32> {
        (1..)
            .zip(text.lines())
            .filter(|(_, line)| line.trim_end().ends_with(mark))
            .map(|(number, _)| number)
            .collect()
    };
    shown.sort_unstable();
    hidden.sort_unstable();
    assert_eq!(
        (shown, hidden),
        (marked("shown"), marked("hidden")),
        "shown and hidden lines of\n{text}"
    );
    let found = suppressions.notices(&|_| true);
    let found: Vec<(&str, u32)> = found
        .iter()
        .map(|notice| (notice.code, run.line(&notice.place)))
        .collect();
    assert_eq!(found, notices, "notices of\n{text}");
}
