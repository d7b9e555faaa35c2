//! What those can do whom an object is about, and what they can become: what editors tell of it.

use graph::{LinkKind, Namespace, NodeId, Resource, ResourceId, SmolStr};
use kubernetes::Version;
use reach::{Asker, Escalations, Party, PathOptions, Paths, Subject};

use super::subject;
use super::told::{self, Verdict};
use super::world::World;
use crate::project::Project;

/// Above so many objects, paths take longer than somebody waits who points at a name.
const MOST_FOR_PATHS: usize = 20_000;

/// How many subjects of one binding are told of.
const MOST_SUBJECTS: usize = 5;

/// What someone can do with what they are granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rights {
    /// Who, such as `ServiceAccount shop/api`.
    pub subject: String,
    /// What they can turn their rights into, the worst first.
    pub gains: Vec<Gain>,
    /// Whom they can become, the worst first; none where the project is too large for that.
    pub reached: Vec<Reached>,
}

/// A way to use a right for more than it was given for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gain {
    /// A word for it, such as `read-secrets`.
    pub way: &'static str,
    /// `critical`, `high`, `medium` or `low`.
    pub severity: &'static str,
    /// Where; everywhere where there is none.
    pub namespace: Option<SmolStr>,
    /// Yes or unknown.
    pub verdict: Verdict,
}

/// Whom someone can become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    /// Such as `cluster admin`.
    pub to: String,
    /// In how many steps.
    pub hops: usize,
    /// Whether every step is certain.
    pub is_certain: bool,
}

/// The rights of those whom a resource is about: the account that it is, the one that its pods run as, or whom a binding names.
pub(crate) fn rights(project: &Project, version: Version, id: ResourceId) -> Vec<Rights> {
    let resource = project.graph.resource(id);
    let subjects = subjects(project, id, resource);
    if subjects.is_empty() {
        return Vec::new();
    }
    let world = World::of(project, resource.environment.clone(), version);
    let escalations = Escalations::of(&world.access, world.version);
    let mut paths = paths(&world);
    let told = subjects.into_iter().map(|subject| Rights {
        subject: subject::told(&subject),
        gains: gains(&escalations, &subject),
        reached: reached(paths.as_mut(), subject),
    });
    told.collect()
}

fn subjects(project: &Project, id: ResourceId, resource: &Resource) -> Vec<Subject> {
    match resource.kind.as_str() {
        "ServiceAccount" => vec![Subject::Account {
            namespace: resource.namespace.clone(),
            name: resource.name.clone(),
        }],
        "RoleBinding" | "ClusterRoleBinding" => bound(resource),
        _ if !resource.facts.pods.is_empty() => vec![runs_as(project, id, resource)],
        _ => Vec::new(),
    }
}

fn runs_as(project: &Project, id: ResourceId, resource: &Resource) -> Subject {
    let links = project.graph.links_from(id).iter();
    let mut accounts = links.filter(|link| link.kind == LinkKind::RunsAs);
    let name = accounts.next().map(|link| link.reference.name.clone());
    Subject::Account {
        namespace: resource.namespace.clone(),
        name: name.unwrap_or_else(|| "default".into()),
    }
}

/// Whom a binding names, where that is known.
fn bound(binding: &Resource) -> Vec<Subject> {
    let tree = &binding.tree;
    let nodes = tree.get(NodeId::ROOT, "subjects").into_iter();
    let nodes = nodes.flat_map(|list| tree.children(list));
    let subject = |node| {
        let name = tree.text(node, "name")?.clone();
        match tree.text(node, "kind")?.as_str() {
            "User" => Some(Subject::User(name)),
            "Group" => Some(Subject::Group(name)),
            "ServiceAccount" => {
                let written = tree.text(node, "namespace").cloned();
                let own = || binding.namespace.clone();
                let namespace = written.map_or_else(own, Namespace::Named);
                Some(Subject::Account { namespace, name })
            }
            _ => None,
        }
    };
    nodes.filter_map(subject).take(MOST_SUBJECTS).collect()
}

fn gains(escalations: &Escalations<'_>, subject: &Subject) -> Vec<Gain> {
    let edges = escalations.from(&Asker::from(subject.clone()));
    let mut gains: Vec<Gain> = edges
        .into_iter()
        .map(|edge| Gain {
            way: edge.method.name,
            severity: edge.method.severity,
            namespace: told::namespace(&edge.scope),
            verdict: edge.verdict.into(),
        })
        .collect();
    gains.sort_by_key(|gain| (rank(gain.severity), gain.verdict != Verdict::Yes));
    gains
}

fn paths<'a>(world: &'a World<'_>) -> Option<Paths<'a>> {
    let options = PathOptions {
        environment: world.environment.clone(),
        version: world.version,
        is_declared: world.project.running.is_none(),
        ..PathOptions::default()
    };
    let is_small = world.graph.len() <= MOST_FOR_PATHS;
    is_small.then(|| Paths::of(world.graph, &options))
}

fn reached(paths: Option<&mut Paths<'_>>, subject: Subject) -> Vec<Reached> {
    let Some(paths) = paths else {
        return Vec::new();
    };
    let is_sink = |party: &Party| {
        let kube_system = Namespace::Named("kube-system".into());
        matches!(party, Party::Everything | Party::Node)
            || matches!(party, Party::Secrets(place) if *place == kube_system)
    };
    let found = paths.shortest(&[Party::Subject(subject)], &is_sink);
    let mut reached: Vec<Reached> = found
        .into_iter()
        .map(|path| Reached {
            to: path.sink.to_string(),
            hops: path.hops.len(),
            is_certain: path.is_certain(),
        })
        .collect();
    reached.sort_by_key(|one| (!one.is_certain, one.hops));
    reached
}

/// The worst first.
fn rank(severity: &str) -> usize {
    let all = ["critical", "high", "medium", "low"];
    all.iter()
        .position(|one| *one == severity)
        .unwrap_or(all.len())
}
