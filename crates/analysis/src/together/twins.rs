//! Which objects of a cluster are what files declare.

use std::collections::BTreeMap;
use std::path::Path;

use foldhash::{HashMap, HashMapExt};
use graph::{Namespace, NodeId, Resource, ResourceId};
use kubernetes::is_object;
use smol_str::SmolStr;

use crate::project::Project;

/// The letters of the hashes that kustomize adds to names (kyaml, `hasher.encode`).
const HASH: &str = "bcdfghkm2456789t";

/// How many of them it adds.
const HASH_LENGTH: usize = 10;

/// The namespace of what nobody gives one.
const DEFAULT: &str = "default";

/// Which objects of a cluster are what files declare. One may be declared for several environments.
#[derive(Default)]
pub(crate) struct Twins {
    live: BTreeMap<ResourceId, Vec<ResourceId>>,
    declared: BTreeMap<ResourceId, Vec<ResourceId>>,
}

impl Twins {
    pub(crate) fn of(declared: &Project, live: &Project) -> Self {
        let index = Index::of(live);
        let objects = declared.graph.resources().filter(|(_, one)| is_object(one));
        let mut open: Vec<(ResourceId, Vec<ResourceId>)> = Vec::new();
        let mut twins = Self::default();
        let mut places: HashMap<&str, BTreeMap<&Namespace, usize>> = HashMap::new();
        for (id, resource) in objects {
            let found = index.find(resource);
            match found.as_slice() {
                [] => {}
                [one] => {
                    twins.add(id, *one);
                    let namespaces = places.entry(source(declared, id)).or_default();
                    *namespaces
                        .entry(&live.graph.resource(*one).namespace)
                        .or_default() += 1;
                }
                _ => open.push((id, found)),
            }
        }
        for (id, found) in open {
            let places = places.get(source(declared, id));
            let near = |one: &ResourceId| {
                let namespace = &live.graph.resource(*one).namespace;
                let number = places.and_then(|places| places.get(namespace)).copied();
                (
                    number.unwrap_or_default(),
                    namespace.name() == Some(DEFAULT),
                )
            };
            let nearest = found.into_iter().max_by_key(near);
            let nearest = nearest.filter(|one| near(one) != (0, false));
            nearest.into_iter().for_each(|one| twins.add(id, one));
        }
        twins
    }

    fn add(&mut self, declared: ResourceId, live: ResourceId) {
        self.live.entry(declared).or_default().push(live);
        self.declared.entry(live).or_default().push(declared);
    }

    /// What a cluster has of what files declare.
    pub(crate) fn live(&self, declared: ResourceId) -> &[ResourceId] {
        self.live.get(&declared).map_or(&[], Vec::as_slice)
    }

    /// What files declare of what a cluster has.
    pub(crate) fn declared(&self, live: ResourceId) -> &[ResourceId] {
        self.declared.get(&live).map_or(&[], Vec::as_slice)
    }

    /// All pairs of what is declared and what a cluster has of it.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (ResourceId, ResourceId)> {
        let live = self.live.iter();
        live.flat_map(|(declared, live)| live.iter().map(|live| (*declared, *live)))
    }
}

/// What a resource is applied with: its chart or kustomization, else its folder.
fn source(project: &Project, id: ResourceId) -> &str {
    let folder = || project.file(id).file.path.parent().and_then(Path::to_str);
    match project.block(id) {
        Some(block) => block.group,
        None => folder().unwrap_or_default(),
    }
}

/// The objects of a cluster by kind and name.
struct Index<'a> {
    live: &'a Project,
    by_name: HashMap<(&'a str, &'a str), Vec<ResourceId>>,
    /// Those with generated names, by what these begin with.
    by_start: HashMap<(&'a str, &'a str), Vec<ResourceId>>,
}

impl<'a> Index<'a> {
    fn of(live: &'a Project) -> Self {
        let mut index = Self {
            live,
            by_name: HashMap::new(),
            by_start: HashMap::new(),
        };
        for (id, resource) in live.graph.resources() {
            let kind = kind(resource);
            let named = index.by_name.entry((kind, &resource.name)).or_default();
            named.push(id);
            let start = generated(resource).or_else(|| hashed(resource));
            if let Some(start) = start {
                index.by_start.entry((kind, start)).or_default().push(id);
            }
        }
        index
    }

    /// The objects that a declared resource may be.
    fn find(&self, resource: &Resource) -> Vec<ResourceId> {
        let kind = kind(resource);
        let named = self.by_name.get(&(kind, resource.name.as_str()));
        let exact = self.near(resource, named);
        if !exact.is_empty() {
            return exact;
        }
        let start = match resource.name.is_empty() {
            true => generated(resource),
            false => hashed(resource),
        };
        let found = start.and_then(|start| self.by_start.get(&(kind, start)));
        let mut found = self.near(resource, found);
        // Of several generations, one stands for all.
        found.truncate(1);
        found
    }

    /// Those that may be in the namespace of a resource.
    fn near(&self, resource: &Resource, found: Option<&Vec<ResourceId>>) -> Vec<ResourceId> {
        let found = found.into_iter().flatten().copied();
        let is_near = |id: &ResourceId| {
            let live = &self.live.graph.resource(*id).namespace;
            live.may_equal(&resource.namespace)
        };
        found.filter(is_near).collect()
    }
}

/// The kind with the group of custom ones.
fn kind(resource: &Resource) -> &str {
    resource.address.split('/').next().unwrap_or_default()
}

/// What a generated name begins with.
fn generated(resource: &Resource) -> Option<&str> {
    let node = resource
        .tree
        .at(NodeId::ROOT, &["metadata", "generateName"])?;
    let start = resource.tree.as_text(node).map(SmolStr::as_str)?;
    Some(start).filter(|start| !start.is_empty())
}

/// The name of a ConfigMap or a Secret without the hash of kustomize.
fn hashed(resource: &Resource) -> Option<&str> {
    let (start, hash) = resource.name.rsplit_once('-')?;
    let is_hash = hash.len() == HASH_LENGTH && hash.chars().all(|letter| HASH.contains(letter));
    (is_hash && matches!(resource.kind.as_str(), "ConfigMap" | "Secret")).then_some(start)
}
