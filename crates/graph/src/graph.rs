//! All resources of a project and the links between them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use smol_str::SmolStr;
use source::Span;

use crate::reads::note;
use crate::{Completeness, Link, Resource, Target};

/// A resource of one [`Graph`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ResourceId(pub u32);

/// All resources of a project and the links between them.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    resources: Vec<Arc<Resource>>,
    /// The links that each resource makes, in the order of their places; nothing where none were set.
    from: Vec<Arc<[Link]>>,
    /// The links that lead to each resource, by their sources and their indexes among the links of these.
    to: Vec<Arc<[Leading]>>,
    /// The links of the resource that was replaced last; they stand for those in `from`.
    replaced: Option<(ResourceId, Vec<Link>)>,
    /// What of that which exists is in the graph.
    pub completeness: Completeness,
    /// The resource that all others live in, if there is one.
    surrounding: Option<ResourceId>,
}

/// A link by its source and its index among the links of that.
type Leading = (ResourceId, u32);

impl Graph {
    /// A graph of these resources without links.
    #[must_use]
    pub fn new(resources: Vec<Arc<Resource>>, completeness: impl Into<Completeness>) -> Self {
        let mut surrounding = (0..)
            .map(ResourceId)
            .zip(&resources)
            .filter(|(_, one)| one.facts.surrounds);
        let first = surrounding.next().map(|(id, _)| id);
        let surrounding = first.filter(|_| surrounding.next().is_none());
        Self {
            surrounding,
            resources,
            from: Vec::new(),
            to: Vec::new(),
            replaced: None,
            completeness: completeness.into(),
        }
    }

    /// Takes the resources of another graph in place of those that are the same, so that these are the same objects.
    pub fn share(&mut self, other: &Self) {
        fn key(resource: &Resource) -> (&SmolStr, &Option<SmolStr>, Span) {
            (&resource.address, &resource.environment, resource.span())
        }
        // What stands where it stood is shared already, and mostly that is nearly all.
        let stands = |one: &Arc<Resource>, index: usize, all: &[Arc<Resource>]| {
            all.get(index).is_some_and(|other| Arc::ptr_eq(one, other))
        };
        let own = &self.resources;
        let known = other.resources.iter().enumerate();
        let moved: Vec<&Arc<Resource>> = known
            .filter(|(index, one)| !stands(one, *index, own))
            .map(|(_, one)| one)
            .collect();
        let present: HashSet<*const Resource> = match moved.len() * 2 > own.len() {
            true => own.iter().map(Arc::as_ptr).collect(),
            false => HashSet::new(),
        };
        let known = moved
            .into_iter()
            .filter(|one| !present.contains(&Arc::as_ptr(one)));
        let known: HashMap<_, &Arc<Resource>> = known.map(|one| (key(one), one)).collect();
        if known.is_empty() {
            return;
        }
        for (index, resource) in self.resources.iter_mut().enumerate() {
            if stands(resource, index, &other.resources) {
                continue;
            }
            let known = known.get(&key(resource));
            if let Some(known) = known.filter(|one| one.is_same(resource)) {
                *resource = Arc::clone(known);
            }
        }
    }

    /// Replaces all links.
    pub fn set_links(&mut self, mut links: Vec<Link>) {
        links.sort_by_key(|link| (link.from, link.node));
        let none: Arc<[Link]> = Arc::from([]);
        self.from = vec![none; self.resources.len()];
        let mut links = links.into_iter().peekable();
        while let Some(first) = links.next() {
            let from = first.from;
            let rest = std::iter::from_fn(|| links.next_if(|link| link.from == from));
            self.from[from.0 as usize] = std::iter::once(first).chain(rest).collect();
        }
        let mut to: Vec<Vec<Leading>> = vec![Vec::new(); self.resources.len()];
        for (target, leading) in self.from.iter().flat_map(|links| targets(links)) {
            to[target.0 as usize].push(leading);
        }
        let none: Arc<[Leading]> = Arc::from([]);
        let shared = |leading: Vec<Leading>| match leading.is_empty() {
            true => Arc::clone(&none),
            false => leading.into(),
        };
        self.to = to.into_iter().map(shared).collect();
    }

