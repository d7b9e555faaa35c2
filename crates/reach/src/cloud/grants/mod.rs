//! Roles that members of Google Cloud and Azure have on resources, and on what is in these.

mod azure;
mod google;
mod scope;

use std::sync::Arc;

use graph::{Graph, LinkKind, NodeId, Resource, ResourceId, SmolStr, Target, Unknown};

use crate::truth::{Truth, because};
use scope::{Named, Scopes};

/// Who has a role.
#[derive(Clone, Debug, PartialEq)]
pub enum Member {
    /// An identity of the graph.
    Identity(ResourceId),
    /// Someone by name, such as `group:dev@example.org`, `allUsers`, or the id of an object of Entra.
    Named(SmolStr),
    /// That is not known.
    Unknown(Arc<Unknown>),
}

/// On what someone has a role.
#[derive(Clone, Debug, PartialEq)]
pub enum Scope {
    /// A resource of the graph.
    Resource(ResourceId),
    /// Something by name.
    Named {
        /// Its type, such as `google_project`; empty where the name says it.
        kind: SmolStr,
        /// The name.
        name: SmolStr,
    },
    /// That is not known.
    Unknown(Arc<Unknown>),
}

/// A role that a member has on something and on what is in that.
#[derive(Clone, Debug, PartialEq)]
pub struct Grant {
    /// Who.
    pub member: Member,
    /// Such as `roles/owner` or `Contributor`; nothing where it is not known.
    pub role: Option<SmolStr>,
    /// On what.
    pub scope: Scope,
    /// Where it is written: the resource, and the node that names the member.
    pub place: (ResourceId, NodeId),
    /// Why it may not count: a condition, or a resource that may not exist.
    pub unknown: Option<Arc<Unknown>>,
}

/// A grant that counts for a resource.
#[derive(Clone, Debug, PartialEq)]
pub struct Counting<'g> {
    /// The grant.
    pub grant: &'g Grant,
    /// Why it may not count for the resource.
    pub unknown: Option<Arc<Unknown>>,
}

/// The grants of an environment of a graph.
#[derive(Debug)]
pub struct Grants<'g> {
    graph: &'g Graph,
    named: Named,
    /// In the order in which they were read.
    pub all: Vec<Grant>,
}

impl<'g> Grants<'g> {
    /// Reads the bindings and assignments of a graph with its links.
    #[must_use]
    pub fn of(graph: &'g Graph, environment: Option<&SmolStr>) -> Self {
        let mut all = Vec::new();
        let reader = Reader { graph };
        for (id, resource) in graph.resources() {
            let own = resource.environment.as_ref();
            let is_of_terraform = !kubernetes::is_object(resource);
            if !is_of_terraform || own.is_some() && own != environment {
                continue;
            }
            match resource.kind.as_str() {
                "azurerm_role_assignment" => all.extend(reader.assignment(id, resource)),
                kind if kind.starts_with("google_") => reader.bindings(id, resource, &mut all),
                _ => {}
            }
        }
        Self {
            graph,
            named: scope::named(graph),
            all,
        }
    }

    /// The grants that count for a resource, because they are on it or on something that it is in.
    #[must_use]
    pub fn on(&self, resource: ResourceId) -> Vec<Counting<'_>> {
        let scopes = Scopes::of(self.graph, &self.named, resource);
        let counting = self.all.iter().filter_map(|grant| {
            let truth = scopes
                .hold(self.graph, &grant.scope)
                .given(grant.unknown.as_ref());
            (!truth.is_no()).then(|| Counting {
                grant,
                unknown: truth.cause().cloned(),
            })
        });
        counting.collect()
    }
}

/// Reads grants.
struct Reader<'g> {
    graph: &'g Graph,
}

impl Reader<'_> {
    /// The resource that a node refers to.
    fn referred(&self, from: ResourceId, node: NodeId) -> Option<ResourceId> {
        referred(self.graph, from, node)
    }

    /// What a node names, of a type where the name does not say it.
    fn scope_at(&self, from: ResourceId, resource: &Resource, node: NodeId, kind: &str) -> Scope {
        if let Some(found) = self.referred(from, node) {
            return Scope::Resource(found);
        }
        if let Some(name) = resource.tree.as_text(node) {
            return Scope::Named {
                kind: kind.into(),
                name: name.clone(),
            };
        }
        let unknown = kubernetes::unknown(&resource.tree.node(node).data);
        Scope::Unknown(
            unknown.unwrap_or_else(|| because("on what the role is given is not written")),
        )
    }

    /// Who is named by a node.
    fn member(&self, from: ResourceId, resource: &Resource, node: NodeId) -> Member {
        match self.scope_at(from, resource, node, "") {
            Scope::Resource(identity) => Member::Identity(identity),
            Scope::Named { name, .. } => Member::Named(name),
            Scope::Unknown(cause) => Member::Unknown(cause),
        }
    }
}

/// The resource of Terraform that a node refers to.
fn referred(graph: &Graph, from: ResourceId, node: NodeId) -> Option<ResourceId> {
    let links = graph.links_from(from).iter();
    let mut links = links.filter(|link| link.node == node && link.kind == LinkKind::Uses);
    links.find_map(|link| match link.target {
        Target::Resource(target) => Some(target),
        Target::Missing | Target::Unknown(_) => None,
    })
}

/// Why a resource may not give what it says.
fn doubt(resource: &Resource, condition: &str) -> Option<Arc<Unknown>> {
    let tree = &resource.tree;
    let node = tree.get(NodeId::ROOT, condition);
    let has_condition = node.is_some_and(|node| {
        tree.first(node).is_some() || tree.as_text(node).is_some_and(|text| !text.is_empty())
    });
    let unknown = node.and_then(|node| kubernetes::unknown(&tree.node(node).data));
    let truth = Truth::Yes
        .given(resource.conditional.as_ref())
        .given(unknown.as_ref());
    let truth = match has_condition {
        true => truth.and(Truth::Maybe(because(
            "whether the condition of the grant holds is not known",
        ))),
        false => truth,
    };
    truth.cause().cloned()
}
