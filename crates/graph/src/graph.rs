//! All resources of a project and the links between them.

use std::sync::Arc;

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use smol_str::SmolStr;
use source::Span;

use crate::numbering::{Numbered, Places, nobody};
use crate::reads::note;
use crate::{Completeness, Given, Link, Resource, Target};

/// A resource of one [`Graph`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ResourceId(pub u32);

/// All resources of a project and the links between them.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// By number; of one that is free, nobody.
    resources: Vec<Arc<Resource>>,
    /// The numbers that are not free, in the order in which the resources were read.
    order: Vec<ResourceId>,
    /// Where they stand in it, where that is not told by the numbers themselves.
    places: Option<Places>,
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
    /// What bindings give.
    given: Arc<HashMap<ResourceId, Given>>,
}

/// A link by its source and its index among the links of that.
type Leading = (ResourceId, u32);

impl Graph {
    /// A graph of these resources without links.
    #[must_use]
    pub fn new(resources: Vec<Arc<Resource>>, completeness: impl Into<Completeness>) -> Self {
        let order = (0..).map(ResourceId).take(resources.len()).collect();
        Self::of(resources, order, None, completeness.into())
    }

    /// A graph of resources that come and go, without links.
    #[must_use]
    pub fn numbered(numbered: Numbered, completeness: impl Into<Completeness>) -> Self {
        let numbers = numbered.numbers;
        let mut resources = vec![Arc::clone(nobody()); numbers];
        let mut order = Vec::with_capacity(numbered.resources.len());
        for (id, resource) in numbered.resources {
            resources[id.0 as usize] = resource;
            order.push(id);
        }
        let places = Places::of(numbered.family, numbers, &order);
        Self::of(resources, order, Some(places), completeness.into())
    }

    fn of(
        resources: Vec<Arc<Resource>>,
        order: Vec<ResourceId>,
        places: Option<Places>,
        completeness: Completeness,
    ) -> Self {
        let surrounds = |id: &&ResourceId| resources[id.0 as usize].facts.surrounds;
        let mut surrounding = order.iter().filter(surrounds);
        let first = surrounding.next().copied();
        let surrounding = first.filter(|_| surrounding.next().is_none());
        Self {
            surrounding,
            resources,
            order,
            places,
            from: Vec::new(),
            to: Vec::new(),
            replaced: None,
            completeness,
            given: Arc::default(),
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
            .filter(|(index, one)| !stands(one, *index, own) && !Arc::ptr_eq(one, nobody()))
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
            if stands(resource, index, &other.resources) || Arc::ptr_eq(resource, nobody()) {
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
        links.sort_by_key(|link| (self.place(link.from), link.node));
        let none: Arc<[Link]> = Arc::from([]);
        self.from = vec![none; self.resources.len()];
        let mut links = links.into_iter().peekable();
        while let Some(first) = links.next() {
            let from = first.from;
            let rest = std::iter::from_fn(|| links.next_if(|link| link.from == from));
            self.from[from.0 as usize] = std::iter::once(first).chain(rest).collect();
        }
        let mut to: Vec<Vec<Leading>> = vec![Vec::new(); self.resources.len()];
        for (target, leading) in self.links_in_order().flat_map(targets) {
            to[target.0 as usize].push(leading);
        }
        let none: Arc<[Leading]> = Arc::from([]);
        let shared = |leading: Vec<Leading>| match leading.is_empty() {
            true => Arc::clone(&none),
            false => leading.into(),
        };
        self.to = to.into_iter().map(shared).collect();
    }

    /// Takes the links of another graph with the same numbers, but for those that some resources make, sorted by place.
    pub fn set_links_of(&mut self, other: &Self, changed: Vec<(ResourceId, Vec<Link>)>) {
        self.from.clone_from(&other.from);
        self.to.clone_from(&other.to);
        self.from.resize(self.resources.len(), Arc::from([]));
        self.to.resize(self.resources.len(), Arc::from([]));
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
            let leading = &self.to[target.0 as usize];
            let kept = leading.iter().filter(|(from, _)| !ids.contains(from));
            let mut all: Vec<Leading> = kept.copied().chain(new).collect();
            all.sort_unstable_by_key(|(from, index)| (self.place(*from), *index));
            self.to[target.0 as usize] = all.into();
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

    /// The resources that are others than in a graph before, or of which only one has them, where all others have the numbers that
    /// they had; nothing where numbers changed.
    #[must_use]
    pub fn changed_since(&self, before: &Self) -> Option<Vec<ResourceId>> {
        let keeps_numbers = match (&self.places, &before.places) {
            (Some(places), Some(before)) => places.is_of_family(before),
            (None, None) => self.resources.len() == before.resources.len(),
            _ => false,
        };
        let numbers = self.resources.len().max(before.resources.len());
        let at = |graph: &Self, number: usize| graph.resources.get(number).map(Arc::as_ptr);
        let nobody = Some(Arc::as_ptr(nobody()));
        let is_changed = |number: &usize| {
            let (new, old) = (at(self, *number), at(before, *number));
            new != old && new.or(nobody) != old.or(nobody)
        };
        let ids = || (0..numbers).filter(is_changed).filter_map(to_id).collect();
        keeps_numbers.then(ids)
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

    /// Sets what bindings give.
    pub fn set_given(&mut self, given: Arc<HashMap<ResourceId, Given>>) {
        self.given = given;
    }

    /// What all bindings give.
    #[must_use]
    pub fn all_given(&self) -> &Arc<HashMap<ResourceId, Given>> {
        &self.given
    }

    /// What a binding gives; nothing where it is none, or was not looked at.
    #[must_use]
    pub fn given(&self, id: ResourceId) -> Option<&Given> {
        note(id);
        self.given.get(&id)
    }

    /// All resources with their ids, in the order in which they were read.
    pub fn resources(&self) -> impl Iterator<Item = (ResourceId, &Arc<Resource>)> {
        let order = self.order.iter();
        order.map(|id| (*id, &self.resources[id.0 as usize]))
    }

    /// The number of resources.
    #[must_use]
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// How many numbers there are, those that are free with them: all ids are below.
    #[must_use]
    pub fn numbers(&self) -> usize {
        self.resources.len()
    }

    /// Whether there is no resource.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// Whether there is a resource with this id.
    #[must_use]
    pub fn has(&self, id: ResourceId) -> bool {
        let resource = self.resources.get(id.0 as usize);
        resource.is_some_and(|one| !Arc::ptr_eq(one, nobody()))
    }

    /// Where a resource stands in the order in which all were read.
    #[must_use]
    pub fn place(&self, id: ResourceId) -> u32 {
        self.places.as_ref().map_or(id.0, |places| places.get(id))
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
        self.links_in_order().flatten()
    }

    /// The links of each resource that makes some.
    fn links_in_order(&self) -> impl Iterator<Item = &[Link]> {
        let order = self.order.iter();
        order.filter_map(|id| Some(&**self.from.get(id.0 as usize)?))
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

fn to_id(number: usize) -> Option<ResourceId> {
    u32::try_from(number).ok().map(ResourceId)
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
