//! Links between the resources of one root: where an attribute of one is the value of another's, or names the other.

use foldhash::{HashMap, HashMapExt};
use graph::Graph;
use graph::{Link, LinkKind, Namespace, NodeId, Reference, ResourceId, Target};
use kubernetes::is_object;
use smol_str::SmolStr;
use terraform::resource::{names, own_name};

use super::Declared;

/// A resource of the graph, which says what it refers to in terms of its root.
#[derive(Clone, Copy)]
pub(crate) struct References<'a> {
    pub(crate) id: ResourceId,
    pub(crate) declared: &'a Declared,
}

/// The links that `wanted` of the resources of Terraform make. All that a root refers to by an address stands in it.
pub(crate) fn link(graph: &Graph, rows: &[References<'_>], wanted: &[References<'_>]) -> Vec<Link> {
    let mut by_address: HashMap<(usize, &str), ResourceId> = HashMap::with_capacity(rows.len());
    for row in rows {
        let declared = row.declared;
        by_address.insert((declared.root, declared.address.as_str()), row.id);
    }
    let names = Names::of(graph, rows);
    let links = |row: &References<'_>| {
        let declared = row.declared;
        let at_address = |(node, address): &(NodeId, SmolStr)| {
            let target = by_address.get(&(declared.root, address.as_str()))?;
            Some((*node, *target))
        };
        let referred: Vec<(NodeId, ResourceId)> =
            declared.references.iter().filter_map(at_address).collect();
        let named = names.leading_from(graph, row);
        let named: Vec<(NodeId, ResourceId)> =
            named.filter(|link| !referred.contains(link)).collect();
        let all = referred.into_iter().chain(named);
        all.filter_map(|(node, target)| uses(graph, row.id, node, target))
            .collect::<Vec<_>>()
    };
    wanted.iter().flat_map(links).collect()
}

/// Whether others refer to two resources in the same way, as the same one at two times.
pub(crate) fn is_referred_alike(one: &Declared, other: &Declared) -> bool {
    one.root == other.root
        && one.address == other.address
        && one.resource.kind == other.resource.kind
        && one.resource.name == other.resource.name
        && is_object(&one.resource) == is_object(&other.resource)
        && own_name(&one.resource) == own_name(&other.resource)
}

fn uses(graph: &Graph, from: ResourceId, node: NodeId, target: ResourceId) -> Option<Link> {
    // Objects of Kubernetes refer to each other by their names, which are links of their own.
    let is_named = is_object(graph.resource(from)) && is_object(graph.resource(target));
    let resource = graph.resource(target);
    (target != from && !is_named).then(|| Link {
        from,
        node,
        kind: LinkKind::Uses,
        reference: Reference {
            kind: resource.kind.clone(),
            namespace: Namespace::Cluster,
            name: resource.name.clone(),
            key: None,
            optional: false,
        },
        target: Target::Resource(target),
    })
}

/// The resources of roots by their types and names. One that shares its name with another has none: which of them is meant
/// can't be said.
struct Names<'a>(HashMap<(usize, &'a str, &'a str), Option<ResourceId>>);

impl<'a> Names<'a> {
    fn of(graph: &'a Graph, rows: &[References<'_>]) -> Self {
        let mut names = HashMap::with_capacity(rows.len());
        for row in rows {
            let resource = graph.resource(row.id);
            if let Some(name) = own_name(resource) {
                let key = (row.declared.root, resource.kind.as_str(), name.as_str());
                let other = names.insert(key, Some(row.id));
                if other.is_some() {
                    names.insert(key, None);
                }
            }
        }
        Self(names)
    }

    /// The places of a resource that name another of its root.
    fn leading_from(
        &self,
        graph: &'a Graph,
        row: &References<'_>,
    ) -> impl Iterator<Item = (NodeId, ResourceId)> {
        let root = row.declared.root;
        names(graph.resource(row.id)).filter_map(move |(node, ty, name)| {
            let target = self.0.get(&(root, ty, name.as_str()))?;
            Some((node, (*target)?))
        })
    }
}
