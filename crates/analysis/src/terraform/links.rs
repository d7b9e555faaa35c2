//! Links between the resources of one root: where an attribute of one is the value of another's.

use std::collections::HashMap;

use graph::Graph;
use graph::{Link, LinkKind, Namespace, NodeId, Reference, ResourceId, Target};
use smol_str::SmolStr;

/// What a resource of the graph refers to, in terms of its root.
pub(crate) struct References {
    pub(crate) id: ResourceId,
    pub(crate) root: usize,
    pub(crate) references: Vec<(NodeId, SmolStr)>,
}

/// The links between the resources of Terraform. All that a root refers to by an address stands in it.
pub(crate) fn link(graph: &Graph, rows: &[References]) -> Vec<Link> {
    let mut by_address: HashMap<(usize, &str), ResourceId> = HashMap::new();
    for row in rows {
        let address = graph.resource(row.id).address.as_str();
        by_address.insert((row.root, address), row.id);
    }
    let link = |row: &References, (node, address): &(NodeId, SmolStr)| {
        let target = *by_address.get(&(row.root, address.as_str()))?;
        (target != row.id).then(|| {
            let resource = graph.resource(target);
            Link {
                from: row.id,
                node: *node,
                kind: LinkKind::Uses,
                reference: Reference {
                    kind: resource.kind.clone(),
                    namespace: Namespace::Cluster,
                    name: resource.name.clone(),
                    key: None,
                    optional: false,
                },
                target: Target::Resource(target),
            }
        })
    };
    rows.iter()
        .flat_map(|row| {
            row.references
                .iter()
                .filter_map(move |reference| link(row, reference))
        })
        .collect()
}
