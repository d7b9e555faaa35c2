//! All resources of a project and the links between them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::reads::note;
use crate::{Link, Resource, Target};

/// A resource of one [`Graph`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ResourceId(pub u32);

/// All resources of a project and the links between them.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    resources: Vec<Arc<Resource>>,
    links: Vec<Link>,
    /// Indexes into `links`, sorted by target, for those that lead to a resource.
    by_target: Vec<u32>,
    /// The links of the resource that was replaced last; they stand for those in `links`.
    replaced: Option<(ResourceId, Vec<Link>)>,
    /// Whether everything that exists is in the graph, so that what is not there is missing and not unknown.
    pub complete: bool,
}

impl Graph {
    /// A graph of these resources without links.
    #[must_use]
    pub fn new(resources: Vec<Arc<Resource>>, complete: bool) -> Self {
        Self {
            resources,
            links: Vec::new(),
            by_target: Vec::new(),
            replaced: None,
            complete,
        }
    }

    /// Takes the resources of another graph in place of those that are the same, so that these are the same objects.
    pub fn share(&mut self, other: &Self) {
        let key = |resource: &Resource| {
            let environment = resource.environment.clone();
            (resource.address.clone(), environment, resource.span())
        };
        let own: HashSet<*const Resource> = self.resources.iter().map(Arc::as_ptr).collect();
        // What is shared already needs no other.
        let known = other.resources.iter();
        let known = known.filter(|resource| !own.contains(&Arc::as_ptr(resource)));
        let known: HashMap<_, &Arc<Resource>> = known.map(|one| (key(one), one)).collect();
        for resource in &mut self.resources {
            if let Some(known) = known
                .get(&key(resource))
                .filter(|one| one.is_same(resource))
            {
                *resource = Arc::clone(known);
            }
        }
    }

    /// Replaces all links.
    pub fn set_links(&mut self, mut links: Vec<Link>) {
        links.sort_by_key(|link| (link.from, link.node));
        let target = |index: &u32| match links[*index as usize].target {
            Target::Resource(id) => Some(id),
            Target::Missing | Target::Unknown(_) => None,
        };
        let count = u32::try_from(links.len()).expect("a graph has fewer than 2^32 links");
        let mut by_target: Vec<u32> = (0..count).filter(|index| target(index).is_some()).collect();
        by_target.sort_by_key(|index| (target(index), *index));
        self.by_target = by_target;
        self.links = links;
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

    /// All links, sorted by source and place.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// The links that a resource makes, in the order of their places.
    #[must_use]
    pub fn links_from(&self, id: ResourceId) -> &[Link] {
        note(id);
        if let Some((_, links)) = self
            .replaced
            .as_ref()
            .filter(|(replaced, _)| *replaced == id)
        {
            return links;
        }
        let start = self.links.partition_point(|link| link.from < id);
        let count = self.links[start..].partition_point(|link| link.from == id);
        &self.links[start..start + count]
    }

    /// The links that lead to a resource, sorted by source and place.
    pub fn links_to(&self, id: ResourceId) -> impl Iterator<Item = &Link> {
        note(id);
        // Only links to resources are indexed, so each has a target.
        let target = |index: &u32| match self.links[*index as usize].target {
            Target::Resource(target) => Some(target),
            Target::Missing | Target::Unknown(_) => None,
        };
        let start = self
            .by_target
            .partition_point(|index| target(index) < Some(id));
        let count = self.by_target[start..].partition_point(|index| target(index) == Some(id));
        self.by_target[start..start + count]
            .iter()
            .map(|index| &self.links[*index as usize])
    }
}
