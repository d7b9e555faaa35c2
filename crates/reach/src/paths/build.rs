//! The parties of a graph, and what follows between them without a question to the API server.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use graph::{Cause, Graph, Namespace, NodeId, Resource, ResourceId, SmolStr, Target, Unknown};

use super::{Admission, Edit, How, Link, Party, PathOptions, Paths};
use crate::access::{Access, Held, RoleKey, Subject};
use crate::escalation::Table;
use crate::pods::{self, Pod};
use crate::truth::Truth;

/// The label of nodes of the control plane.
const CONTROL_PLANE: &str = "node-role.kubernetes.io/control-plane";

/// The annotation of a Secret that holds a token.
const ACCOUNT: &str = "kubernetes.io/service-account.name";

/// Collects parties and links.
struct Builder<'g> {
    graph: &'g Graph,
    options: &'g PathOptions,
    parties: Vec<Party>,
    numbers: HashMap<Party, u32>,
    fixed: Vec<Vec<Arc<Link>>>,
    namespaces: BTreeSet<SmolStr>,
    control_plane: Truth,
}

pub(super) fn paths<'g>(graph: &'g Graph, options: &PathOptions, access: Access) -> Paths<'g> {
    let table = Table::of(&access, options.version);
    let environment = options.environment.as_ref();
    let admission = Admission::of(graph, environment, options.version);
    let mut builder = Builder {
        graph,
        options,
        parties: Vec::new(),
        numbers: HashMap::new(),
        fixed: Vec::new(),
        namespaces: BTreeSet::new(),
        control_plane: control_plane(graph),
    };
    builder.add_all(&access);
    let Builder {
        parties,
        numbers,
        fixed,
        ..
    } = builder;
    Paths {
        graph,
        shared: shared(&table),
        accounts: accounts(&parties),
        roles: roles(&access),
        in_pods: in_pods(&fixed),
        own: vec![None; parties.len()],
        held: vec![None; parties.len()],
        shares: vec![None; parties.len()],
        leads: None,
        cloud_leads: None,
        admission,
        table: Arc::new(table),
        access,
        parties,
        numbers,
        fixed,
    }
}

fn in_pods(fixed: &[Vec<Arc<Link>>]) -> BTreeSet<u32> {
    let links = fixed.iter().flatten();
    let tokens = links.filter(|link| matches!(link.how, How::Token(..)));
    tokens.map(|link| link.to).collect()
}

/// The powers of methods that need several.
fn shared(table: &Table) -> Held {
    let mut shared = Held::none(table.powers.len());
    let methods = table.methods.iter().filter(|(_, needs)| needs.len() > 1);
    for one in methods.flat_map(|(_, needs)| needs.iter().flatten()) {
        shared.set(one.power);
    }
    shared
}

fn accounts(parties: &[Party]) -> HashMap<SmolStr, Vec<u32>> {
    let mut accounts: HashMap<SmolStr, Vec<u32>> = HashMap::new();
    for (number, party) in (0..).zip(parties) {
        if let Party::Subject(Subject::Account { name, .. }) = party {
            accounts.entry(name.clone()).or_default().push(number);
        }
    }
    accounts
}

fn roles(access: &Access) -> HashMap<(Namespace, SmolStr), Vec<RoleKey>> {
    let mut roles: HashMap<(Namespace, SmolStr), Vec<RoleKey>> = HashMap::new();
    for (place, name, role) in access.named_roles() {
        roles.entry((place, name)).or_default().push(role);
    }
    roles
}

/// Whether there are nodes of the control plane on which pods can be scheduled. Managed clusters have none.
fn control_plane(graph: &Graph) -> Truth {
    let nodes = graph.resources().filter(|(_, one)| one.kind == "Node");
    let mut has_nodes = false;
    for (_, node) in nodes {
        has_nodes = true;
        let labels = node.tree.at(NodeId::ROOT, &["metadata", "labels"]);
        if labels.is_some_and(|labels| node.tree.get(labels, CONTROL_PLANE).is_some()) {
            return Truth::Yes;
        }
    }
    match has_nodes {
        true => Truth::No,
        false => maybe("a managed cluster has no nodes of the control plane that can be reached"),
    }
}

fn maybe(why: &str) -> Truth {
    Truth::Maybe(Arc::new(Unknown::new(Cause::Other(why.into()))))
}

