//! Policies of network plugins and meshes. What they let through is not computed, so that it is unknown for the pods that they
//! may be about, as far as they can change it: a mesh only ever stops traffic.

use std::sync::Arc;

use graph::{Data, NodeId, Resource, ResourceId, SmolStr, Tree, Unknown};
use smol_str::format_smolstr;

use super::build::Builder;
use super::policy::Direction;
use super::ports::{Ports, Protocol};
use super::read::{Scope, Selection, rest_of, written};

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
            | "GlobalNetworkPolicy.crd.projectcalico.org"
            | "NetworkPolicy.crd.antrea.io"
            | "ClusterNetworkPolicy.crd.antrea.io" => {
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

    /// A policy of Cilium isolates in the directions for which it has rules, adds to what others let through, and may deny.
    fn add_cilium(&mut self, id: ResourceId, resource: &'g Resource) {
        let tree = &resource.tree;
        let scope = self.scope(resource);
        let one = tree.get(NodeId::ROOT, "spec");
        let many = tree.get(NodeId::ROOT, "specs");
        let many = many.into_iter().flat_map(|list| tree.children(list));
        for spec in one.into_iter().chain(many) {
            let open = rest_of(tree, spec).is_some();
            let has = |key| open || tree.get(spec, key).is_some();
            let directions = [
                (Direction::Ingress, has("ingress") || has("ingressDeny")),
                (Direction::Egress, has("egress") || has("egressDeny")),
            ];
            let directions = directions.into_iter().filter(|(_, has)| *has);
            let directions: Vec<Direction> = directions.map(|(direction, _)| direction).collect();
            let selection = self.selected(tree, tree.get(spec, "endpointSelector"), scope);
            self.push(
                id,
                resource,
                selection,
                &directions,
                Ports::all(),
                Ports::all(),
            );
        }
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
        let tcp = Ports::all_of(Protocol::Tcp);
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

fn cause(resource: &Resource) -> Arc<Unknown> {
    let text = format_smolstr!("what {} does is not computed", resource.address);
    let mut unknown = Unknown::new(graph::Cause::Other(text));
    unknown.place = Some(resource.span());
    Arc::new(unknown)
}
