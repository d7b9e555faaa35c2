//! The resources of a run with their values, for those who ask what was understood.

use std::sync::Arc;

use graph::{Data, NodeId, Piece, Resource, ResourceId, Tree, Unknown};
use source::{Span, neutral};

use crate::finding::{self, Placed};
use crate::project::Project;
use crate::report::{Related, ResourceName};

/// A resource with its values.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The resource.
    pub resource: ResourceName,
    /// The environment, where its source has several.
    pub environment: Option<String>,
    /// Why it may not exist, as a fragment, with the place of the cause.
    pub conditional: Option<Cause>,
    /// Where it is declared.
    pub span: Span,
    /// The values that somebody wrote or that something decides, by the order of the resource. Those that an API or a provider
    /// fills in are left out.
    pub values: Vec<ListedValue>,
}

/// One value, or a list or map without elements.
#[derive(Clone, Debug, PartialEq)]
pub struct ListedValue {
    /// The semantic path in the resource.
    pub path: String,
    /// Where a person would change it.
    pub span: Span,
    /// What it came through.
    pub through: Vec<Related>,
    /// What it is.
    pub content: Content,
}

/// What a listed value is.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Known: text, a number, a truth value, null, or a list or map without elements.
    Known(Data),
    /// Text of which pieces are unknown, with `…` for them, and why.
    Partly(String, Vec<Cause>),
    /// Unknown, and why; of a list or map that may hold more than what is listed, the rest.
    Unknown(Cause),
    /// Known and secret.
    Secret,
}

/// Why a value can't be known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cause {
    /// A fragment.
    pub message: String,
    /// The place of the cause.
    pub place: Option<Span>,
}

/// What no output shows: places, and the texts that stand there.
pub(crate) struct Secrets<'a> {
    spans: &'a [Span],
    texts: Vec<String>,
    /// Texts in which checks found secrets: what stands in them is one, or close to one.
    around: Vec<String>,
}

impl<'a> Secrets<'a> {
    /// Texts that are shorter are not looked for in values that were computed: they occur in too many.
    const SHORTEST: usize = 4;

    /// Values that are shorter are not looked for in texts with secrets: most of such a text is none.
    const SHORTEST_PART: usize = 12;

    /// The secrets at these places, which are sorted, with what checks for secrets found.
    pub(crate) fn new<'p>(
        spans: &'a [Span],
        project: &Project,
        found: impl Iterator<Item = &'p Arc<Placed>>,
    ) -> Self {
        let resources = project.graph.resources();
        let marked = resources.flat_map(|(_, resource)| {
            let nodes = resource.facts.sensitive.iter();
            nodes.filter_map(|node| resource.tree.as_text(*node).map(ToString::to_string))
        });
        let written = spans.iter().filter_map(|span| {
            let file = project.sources.get(span.file);
            let text = file.text.get(span.range())?;
            Some(text.trim_matches(['"', '\'']).to_owned())
        });
        let mut texts: Vec<String> = marked
            .chain(written)
            .filter(|text| text.len() >= Self::SHORTEST)
            .collect();
        texts.sort();
        texts.dedup();
        let around = found.flat_map(|placed| {
            let tree = &project.graph.resource(placed.id).tree;
            known(&tree.node(placed.place.node).data)
        });
        Self {
            spans,
            texts,
            around: around.collect(),
        }
    }

    fn hides(&self, span: Span, data: &Data) -> bool {
        let texts = known(data);
        let is_part = |text: &String| {
            text.len() >= Self::SHORTEST_PART
                && self.around.iter().any(|around| around.contains(text))
        };
        self.spans.binary_search(&span).is_ok()
            || texts
                .iter()
                .any(|text| is_part(text) || self.texts.iter().any(|secret| text.contains(secret)))
    }
}

