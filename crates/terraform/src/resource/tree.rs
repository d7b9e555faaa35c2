//! Values to trees of the graph.

use std::sync::Arc;

use graph::{Data as Node, Key, NodeId, Passage, Piece, Role, Tree};
use smol_str::SmolStr;
use source::Span;

use super::cause;
use super::keys::Keys;
use crate::functions::decode_json;
use crate::value::{Cause, Data, Made, Number, Origin, Shape, StepRole, TextPiece, Unknown, Value};

/// A tree, which of its nodes must not be shown, and which come from other resources.
pub(crate) struct Grown {
    pub(crate) tree: Tree,
    pub(crate) sensitive: Vec<NodeId>,
    pub(crate) references: Vec<(NodeId, SmolStr)>,
}

/// The tree of a value.
pub(crate) fn grow(value: &Value, keys: &Keys) -> Grown {
    let mut grower = Grower {
        tree: Tree::new(Node::Null, value.origin.span),
        sensitive: Vec::new(),
        references: Vec::new(),
        keys,
    };
    grower.fill(NodeId::ROOT, value, &value.origin, value.marks.sensitive);
    grower.tree.shrink();
    Grown {
        tree: grower.tree,
        sensitive: grower.sensitive,
        references: grower.references,
    }
}

struct Grower<'a> {
    tree: Tree,
    sensitive: Vec<NodeId>,
    references: Vec<(NodeId, SmolStr)>,
    keys: &'a Keys,
}

impl Grower<'_> {
    /// Puts a value into a node that is there already.
    fn fill(&mut self, node: NodeId, value: &Value, origin: &Origin, sensitive: bool) {
        self.tree.set_span(node, written(value, origin));
        self.note(node, origin);
        self.refer(node, value, origin);
        let sensitive = sensitive || value.marks.sensitive;
        if sensitive {
            self.sensitive.push(node);
        }
        match &value.data {
            Data::Null(_) => self.tree.set(node, Node::Null),
            Data::Bool(truth) => self.tree.set(node, Node::Bool(*truth)),
            Data::Number(number) => self.tree.set(node, number_data(number)),
            Data::String(text) => {
                self.tree.set(node, Node::String(text.text.clone()));
                self.document(node, value, origin, sensitive);
            }
            Data::List(_, items) | Data::Set(_, items) | Data::Tuple(items) => {
                self.tree.set(node, Node::List);
                self.items(node, items, origin, sensitive);
            }
            Data::Map(_, entries) | Data::Object(entries) => {
                self.tree.set(node, Node::Map);
                self.entries(node, entries, origin, sensitive);
            }
            Data::Unknown(unknown) => self.unknown(node, unknown, origin, sensitive),
        }
    }

    fn push(
        &mut self,
        parent: NodeId,
        key: Option<&SmolStr>,
        value: &Value,
        whole: &Origin,
        sensitive: bool,
    ) -> NodeId {
        let origin = value.origin.within(whole);
        let key = key.map(|text| Key {
            text: text.clone(),
            span: self.keys.before(origin.span).unwrap_or(origin.span),
        });
        let node = self.tree.push(parent, key, Node::Null, origin.span);
        self.fill(node, value, &origin, sensitive);
        node
    }

    /// Notes from which resources a value comes, wholly or as a piece of a text.
    fn refer(&mut self, node: NodeId, value: &Value, origin: &Origin) {
        let pieces = match &value.data {
            Data::String(text) => match text.made.as_deref() {
                Some(Made::Pieces(pieces)) => pieces.as_slice(),
                _ => &[],
            },
            Data::Unknown(unknown) => match &unknown.shape {
                Some(Shape::Text(pieces)) => pieces.as_ref(),
                _ => &[],
            },
            _ => &[],
        };
        let of_pieces = pieces.iter().map(|piece| match piece {
            TextPiece::Known { origin, .. } => origin,
            TextPiece::Unknown(value) => &value.origin,
        });
        let mut seen: Vec<&SmolStr> = Vec::new();
        for step in of_pieces.chain([origin]).flat_map(Origin::steps) {
            if let StepRole::Resource(address) = &step.role
                && !seen.contains(&address)
            {
                seen.push(address);
            }
        }
        let references = seen.into_iter().map(|address| (node, address.clone()));
        self.references.extend(references);
    }

    fn items(&mut self, node: NodeId, items: &[Value], origin: &Origin, sensitive: bool) {
        for item in items {
            self.push(node, None, item, origin, sensitive);
        }
    }

    fn entries(
        &mut self,
        node: NodeId,
        entries: &crate::value::Entries,
        origin: &Origin,
        sensitive: bool,
    ) {
        for (key, value) in entries {
            self.push(node, Some(key), value, origin, sensitive);
        }
    }

    fn unknown(&mut self, node: NodeId, unknown: &Arc<Unknown>, origin: &Origin, sensitive: bool) {
        let told = Arc::new(cause::unknown(unknown));
        match &unknown.shape {
            // There is one thing that it can be.
            Some(Shape::OneOf(values)) if values.len() == 1 => {
                let origin = values[0].origin.within(origin);
                self.fill(node, &values[0], &origin, sensitive);
            }
            Some(Shape::OneOf(values)) => {
                self.tree.set(node, Node::Unknown(told));
                self.items(node, values, origin, sensitive);
            }
            Some(Shape::Items { items, rest }) => {
                self.tree.set(node, Node::List);
                self.items(node, items, origin, sensitive);
                for any in alternatives(rest) {
                    let element = self.push(node, None, any, origin, sensitive);
                    self.tree.set_symbolic(element);
                }
                self.tree.set_open(node, told);
            }
            Some(
                Shape::Entries { entries, .. }
                | Shape::Resource { entries, .. }
                | Shape::Keyed(entries),
            ) => {
                self.tree.set(node, Node::Map);
                self.entries(node, entries, origin, sensitive);
                self.tree.set_open(node, told);
            }
            Some(Shape::Text(pieces)) => {
                let pieces = pieces.iter().map(piece).collect();
                self.tree.set(node, Node::Partial(pieces));
                let value = Value::new(Data::Unknown(Arc::clone(unknown)), origin.clone());
                self.document(node, &value, origin, sensitive);
            }
            Some(
                Shape::Json(inner) | Shape::Yaml(inner) | Shape::Base64(inner) | Shape::Gzip(inner),
            ) => {
                let piece = Piece::Unknown(told.as_ref().clone());
                self.tree.set(node, Node::Partial([piece].into()));
                self.push(node, None, inner, origin, sensitive);
            }
            None => self.tree.set(node, Node::Unknown(told)),
        }
    }

    /// Puts what a string says as JSON below it, or what it encodes in base64, so that checks can look into policies and the
    /// like.
    fn document(&mut self, node: NodeId, text: &Value, origin: &Origin, sensitive: bool) {
        if let Some(inner) = encoded(text) {
            self.push(node, None, inner, origin, sensitive);
            return;
        }
        let decoded =
            decode_json(text).filter(|decoded| !decoded.ty().is_primitive() && !decoded.is_null());
        if let Some(decoded) = decoded {
            // What it came through, it came through as a string.
            let decoded = decoded.at(Origin::new(origin.span));
            self.push(node, None, &decoded, origin, sensitive);
        }
    }

    fn note(&mut self, node: NodeId, origin: &Origin) {
        let default = origin.steps().find_map(|step| match &step.role {
            StepRole::Default(by) => Some(graph::Default { by: by.clone() }),
            _ => None,
        });
        let passage = Passage {
            steps: steps(origin),
            default,
            removed: Vec::new(),
        };
        if passage != Passage::default() {
            self.tree.set_passage(node, Arc::new(passage));
        }
    }
}

