//! What may be outside of the graph, as queries ask for it.

use std::hash::Hash;
use std::sync::Arc;

use graph::{Graph, Known, Link, LinkKind, Reference, ResourceId, Target, Type, Unknown, Unread};

use crate::run;
use crate::value::{Spot, UnknownValue, Value, hash};
use crate::walk;

/// The links that lead to a resource that a query asks for: all, those of a kind of sources, or those of one meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Wanted<'a> {
    All,
    From(&'a str),
    Meaning(&'a str),
    /// Those of pods, and of all that makes some, which live in a namespace.
    Workloads,
}

impl Wanted<'_> {
    /// Whether a link is one of these.
    pub(crate) fn has(self, graph: &Graph, link: &Link) -> bool {
        match self {
            Self::All => true,
            Self::From(kind) => walk::comes_from(graph, link, kind),
            Self::Meaning(word) => link.kind.text() == word,
            Self::Workloads => {
                let has_pods = !graph.resource(link.from).facts.pods.is_empty();
                link.kind == LinkKind::LivesIn && has_pods
            }
        }
    }

    /// Whether a link that something makes which was not read would be one of these. That anything may own anything, and lives
    /// in some namespace, counts only where it is asked for.
    fn may_have(self, unread: &Unread, meaning: LinkKind) -> bool {
        match self {
            Self::All => !matches!(meaning, LinkKind::OwnedBy | LinkKind::LivesIn),
            Self::From(kind) => unread.plain_kind() == kind,
            Self::Meaning(word) => meaning.text() == word,
            Self::Workloads => meaning == LinkKind::LivesIn && unread.has_pods,
        }
    }

    /// Why something that was not read may refer to a resource by such a link.
    pub(crate) fn unread(self, graph: &Graph, target: ResourceId) -> Option<Arc<Unknown>> {
        let completeness = &graph.completeness;
        let wanted = |unread: &Unread, meaning| self.may_have(unread, meaning);
        match completeness.unread.is_empty() {
            true => None,
            false => completeness.referring(graph.resource(target), wanted),
        }
    }
}

/// The wanted links at or below a place that lead to something of a kind that was not read.
pub(crate) fn unread_targets<'a>(
    graph: &'a Graph,
    spot: Spot<'a>,
    wanted: impl Fn(&Link) -> bool,
) -> Vec<(&'a Reference, &'a Arc<Unknown>)> {
    let links = walk::links_below(graph, spot).filter(|link| wanted(link));
    let unread = links.filter_map(|link| match &link.target {
        Target::Unknown(unknown) if unknown.is_unread() => Some((&link.reference, unknown)),
        _ => None,
    });
    unread.collect()
}

/// What stands for objects that references lead to, as far as this run assumes that they exist.
pub(crate) fn assumed_targets(unread: Vec<(&Reference, &Arc<Unknown>)>) -> Vec<Value> {
    let assumed = unread.into_iter().filter_map(|(reference, unknown)| {
        let asked = (&reference.kind, &reference.namespace, &reference.name);
        assumed(("target", asked), unknown)
    });
    assumed.collect()
}

/// What stands for all objects that may refer to a resource, if this run assumes that there are any.
pub(crate) fn assumed_sources(
    target: ResourceId,
    wanted: Wanted<'_>,
    unknown: &Arc<Unknown>,
) -> Option<Value> {
    assumed(("source", target, wanted), unknown)
}

/// What stands for an object of which nothing is known, if this run assumes that it exists.
pub(super) fn assumed(what: impl Hash, unknown: &Arc<Unknown>) -> Option<Value> {
    let identity = hash(what);
    let object = Unknown {
        known: Known {
            kind: Some(Type::Map),
            not_null: true,
            ..Known::default()
        },
        ..(**unknown).clone()
    };
    run::ask(identity, hash("exists"), unknown).then(|| {
        Value::Unknown(Arc::new(UnknownValue {
            unknown: Arc::new(object),
            identity,
            place: None,
        }))
    })
}