/// The texts in a value that are known.
fn known(data: &Data) -> Vec<String> {
    match data {
        Data::String(text) => vec![text.to_string()],
        Data::Partial(pieces) => pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Known(text) => Some(text.to_string()),
                Piece::Unknown(_) => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// All resources with their values, by address, file and environment. `found` is what checks for secrets found.
pub(crate) fn list<'p>(
    project: &Project,
    secrets: &[Span],
    found: impl Iterator<Item = &'p Arc<Placed>>,
) -> Vec<Listed> {
    let secrets = Secrets::new(secrets, project, found);
    let mut listed: Vec<Listed> = project
        .objects()
        .map(|(id, resource)| listed(project, &secrets, id, resource))
        .collect();
    listed.sort_by(|one, two| {
        (&one.resource, &one.environment).cmp(&(&two.resource, &two.environment))
    });
    listed
}

/// The values of a resource that somebody wrote or that something decides.
pub(crate) fn values(resource: &Resource, secrets: &Secrets) -> Vec<ListedValue> {
    let mut values = Vec::new();
    let mut open = vec![NodeId::ROOT];
    while let Some(node) = open.pop() {
        let children: Vec<NodeId> = resource.tree.children(node).collect();
        open.extend(children.into_iter().rev());
        if is_told(&resource.tree, node) {
            values.push(value(resource, secrets, node));
        }
    }
    values
}

fn listed(project: &Project, secrets: &Secrets, id: ResourceId, resource: &Resource) -> Listed {
    let unknown = resource.conditional.as_deref();
    Listed {
        resource: finding::resource_name(project, id),
        environment: resource.environment.as_ref().map(ToString::to_string),
        conditional: unknown.map(cause),
        span: finding::head(project, id),
        values: values(resource, secrets),
    }
}

/// Whether a node is a value of its own, and not one that is filled in, nor only the sum of what is below it.
fn is_told(tree: &Tree, node: NodeId) -> bool {
    let mut above = std::iter::successors(Some(node), |node| tree.parent(*node));
    let is_default = |node| {
        tree.passage(node)
            .is_some_and(|passage| passage.default.is_some())
    };
    let is_sum = matches!(tree.node(node).data, Data::List | Data::Map)
        && tree.first(node).is_some()
        && tree.open(node).is_none();
    // What an unknown may be is told with it.
    let is_alternative = |node| {
        tree.parent(node)
            .is_some_and(|parent| matches!(tree.node(parent).data, Data::Unknown(_)))
    };
    !is_sum && !above.any(|node| is_default(node) || is_alternative(node))
}

/// A value as it is told.
pub(crate) fn value(resource: &Resource, secrets: &Secrets, node: NodeId) -> ListedValue {
    let tree = &resource.tree;
    let span = tree.node(node).span;
    let content = content(tree, node);
    let is_sensitive = resource.facts.sensitive.contains(&node);
    let is_secret = match &content {
        Content::Known(Data::String(_)) | Content::Partly(..) => {
            is_sensitive || secrets.hides(span, &tree.node(node).data)
        }
        Content::Known(Data::Bool(_) | Data::Int(_) | Data::Float(_)) => is_sensitive,
        _ => false,
    };
    ListedValue {
        path: neutral(&resource.path(node).to_string()).into_owned(),
        span,
        through: finding::passed_through(resource, node),
        content: if is_secret { Content::Secret } else { content },
    }
}

fn content(tree: &Tree, node: NodeId) -> Content {
    if let Some(rest) = tree.open(node) {
        return Content::Unknown(cause(rest));
    }
    match &tree.node(node).data {
        Data::Unknown(unknown) => Content::Unknown(cause(unknown)),
        Data::Partial(pieces) => partly(pieces),
        known => Content::Known(known.clone()),
    }
}

fn partly(pieces: &[Piece]) -> Content {
    let mut text = String::new();
    let mut causes = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Known(known) => text.push_str(known),
            Piece::Unknown(unknown) => {
                text.push('…');
                causes.push(cause(unknown));
            }
        }
    }
    causes.sort();
    causes.dedup();
    Content::Partly(text, causes)
}

fn cause(unknown: &Unknown) -> Cause {
    Cause {
        message: neutral(unknown.cause.text()).into_owned(),
        place: unknown.place,
    }
}