/// What a value came through, without who filled it in.
pub(super) fn steps(origin: &Origin) -> Vec<graph::Step> {
    let steps = origin.steps();
    let steps = steps.filter(|step| !matches!(step.role, StepRole::Default(_)));
    steps
        .map(|step| graph::Step {
            span: step.span,
            role: told(&step.role),
        })
        .collect()
}

/// The string that another one encodes in base64.
fn encoded(text: &Value) -> Option<&Value> {
    let Data::String(text) = &text.data else {
        return None;
    };
    match text.made.as_deref()? {
        Made::Base64(inner) | Made::Gzip(inner) => Some(inner),
        _ => None,
    }
}

/// What any further element of a list is like: one of several things, or one.
fn alternatives(rest: &Value) -> &[Value] {
    match rest.unknown().and_then(|unknown| unknown.shape.as_ref()) {
        Some(Shape::OneOf(values)) => values,
        _ => std::slice::from_ref(rest),
    }
}

/// Where a person would change a value. What another resource computes is written nowhere, so that is the reference to it.
fn written(value: &Value, origin: &Origin) -> Span {
    let is_computed = value.unknown().is_some_and(|unknown| {
        matches!(
            unknown.cause,
            Cause::Computed(_) | Cause::DataSource(_) | Cause::Module(_)
        )
    });
    let reference = origin
        .steps()
        .find(|step| matches!(step.role, StepRole::Reference(_)));
    match reference {
        Some(step) if is_computed => step.span,
        _ => origin.span,
    }
}

fn told(role: &StepRole) -> Role {
    match role {
        StepRole::Argument(_) => Role::Argument,
        StepRole::Output(_) => Role::Output,
        StepRole::Operand => Role::Operand,
        StepRole::Reference(_) | StepRole::Resource(_) | StepRole::Default(_) => Role::Reference,
    }
}

fn number_data(number: &Number) -> Node {
    number
        .to_i64()
        .map_or_else(|| Node::Float(number.to_f64()), Node::Int)
}

pub(super) fn piece(piece: &TextPiece) -> Piece {
    match piece {
        TextPiece::Known { text, .. } => Piece::Known(text.clone()),
        TextPiece::Unknown(value) => Piece::Unknown(match value.unknown() {
            Some(unknown) => cause::unknown(unknown),
            None => graph::Unknown::new(graph::Cause::Other("parts of it are unknown".into())),
        }),
    }
}
