//! What is known of the resources of a file, in a few words each.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use check::{Check, Judged, PodSecurity, VersionRange};
use foldhash::HashSet;
use graph::{Resource, ResourceId};
use smol_str::SmolStr;
use source::Span;

use super::{Known, Verdicts, Workspace};
use crate::access::{self, Rights};
use crate::project::Project;

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

/// The level of the Pod Security Standards that the pods of a resource keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PodSecurityAt {
    /// The resource.
    pub address: SmolStr,
    /// The strictest level that they keep.
    pub level: PodSecurityLevel,
    /// The checks that keep them from a stricter one, by id.
    pub broken: Vec<SmolStr>,
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

impl Workspace {
    /// The levels that the pods of the resources keep whose name stands at a byte of a file, by its shown path.
    #[must_use]
    pub fn pod_security_at(&self, shown: &Path, byte: u32) -> Vec<PodSecurityAt> {
        match &self.known {
            Some(known) => known.pod_security_at(shown, byte),
            None => Vec::new(),
        }
    }

    /// What those can do and become whom the object named at a place is about: an account, what runs as one, or whom a binding
    /// names. The place is a byte of a file that the last analysis read, by its shown path.
    #[must_use]
    pub fn rights_at(&self, shown: &Path, byte: u32) -> Vec<Rights> {
        match &self.known {
            Some(known) => known.rights_at(shown, byte),
            None => Vec::new(),
        }
    }
}

impl Known {
    fn pod_security_at(&self, shown: &Path, byte: u32) -> Vec<PodSecurityAt> {
        let levels = self.levels();
        let told = self.named_at(shown, byte).filter_map(|(id, resource)| {
            Some(PodSecurityAt {
                address: resource.address.clone(),
                level: levels.level(id)?,
                broken: levels
                    .breaking(id)
                    .map(|(check, ..)| check.id.clone())
                    .collect(),
            })
        });
        told.collect()
    }

    fn rights_at(&self, shown: &Path, byte: u32) -> Vec<Rights> {
        let project = &self.analysis.project;
        let named = self.named_at(shown, byte);
        let rights = named.map(|(id, _)| access::rights(project, self.setup.version, id));
        let mut rights: Vec<Rights> = rights.flatten().collect();
        rights.dedup();
        rights
    }

    /// The resources whose name or title stands at a place.
    fn named_at<'a>(
        &'a self,
        shown: &'a Path,
        byte: u32,
    ) -> impl Iterator<Item = (ResourceId, &'a Arc<Resource>)> {
        let project = &self.analysis.project;
        let is_here = move |span: Span| {
            (span.start..=span.end).contains(&byte) && project.sources.path(span.file) == shown
        };
        let resources = project.graph.resources();
        resources.filter(move |(_, one)| is_here(one.tree.node(one.title_node()).span))
    }

    /// The levels of what files declare.
    fn levels(&self) -> Levels<'_> {
        Levels {
            checks: self.setup.judge.checks(),
            project: &self.analysis.project,
            verdicts: &self.analysis.verdicts,
            minor: self.setup.version.minor,
        }
    }

    fn overview(&self, shown: &Path) -> Vec<Overview> {
        let project = &self.analysis.project;
        let mut declared: BTreeMap<Span, Vec<ResourceId>> = BTreeMap::new();
        for (id, resource) in project.graph.resources() {
            let span = resource.span();
            if project.sources.path(span.file) == shown {
                declared.entry(span).or_default().push(id);
            }
        }
        let of_resources = self.levels();
        let of_one = |(span, ids): (Span, Vec<ResourceId>)| {
            let levels = ids.iter().map(|id| of_resources.level(*id));
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
}

/// The levels of the Pod Security Standards in one project.
#[derive(Clone, Copy)]
pub(crate) struct Levels<'a> {
    pub(crate) checks: &'a [Arc<Check>],
    pub(crate) project: &'a Project,
    pub(crate) verdicts: &'a Verdicts,
    /// The minor version of Kubernetes that is judged against.
    pub(crate) minor: u32,
}

impl<'a> Levels<'a> {
    /// The checks that say something against levels for the pods of a resource, and the levels that are left where they fail.
    pub(crate) fn breaking(
        self,
        id: ResourceId,
    ) -> impl Iterator<Item = (&'a Arc<Check>, &'a Judged, PodSecurityLevel)> {
        let verdicts = self.verdicts.of_resource(id).iter();
        let verdicts = verdicts.filter(|judged| !judged.is_pass());
        verdicts.filter_map(move |judged| {
            let check = &self.checks[judged.check];
            Some((check, judged, broken(check.pod_security, self.minor)?))
        })
    }

    /// The level that the pods of a resource keep at the version that is judged against.
    pub(crate) fn level(self, id: ResourceId) -> Option<PodSecurityLevel> {
        if self.project.graph.resource(id).facts.pods.is_empty() {
            return None;
        }
        let mut level = PodSecurityLevel::Restricted;
        for (_, judged, broken) in self.breaking(id) {
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
