//! Values below or computed from unknown ones, and the questions that queries ask of them.

use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::sync::Arc;

use graph::{Cause, Data, Known, Piece, Type, Unknown};
use smol_str::SmolStr;

use super::{Place, Spot, Value, View};
use crate::run;

/// A value that can't be known: it was found below an unknown node, or computed from one.
#[derive(Clone, Debug)]
pub(crate) struct UnknownValue {
    /// What is known of it, and its cause.
    pub(crate) unknown: Arc<Unknown>,
    /// Tells apart the unknowns of a run: equal identities have equal values.
    pub(crate) identity: u64,
    /// The node of the graph that it was found at or below.
    pub(crate) place: Option<Place>,
}

impl UnknownValue {
    fn derive(&self, how: impl Hash, known: Known) -> Value {
        let unknown = Unknown {
            cause: self.unknown.cause.clone(),
            place: self.unknown.place,
            known,
        };
        Value::Unknown(Arc::new(Self {
            unknown: Arc::new(unknown),
            identity: hash((self.identity, hash(how))),
            place: self.place.clone(),
        }))
    }

    /// The answer that this run assumes to a question.
    pub(crate) fn ask(&self, question: impl Hash) -> bool {
        run::ask(self.identity, hash(question), &self.unknown)
    }

    /// Something computed from the value, of which nothing is known.
    pub(crate) fn computed(&self, how: impl Hash) -> Value {
        self.derive(how, Known::default())
    }

    /// Something computed from the value that has a type.
    pub(crate) fn computed_kind(&self, how: impl Hash, kind: Type) -> Value {
        self.derive(
            how,
            Known {
                kind: Some(kind),
                not_null: true,
                ..Known::default()
            },
        )
    }

    /// The number of elements of a list or map that has at least so many.
    pub(crate) fn computed_length(&self, least: usize) -> Value {
        self.derive(
            "length",
            Known {
                kind: Some(Type::Number),
                not_null: true,
                number: (Some(least as f64), None),
                ..Known::default()
            },
        )
    }

    /// Text computed from the value whose beginning is known.
    pub(crate) fn computed_text(&self, how: impl Hash, prefix: SmolStr) -> Value {
        self.derive(
            how,
            Known {
                kind: Some(Type::String),
                not_null: true,
                prefix,
                ..Known::default()
            },
        )
    }

    /// Whether the value is null.
    pub(crate) fn ask_null(&self) -> bool {
        !self.unknown.known.not_null && self.ask("null")
    }

    /// Whether the value counts as true in a condition: it is neither null nor `false`.
    pub(crate) fn ask_truth(&self) -> bool {
        match self.unknown.known.kind {
            Some(Type::Bool) | None => self.ask("true"),
            Some(_) => !self.ask_null(),
        }
    }

    /// Whether the value is equal to a known one.
    pub(crate) fn ask_equal(&self, other: &Value) -> bool {
        let known = &self.unknown.known;
        if let View::Null = other.view() {
            return self.ask_null();
        }
        let excluded = known
            .kind
            .is_some_and(|kind| other.kind().is_some_and(|other| other != kind))
            || other.as_text().is_some_and(|text| !may_be(known, text))
            || other
                .number()
                .is_some_and(|number| !within(known.number, number));
        if let (Some(Type::Bool), View::Bool(value)) = (known.kind, other.view())
            && known.not_null
        {
            // A truth value has one open question: asking for `true` and for `false` is the same coin.
            return self.ask("true") == value;
        }
        !excluded && self.ask(("equal", other.to_string()))
    }

    /// Whether the value stands before (`less`) or at a known one in jq's order.
    pub(crate) fn ask_less(&self, other: &Value, or_equal: bool) -> bool {
        if let (Some(number), (low, high)) = (other.number(), self.unknown.known.number) {
            if high.is_some_and(|high| high < number || (or_equal && high <= number)) {
                return true;
            }
            if low.is_some_and(|low| low > number || (!or_equal && low >= number)) {
                return false;
            }
        }
        self.ask(("less", or_equal, other.to_string()))
    }

    /// Whether the value, as text, begins with `prefix`.
    pub(crate) fn ask_prefix(&self, prefix: &str) -> bool {
        let known = self.unknown.known.prefix.as_str();
        if known.starts_with(prefix) {
            return true;
        }
        prefix.starts_with(known) && self.ask(("prefix", prefix))
    }

    /// Whether the value, as text, ends with `suffix`.
    pub(crate) fn ask_suffix(&self, suffix: &str) -> bool {
        let known = self.unknown.known.suffix.as_str();
        if known.ends_with(suffix) {
            return true;
        }
        suffix.ends_with(known) && self.ask(("suffix", suffix))
    }

