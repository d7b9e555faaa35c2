//! Who can become whom: what `scantling paths` tells.

use std::collections::BTreeSet;
use std::sync::Arc;

use graph::{Namespace, NodeId, ResourceId, SmolStr};
use reach::{Crossings, Cuts, Edit, Party, PathOptions, Paths, Subject, Way};
use source::FileSystem;

use super::Access;
use super::subject::Subjects;
use super::told::{self, Grant, Origin, Teller, cause};
use super::world::{self, World};
use crate::error::Error;
use crate::finding;
use crate::listing::Cause;
use crate::options::{Options, Progress};

/// Above so many objects, paths are not computed anew to find what cuts them.
const MOST_FOR_CUTS: usize = 20_000;

/// How many starts are told of.
const MOST_STARTS: usize = 50_000;

/// Which paths are wanted.
#[derive(Clone, Debug, Default)]
pub struct PathQuestion {
    /// From whom: subjects as of `can`, or what makes pods. All pods and all subjects that are not of Kubernetes itself, where
    /// none is named.
    pub from: Vec<String>,
    /// The groups that users among them are in.
    pub groups: Vec<String>,
    /// To whom: `cluster-admin`, `node`, `secrets`, `secrets:NAMESPACE` and others. The administrator of the cluster, nodes and the
    /// Secrets of `kube-system`, where nothing is named.
    pub to: Vec<String>,
    /// All paths that go over nobody twice, of at most this many hops, in place of the shortest.
    pub all: Option<usize>,
    /// Objects that are taken to be gone, by address.
    pub without: Vec<String>,
    /// Whether the changes that cut the paths are wanted.
    pub cuts: bool,
}

/// The paths of one state of things.
#[derive(Debug, PartialEq)]
pub struct FoundPaths {
    /// The paths, by sink, and the shortest first.
    pub paths: Vec<Path>,
    /// How many starts were followed.
    pub starts: usize,
    /// Whether there may be others that are wanted.
    pub is_all: bool,
    /// What is closed where some objects are gone: the paths that were there with them.
    pub closed: Vec<Path>,
    /// What is opened by objects that are added: the paths that are not there without them.
    pub opened: Vec<Path>,
    /// The changes that cut the paths, where these are wanted and could be computed.
    pub cuts: Option<CutsTold>,
}

/// How a start becomes a sink.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// From whom, such as `Deployment/shop/api`.
    pub from: String,
    /// To whom, such as `cluster admin`.
    pub to: String,
    /// The word for the sink, such as `cluster-admin`.
    pub sink: &'static str,
    /// Whether every hop is certain.
    pub is_certain: bool,
    /// The worst of its hops.
    pub severity: &'static str,
    /// The steps.
    pub hops: Vec<Hop>,
}

/// A step of a path.
#[derive(Clone, Debug, PartialEq)]
pub struct Hop {
    /// Who makes it.
    pub from: Vec<String>,
    /// Whom they become, or what they gain.
    pub to: String,
    /// A word for how, such as `run-pod`.
    pub way: &'static str,
    /// The technique of MITRE ATT&CK.
    pub technique: &'static str,
    /// `critical`, `high`, `medium` or `low`.
    pub severity: &'static str,
    /// The namespace in which it happens, if it is one.
    pub namespace: Option<SmolStr>,
    /// What it takes, each with the bindings that allow it.
    pub needs: Vec<Need>,
    /// Where it is written what lets it happen, where no binding does.
    pub places: Vec<Origin>,
    /// Why it may not be possible.
    pub unknown: Vec<Cause>,
}

/// What a hop takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Need {
    /// Who has it.
    pub by: String,
    /// Such as `create pods`.
    pub action: String,
    /// The objects on which it is allowed, where these are limited.
    pub names: Option<Vec<SmolStr>>,
    /// By which bindings.
    pub grants: Vec<Grant>,
}

