//! Links between the resources of one root: where an attribute of one is the value of another's.

use std::collections::HashMap;

use graph::Graph;
use graph::{Link, LinkKind, Namespace, NodeId, Reference, ResourceId, Target};
use smol_str::SmolStr;

/// What a resource of the graph refers to, in terms of its root.
pub(crate) struct References {
    pub(crate) id: ResourceId,
    pub(crate) root: usize,
    pub(crate) address: SmolStr,
    pub(crate) references: Vec<(NodeId, SmolStr)>,
}

/// The links between the resources of Terraform. All that a root refers to by an address stands in it.
pub(crate) fn link(graph: &Graph, rows: &[References]) -> Vec<Link> {
    let mut by_address: HashMap<(usize, &str), ResourceId> = HashMap::new();
    for row in rows {
        by_address.insert((row.root, row.address.as_str()), row.id);
    }
    let link = |row: &References, (node, address): &(NodeId, SmolStr)| {
        let target = *by_address.get(&(row.root, address.as_str()))?;
        // Objects of Kubernetes refer to each other by their names, which are links of their own.
        let is_named = is_object(graph, row.id) && is_object(graph, target);
        (target != row.id && !is_named).then(|| {
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

fn is_object(graph: &Graph, id: ResourceId) -> bool {
    let subjects = &graph.resource(id).subjects;
    subjects.iter().any(|subject| subject == "kubernetes/any")
}