    /// Takes the links of another graph that has as many resources, but for those that some resources make, sorted by place.
    pub fn set_links_of(&mut self, other: &Self, changed: Vec<(ResourceId, Vec<Link>)>) {
        self.from.clone_from(&other.from);
        self.to.clone_from(&other.to);
        let mut touched: HashMap<ResourceId, Vec<Leading>> = HashMap::new();
        let ids: HashSet<ResourceId> = changed.iter().map(|(id, _)| *id).collect();
        for (id, links) in changed {
            let links: Arc<[Link]> = links.into();
            let old = std::mem::replace(&mut self.from[id.0 as usize], Arc::clone(&links));
            for (target, _) in targets(&old) {
                touched.entry(target).or_default();
            }
            for (target, leading) in targets(&links) {
                touched.entry(target).or_default().push(leading);
            }
        }
        for (target, new) in touched {
            let leading = &mut self.to[target.0 as usize];
            let kept = leading.iter().filter(|(from, _)| !ids.contains(from));
            let mut all: Vec<Leading> = kept.copied().chain(new).collect();
            all.sort_unstable();
            *leading = all.into();
        }
    }

    /// Whether a resource makes the same links as one of the same number in another graph, and the same ones lead to it.
    #[must_use]
    pub fn links_alike(&self, other: &Self, id: ResourceId) -> bool {
        let number = id.0 as usize;
        let (Some(own), Some(theirs)) = (self.from.get(number), other.from.get(number)) else {
            return false;
        };
        let is_same = |(one, two): (&Leading, &Leading)| self.link(*one) == other.link(*two);
        let (Some(to), Some(to_theirs)) = (self.to.get(number), other.to.get(number)) else {
            return false;
        };
        let leads_alike =
            || to.len() == to_theirs.len() && to.iter().zip(&**to_theirs).all(is_same);
        (Arc::ptr_eq(own, theirs) || own == theirs) && (Arc::ptr_eq(to, to_theirs) || leads_alike())
    }

    /// The resources that are others than in a graph before, where all others have the numbers that they had; nothing where
    /// numbers changed.
    #[must_use]
    pub fn changed_since(&self, before: &Self) -> Option<Vec<ResourceId>> {
        let pairs = self.resources.iter().zip(&before.resources);
        let changed = (0..).map(ResourceId).zip(pairs);
        let changed = changed.filter(|(_, (new, old))| !Arc::ptr_eq(new, old));
        let changed: Vec<ResourceId> = changed.map(|(id, _)| id).collect();
        let same_count = self.resources.len() == before.resources.len();
        same_count.then_some(changed)
    }

    fn link(&self, (from, index): Leading) -> &Link {
        &self.from[from.0 as usize][index as usize]
    }

    /// Replaces one resource and the links that it makes, to see what would be. Links that lead to it stay, and the next
    /// replacement forgets these links again.
    pub fn replace(&mut self, id: ResourceId, resource: Arc<Resource>, links: Vec<Link>) {
        self.resources[id.0 as usize] = resource;
        self.replaced = Some((id, links));
    }

    /// All resources with their ids, in the order in which they were read.
    pub fn resources(&self) -> impl Iterator<Item = (ResourceId, &Arc<Resource>)> {
        (0..).map(ResourceId).zip(&self.resources)
    }

    /// The number of resources.
    #[must_use]
    pub fn len(&self) -> usize {
        self.resources.len()
    }

    /// Whether there is no resource.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.resources.is_empty()
    }

    /// The resource with this id.
    #[must_use]
    pub fn resource(&self, id: ResourceId) -> &Arc<Resource> {
        note(id);
        &self.resources[id.0 as usize]
    }

    /// The resource that all others live in, where there is exactly one.
    #[must_use]
    pub fn surrounding(&self) -> Option<ResourceId> {
        self.surrounding
    }

    /// All links, sorted by source and place.
    pub fn links(&self) -> impl Iterator<Item = &Link> {
        self.from.iter().flat_map(|links| links.iter())
    }

    /// The links that a resource makes, in the order of their places.
    #[must_use]
    pub fn links_from(&self, id: ResourceId) -> &[Link] {
        note(id);
        let replaced = self
            .replaced
            .as_ref()
            .filter(|(replaced, _)| *replaced == id);
        match replaced {
            Some((_, links)) => links,
            None => self.from.get(id.0 as usize).map_or(&[], |links| links),
        }
    }

    /// The links that lead to a resource, sorted by source and place.
    pub fn links_to(&self, id: ResourceId) -> impl Iterator<Item = &Link> {
        note(id);
        let leading = self.to.get(id.0 as usize).into_iter();
        leading.flat_map(|leading| leading.iter().map(|one| self.link(*one)))
    }
}

/// The resources that links of one lead to.
fn targets(links: &[Link]) -> impl Iterator<Item = (ResourceId, Leading)> {
    (0..)
        .zip(links)
        .filter_map(|(index, link)| match link.target {
            Target::Resource(target) => Some((target, (link.from, index))),
            Target::Missing | Target::Unknown(_) => None,
        })
}