/// What cuts paths.
#[derive(Debug, PartialEq)]
pub struct CutsTold {
    /// How many pairs of a start and a sink have a path.
    pub pairs: usize,
    /// Each change with how many pairs it closes alone, the best first.
    pub single: Vec<(Change, usize)>,
    /// Changes that close all together, where some are known.
    pub all: Option<Vec<Change>>,
    /// Whether no smaller set does.
    pub is_smallest: bool,
}

/// A change that cuts paths.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What is done, such as `remove`.
    pub what: &'static str,
    /// To what.
    pub origin: Origin,
}

/// Who can become whom, by the inputs of a run.
///
/// # Errors
/// When the call or the configuration can't be followed, or nobody knows who is named.
pub fn paths(
    system: &dyn FileSystem,
    options: &Options,
    question: &PathQuestion,
    progress: &dyn Progress,
) -> Result<Access<FoundPaths>, Error> {
    let mut told = world::each(system, options, progress, |world| {
        let mut seeker = Seeker::of(world, question)?;
        Ok(seeker.found())
    })?;
    for told in &mut told.worlds {
        told.notes.extend(assumptions(&told.answer.paths));
    }
    Ok(told)
}

/// What is taken for true, where paths depend on it.
fn assumptions(paths: &[Path]) -> impl Iterator<Item = String> {
    let is_crossed = |name: &str| {
        let mut hops = paths.iter().flat_map(|path| &path.hops);
        hops.any(|hop| hop.from.iter().any(|from| from == name) || hop.to == name)
    };
    let internet = "whoever reaches a pod from the internet is taken to get hold of its process";
    let account = "identities of AWS are taken to be of one account where theirs is not known, and of the policies that AWS manages only AdministratorAccess is followed";
    let all = [("the internet", internet), ("admin of AWS", account)];
    let made = all.into_iter().filter(move |(name, _)| is_crossed(name));
    made.map(|(_, text)| text.to_owned())
}

/// Looks for the paths of a state of things.
struct Seeker<'a> {
    world: &'a World<'a>,
    question: &'a PathQuestion,
    options: PathOptions,
    starts: Vec<Party>,
    sinks: Vec<Sink>,
}

/// What paths may lead to.
struct Sink {
    class: String,
    /// The namespace, where only one is meant.
    namespace: Option<SmolStr>,
}

impl Sink {
    fn read(text: &str) -> Self {
        let (class, namespace) = text.split_once(':').unwrap_or((text, ""));
        Self {
            class: class.to_owned(),
            namespace: (!namespace.is_empty()).then(|| namespace.into()),
        }
    }

    fn is(&self, party: &Party) -> bool {
        let place = match party {
            Party::Secrets(place) | Party::Namespace(place) | Party::Other { scope: place, .. } => {
                place.name()
            }
            _ => None,
        };
        let is_class = party.class() == self.class;
        // What leads to all of a cluster leads to each of its namespaces.
        is_class
            && self
                .namespace
                .as_deref()
                .is_none_or(|own| Some(own) == place)
    }
}

impl<'a> Seeker<'a> {
    fn of(world: &'a World<'a>, question: &'a PathQuestion) -> Result<Self, Error> {
        let options = PathOptions {
            environment: world.environment.clone(),
            version: world.version,
            is_declared: world.project.running.is_none(),
            crossings: Some(Arc::new(Crossings::of(
                world.graph,
                world.environment.as_ref(),
            ))),
            without: BTreeSet::new(),
        };
        let usual = [
            "cluster-admin",
            "node",
            "secrets:kube-system",
            "cloud-admin",
        ];
        let usual = usual.map(str::to_owned);
        let to = match question.to.is_empty() {
            true => &usual[..],
            false => &question.to,
        };
        let sinks = to.iter().map(|text| Sink::read(text)).collect();
        let mut seeker = Self {
            world,
            question,
            options,
            starts: Vec::new(),
            sinks,
        };
        seeker.starts = seeker.starts()?;
        Ok(seeker)
    }