    /// Whether a list or map of this unknown has an element.
    pub(crate) fn ask_filled(&self) -> bool {
        let (least, most) = self.unknown.known.length;
        if least.is_some_and(|least| least > 0) {
            return true;
        }
        most != Some(0) && self.ask("filled")
    }
}

/// Whether a text is one that an unknown can turn out to be.
fn may_be(known: &Known, text: &str) -> bool {
    text.starts_with(known.prefix.as_str())
        && text.ends_with(known.suffix.as_str())
        && text.chars().count() >= known.characters
}

fn within((low, high): (Option<f64>, Option<f64>), number: f64) -> bool {
    low.is_none_or(|low| low <= number) && high.is_none_or(|high| number <= high)
}

pub(crate) fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

impl Value {
    /// The unknown that the value is, if it is one; text with unknown pieces is one with a known prefix.
    pub(crate) fn as_unknown(&self) -> Option<Arc<UnknownValue>> {
        match self {
            Self::Unknown(unknown) => Some(Arc::clone(unknown)),
            Self::Node(place) => place.as_unknown(),
            _ => None,
        }
    }

    /// The known parts of a text with unknown pieces.
    pub(crate) fn known_parts(&self) -> Vec<KnownPart> {
        let Self::Node(place) = self else {
            return Vec::new();
        };
        let spot = place.spot().chosen();
        match &spot.tree().node(spot.node).data {
            Data::Partial(pieces) => known_parts(pieces),
            _ => Vec::new(),
        }
    }

    /// The type of the value, as far as it is known.
    pub(crate) fn kind(&self) -> Option<Type> {
        self.view().kind()
    }

    /// The value of a known number.
    pub(crate) fn number(&self) -> Option<f64> {
        self.view().number()
    }
}

impl Place {
    fn as_unknown(&self) -> Option<Arc<UnknownValue>> {
        let spot = self.spot().chosen();
        let unknown = match &spot.tree().node(spot.node).data {
            Data::Unknown(unknown) => Arc::clone(unknown),
            Data::Partial(pieces) => Arc::new(partial(pieces)),
            _ => return None,
        };
        let identity = spot.identity();
        Some(Arc::new(UnknownValue {
            unknown,
            identity,
            place: Some(self.clone()),
        }))
    }
}

impl Spot<'_> {
    /// The unknown rest of an open list or map.
    pub(crate) fn rest(self, open: &Arc<Unknown>) -> UnknownValue {
        UnknownValue {
            unknown: Arc::clone(open),
            identity: hash((self.id, self.node, "rest")),
            place: Some(self.place()),
        }
    }
}

/// A known part of a text with unknown pieces.
pub(crate) struct KnownPart {
    pub(crate) text: String,
    /// Whether the text begins with it.
    pub(crate) is_first: bool,
    /// Whether the text ends with it.
    pub(crate) is_last: bool,
}

fn known_parts(pieces: &[Piece]) -> Vec<KnownPart> {
    let mut parts: Vec<KnownPart> = Vec::new();
    let mut goes_on = false;
    for (index, piece) in pieces.iter().enumerate() {
        let Piece::Known(text) = piece else {
            goes_on = false;
            continue;
        };
        let is_last = index + 1 == pieces.len();
        match parts.last_mut().filter(|_| goes_on) {
            Some(part) => {
                part.text.push_str(text);
                part.is_last = is_last;
            }
            None => parts.push(KnownPart {
                text: text.to_string(),
                is_first: index == 0,
                is_last,
            }),
        }
        goes_on = true;
    }
    parts
}

/// What is known of text with unknown pieces: that it is text, how it begins and ends, and how long it is at least.
fn partial(pieces: &[Piece]) -> Unknown {
    let first_unknown = pieces.iter().find_map(|piece| match piece {
        Piece::Unknown(unknown) => Some(unknown.clone()),
        Piece::Known(_) => None,
    });
    let unknown =
        first_unknown.unwrap_or_else(|| Unknown::new(Cause::Other("parts of it are open".into())));
    let parts = known_parts(pieces);
    let prefix = parts.first().filter(|part| part.is_first);
    let suffix = parts.last().filter(|part| part.is_last);
    let text =
        |part: Option<&KnownPart>| part.map_or(SmolStr::default(), |part| (&part.text).into());
    let characters = parts.iter().map(|part| part.text.chars().count());
    Unknown {
        known: Known {
            kind: Some(Type::String),
            not_null: true,
            prefix: text(prefix),
            suffix: text(suffix),
            characters: characters.sum(),
            ..Known::default()
        },
        ..unknown
    }
}
