//! What is known of the resources of a file, in a few words each.

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use check::{Check, Judged, PodSecurity, VersionRange};
use graph::ResourceId;
use source::Span;

use super::{Known, Workspace};

/// What is known of a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// The text that declares it.
    pub span: Span,
    /// The number of its findings, in all its environments.
    pub findings: usize,
    /// The strictest level of the Pod Security Standards that its pods keep; nothing where it makes none, or that can't be known.
    pub level: Option<PodSecurityLevel>,
}

/// A level of the Pod Security Standards.
///
/// Source: <https://kubernetes.io/docs/concepts/security/pod-security-standards/>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PodSecurityLevel {
    /// Nothing is asked of pods.
    Privileged,
    /// What is known to lead out of a container is not there.
    Baseline,
    /// What hardens pods is there.
    Restricted,
}

impl fmt::Display for PodSecurityLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Privileged => "privileged",
            Self::Baseline => "baseline",
            Self::Restricted => "restricted",
        })
    }
}

impl Workspace {
    /// What is known of the resources that a file declares, by its shown path, in the order of the text.
    #[must_use]
    pub fn overview(&self, shown: &Path) -> Vec<Overview> {
        match &self.known {
            Some(known) => known.overview(shown),
            None => Vec::new(),
        }
    }
}

impl Known {
    fn overview(&self, shown: &Path) -> Vec<Overview> {
        let project = &self.analysis.project;
        let mut declared: BTreeMap<Span, Vec<ResourceId>> = BTreeMap::new();
        for (id, resource) in project.graph.resources() {
            let span = resource.span();
            if project.sources.path(span.file) == shown {
                declared.entry(span).or_default().push(id);
            }
        }
        let of_one = |(span, ids): (Span, Vec<ResourceId>)| {
            let levels = ids.iter().map(|id| self.level(*id));
            let levels: Option<Vec<PodSecurityLevel>> = levels.collect();
            Overview {
                span,
                findings: self.findings(span, &ids),
                level: levels.and_then(|levels| levels.into_iter().min()),
            }
        };
        declared.into_iter().map(of_one).collect()
    }

    /// The number of findings in resources, and of those in others that stand in their text: a variable has its resource, but what
    /// is wrong with its value is found where that is used.
    fn findings(&self, span: Span, ids: &[ResourceId]) -> usize {
        let ids: HashSet<ResourceId> = ids.iter().copied().collect();
        let places = self.analysis.places.iter();
        let places = places.filter(|place| place.project == self.analysis.project.number);
        places
            .filter(|place| {
                span.contains(place.finding.span) || place.resources().any(|id| ids.contains(&id))
            })
            .count()
    }

    /// The level that the pods of a resource keep at the version that is judged against.
    fn level(&self, id: ResourceId) -> Option<PodSecurityLevel> {
        let judge = &self.setup.judge;
        let is_part = |levels: &PodSecurity| *levels != PodSecurity::default();
        let count = |checks: &[Arc<Check>]| {
            let parts = checks.iter().filter(|check| is_part(&check.pod_security));
            parts.count()
        };
        // A check that does not run says nothing of the level.
        let all_run = count(judge.checks()) == count(&self.setup.library.checks);
        let makes_pods = !self
            .analysis
            .project
            .graph
            .resource(id)
            .facts
            .pods
            .is_empty();
        if !all_run || !makes_pods {
            return None;
        }
        let mut level = PodSecurityLevel::Restricted;
        for judged in self.analysis.verdicts.of_resource(id) {
            let levels = judge.checks()[judged.check].pod_security;
            let Some(broken) = broken(levels, self.setup.version.minor) else {
                continue;
            };
            if is_open(judged) {
                return None;
            }
            level = level.min(broken);
        }
        Some(level)
    }
}

/// The level that is left where a check fails.
fn broken(levels: PodSecurity, minor: u32) -> Option<PodSecurityLevel> {
    let breaks = |range: Option<VersionRange>| range.is_some_and(|one| one.contains(minor));
    match (breaks(levels.baseline), breaks(levels.restricted)) {
        (true, _) => Some(PodSecurityLevel::Privileged),
        (false, true) => Some(PodSecurityLevel::Baseline),
        (false, false) => None,
    }
}

/// Whether it can't be known if a check fails.
fn is_open(judged: &Judged) -> bool {
    judged.fails.is_empty() && !judged.unknown.is_empty()
}