    fn is_sink(&self, party: &Party) -> bool {
        self.sinks.iter().any(|sink| sink.is(party))
    }

    fn starts(&self) -> Result<Vec<Party>, Error> {
        let paths = Paths::of(self.world.graph, &self.options);
        if self.question.from.is_empty() {
            let usual = paths.parties();
            let usual = usual.filter(|party| self.is_usual(party) && !paths.is_in_pods(party));
            return Ok(usual.take(MOST_STARTS).cloned().collect());
        }
        let subjects = Subjects::of(self.world);
        let mut starts = Vec::new();
        for text in &self.question.from {
            let pods = self.pods(&paths, text);
            match pods.is_empty() {
                true => starts.push(Party::Subject(subjects.asker(text, &[])?.subject)),
                false => starts.extend(pods),
            }
        }
        Ok(starts)
    }

    /// Pods are starts, and whom bindings name, unless a pod has their token or they are of Kubernetes itself.
    fn is_usual(&self, party: &Party) -> bool {
        let is_of_system = |name: &str| name.starts_with("system:");
        match party {
            Party::Pods { .. } | Party::Internet | Party::Jobs { .. } => true,
            Party::Subject(Subject::User(name) | Subject::Group(name)) => !is_of_system(name),
            Party::Subject(subject) => !self.is_of_controller(subject),
            _ => false,
        }
    }

    /// Whether an account is one of those of Kubernetes' own controllers: nobody but Kubernetes itself binds it.
    fn is_of_controller(&self, subject: &Subject) -> bool {
        let Subject::Account { namespace, .. } = subject else {
            return false;
        };
        let is_own = |binding: reach::Origin| match binding {
            reach::Origin::BuiltIn(_) => true,
            reach::Origin::Written { resource, .. } => {
                let name = &self.world.graph.resource(resource).name;
                name.starts_with("system:")
            }
        };
        let holdings = || self.world.access.can(&subject.clone().into());
        namespace.name() == Some("kube-system")
            && holdings().iter().all(|holding| is_own(holding.binding))
    }

    /// The pods of the objects with an address, or of all of `pod`.
    fn pods(&self, paths: &Paths<'_>, text: &str) -> Vec<Party> {
        let all = paths.parties().filter(|party| match party {
            Party::Pods { resource, .. } => {
                let own = finding::resource_name(self.world.project, *resource);
                text == "pods" || own.address.eq_ignore_ascii_case(text)
            }
            Party::Cloud(resource) => {
                finding::resource_name(self.world.project, *resource).address == text
            }
            Party::Internet | Party::Jobs { .. } => party.class() == text,
            _ => false,
        });
        all.cloned().collect()
    }

    fn found(&mut self) -> FoundPaths {
        let without = self.without();
        let mut options = self.options.clone();
        options.without.clone_from(&without);
        let mut paths = Paths::of(self.world.graph, &options);
        let (found, is_all) = self.follow(&mut paths);
        let closed = match without.is_empty() {
            true => Vec::new(),
            false => self.closed(&found),
        };
        let cuts = self.cuts(&options, &found);
        let told = found.iter().map(|path| self.told(path)).collect();
        FoundPaths {
            paths: sorted(told),
            starts: self.starts.len(),
            is_all,
            closed,
            opened: Vec::new(),
            cuts,
        }
    }

    /// The objects that are taken to be gone.
    fn without(&self) -> BTreeSet<Edit> {
        let resources = self.world.graph.resources();
        let named = resources.filter(|(id, _)| {
            let name = finding::resource_name(self.world.project, *id);
            let mut addresses = self.question.without.iter();
            addresses.any(|address| name.address == address.as_str())
        });
        let edits = named.flat_map(|(id, resource)| {
            let pods = (0..).zip(&resource.facts.pods);
            let pods =
                pods.flat_map(move |(index, _)| [Edit::Escapes(id, index), Edit::Token(id, index)]);
            pods.chain([Edit::Binding(id), Edit::Crossing(id)])
        });
        edits.collect()
    }

