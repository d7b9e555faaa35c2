//! Policies of network plugins and meshes of which is not computed what they let through: Cilium's are in `cilium.rs`. It is unknown
//! for the pods and ports that they may be about, as far as they can change it: a mesh only ever stops traffic.

use std::sync::Arc;

use graph::{Data, NodeId, Resource, ResourceId, SmolStr, Tree, Unknown};
use kubernetes::Selector;
use smol_str::format_smolstr;

use super::build::Builder;
use super::policy::Direction;
use super::ports::{Ports, Protocol};
use super::read::{List, Scope, Selection, rest_of, written};

/// A policy of which it is not computed what it does.
#[derive(Clone, Debug)]
pub(super) struct Foreign {
    pub(super) resource: ResourceId,
    /// Ports that it may let through, whatever others say.
    pub(super) may: Ports,
    /// Ports that it may stop.
    pub(super) may_not: Ports,
    /// Whether it is about addresses outside only.
    pub(super) is_outside: bool,
    /// Why it is not known what it does.
    pub(super) cause: Arc<Unknown>,
}

/// Which pods it is about, by direction.
pub(super) struct ForeignSubject {
    pub(super) selection: Selection,
    pub(super) directions: Vec<Direction>,
}

impl<'g> Builder<'g> {
    /// Adds a policy of a network plugin or mesh; nothing where it is none.
    pub(super) fn add_foreign(&mut self, id: ResourceId, resource: &'g Resource) {
        let kind = resource.address.split('/').next().unwrap_or_default();
        match kind {
            "CiliumNetworkPolicy.cilium.io" | "CiliumClusterwideNetworkPolicy.cilium.io" => {
                self.add_cilium(id, resource);
            }
            "NetworkPolicy.projectcalico.org"
            | "NetworkPolicy.crd.projectcalico.org"
            | "GlobalNetworkPolicy.projectcalico.org"
            | "GlobalNetworkPolicy.crd.projectcalico.org" => self.add_calico(id, resource),
            "NetworkPolicy.crd.antrea.io" | "ClusterNetworkPolicy.crd.antrea.io" => {
                let all = Selection {
                    scope: self.scope(resource),
                    pods: None,
                };
                self.push(
                    id,
                    resource,
                    all,
                    &Direction::ALL,
                    Ports::all(),
                    Ports::all(),
                );
            }
            "AuthorizationPolicy.security.istio.io" => self.add_istio(id, resource),
            "Server.policy.linkerd.io" => self.add_linkerd(id, resource),
            "EgressFirewall.k8s.ovn.org" | "EgressNetworkPolicy.network.openshift.io" => {
                let all = Selection {
                    scope: self.scope(resource),
                    pods: None,
                };
                let egress = [Direction::Egress];
                self.push(id, resource, all, &egress, Ports::default(), Ports::all());
                if let Some(last) = self.foreign.last_mut() {
                    last.0.is_outside = true;
                }
            }
            _ => {}
        }
    }

    fn push(
        &mut self,
        id: ResourceId,
        resource: &Resource,
        selection: Selection,
        directions: &[Direction],
        may: Ports,
        may_not: Ports,
    ) {
        let foreign = Foreign {
            resource: id,
            may,
            may_not,
            is_outside: false,
            cause: cause(resource),
        };
        let subject = ForeignSubject {
            selection,
            directions: directions.to_vec(),
        };
        self.foreign.push((foreign, subject));
    }

    /// The namespace of a policy, or all for one of the cluster.
    fn scope(&mut self, resource: &'g Resource) -> Scope {
        match resource.namespace {
            graph::Namespace::Cluster => Scope::All,
            _ => Scope::Own(self.endpoints.namespace(&resource.namespace)),
        }
    }

    /// Pods under the key of a selector; all of the scope where that can't be read.
    fn selected(&mut self, tree: &'g Tree, selector: Option<NodeId>, scope: Scope) -> Selection {
        let all = Selection { scope, pods: None };
        let is_plain = |node: &NodeId| !has_prefixed_keys(tree, *node);
        match selector.filter(is_plain) {
            Some(node) => self.pods(tree, None, Some(node), scope).unwrap_or(all),
            None => all,
        }
    }

