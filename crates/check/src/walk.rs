//! Walks through the graph: pods, links and keys around a place. The filters of queries and the prefilter share them.

use graph::{ContainerRole, Data, Graph, Link, NodeId, PodTemplate, ResourceId, SmolStr, Target};

use crate::value::Spot;

/// What holds a node.
pub(crate) enum Holder<'a> {
    /// The key of a map.
    Key(&'a SmolStr),
    /// The index in a list.
    Index(usize),
    /// Nothing: the node is a root.
    Nothing,
}

/// A node and everything above it.
pub(crate) fn ancestors(spot: Spot<'_>) -> impl Iterator<Item = NodeId> {
    std::iter::successors(Some(spot.node), move |node| spot.tree().parent(*node))
}

/// Whether `node` is that of `spot` or stands below it.
fn is_at_or_below(spot: Spot<'_>, node: NodeId) -> bool {
    spot.node == NodeId::ROOT || ancestors(spot.at(node)).any(|ancestor| ancestor == spot.node)
}

/// What a text says where it was parsed, which stands below it.
pub(crate) fn document(spot: Spot<'_>) -> Option<NodeId> {
    match &spot.tree().node(spot.node).data {
        Data::String(_) | Data::Partial(_) => spot.tree().first(spot.node),
        _ => None,
    }
}

/// The pods at or below a place.
pub(crate) fn pods(spot: Spot<'_>) -> impl Iterator<Item = &PodTemplate> {
    spot.resource
        .facts
        .pods
        .iter()
        .filter(move |pod| is_at_or_below(spot, pod.spec))
}

/// The containers at or below a place, of one role or of all.
pub(crate) fn containers(
    spot: Spot<'_>,
    role: Option<ContainerRole>,
) -> impl Iterator<Item = NodeId> {
    let containers = pods(spot).flat_map(|pod| &pod.containers);
    containers
        .filter(move |container| role.is_none_or(|role| container.role == role))
        .map(|container| container.node)
}

/// The pod that a place is part of.
pub(crate) fn enclosing_pod(spot: Spot<'_>) -> Option<&PodTemplate> {
    let pods = &spot.resource.facts.pods;
    ancestors(spot).find_map(|node| pods.iter().find(|pod| pod.spec == node))
}

/// The map that holds a pod's `metadata` and `spec`. A pod's spec may stand without a template around it; then it is the spec.
pub(crate) fn template_node(spot: Spot<'_>, pod: &PodTemplate) -> NodeId {
    let tree = spot.tree();
    if let Some(template) = pod.metadata.and_then(|metadata| tree.parent(metadata)) {
        return template;
    }
    let is_held_as_spec = tree
        .node(pod.spec)
        .key
        .as_ref()
        .is_some_and(|key| key.text == "spec");
    tree.parent(pod.spec)
        .filter(|_| is_held_as_spec)
        .unwrap_or(pod.spec)
}

/// The links that a place, or something below it, makes.
pub(crate) fn links_below<'a>(
    graph: &'a Graph,
    spot: Spot<'a>,
) -> impl Iterator<Item = &'a Link> + use<'a> {
    graph
        .links_from(spot.id)
        .iter()
        .filter(move |link| is_at_or_below(spot, link.node))
}

/// The resources that the wanted links at or below a place lead to.
pub(crate) fn targets(
    graph: &Graph,
    spot: Spot<'_>,
    wanted: impl Fn(&Link) -> bool,
) -> Vec<ResourceId> {
    let mut ids: Vec<ResourceId> = links_below(graph, spot)
        .filter(|link| wanted(link))
        .filter_map(|link| match link.target {
            Target::Resource(id) => Some(id),
            Target::Missing | Target::Unknown(_) => None,
        })
        .collect();
    ids.sort();
    ids.dedup();
    ids
}

/// The resources that the wanted links to a resource come from.
pub(crate) fn sources(
    graph: &Graph,
    target: ResourceId,
    wanted: impl Fn(&Link) -> bool,
) -> Vec<ResourceId> {
    let links = graph.links_to(target).filter(|link| wanted(link));
    let mut ids: Vec<ResourceId> = links.map(|link| link.from).collect();
    ids.dedup();
    ids
}

/// The wanted links at or below a place that may lead to nothing and must not.
pub(crate) fn required_links<'a>(
    graph: &'a Graph,
    spot: Spot<'a>,
    wanted: impl Fn(&Link) -> bool,
) -> impl Iterator<Item = &'a Link> {
    links_below(graph, spot)
        .filter(move |link| !link.reference.optional && wanted(link))
        .filter(|link| !matches!(link.target, Target::Resource(_)))
}

/// Whether a link comes from a resource of this kind.
pub(crate) fn comes_from(graph: &Graph, link: &Link, kind: &str) -> bool {
    graph.resource(link.from).kind == kind
}

/// The nearest node above a place that is held under a key.
pub(crate) fn enclosing(spot: Spot<'_>, key: &str) -> Option<NodeId> {
    let tree = spot.tree();
    let is_held = |node: &NodeId| {
        tree.node(*node)
            .key
            .as_ref()
            .is_some_and(|found| found.text == key)
    };
    ancestors(spot).skip(1).find(is_held)
}

/// The key or index that holds a place.
pub(crate) fn holder(spot: Spot<'_>) -> Holder<'_> {
    let tree = spot.tree();
    match (&tree.node(spot.node).key, tree.parent(spot.node)) {
        (Some(key), _) => Holder::Key(&key.text),
        (None, Some(list)) => Holder::Index(
            tree.children(list)
                .take_while(|child| *child != spot.node)
                .count(),
        ),
        (None, None) => Holder::Nothing,
    }
}

/// Whether nobody wrote a place.
pub(crate) fn is_default(spot: Spot<'_>) -> bool {
    let is_defaulted = |node| {
        spot.tree()
            .passage(node)
            .is_some_and(|passage| passage.default.is_some())
    };
    ancestors(spot).any(is_defaulted)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::testing::resource;

    /// The path of the template of a pod, given the paths of its spec and, where there is one, its metadata.
    #[track_caller]
    fn template_is(text: &str, spec: &[&str], metadata: Option<&[&str]>, expected: &str) {
        let resource = Arc::new(resource(text));
        let node = |path: &[&str]| resource.tree.at(NodeId::ROOT, path).unwrap();
        let pod = PodTemplate {
            metadata: metadata.map(node),
            spec: node(spec),
            containers: Vec::new(),
        };
        let spot = Spot {
            resource: &resource,
            id: ResourceId(0),
            node: NodeId::ROOT,
        };
        assert_eq!(
            resource.path(template_node(spot, &pod)).to_string(),
            expected,
            "{text}"
        );
    }

    #[test]
    fn a_template_holds_metadata_and_spec() {
        let text = "spec: {template: {metadata: {}, spec: {}}}";
        let metadata: &[&str] = &["spec", "template", "metadata"];
        template_is(
            text,
            &["spec", "template", "spec"],
            Some(metadata),
            "spec.template",
        );
        template_is(text, &["spec", "template", "spec"], None, "spec.template");
    }

    #[test]
    fn a_template_may_hold_the_spec_under_another_key_or_be_the_spec() {
        let text = "step: {metadata: {}, podSpec: {}}";
        template_is(
            text,
            &["step", "podSpec"],
            Some(&["step", "metadata"]),
            "step",
        );
        template_is(text, &["step", "podSpec"], None, "step.podSpec");
        template_is("spec: {steps: {}}", &["spec", "steps"], None, "spec.steps");
    }
}