    fn follow(&self, paths: &mut Paths<'_>) -> (Vec<reach::Path>, bool) {
        let mut found: Vec<reach::Path> = Vec::new();
        let crossings = self.options.crossings.as_ref();
        let is_bounded = crossings.is_some_and(|crossings| crossings.is_bounded);
        let mut is_all = self.starts.len() < MOST_STARTS && !is_bounded;
        for start in &self.starts {
            let together = self.together(start);
            let mut all = Vec::new();
            match self.question.all {
                None => {
                    all = paths.shortest(&together, &|party| self.is_sink(party));
                    self.drop_lesser(&mut all);
                }
                Some(deepest) => {
                    let bounds = (deepest, 10_000);
                    for own in &together {
                        let simple = paths.simple(own, &|party| self.is_sink(party), bounds);
                        is_all &= simple.is_all;
                        all.extend(simple.paths);
                    }
                }
            }
            found.extend(all.into_iter().map(|path| reach::Path {
                start: start.clone(),
                ..path
            }));
        }
        (found, is_all)
    }

    /// A start with the groups that it is in.
    fn together(&self, start: &Party) -> Vec<Party> {
        let group = |group: &String| Party::Subject(Subject::Group(group.into()));
        let groups = match start {
            Party::Subject(Subject::User(_)) => &self.question.groups[..],
            _ => &[],
        };
        std::iter::once(start.clone())
            .chain(groups.iter().map(group))
            .collect()
    }

    /// Whoever surely administers the cluster needs no other path, unless one asks for it.
    fn drop_lesser(&self, paths: &mut Vec<reach::Path>) {
        let is_admin = |path: &reach::Path| path.sink == Party::Everything && path.is_certain();
        let is_outside = |path: &reach::Path| matches!(path.sink, Party::CloudAdmin(_));
        if self.question.to.is_empty() && paths.iter().any(is_admin) {
            paths.retain(|path| is_admin(path) || is_outside(path));
        }
    }

    /// What was open with all objects and is not any more.
    fn closed(&self, left: &[reach::Path]) -> Vec<Path> {
        let pair = |path: &reach::Path| (path.start.clone(), path.sink.clone());
        let left: BTreeSet<(Party, Party)> = left.iter().map(pair).collect();
        let mut before = Paths::of(self.world.graph, &self.options);
        let (before, _) = self.follow(&mut before);
        let closed = before.iter().filter(|path| !left.contains(&pair(path)));
        sorted(closed.map(|path| self.told(path)).collect())
    }

    fn cuts(&self, options: &PathOptions, found: &[reach::Path]) -> Option<CutsTold> {
        let is_wanted = self.question.cuts
            && self.question.all.is_none()
            && self.question.groups.is_empty()
            && !found.is_empty();
        if !is_wanted || self.world.graph.len() > MOST_FOR_CUTS {
            return None;
        }
        let is_sink = |party: &Party| self.is_sink(party);
        let Cuts {
            pairs,
            single,
            all,
            is_smallest,
        } = reach::cuts(self.world.graph, options, (&self.starts, found), &is_sink);
        let single = single.into_iter();
        let all = all.map(|all| all.into_iter().map(|edit| self.change(edit)).collect());
        Some(CutsTold {
            pairs,
            single: single
                .map(|cut| (self.change(cut.edit), cut.closes))
                .collect(),
            all,
            is_smallest,
        })
    }

    fn change(&self, edit: Edit) -> Change {
        let (what, resource) = match edit {
            Edit::Binding(id) => ("remove", id),
            Edit::Escapes(id, _) => ("take the node from", id),
            Edit::Token(id, _) => ("mount no token in", id),
            Edit::Crossing(id) => (self.crossing_change(id), id),
        };
        let origin = reach::Origin::Written {
            resource,
            node: NodeId::ROOT,
        };
        Change {
            what,
            origin: Teller::of(self.world).origin(origin),
        }
    }

