//! Values that can't be known from the input.

use smol_str::SmolStr;
use source::Span;

/// Why a value can't be known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// A reference leaves the scanned input, and the input was not declared complete.
    OutsideInput,
    /// It depends on kinds of a cluster that were not read: which, and why.
    Unread(SmolStr),
    /// A placeholder of a check example or a test.
    Example,
    /// Any other cause, as a lower-case fragment.
    Other(SmolStr),
}

impl Cause {
    /// The cause as a fragment for people.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::OutsideInput => "it is not in the scanned input, which was not declared complete",
            Self::Example => "the example leaves it open",
            Self::Unread(text) | Self::Other(text) => text,
        }
    }
}

/// The types of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Type {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool,
    /// An integer or a floating-point number.
    Number,
    /// Text.
    String,
    /// A sequence.
    List,
    /// A mapping from text to values.
    Map,
}

/// What is known of an unknown value, after Terraform's refinements.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// Its type, if it is not null.
    pub kind: Option<Type>,
    /// Whether it can't be null.
    pub not_null: bool,
    /// How a text begins.
    pub prefix: SmolStr,
    /// How a text ends.
    pub suffix: SmolStr,
    /// The least number of characters of a text.
    pub characters: usize,
    /// The least and greatest number of elements of a list or map.
    pub length: (Option<u64>, Option<u64>),
    /// The least and greatest value of a number, both inclusive.
    pub number: (Option<f64>, Option<f64>),
}

/// A value that can't be known from the input: not absent, not null, not a guess.
#[derive(Clone, Debug, PartialEq)]
pub struct Unknown {
    /// Why.
    pub cause: Cause,
    /// The place of the cause, such as the variable without a value.
    pub place: Option<Span>,
    /// What is known nevertheless.
    pub known: Known,
}

impl Unknown {
    /// An unknown of which nothing is known.
    #[must_use]
    pub fn new(cause: Cause) -> Self {
        Self {
            cause,
            place: None,
            known: Known::default(),
        }
    }

    /// Whether it depends on kinds that were not read.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        matches!(self.cause, Cause::Unread(_))
    }
}

/// One piece of a partly unknown text.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Text that is known.
    Known(SmolStr),
    /// Text that is not.
    Unknown(Unknown),
}
