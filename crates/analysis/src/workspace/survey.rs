//! The resources of an analysis, for those who walk through them.

use foldhash::HashMap;
use graph::{Link, LinkKind, NodeId, ResourceId, Target};
use smol_str::SmolStr;
use source::{Span, neutral};

use super::overview::Levels;
use super::{Known, PodSecurityLevel, Workspace};
use crate::finding;
use crate::listing::{ListedValue, Secrets, values};
use crate::project::{Format, Project};

/// All resources of an analysis. A resource is named by its index here until the next analysis.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// What files declare, then what runs.
    pub resources: Vec<Surveyed>,
    /// The resource of each finding of the report; nothing for one that is in no resource of this list.
    pub of_findings: Vec<Option<u32>>,
}

/// A resource in a few words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surveyed {
    /// The stable address.
    pub address: SmolStr,
    /// The kind.
    pub kind: SmolStr,
    /// The namespace, if one is written.
    pub namespace: Option<SmolStr>,
    /// The name.
    pub name: SmolStr,
    /// The environment, where its source has several.
    pub environment: Option<SmolStr>,
    /// The format that declares it, or `cluster`.
    pub format: &'static str,
    /// Where it is declared.
    pub span: Span,
    /// The text of the whole of it.
    pub whole: Span,
    /// The strictest level of the Pod Security Standards that its pods keep; nothing where it makes none, or that can't be known.
    pub level: Option<PodSecurityLevel>,
}

/// What is known of one resource beside its findings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct About {
    /// The references that it makes, and those that lead to it.
    pub neighbors: Vec<Neighbor>,
    /// The checks that keep its pods from a stricter level, by id.
    pub broken: Vec<SmolStr>,
    /// The values that somebody wrote.
    pub values: Vec<ListedValue>,
}

/// A reference between two resources, as one of them sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbor {
    /// What it means, read from who refers to what is referred to.
    pub kind: LinkKind,
    /// Who of both refers.
    pub direction: Direction,
    /// Where it is written.
    pub span: Span,
    /// The other resource.
    pub other: Other,
}

/// Who refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// The resource itself.
    Out,
    /// The other one.
    In,
}

/// What is at the other end of a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Other {
    /// A resource, by its index in the survey.
    Resource(u32),
    /// Nothing: it is not there.
    Missing(String),
    /// It can't be known whether it is there.
    Unknown(String),
}

impl Workspace {
    /// All resources of the last analysis.
    #[must_use]
    pub fn survey(&self) -> Survey {
        self.known.as_ref().map(Known::survey).unwrap_or_default()
    }

    /// What is known of a resource of the last analysis, by its index in the survey.
    #[must_use]
    pub fn about(&self, index: u32) -> Option<About> {
        self.known.as_ref()?.about(index)
    }
}

/// The resources of the survey by the numbers that their projects give them.
pub(super) struct Numbering(HashMap<(usize, ResourceId), u32>);

impl Numbering {
    pub(super) fn of(&self, project: &Project, id: ResourceId) -> Option<u32> {
        self.0.get(&(project.number, id)).copied()
    }
}

impl Known {
    /// Each resource with its project, in the order of the survey.
    pub(super) fn surveyed(&self) -> impl Iterator<Item = (Levels<'_>, ResourceId)> {
        let parts = self.analysis.parts();
        parts.flat_map(|(project, verdicts)| {
            let running = project.running.as_ref();
            let version = running.map_or(self.setup.version, |running| running.version);
            let levels = Levels {
                checks: self.setup.judge.checks(),
                project,
                verdicts,
                minor: version.minor,
            };
            project.objects().map(move |(id, _)| (levels, id))
        })
    }

    pub(super) fn numbering(&self) -> Numbering {
        let all = (0..).zip(self.surveyed());
        let all = all.map(|(index, (levels, id))| ((levels.project.number, id), index));
        Numbering(all.collect())
    }

    fn survey(&self) -> Survey {
        let numbering = self.numbering();
        let places = self.analysis.places.iter();
        Survey {
            resources: self.surveyed().map(surveyed).collect(),
            of_findings: places
                .map(|one| numbering.0.get(&(one.project, one.id)).copied())
                .collect(),
        }
    }

    fn about(&self, index: u32) -> Option<About> {
        let (levels, id) = self.surveyed().nth(index as usize)?;
        let numbering = self.numbering();
        let (project, graph) = (levels.project, &levels.project.graph);
        let from = graph.links_from(id).iter();
        let from = from.map(|link| neighbor(project, &numbering, link, Direction::Out));
        let to = graph.links_to(id);
        let to = to.map(|link| neighbor(project, &numbering, link, Direction::In));
        let mut neighbors: Vec<Neighbor> = from.chain(to).collect();
        neighbors.dedup();
        let makes_pods = !graph.resource(id).facts.pods.is_empty();
        let broken = levels
            .breaking(id)
            .filter(|(_, judged, _)| !judged.fails.is_empty());
        let mut broken: Vec<SmolStr> = broken.map(|(check, ..)| check.id.clone()).collect();
        broken.retain(|_| makes_pods);
        let analysis = &self.analysis;
        let secrets = Secrets::new(&analysis.report.secrets, project, analysis.found.secrets());
        Some(About {
            neighbors,
            broken,
            values: values(graph.resource(id), &secrets),
        })
    }
}

fn surveyed((levels, id): (Levels<'_>, ResourceId)) -> Surveyed {
    let project = levels.project;
    let resource = project.graph.resource(id);
    let file = project.file(id);
    let span = match file.format {
        // The name of what runs says more than its first line.
        Format::Cluster => resource.tree.node(resource.title_node()).span,
        _ => finding::head(project, id),
    };
    Surveyed {
        address: resource.address.clone(),
        kind: resource.kind.clone(),
        namespace: resource.namespace.name().map(SmolStr::from),
        name: resource.name.clone(),
        environment: resource.environment.clone(),
        format: file.format.text(),
        span,
        whole: resource.tree.node(NodeId::ROOT).span,
        level: levels.level(id),
    }
}

fn neighbor(
    project: &Project,
    numbering: &Numbering,
    link: &Link,
    direction: Direction,
) -> Neighbor {
    let resource = project.graph.resource(link.from);
    let of = |id| numbering.of(project, id).map(Other::Resource);
    let other = match (direction, &link.target) {
        (Direction::In, _) => of(link.from),
        (Direction::Out, Target::Resource(id)) => of(*id),
        (Direction::Out, Target::Missing) => Some(Other::Missing(asked(link))),
        (Direction::Out, Target::Unknown(why)) => {
            let why = neutral(why.cause.text()).into_owned();
            Some(Other::Unknown(format!("{}: {why}", asked(link))))
        }
    };
    Neighbor {
        kind: link.kind,
        direction,
        span: resource.tree.node(link.node).span,
        other: other.unwrap_or_else(|| Other::Unknown(asked(link))),
    }
}

/// What a link asks for, for people.
fn asked(link: &Link) -> String {
    let reference = &link.reference;
    let parts = [
        Some(reference.kind.as_str()),
        reference.namespace.name(),
        Some(reference.name.as_str()),
    ];
    let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
    neutral(&parts.collect::<Vec<&str>>().join("/")).into_owned()
}