    /// A policy of Cilium; a part of it that can't be computed may let anything through, and stop anything.
    fn add_cilium(&mut self, id: ResourceId, resource: &'g Resource) {
        let tree = &resource.tree;
        let scope = self.scope(resource);
        let one = written(tree, NodeId::ROOT, "spec");
        let many = written(tree, NodeId::ROOT, "specs");
        let many = many.into_iter().flat_map(|list| tree.children(list));
        for spec in one.into_iter().chain(many) {
            let Err(why) = self.add_cilium_part((id, resource), spec, scope) else {
                continue;
            };
            let selection = self.selected(tree, tree.get(spec, "endpointSelector"), scope);
            let all = Ports::all();
            self.push(id, resource, selection, &Direction::ALL, all.clone(), all);
            if let Some((foreign, _)) = self.foreign.last_mut() {
                foreign.cause = why;
            }
        }
    }

    /// A policy of Calico, whose order among all others decides what it does.
    fn add_calico(&mut self, id: ResourceId, resource: &'g Resource) {
        let tree = &resource.tree;
        let scope = self.scope(resource);
        let Some(spec) = written(tree, NodeId::ROOT, "spec") else {
            return;
        };
        let selector = written(tree, spec, "selector");
        let labels = match selector.map(|node| tree.as_text(node)) {
            None => Some(Vec::new()),
            Some(text) => text.and_then(|text| calico_labels(text)),
        };
        let pods = labels.filter(|labels| !labels.is_empty());
        let pods = pods.map(|labels| self.selectors.add(Selector::equal_to(labels.into_iter())));
        let selection = Selection { scope, pods };
        let all = Ports::all();
        let directions = calico_types(tree, spec);
        self.push(id, resource, selection, &directions, all.clone(), all);
    }

    /// A policy of Istio stops requests over TCP that it does not allow, or that it denies.
    fn add_istio(&mut self, id: ResourceId, resource: &'g Resource) {
        let tree = &resource.tree;
        let spec = tree.get(NodeId::ROOT, "spec");
        if spec.is_some_and(|spec| stops_nothing(tree, spec)) {
            return;
        }
        // In the root namespace it is for all, and which that is, is a setting of the mesh.
        let is_root = resource.namespace.name() == Some("istio-system");
        let scope = if is_root {
            Scope::All
        } else {
            self.scope(resource)
        };
        let selector = spec.and_then(|spec| written(tree, spec, "selector"));
        let selection = self.selected(tree, selector, scope);
        let tcp = spec.map_or_else(|| Ports::all_of(Protocol::Tcp), |spec| stopped(tree, spec));
        self.push(
            id,
            resource,
            selection,
            &[Direction::Ingress],
            Ports::default(),
            tcp,
        );
    }

    /// A server of Linkerd stops what no policy authorizes at its port.
    fn add_linkerd(&mut self, id: ResourceId, resource: &'g Resource) {
        let tree = &resource.tree;
        let Some(spec) = tree.get(NodeId::ROOT, "spec") else {
            return;
        };
        let open = tree.text(spec, "accessPolicy").map(SmolStr::as_str);
        if matches!(open, Some("all-unauthenticated" | "audit")) {
            return;
        }
        let scope = self.scope(resource);
        let port = tree.get(spec, "port").map(|node| &tree.node(node).data);
        let port = match port {
            Some(Data::Int(port)) => u16::try_from(*port).ok(),
            _ => None,
        };
        let ports = port.map_or_else(
            || Ports::all_of(Protocol::Tcp),
            |port| Ports::of(Protocol::Tcp, port, port),
        );
        let selection = self.selected(tree, written(tree, spec, "podSelector"), scope);
        self.push(
            id,
            resource,
            selection,
            &[Direction::Ingress],
            Ports::default(),
            ports,
        );
    }
}

/// Whether the keys of a selector have prefixes that say where labels come from.
fn has_prefixed_keys(tree: &Tree, selector: NodeId) -> bool {
    let labels = tree.get(selector, "matchLabels");
    let labels = labels.into_iter().flat_map(|map| tree.children(map));
    let keys = labels.filter_map(|label| tree.node(label).key.as_ref().map(|key| &key.text));
    let expressions = tree.get(selector, "matchExpressions");
    let expressions = expressions.into_iter().flat_map(|list| tree.children(list));
    let of_expressions = expressions.filter_map(|expression| tree.text(expression, "key"));
    let mut keys = keys.chain(of_expressions);
    keys.any(|key| {
        key.contains(':') || key.starts_with("io.cilium") || key.starts_with("io.kubernetes")
    })
}

