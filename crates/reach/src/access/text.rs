//! Texts that may be partly unknown.

use std::sync::Arc;

use graph::{Data, NodeId, Piece, SmolStr, Tree, Type, Unknown};

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
    /// What it is one of, where that is known.
    choices: Option<Vec<SmolStr>>,
    pub(super) cause: Arc<Unknown>,
}

impl Text {
    /// The text of a node. Nothing is the empty text, as the API server reads it; other types are refused there.
    pub(super) fn read(symbols: &mut Symbols, tree: &Tree, node: NodeId) -> Option<Self> {
        match &tree.node(node).data {
            Data::String(text) => Some(Self::Known(symbols.add(text))),
            Data::Null => Some(Self::Known(EMPTY)),
            data => {
                let mut pattern = Pattern::of(data)?;
                pattern.choices = choices(tree, node);
                Some(Self::Open(Box::new(pattern)))
            }
        }
    }

    /// A text of which nothing is known.
    pub(super) fn unknown(cause: &Arc<Unknown>) -> Self {
        Self::Open(Box::new(Pattern {
            data: Data::Unknown(Arc::clone(cause)),
            choices: None,
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
            choices: None,
            cause,
        })
    }

    /// Whether the text can turn out to be this.
    pub(super) fn may_be(&self, text: &str) -> bool {
        if let Some(choices) = &self.choices {
            return choices.iter().any(|choice| choice == text);
        }
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

    /// Whether the text can turn out to be this path, or a beginning of it with `*` behind.
    pub(super) fn may_cover(&self, path: &str) -> bool {
        match &self.choices {
            Some(choices) => choices.iter().any(|choice| covers(choice, path)),
            None => path.starts_with(self.prefix().trim_end_matches('*')),
        }
    }

    /// How the text is known to begin.
    fn prefix(&self) -> &str {
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

/// Whether a path in a rule is this one, or a beginning of it with `*` behind.
pub(super) fn covers(written: &str, path: &str) -> bool {
    written == path || written.ends_with('*') && path.starts_with(written.trim_end_matches('*'))
}

/// The texts that an unknown value may be, if these are all that it may be.
fn choices(tree: &Tree, node: NodeId) -> Option<Vec<SmolStr>> {
    tree.first(node)?;
    let texts = tree
        .children(node)
        .map(|child| tree.as_text(child).cloned());
    texts.collect()
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
    use graph::Cause;

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
