//! Values of plans and states: what is known, what is not, and what must not be shown.

use graph::{Data as Node, NodeId};
use smol_str::SmolStr;
use source::Span;

use super::address;
use super::json::Json;
use crate::syntax::json_pairs;
use crate::value::{
    Cause, Data, Entries, Made, Marks, Number, Origin, Text, TextPiece, Type, Unknown, Value,
    normalized,
};

/// A value and what is said about it. What is said has the form of the value, with `true` for a part that it holds for.
#[derive(Clone, Copy)]
pub(super) struct Said {
    pub(super) value: Option<NodeId>,
    /// Which parts are unknown until Terraform has applied.
    pub(super) unknown: Option<NodeId>,
    /// Which parts must not be shown.
    pub(super) sensitive: Option<NodeId>,
}

impl Json<'_> {
    /// The value; what is unknown of it is what the provider decides at the address.
    pub(super) fn value(&self, said: Said, address: &str) -> Value {
        let value = self.unmarked(said, address);
        value.marked(Marks {
            sensitive: self.is_true(said.sensitive),
            ephemeral: false,
        })
    }

    fn unmarked(&self, said: Said, address: &str) -> Value {
        let places = said.value.or(said.unknown).or(said.sensitive);
        let span = places.map_or(self.file.span(), |node| self.span(node));
        let origin = Origin::new(span);
        if self.is_true(said.unknown) {
            let cause = Cause::Computed(address.into());
            let unknown = Unknown::new(Type::Dynamic, cause, Some(span));
            return Value::new(Data::Unknown(unknown.into()), origin);
        }
        let node = said.value.map(|node| &self.tree.node(node).data);
        let data = match node.unwrap_or(&Node::Null) {
            Node::Bool(truth) => Data::Bool(*truth),
            Node::String(text) => self.string(text, span),
            // Read from the text, nothing is lost of large numbers.
            Node::Int(_) | Node::Float(_) => {
                Number::parse(self.file.slice(span)).map_or(Data::Null(Type::Number), Data::Number)
            }
            Node::List => Data::Tuple(self.list(said, address)),
            Node::Map => Data::Object(self.object(said, address).into()),
            Node::Null if self.has_parts(said.unknown) => {
                Data::Object(self.object(said, address).into())
            }
            Node::Null | Node::Unknown(_) | Node::Partial(_) => Data::Null(Type::Dynamic),
        };
        Value::new(data, origin)
    }

    /// A string. One that may hold JSON knows where its parts stand, which have escapes between them.
    fn string(&self, text: &SmolStr, span: Span) -> Data {
        let may_hold_json = text.trim_start().starts_with(['{', '[']);
        let pairs = may_hold_json
            .then(|| json_pairs(self.file, span, text))
            .flatten();
        let pairs = pairs.filter(|pairs| {
            let left = self.parts_left.get().checked_sub(pairs.len());
            self.parts_left.set(left.unwrap_or_default());
            left.is_some()
        });
        let pieces = pairs.map(|pairs| Self::pieces(text, span, &pairs));
        Data::String(Text {
            text: normalized(text),
            made: pieces.map(|pieces| Made::Pieces(pieces).into()),
        })
    }

    /// The parts of a string between offsets of text and file. Every second one is an escape.
    fn pieces(text: &str, span: Span, pairs: &[(u32, u32)]) -> Vec<TextPiece> {
        let end = (text.len() as u32, span.end - 1);
        let ends = pairs.iter().skip(1).chain([&end]);
        let mut pieces = Vec::new();
        for (index, (&(from, start), &(to, end))) in pairs.iter().zip(ends).enumerate() {
            let part = text.get(from as usize..to as usize);
            pieces.extend(
                part.filter(|part| !part.is_empty())
                    .map(|part| TextPiece::Known {
                        text: part.into(),
                        origin: Origin::new(Span::new(span.file, start, end)),
                        verbatim: index % 2 == 0,
                    }),
            );
        }
        pieces
    }

    /// Whether a value that is not there has unknown parts all the same.
    fn has_parts(&self, unknown: Option<NodeId>) -> bool {
        let mut parts = self.entries(unknown);
        parts.any(|(_, part)| self.is_true(Some(part)))
    }

    fn list(&self, said: Said, address: &str) -> std::sync::Arc<[Value]> {
        let mut unknown = self.items(said.unknown);
        let mut sensitive = self.items(said.sensitive);
        let item = |(index, value)| {
            let said = Said {
                value: Some(value),
                unknown: unknown.next(),
                sensitive: sensitive.next(),
            };
            self.value(said, &address::part(address, format_args!("[{index}]")))
        };
        self.items(said.value).enumerate().map(item).collect()
    }

    /// The members, those included that are only said to be unknown.
    pub(super) fn object(&self, said: Said, address: &str) -> Entries {
        let unknown = self.members(said.unknown);
        let sensitive = self.members(said.sensitive);
        let known = self.members(said.value);
        let only_unknown = self.entries(said.unknown).filter(|(name, node)| {
            !known.contains_key(name.as_str())
                && (self.is_true(Some(*node)) || self.has_parts(Some(*node)))
        });
        let names: Vec<&SmolStr> = (self.entries(said.value).map(|(name, _)| name))
            .chain(only_unknown.map(|(name, _)| name))
            .collect();
        let part = |name: &SmolStr| {
            let said = Said {
                value: known.get(name.as_str()).copied(),
                unknown: unknown.get(name.as_str()).copied(),
                sensitive: sensitive.get(name.as_str()).copied(),
            };
            (
                name.clone(),
                self.value(said, &address::part(address, format_args!(".{name}"))),
            )
        };
        names.into_iter().map(part).collect()
    }
}