/// Whether a policy of Istio only reports, or allows everything.
fn stops_nothing(tree: &Tree, spec: NodeId) -> bool {
    let action = tree.text(spec, "action").map_or("ALLOW", SmolStr::as_str);
    let rules = tree.get(spec, "rules");
    let mut rules = rules.into_iter().flat_map(|rules| tree.children(rules));
    let is_empty = |rule: NodeId| {
        matches!(tree.node(rule).data, Data::Map | Data::Null)
            && tree.first(rule).is_none()
            && rest_of(tree, rule).is_none()
    };
    match action {
        "AUDIT" => true,
        "ALLOW" => rules.any(is_empty),
        _ => false,
    }
}

/// The ports of TCP that a policy of Istio may stop. Rules that are about nothing but ports are certain about those.
fn stopped(tree: &Tree, spec: NodeId) -> Ports {
    let all = Ports::all_of(Protocol::Tcp);
    if rest_of(tree, spec).is_some() {
        return all;
    }
    let rules = List::read(tree, spec, "rules");
    let rules = rules.rest.is_none().then_some(rules.nodes);
    let rules = rules.into_iter().flatten().map(|(rule, _)| rule);
    match tree.text(spec, "action").map_or("ALLOW", SmolStr::as_str) {
        "ALLOW" => {
            let plain = rules.filter(|rule| {
                let is_plain = |key| written(tree, *rule, key).is_none();
                is_plain("from") && is_plain("when")
            });
            let open: Vec<Ports> = plain
                .filter_map(|rule| istio_ports(tree, rule, true))
                .collect();
            all.minus(&Ports::union_of(&open))
        }
        "DENY" => {
            let named: Option<Vec<Ports>> =
                rules.map(|rule| istio_ports(tree, rule, false)).collect();
            named.map_or(all, |named| Ports::union_of(&named))
        }
        _ => all,
    }
}

/// The ports that the operations of a rule name; nothing where one names none, or something else where that matters.
fn istio_ports(tree: &Tree, rule: NodeId, only: bool) -> Option<Ports> {
    rest_of(tree, rule).map_or(Some(()), |_| None)?;
    let to = List::read(tree, rule, "to");
    let mut found = Vec::new();
    if to.is_empty() || to.rest.is_some() {
        return None;
    }
    for (node, _) in to.nodes {
        let operation = written(tree, node, "operation")?;
        let ports = List::read(tree, operation, "ports");
        let others = tree.children(operation).count();
        if ports.is_empty() || ports.rest.is_some() || only && others > 1 {
            return None;
        }
        for (port, _) in ports.nodes {
            let number: u16 = tree.as_text(port)?.parse().ok()?;
            found.push(Ports::of(Protocol::Tcp, number, number));
        }
    }
    Some(Ports::union_of(&found))
}

/// The directions in which a policy of Calico decides.
fn calico_types(tree: &Tree, spec: NodeId) -> Vec<Direction> {
    let types = List::read(tree, spec, "types");
    let has = |key| !List::read(tree, spec, key).is_empty();
    let is_unknown = types.rest.is_some() || rest_of(tree, spec).is_some();
    let says = |text: &str| {
        let mut named = types
            .nodes
            .iter()
            .filter_map(|(node, _)| tree.as_text(*node));
        named.any(|own| own == text)
    };
    let counts = |direction: &Direction| match direction {
        _ if is_unknown => true,
        Direction::Ingress if types.is_empty() => has("ingress") || !has("egress"),
        Direction::Egress if types.is_empty() => has("egress"),
        Direction::Ingress => says("Ingress"),
        Direction::Egress => says("Egress"),
    };
    Direction::ALL.into_iter().filter(counts).collect()
}

/// The labels that a selector of Calico asks for, as far as all of it are equalities that must hold; nothing for all else.
fn calico_labels(text: &str) -> Option<Vec<(&str, &str)>> {
    if matches!(text.trim(), "" | "all()") {
        return Some(Vec::new());
    }
    text.split("&&").map(equal).collect()
}

/// `key == 'value'`.
fn equal(part: &str) -> Option<(&str, &str)> {
    let (key, value) = part.split_once("==")?;
    let (key, value) = (key.trim(), value.trim());
    let quote = value
        .chars()
        .next()
        .filter(|quote| matches!(quote, '\'' | '"'))?;
    let value = value.strip_prefix(quote)?.strip_suffix(quote)?;
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || "-_./".contains(letter);
    // What has quotes or parentheses in it is more than one equality.
    (!key.is_empty() && key.chars().all(is_word) && value.chars().all(is_word))
        .then_some((key, value))
}

fn cause(resource: &Resource) -> Arc<Unknown> {
    let text = format_smolstr!("what {} does is not computed", resource.address);
    let mut unknown = Unknown::new(graph::Cause::Other(text));
    unknown.place = Some(resource.span());
    Arc::new(unknown)
}
