//! References by labels.

use std::collections::HashSet;

use graph::{Data, LinkKind, Namespace, NodeId, Reference, SmolStr, Target, Tree};

use super::index::Of;
use super::labels::{Search, Selected, Within};
use super::selector::Selector;
use super::{Linker, Source};

impl Linker<'_> {
    /// Links what the selectors of the resource match.
    pub(super) fn link_selectors(&mut self, source: &Source) {
        match source.kind {
            "Service" => self.link_service(source),
            "NetworkPolicy" => self.link_policy(source),
            "PodDisruptionBudget" => self.link_budget(source),
            "ServiceMonitor.monitoring.coreos.com" => self.link_monitor(source, "Service"),
            "PodMonitor.monitoring.coreos.com" => self.link_monitor(source, "Pod"),
            "ClusterRole" => self.link_aggregation(source),
            _ => {}
        }
    }

    /// A Service without a selector has endpoints that somebody else writes, and one with an external name has none.
    fn link_service(&mut self, source: &Source) {
        let tree = &source.resource.tree;
        let Some(spec) = tree.get(NodeId::ROOT, "spec") else {
            return;
        };
        let Some(node) = tree.get(spec, "selector") else {
            return;
        };
        let is_external = tree
            .text(spec, "type")
            .is_some_and(|kind| kind == "ExternalName");
        let selector = Selector::equalities(tree, node)
            .filter(|selector| !selector.is_empty() && !is_external);
        if let Some(selector) = selector {
            let within = Within::Namespace(&source.resource.namespace);
            self.select_pods(source, node, LinkKind::Selects, &selector, &within);
        }
    }

    /// An empty or missing selector of a NetworkPolicy matches all pods of its namespace.
    fn link_policy(&mut self, source: &Source) {
        let tree = &source.resource.tree;
        let Some(spec) = tree
            .get(NodeId::ROOT, "spec")
            .filter(|spec| tree.node(*spec).data == Data::Map)
        else {
            return;
        };
        let node = tree.get(spec, "podSelector").unwrap_or(spec);
        let selector = if node == spec {
            Some(Selector::all())
        } else {
            Selector::read(tree, node)
        };
        if let Some(selector) = selector {
            let within = Within::Namespace(&source.resource.namespace);
            self.select_pods(source, node, LinkKind::Selects, &selector, &within);
        }
        for (rules, peers) in [("ingress", "from"), ("egress", "to")] {
            for rule in elements(tree, spec, rules) {
                for peer in elements(tree, rule, peers) {
                    self.link_peer(source, peer);
                }
            }
        }
    }

    /// Links what one peer of a NetworkPolicy lets through, unless that is everything of its sort.
    fn link_peer(&mut self, source: &Source, peer: NodeId) {
        let tree = &source.resource.tree;
        let read = |key| {
            tree.get(peer, key)
                .filter(|node| tree.node(*node).data != Data::Null)
        };
        let read = |key| read(key).and_then(|node| Some((node, Selector::read(tree, node)?)));
        let (pods, namespaces) = (read("podSelector"), read("namespaceSelector"));
        let index = self.index;
        let all = |selector: &Selector| {
            let search = Search {
                from: source.resource,
                selector,
                within: &Within::Everywhere,
                enough: usize::MAX,
            };
            index.find(Of::Namespaces, &search)
        };
        match (pods, namespaces) {
            (None, Some((node, selector))) if !selector.is_empty() => {
                self.add_selected(source, node, LinkKind::Allows, "Namespace", &all(&selector));
            }
            (Some((node, pods)), namespaces) if !pods.is_empty() => {
                let mut maybe = None;
                let within = match namespaces {
                    None => Within::Namespace(&source.resource.namespace),
                    Some((_, selector)) if selector.is_empty() => Within::Everywhere,
                    Some((_, selector)) => {
                        let selected = all(&selector);
                        maybe = selected.maybe;
                        let names = selected.ids.iter().map(|id| index.name(*id));
                        Within::Namespaces(names.chain(selector.namespace_names()).collect())
                    }
                };
                let mut selected = self.select(source, Of::Pods, &pods, &within);
                selected.maybe = selected.maybe.or(maybe);
                self.add_selected(source, node, LinkKind::Allows, "Pod", &selected);
            }
            _ => {}
        }
    }

    /// Since `policy/v1` an empty selector matches all pods of the namespace, before that it matched none.
    fn link_budget(&mut self, source: &Source) {
        let tree = &source.resource.tree;
        let Some(spec) = tree
            .get(NodeId::ROOT, "spec")
            .filter(|spec| tree.node(*spec).data == Data::Map)
        else {
            return;
        };
        let node = tree
            .get(spec, "selector")
            .filter(|node| tree.node(*node).data != Data::Null);
        let Some(selector) = node.map_or(Some(Selector::all()), |node| Selector::read(tree, node))
        else {
            return;
        };
        let nothing = node.is_none()
            || selector.is_empty() && source.resource.api_version.ends_with("/v1beta1");
        let node = node.unwrap_or(spec);
        if nothing {
            let reference = selection("Pod", source.resource.namespace.clone());
            return self.add(source, node, LinkKind::Selects, reference, Target::Missing);
        }
        let within = Within::Namespace(&source.resource.namespace);
        self.select_pods(source, node, LinkKind::Selects, &selector, &within);
    }

    /// Monitors of the Prometheus operator name the namespaces in which they look.
    fn link_monitor(&mut self, source: &Source, kind: &'static str) {
        let tree = &source.resource.tree;
        let Some(spec) = tree.get(NodeId::ROOT, "spec") else {
            return;
        };
        let Some(node) = tree.get(spec, "selector") else {
            return;
        };
        let Some(selector) = Selector::read(tree, node) else {
            return;
        };
        let names = tree.at(spec, &["namespaceSelector", "matchNames"]);
        let names: HashSet<&str> = names
            .into_iter()
            .flat_map(|names| tree.children(names))
            .filter_map(|name| tree.as_text(name).map(SmolStr::as_str))
            .collect();
        let any = tree.at(spec, &["namespaceSelector", "any"]);
        let within = match any.map(|node| &tree.node(node).data) {
            Some(Data::Bool(true)) => Within::Everywhere,
            _ if !names.is_empty() => Within::Namespaces(names),
            _ => Within::Namespace(&source.resource.namespace),
        };
        if kind == "Pod" {
            return self.select_pods(source, node, LinkKind::Selects, &selector, &within);
        }
        let selected = self.select(source, Of::Services, &selector, &within);
        self.add_selected(source, node, LinkKind::Selects, kind, &selected);
    }

    /// The roles that a ClusterRole is made of.
    fn link_aggregation(&mut self, source: &Source) {
        let tree = &source.resource.tree;
        let Some(rule) = tree.get(NodeId::ROOT, "aggregationRule") else {
            return;
        };
        for node in elements(tree, rule, "clusterRoleSelectors") {
            let Some(selector) = Selector::read(tree, node) else {
                continue;
            };
            let selected = self.select(source, Of::ClusterRoles, &selector, &Within::Everywhere);
            self.add_selected(source, node, LinkKind::Selects, "ClusterRole", &selected);
        }
    }

    fn select_pods(
        &mut self,
        source: &Source,
        node: NodeId,
        kind: LinkKind,
        selector: &Selector,
        within: &Within,
    ) {
        let selected = self.select(source, Of::Pods, selector, within);
        self.add_selected(source, node, kind, "Pod", &selected);
    }

    /// What a selector matches, as far as links may still be made.
    fn select(&self, source: &Source, of: Of, selector: &Selector, within: &Within) -> Selected {
        let search = Search {
            from: source.resource,
            selector,
            within,
            enough: self.enough(),
        };
        self.index.find(of, &search)
    }

    /// Adds a link to each selected resource, or one to nothing.
    fn add_selected(
        &mut self,
        source: &Source,
        node: NodeId,
        kind: LinkKind,
        target: &'static str,
        selected: &Selected,
    ) {
        let namespace = match target {
            "Namespace" | "ClusterRole" => Namespace::Cluster,
            _ => source.resource.namespace.clone(),
        };
        let reference = selection(target, namespace);
        match (&selected.ids[..], &selected.maybe) {
            ([], Some(unknown)) => self.add(
                source,
                node,
                kind,
                reference,
                Target::Unknown(unknown.clone()),
            ),
            ([], None) => {
                let absent = self.unmatched(target, &reference.namespace);
                self.add(source, node, kind, reference, absent);
            }
            (ids, _) => self.add_all(source, node, kind, &reference, ids),
        }
    }
}

fn selection(kind: &'static str, namespace: Namespace) -> Reference {
    Reference {
        kind: kind.into(),
        namespace,
        name: "".into(),
        key: None,
        optional: false,
    }
}

fn elements(tree: &Tree, map: NodeId, key: &str) -> Vec<NodeId> {
    let list = tree
        .get(map, key)
        .filter(|list| tree.node(*list).data == Data::List);
    list.into_iter()
        .flat_map(|list| tree.children(list))
        .collect()
}
