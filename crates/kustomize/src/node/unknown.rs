//! Values that can't be known, as charts have them. In texts, one letter stands for each, so that what is put before, behind and
//! around them stays known.

use std::cell::RefCell;
use std::sync::Arc;

use graph::{Data as TreeData, NodeId, Piece, Tree, Unknown};
use smol_str::SmolStr;

use super::{Data, Kind, Node};

/// What marks a letter that stands for a value: no text of a file has it.
const MARK: char = '\u{FDD0}';
/// The first of the letters.
const FIRST: u32 = 0xF_0000;
/// How many letters there are. What is more than that is the last one.
const MOST: usize = 0xFFFD;

/// What can't be known of a list or map, or of its place in a list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Doubt {
    /// Why it may hold more than it does, or be something else.
    pub(crate) rest: Option<Arc<Unknown>>,
    /// Whether it is only an element that may be there.
    pub(crate) is_symbolic: bool,
}

/// The values of one build that can't be known.
#[derive(Debug, Default)]
pub(crate) struct Unknowns(RefCell<Vec<Arc<Tree>>>);

/// What a text consists of.
pub(crate) enum Content {
    /// One value that can't be known, and what it may be.
    Whole(Arc<Tree>),
    /// Pieces of which some can't be known.
    Pieces(Vec<Piece>),
}

impl Unknowns {
    /// The text that stands for a value.
    pub(crate) fn stand_in(&self, value: Tree) -> SmolStr {
        let mut all = self.0.borrow_mut();
        if all.len() < MOST {
            all.push(Arc::new(value));
        }
        let index = u32::try_from(all.len() - 1).unwrap_or_default();
        let letter = char::from_u32(FIRST + index).unwrap_or(MARK);
        SmolStr::from_iter([MARK, letter])
    }

    /// The text of pieces of which some can't be known.
    pub(crate) fn text(&self, pieces: &[Piece], span: source::Span) -> SmolStr {
        let texts = pieces.iter().map(|piece| match piece {
            Piece::Known(text) => text.clone(),
            Piece::Unknown(unknown) => {
                let data = TreeData::Unknown(Arc::new(unknown.clone()));
                self.stand_in(Tree::new(data, span))
            }
        });
        texts.collect::<Vec<_>>().concat().into()
    }

    /// What a text consists of; nothing of one that is known.
    pub(crate) fn content(&self, text: &str) -> Option<Content> {
        if !text.contains(MARK) {
            return None;
        }
        let mut pieces = Vec::new();
        let mut known = String::new();
        let mut letters = text.chars();
        while let Some(letter) = letters.next() {
            match self.value(letter, &letters) {
                None => known.push(letter),
                Some(value) => {
                    letters.next();
                    push(&mut pieces, &mut known);
                    if pieces.is_empty() && letters.as_str().is_empty() {
                        return Some(Content::Whole(value));
                    }
                    pieces.push(Piece::Unknown(unknown(&value)));
                }
            }
        }
        let is_known = pieces.is_empty();
        push(&mut pieces, &mut known);
        (!is_known).then_some(Content::Pieces(pieces))
    }

    fn value(&self, mark: char, rest: &std::str::Chars<'_>) -> Option<Arc<Tree>> {
        let letter = rest.clone().next().filter(|_| mark == MARK)?;
        let index = (letter as u32).checked_sub(FIRST)?;
        self.0.borrow().get(index as usize).cloned()
    }
}

fn push(pieces: &mut Vec<Piece>, known: &mut String) {
    if !known.is_empty() {
        pieces.push(Piece::Known(std::mem::take(known).into()));
    }
}

fn unknown(value: &Tree) -> Unknown {
    match &value.node(NodeId::ROOT).data {
        TreeData::Unknown(unknown) => (**unknown).clone(),
        _ => Unknown::new(graph::Cause::Other("the value is not known".into())),
    }
}

impl Node {
    /// Whether it can't be known what it is: text, a list or a map.
    pub(crate) fn is_undecided(&self) -> bool {
        let Data::Scalar(scalar) = &self.data else {
            return false;
        };
        let mut letters = scalar.text.chars();
        self.doubt.rest.is_some() && letters.next() == Some(MARK) && letters.nth(1).is_none()
    }

    /// Takes a value of which nothing is known for one of a kind, as somebody else does who changes something in it.
    pub(crate) fn decide(&mut self, kind: Kind) {
        if self.is_undecided() && kind != Kind::Scalar {
            self.data = Self::empty(kind, self.origin.clone()).data;
        }
    }

    /// Whether parts of a text can't be known.
    pub(crate) fn holds_unknown(&self) -> bool {
        self.text().contains(MARK) || self.doubt.rest.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use source::{FileId, Span};

    fn value(why: &str) -> Tree {
        let unknown = Unknown::new(graph::Cause::Other(why.into()));
        let span = Span::new(FileId(0), 0, 1);
        Tree::new(TreeData::Unknown(Arc::new(unknown)), span)
    }

    #[test]
    fn texts_around_a_value_are_known() {
        let unknowns = Unknowns::default();
        let one = unknowns.stand_in(value("random"));
        let other = unknowns.stand_in(value("a date"));
        let Some(Content::Pieces(pieces)) = unknowns.content(&format!("p-{one}{other}-s")) else {
            panic!("there are pieces");
        };
        let shown = pieces.iter().map(|piece| match piece {
            Piece::Known(text) => text.to_string(),
            Piece::Unknown(unknown) => format!("<{}>", unknown.cause.text()),
        });
        assert_eq!(
            shown.collect::<Vec<_>>(),
            ["p-", "<random>", "<a date>", "-s"]
        );
        assert!(matches!(unknowns.content(&one), Some(Content::Whole(_))));
    }

    #[test]
    fn letters_that_stand_for_nothing_are_text() {
        let unknowns = Unknowns::default();
        for text in ["plain", "\u{FDD0}", "\u{FDD0}a", "\u{FDD0}\u{F0000}"] {
            assert!(unknowns.content(text).is_none(), "{text:?}");
        }
    }
}