    /// What is done to a resource so that it opens no step over the border of the cluster.
    fn crossing_change(&self, id: ResourceId) -> &'static str {
        match self.world.graph.resource(id).kind.as_str() {
            "ServiceAccount" => "take the identity of the cloud from",
            "aws_iam_role" | "aws_iam_user" => "narrow",
            "aws_eks_node_group" => "take the role from",
            _ if kubernetes::is_object(self.world.graph.resource(id)) => "expose nothing by",
            _ => "remove",
        }
    }

    fn told(&self, path: &reach::Path) -> Path {
        let severities = path.hops.iter().map(|hop| hop.way.severity());
        Path {
            from: self.name(&path.start),
            to: self.name(&path.sink),
            sink: path.sink.class(),
            is_certain: path.is_certain(),
            severity: severities.max_by_key(|one| rank(one)).unwrap_or("low"),
            hops: path.hops.iter().map(|hop| self.hop(hop)).collect(),
        }
    }

    fn hop(&self, hop: &reach::Hop) -> Hop {
        let teller = Teller::of(self.world);
        let from: Vec<String> = hop.from.iter().map(|party| self.name(party)).collect();
        let (needs, places, namespace) = match &hop.way {
            Way::Method { steps, scope, .. } => {
                let needs = steps.iter().map(|(by, step)| Need {
                    by: from.get(*by).cloned().unwrap_or_default(),
                    action: step.action.to_string(),
                    names: step
                        .names
                        .as_ref()
                        .map(|names| names.iter().cloned().collect()),
                    grants: teller.grants(&step.answer),
                });
                (needs.collect(), Vec::new(), told::namespace(scope))
            }
            Way::Escape { places, .. } => {
                let places = places.iter().map(|place| teller.origin(*place));
                (Vec::new(), places.collect(), None)
            }
            Way::Crossing(crossing) => {
                let places = crossing.places.iter().map(|(resource, node)| {
                    teller.origin(reach::Origin::Written {
                        resource: *resource,
                        node: *node,
                    })
                });
                (Vec::new(), places.collect(), None)
            }
            Way::Token { place } => (Vec::new(), vec![teller.origin(*place)], None),
            Way::Kubelet | Way::ControlPlane => (Vec::new(), Vec::new(), None),
        };
        Hop {
            to: self.name(&hop.to),
            way: hop.way.name(),
            technique: hop.way.technique(),
            severity: hop.way.severity(),
            namespace,
            needs,
            places,
            unknown: hop.unknown.iter().map(|unknown| cause(unknown)).collect(),
            from,
        }
    }

    fn name(&self, party: &Party) -> String {
        match party {
            Party::Pods { resource, .. } | Party::Cloud(resource) => {
                let name = finding::resource_name(self.world.project, *resource);
                name.address.to_string()
            }
            Party::Jobs { role, .. } => {
                let name = finding::resource_name(self.world.project, *role);
                format!("{party} that {} trusts", name.address)
            }
            Party::Secrets(Namespace::Cluster) => "the Secrets of the cluster".to_owned(),
            party => party.to_string(),
        }
    }
}

fn rank(severity: &str) -> usize {
    let all = ["low", "medium", "high", "critical"];
    all.iter().position(|one| *one == severity).unwrap_or(0)
}

/// Certain ones first, then by sink, length and start.
fn sorted(mut paths: Vec<Path>) -> Vec<Path> {
    let sinks = [
        "cluster-admin",
        "control-plane",
        "node",
        "secrets",
        "cloud-admin",
    ];
    let place = |sink: &str| {
        sinks
            .iter()
            .position(|one| *one == sink)
            .unwrap_or(sinks.len())
    };
    paths.sort_by(|one, two| {
        let key = |path: &Path| (place(path.sink), !path.is_certain, path.hops.len());
        let names = |path: &Path| (path.to.clone(), path.from.clone());
        (key(one), names(one)).cmp(&(key(two), names(two)))
    });
    paths
}