impl Builder<'_> {
    fn add_all(&mut self, access: &Access) {
        let kube_system = Namespace::Named("kube-system".into());
        for party in [
            Party::Everything,
            Party::ControlPlane,
            Party::AnyNode,
            Party::Node,
            Party::Users,
            Party::Groups,
            Party::Accounts(Namespace::Cluster),
            Party::AllPods(Namespace::Cluster),
            Party::Secrets(Namespace::Cluster),
            Party::Secrets(kube_system),
        ] {
            self.add(party);
        }
        for subject in access.subjects() {
            self.subject(subject);
        }
        let counts = |resource: &Resource| {
            let own = resource.environment.as_ref();
            own.is_none() || own == self.options.environment.as_ref()
        };
        let objects: Vec<(ResourceId, &Resource)> = self
            .graph
            .resources()
            .map(|(id, resource)| (id, resource.as_ref()))
            .filter(|(_, resource)| counts(resource) && kubernetes::is_object(resource))
            .collect();
        for (id, resource) in objects {
            self.object(id, resource);
        }
        self.follow_nodes();
        self.cross();
    }

    /// The steps over the border of the cluster. Whoever has everything in the cluster has its pods.
    fn cross(&mut self) {
        let Some(crossings) = &self.options.crossings else {
            return;
        };
        let without = &self.options.without;
        let steps = crossings.steps.iter();
        let left = steps.filter_map(|step| Some((step, step.crossing.without(without)?)));
        for (step, crossing) in left.collect::<Vec<_>>() {
            let from = self.crossing_party(&step.from);
            let to = self.crossing_party(&step.to);
            let truth = Truth::Yes.given(step.unknown.as_ref());
            self.link(from, to, How::Crossing(crossing), &truth);
        }
        if !crossings.steps.is_empty() {
            let everything = self.add(Party::Everything);
            let pods = self.add(Party::AllPods(Namespace::Cluster));
            self.link(everything, pods, How::Hub, &Truth::Yes);
        }
    }

    fn crossing_party(&mut self, party: &Party) -> u32 {
        match party {
            Party::Subject(subject) => self.subject(subject.clone()),
            party => self.add(party.clone()),
        }
    }

    fn add(&mut self, party: Party) -> u32 {
        if let Some(known) = self.numbers.get(&party) {
            return *known;
        }
        let number = u32::try_from(self.parties.len()).expect("graphs have fewer than 2^32 parts");
        self.parties.push(party.clone());
        self.fixed.push(Vec::new());
        self.numbers.insert(party, number);
        number
    }

    fn link(&mut self, from: u32, to: u32, how: How, verdict: &Truth) {
        if verdict.is_no() {
            return;
        }
        let unknown = verdict.cause().cloned();
        let link = Link { to, how, unknown };
        self.fixed[from as usize].push(Arc::new(link));
    }

    /// A party of a namespace, in the hub of that namespace, which is in that of the cluster.
    fn member(&mut self, party: Party, namespace: &Namespace, hub: fn(Namespace) -> Party) -> u32 {
        if let Some(known) = self.numbers.get(&party) {
            return *known;
        }
        let member = self.add(party);
        let own = hub(namespace.clone());
        let is_new = !self.numbers.contains_key(&own);
        let own = self.add(own);
        if is_new {
            let all = self.add(hub(Namespace::Cluster));
            self.link(all, own, How::Hub, &Truth::Yes);
        }
        self.link(own, member, How::Hub, &Truth::Yes);
        member
    }

    fn subject(&mut self, subject: Subject) -> u32 {
        match &subject {
            Subject::Account { namespace, .. } => {
                let namespace = namespace.clone();
                self.secrets(&namespace);
                self.member(Party::Subject(subject), &namespace, Party::Accounts)
            }
            Subject::User(_) | Subject::Group(_) => {
                let is_new = !self.numbers.contains_key(&Party::Subject(subject.clone()));
                let is_master = subject == Subject::Group("system:masters".into());
                let hub = match subject {
                    Subject::Group(_) => Party::Groups,
                    _ => Party::Users,
                };
                let member = self.add(Party::Subject(subject));
                let users = self.add(hub);
                // No certificate is signed for the group whose members may do everything.
                if is_new && !is_master {
                    self.link(users, member, How::Hub, &Truth::Yes);
                }
                member
            }
        }
    }

    /// The Secrets of a namespace, in those of the cluster.
    fn secrets(&mut self, namespace: &Namespace) -> u32 {
        let own = Party::Secrets(namespace.clone());
        if let Some(known) = self.numbers.get(&own) {
            return *known;
        }
        let own = self.add(own);
        let all = self.add(Party::Secrets(Namespace::Cluster));
        self.link(all, own, How::Hub, &Truth::Yes);
        own
    }

    fn object(&mut self, id: ResourceId, resource: &Resource) {
        if let Namespace::Named(name) = &resource.namespace
            && self.namespaces.insert(name.clone())
        {
            self.secrets(&resource.namespace);
        }
        match resource.kind.as_str() {
            "ServiceAccount" if !resource.name.is_empty() => {
                self.subject(Subject::Account {
                    namespace: resource.namespace.clone(),
                    name: resource.name.clone(),
                });
            }
            "Secret" => self.token_secret(id, resource),
            _ => {}
        }
        for (index, template) in (0..).zip(&resource.facts.pods) {
            let pod = Pod {
                graph: self.graph,
                id,
                resource,
                template,
                version: self.options.version,
            };
            self.pod(&pod, index);
        }
    }

    /// A Secret that holds the token of an account.
    fn token_secret(&mut self, id: ResourceId, resource: &Resource) {
        let tree = &resource.tree;
        let kind = tree.text(NodeId::ROOT, "type");
        let annotations = tree.at(NodeId::ROOT, &["metadata", "annotations"]);
        let name = annotations.and_then(|node| tree.text(node, ACCOUNT));
        let is_token = kind.is_some_and(|kind| kind == "kubernetes.io/service-account-token");
        let Some(name) = name.filter(|_| is_token) else {
            return;
        };
        let account = self.subject(Subject::Account {
            namespace: resource.namespace.clone(),
            name: name.clone(),
        });
        let secrets = self.secrets(&resource.namespace);
        self.link(secrets, account, How::TokenSecret(id), &Truth::Yes);
    }

    fn pod(&mut self, pod: &Pod<'_>, index: u32) {
        let (id, namespace) = (pod.id, &pod.resource.namespace);
        let party = Party::Pods {
            resource: id,
            index,
        };
        let own = self.member(party, namespace, Party::AllPods);
        let exists = Truth::Yes.given(pod.resource.conditional.as_ref());
        self.escapes(pod, index, own, &exists);
        if let Some(account) = pods::account(pod) {
            let subject = self.subject(Subject::Account {
                namespace: namespace.clone(),
                name: account.name,
            });
            if !self.is_without(Edit::Token(id, index)) {
                let how = How::Token(id, index, account.node);
                self.link(
                    own,
                    subject,
                    how,
                    &account.has_token.clone().and(exists.clone()),
                );
            }
            self.kubelet(pod, subject, &account.has_token.and(exists));
        }
        self.mounted_tokens(pod, own);
    }

    fn escapes(&mut self, pod: &Pod<'_>, index: u32, own: u32, exists: &Truth) {
        if self.is_without(Edit::Escapes(pod.id, index)) {
            return;
        }
        for escaping in pods::escaping(pod) {
            let namespace = pod.resource.namespace.clone();
            let to = match escaping.escape.gain {
                "node" => Party::Node,
                "accounts" => tokens_of_a_node(),
                gain => Party::Other {
                    gain,
                    scope: namespace,
                },
            };
            let to = self.add(to);
            let verdict = exists.clone().given(escaping.unknown.as_ref());
            let is_node = escaping.escape.gain == "node";
            self.link(own, to, How::Escape(escaping.clone()), &verdict);
            if is_node {
                let there = pods::is_on_control_planes(pod)
                    .and(verdict)
                    .and(self.control_plane.clone());
                let to = self.add(Party::ControlPlane);
                self.link(own, to, How::Escape(escaping), &there);
            }
        }
    }

    /// A node has the tokens of its pods. Those of DaemonSets are on every node.
    fn kubelet(&mut self, pod: &Pod<'_>, account: u32, has_token: &Truth) {
        let is_everywhere = pod.resource.kind == "DaemonSet";
        let here = match is_everywhere {
            true => has_token.clone(),
            false => has_token
                .clone()
                .and(maybe("its pods may run on other nodes")),
        };
        let tokens = self.add(tokens_of_a_node());
        let any = self.add(Party::AnyNode);
        let node = self.add(Party::Node);
        self.link(tokens, account, How::Kubelet, &here);
        self.link(node, account, How::Kubelet, &here);
        self.link(any, account, How::Kubelet, has_token);
    }

    /// Secrets with tokens that a pod mounts.
    fn mounted_tokens(&mut self, pod: &Pod<'_>, own: u32) {
        let links = pod.graph.links_from(pod.id).iter();
        let targets = links.filter_map(|link| match link.target {
            Target::Resource(target) => Some(target),
            _ => None,
        });
        let secrets: Vec<ResourceId> = targets
            .filter(|id| pod.graph.resource(*id).kind == "Secret")
            .collect();
        for id in secrets {
            let secret = pod.graph.resource(id);
            let annotations = secret.tree.at(NodeId::ROOT, &["metadata", "annotations"]);
            let name = annotations.and_then(|node| secret.tree.text(node, ACCOUNT));
            if let Some(name) = name {
                let account = self.subject(Subject::Account {
                    namespace: secret.namespace.clone(),
                    name: name.clone(),
                });
                self.link(own, account, How::TokenSecret(id), &Truth::Yes);
            }
        }
    }

    /// What nodes lead to whatever runs on them.
    fn follow_nodes(&mut self) {
        let any = self.add(Party::AnyNode);
        let control_plane = self.add(Party::ControlPlane);
        let everything = self.add(Party::Everything);
        let reachable = self.control_plane.clone();
        self.link(any, control_plane, How::ControlPlane, &reachable);
        self.link(control_plane, everything, How::ControlPlane, &Truth::Yes);
    }

    fn is_without(&self, edit: Edit) -> bool {
        self.options.without.contains(&edit)
    }
}

/// The tokens of the pods of a node, and no more of it.
fn tokens_of_a_node() -> Party {
    Party::Other {
        gain: "tokens of a node",
        scope: Namespace::Cluster,
    }
}
