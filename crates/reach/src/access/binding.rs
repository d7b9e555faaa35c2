//! Bindings as they are written.

use std::sync::Arc;

use graph::{Data, NodeId, Resource, ResourceId, Tree, Unknown};

use super::role::{Source, Within, unknown};
use super::rule::At;
use super::subject::{Place, Whom};
use super::symbols::{EMPTY, Symbols};
use super::text::Text;

/// A RoleBinding or ClusterRoleBinding.
#[derive(Clone, Debug)]
pub(super) struct Binding {
    pub(super) source: Source,
    pub(super) within: Within,
    pub(super) role: RoleName,
    pub(super) subjects: Vec<Bound>,
    /// Why it may not exist.
    pub(super) unknown: Option<Arc<Unknown>>,
}

/// Whom a binding names, and where.
#[derive(Clone, Debug)]
pub(super) struct Bound {
    pub(super) whom: Whom,
    pub(super) at: At,
}

/// The role that a binding names.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum RoleName {
    Role(Text),
    ClusterRole(Text),
    /// Either.
    Unknown(Arc<Unknown>),
    /// A kind that is none.
    None,
}

impl Binding {
    pub(super) fn read(symbols: &mut Symbols, id: ResourceId, resource: &Resource) -> Self {
        let tree = &resource.tree;
        let within = Within::of(symbols, &resource.namespace);
        Self {
            source: Source::Resource(id),
            within,
            role: role(symbols, tree),
            subjects: subjects(symbols, tree, within),
            unknown: resource.conditional.clone(),
        }
    }

    /// Whether two bindings give the same role to the same subjects.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        let whom = |bound: &Bound| bound.whom.clone();
        self.role == other.role
            && self.unknown == other.unknown
            && self
                .subjects
                .iter()
                .map(whom)
                .eq(other.subjects.iter().map(whom))
    }
}

fn role(symbols: &mut Symbols, tree: &Tree) -> RoleName {
    let Some(role) = tree.get(NodeId::ROOT, "roleRef") else {
        return unknown(tree, NodeId::ROOT).map_or(RoleName::None, RoleName::Unknown);
    };
    if let Some(cause) = unknown(tree, role) {
        return RoleName::Unknown(cause);
    }
    let Some(name) = tree
        .get(role, "name")
        .and_then(|name| Text::read(symbols, tree, name))
    else {
        return RoleName::None;
    };
    match tree.get(role, "kind").map(|kind| &tree.node(kind).data) {
        Some(Data::String(kind)) if kind == "Role" => RoleName::Role(name),
        Some(Data::String(kind)) if kind == "ClusterRole" => RoleName::ClusterRole(name),
        Some(data) => kubernetes::unknown(data).map_or(RoleName::None, RoleName::Unknown),
        None => RoleName::None,
    }
}

fn subjects(symbols: &mut Symbols, tree: &Tree, within: Within) -> Vec<Bound> {
    let list = tree.get(NodeId::ROOT, "subjects");
    let rest = unknown(tree, list.unwrap_or(NodeId::ROOT));
    let at = At::Node(list.unwrap_or(NodeId::ROOT));
    let rest = rest.map(|cause| Bound {
        whom: Whom::Any(cause),
        at,
    });
    let nodes = list.into_iter().flat_map(|list| tree.children(list));
    let read = |node| {
        Some(Bound {
            whom: subject(symbols, tree, node, within)?,
            at: At::Node(node),
        })
    };
    nodes.filter_map(read).chain(rest).collect()
}

/// Whom an element of `subjects` names; `None` for kinds that the API server does not know.
fn subject(symbols: &mut Symbols, tree: &Tree, node: NodeId, within: Within) -> Option<Whom> {
    let list = tree.parent(node).filter(|_| tree.is_symbolic(node));
    let is_there = list.and_then(|list| tree.open(list).cloned());
    if let Some(cause) = is_there.or_else(|| unknown(tree, node)) {
        return Some(Whom::Any(cause));
    }
    let name = Text::read(symbols, tree, tree.get(node, "name")?)?;
    match &tree.node(tree.get(node, "kind")?).data {
        Data::String(kind) => match kind.as_str() {
            "User" => Some(Whom::User(name)),
            "Group" => Some(Whom::Group(name)),
            "ServiceAccount" => {
                let place = place(symbols, tree, node, within)?;
                Some(Whom::account(symbols, place, name))
            }
            _ => None,
        },
        data => kubernetes::unknown(data).map(Whom::Any),
    }
}

/// The namespace of a ServiceAccount: that of its binding, unless another is written. In the whole cluster there is none, and
/// the subject names nobody.
fn place(symbols: &mut Symbols, tree: &Tree, subject: NodeId, within: Within) -> Option<Place> {
    let written = tree
        .get(subject, "namespace")
        .and_then(|node| Text::read(symbols, tree, node))
        .filter(|text| text.known() != Some(EMPTY));
    match (written, within) {
        (Some(written), _) => Some(Place::Written(written)),
        (None, Within::Namespace(own)) => Some(Place::Written(Text::Known(own))),
        (None, Within::Unset) => Some(Place::Unset),
        (None, Within::Cluster) => None,
    }
}
