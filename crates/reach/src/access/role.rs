//! Roles as they are written.

use std::ops::Range;
use std::sync::Arc;

use graph::{Data, Namespace, NodeId, Resource, ResourceId, Tree, Unknown};
use kubernetes::{Labels, Selector};

use super::rule;
use super::symbols::{Symbol, Symbols};
use super::text::Text;

/// Where a role or binding applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Within {
    /// Everywhere.
    Cluster,
    /// In a namespace that nobody wrote.
    Unset,
    Namespace(Symbol),
}

/// Where a role or binding is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    Resource(ResourceId),
    /// In the table of what Kubernetes makes itself, in this row.
    Table(&'static str),
}

/// A Role or ClusterRole.
#[derive(Clone, Debug)]
pub(super) struct Role {
    pub(super) source: Source,
    pub(super) within: Within,
    /// `None` where the API server makes up a name that no binding can know.
    pub(super) name: Option<Text>,
    /// The rules that are written in it.
    pub(super) rules: Range<u32>,
    /// Why there may be other rules.
    pub(super) rest: Option<Arc<Unknown>>,
    /// Why it may not exist.
    pub(super) unknown: Option<Arc<Unknown>>,
}

/// How a ClusterRole takes part in aggregation.
#[derive(Debug, Default)]
pub(super) struct Aggregation<'g> {
    pub(super) labels: Labels<'g>,
    /// What it is made of, if it is aggregated.
    pub(super) selectors: Option<Vec<Selector<'g>>>,
    /// Why an aggregated one may be written with other rules.
    pub(super) written: Option<Arc<Unknown>>,
}

impl Within {
    pub(super) fn of(symbols: &mut Symbols, namespace: &Namespace) -> Self {
        match namespace {
            Namespace::Cluster => Self::Cluster,
            Namespace::Unset => Self::Unset,
            Namespace::Named(name) => Self::Namespace(symbols.add(name)),
        }
    }

    pub(super) fn namespace(self, symbols: &Symbols) -> Namespace {
        match self {
            Self::Cluster => Namespace::Cluster,
            Self::Unset => Namespace::Unset,
            Self::Namespace(name) => Namespace::Named(symbols.text(name).clone()),
        }
    }
}

impl Role {
    /// Reads a role, and adds its rules to those of all roles.
    pub(super) fn read(
        symbols: &mut Symbols,
        rules: &mut Vec<rule::Written>,
        id: ResourceId,
        resource: &Resource,
    ) -> Self {
        let tree = &resource.tree;
        let start = count(rules);
        let rest = tree.get(NodeId::ROOT, "rules").map_or_else(
            || tree.open(NodeId::ROOT).cloned(),
            |list| {
                let written = tree
                    .children(list)
                    .filter(|_| tree.node(list).data == Data::List);
                rules.extend(written.filter_map(|node| rule::Written::read(symbols, tree, node)));
                unknown(tree, list)
            },
        );
        Self {
            source: Source::Resource(id),
            within: Within::of(symbols, &resource.namespace),
            name: name(symbols, resource),
            rules: start..count(rules),
            rest,
            unknown: resource.conditional.clone(),
        }
    }
}

impl<'g> Aggregation<'g> {
    /// How a role takes part; what is unknown of it makes the role's rules unknown.
    pub(super) fn read(role: &mut Role, tree: &'g Tree) -> Self {
        let labels = match tree.at(NodeId::ROOT, &["metadata", "labels"]) {
            Some(map) => Labels::read(tree, map),
            None => Labels {
                known: Vec::new(),
                unknown: tree
                    .get(NodeId::ROOT, "metadata")
                    .and_then(|metadata| unknown(tree, metadata)),
            },
        };
        let rest = role.rest.clone();
        let selectors = selectors(role, tree);
        let written = rest.filter(|_| selectors.is_some());
        Self {
            labels,
            selectors,
            written,
        }
    }
}

/// What an aggregated role is made of. Malformed selectors are refused by the API server.
fn selectors<'g>(role: &mut Role, tree: &'g Tree) -> Option<Vec<Selector<'g>>> {
    let rule = tree.get(NodeId::ROOT, "aggregationRule")?;
    match &tree.node(rule).data {
        Data::Map => {}
        Data::Unknown(cause) => {
            // Whether its own rules count is not known either.
            role.unknown.get_or_insert_with(|| Arc::clone(cause));
            role.rest = Some(Arc::clone(cause));
            return None;
        }
        _ => return None,
    }
    let list = tree.get(rule, "clusterRoleSelectors");
    let open = list.map_or_else(|| tree.open(rule).cloned(), |list| unknown(tree, list));
    // The rules that are written in it are overwritten where it selects others, so they say nothing of the rest.
    role.rest = open;
    let nodes = list.into_iter().flat_map(|list| tree.children(list));
    Some(
        nodes
            .filter_map(|node| Selector::read(tree, node))
            .collect(),
    )
}

/// Why a list or map is not wholly known.
pub(super) fn unknown(tree: &Tree, node: NodeId) -> Option<Arc<Unknown>> {
    let open = tree.open(node).cloned();
    open.or_else(|| kubernetes::unknown(&tree.node(node).data))
}

/// What is known of the name of a resource.
fn name(symbols: &mut Symbols, resource: &Resource) -> Option<Text> {
    if !resource.name.is_empty() {
        return Some(Text::Known(symbols.add(&resource.name)));
    }
    let tree = &resource.tree;
    let metadata = tree.get(NodeId::ROOT, "metadata")?;
    if let Some(cause) = unknown(tree, metadata) {
        return Some(Text::unknown(&cause));
    }
    let open = Text::read(symbols, tree, tree.get(metadata, "name")?)?;
    open.known().is_none().then_some(open)
}

fn count(rules: &[rule::Written]) -> u32 {
    u32::try_from(rules.len()).expect("trees have fewer than 2^32 nodes")
}
