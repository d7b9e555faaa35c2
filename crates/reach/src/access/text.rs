//! Texts that may be partly unknown.

use std::sync::Arc;

use graph::{Data, Piece, Tree, Type, Unknown};

use super::symbols::{EMPTY, Symbol, Symbols};

/// A text that may be partly unknown.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Text {
    Known(Symbol),
    Open(Box<Pattern>),
}

/// A text of which not all is known.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pattern {
    data: Data,
    pub(super) cause: Arc<Unknown>,
}

impl Text {
    /// The text of a node. Nothing is the empty text, as the API server reads it; other types are refused there.
    pub(super) fn read(symbols: &mut Symbols, tree: &Tree, node: graph::NodeId) -> Option<Self> {
        match &tree.node(node).data {
            Data::String(text) => Some(Self::Known(symbols.add(text))),
            Data::Null => Some(Self::Known(EMPTY)),
            data => Pattern::of(data).map(|pattern| Self::Open(Box::new(pattern))),
        }
    }

    /// A text of which nothing is known.
    pub(super) fn unknown(cause: &Arc<Unknown>) -> Self {
        Self::Open(Box::new(Pattern {
            data: Data::Unknown(Arc::clone(cause)),
            cause: Arc::clone(cause),
        }))
    }

    pub(super) fn known(&self) -> Option<Symbol> {
        match self {
            Self::Known(symbol) => Some(*symbol),
            Self::Open(_) => None,
        }
    }
}

impl Pattern {
    fn of(data: &Data) -> Option<Self> {
        let is_text = !matches!(data, Data::Unknown(unknown) if !may_be_text(unknown));
        let cause = kubernetes::unknown(data).filter(|_| is_text)?;
        Some(Self {
            data: data.clone(),
            cause,
        })
    }

    /// Whether the text can turn out to be this.
    pub(super) fn may_be(&self, text: &str) -> bool {
        match &self.data {
            Data::Partial(pieces) => fits(pieces, text),
            Data::Unknown(unknown) => {
                let known = &unknown.known;
                text.starts_with(known.prefix.as_str())
                    && text.ends_with(known.suffix.as_str())
                    && text.chars().count() >= known.characters
            }
            _ => false,
        }
    }

    /// How the text is known to begin.
    pub(super) fn prefix(&self) -> &str {
        match &self.data {
            Data::Partial(pieces) => match pieces.first() {
                Some(Piece::Known(text)) => text,
                Some(Piece::Unknown(_)) | None => "",
            },
            Data::Unknown(unknown) => &unknown.known.prefix,
            _ => "",
        }
    }
}

fn may_be_text(unknown: &Unknown) -> bool {
    matches!(unknown.known.kind, None | Some(Type::String))
}

/// Whether a text has the known pieces in their order, the first at its beginning and the last at its end.
fn fits(mut pieces: &[Piece], text: &str) -> bool {
    let mut rest = text;
    while let [Piece::Known(known), after @ ..] = pieces {
        let Some(stripped) = rest.strip_prefix(known.as_str()) else {
            return false;
        };
        (rest, pieces) = (stripped, after);
    }
    while let [before @ .., Piece::Known(known)] = pieces {
        let Some(stripped) = rest.strip_suffix(known.as_str()) else {
            return false;
        };
        (rest, pieces) = (stripped, before);
    }
    for piece in pieces {
        let Piece::Known(known) = piece else { continue };
        let Some((_, after)) = rest.split_once(known.as_str()) else {
            return false;
        };
        rest = after;
    }
    !pieces.is_empty() || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use graph::{Cause, SmolStr};

    use super::*;

    /// A text whose unknown pieces are written `?`.
    fn pattern(text: &str) -> Pattern {
        let mut pieces = Vec::new();
        for (index, known) in text.split('?').enumerate() {
            if index > 0 {
                pieces.push(Piece::Unknown(Unknown::new(Cause::Example)));
            }
            if !known.is_empty() {
                pieces.push(Piece::Known(SmolStr::from(known)));
            }
        }
        Pattern::of(&Data::Partial(pieces.into())).unwrap()
    }

    #[test]
    fn known_pieces_rule_texts_out() {
        for (text, may, may_not) in [
            ("a-?", "a-", "b-a-"),
            ("?-a", "-a", "-ab"),
            ("a?b", "ab", "a"),
            ("a?a", "aa", "a"),
            ("a?b?c", "a-b-c", "a-c"),
            ("?", "", "\0"),
        ] {
            assert!(pattern(text).may_be(may), "{text} {may}");
            assert!(
                text == "?" || !pattern(text).may_be(may_not),
                "{text} {may_not}"
            );
        }
    }
}
