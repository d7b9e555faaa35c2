//! Values as Terraform's language has them, each with the place that set it.

mod constraint;
mod convert;
mod defaults;
mod equal;
mod items;
mod joined;
pub(crate) mod keyed;
mod number;
mod order;
mod origin;
mod settle;
#[cfg(test)]
pub(crate) mod testing;
mod text;
mod types;
mod unify;
mod unknown;

use std::collections::BTreeMap;
use std::sync::Arc;

use smol_str::SmolStr;

pub use constraint::{Constraint, EvaluateConstant, Notation, read_constraint};
pub use convert::{Conversion, ConversionFailure, Mismatch, PathStep, Safety, convert};
pub use defaults::Defaults;
pub use equal::{equals, raw_equals};
pub(crate) use joined::Joined;
pub use number::{Digits, Number, Precision};
pub use order::{SetLength, compare_elements, set, set_length};
pub use origin::{Chain, Origin, Step, StepRole};
pub use text::{MOST_BYTES, clusters, normalized, safe_prefix};
pub use types::{AttributeType, ObjectType, Type};
pub use unify::{Unified, unify};
pub use unknown::{Bound, Cause, Refinements, Shape, TextPiece, Unknown};

/// A value: what it is, where it was set, and what must not be shown of it.
#[derive(Clone, Debug)]
pub struct Value {
    /// What it is.
    pub data: Data,
    /// Where it was set and what it came through.
    pub origin: Origin,
    /// Whether it is sensitive or ephemeral. Marks stand on the node that has them: a map of sensitive values is not
    /// sensitive itself.
    pub marks: Marks,
}

/// What a value is. Collections carry the type of their elements, as Terraform's do, even when they are empty.
///
/// Source: <https://developer.hashicorp.com/terraform/language/expressions/types>, <https://github.com/zclconf/go-cty/blob/main/docs/types.md>.
#[derive(Clone, Debug)]
pub enum Data {
    /// A null of a type.
    Null(Type),
    /// A truth value.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(Text),
    /// A list; all elements have the type.
    List(Type, Arc<[Value]>),
    /// A set; all elements have the type, are distinct and stand in Terraform's order.
    Set(Type, Arc<[Value]>),
    /// A map; all elements have the type.
    Map(Type, Arc<Entries>),
    /// A sequence whose elements have types of their own.
    Tuple(Arc<[Value]>),
    /// Attributes that have types of their own.
    Object(Arc<Entries>),
    /// A value that can't be known.
    Unknown(Arc<Unknown>),
}

/// The elements of maps and objects. Terraform orders them by key.
pub type Entries = BTreeMap<SmolStr, Value>;

/// A known string, and how it was made where that tells more than the string.
#[derive(Clone, Debug)]
pub struct Text {
    /// The text, in Unicode's normal form C.
    pub text: SmolStr,
    /// How it was made.
    pub made: Option<Arc<Made>>,
}

/// How a string was made.
#[derive(Clone, Debug)]
pub enum Made {
    /// From the pieces of a template: a place in the text is a place in one of them.
    Pieces(Vec<TextPiece>),
    /// By `jsonencode` of a value, whose parts keep their own origins.
    Json(Value),
    /// By `yamlencode` of a value.
    Yaml(Value),
    /// By `base64encode` of a string.
    Base64(Value),
    /// By `base64gzip` of a string.
    Gzip(Value),
}

/// What must not be shown or kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// The value is never printed.
    pub sensitive: bool,
    /// The value is in no plan and no state.
    pub ephemeral: bool,
}

impl Marks {
    /// The marks of either.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            sensitive: self.sensitive || other.sensitive,
            ephemeral: self.ephemeral || other.ephemeral,
        }
    }
}

impl Value {
    /// A value without marks.
    #[must_use]
    pub fn new(data: Data, origin: Origin) -> Self {
        Self {
            data,
            origin,
            marks: Marks::default(),
        }
    }

    /// The same value, set at another place.
    #[must_use]
    pub fn at(mut self, origin: Origin) -> Self {
        self.origin = origin;
        self
    }

    /// A part as it is when it is taken out of its whole: it came through what the whole came through.
    #[must_use]
    pub fn within(&self, whole: &Self) -> Self {
        self.clone().at(self.origin.within(&whole.origin))
    }

    /// Another value with the same origin and marks.
    #[must_use]
    pub fn with_data(&self, data: Data) -> Self {
        Self {
            data,
            origin: self.origin.clone(),
            marks: self.marks,
        }
    }

    /// The same value with more marks.
    #[must_use]
    pub fn marked(mut self, marks: Marks) -> Self {
        self.marks = self.marks.union(marks);
        self
    }

    /// Its type. That of a tuple or object is computed from its parts.
    #[must_use]
    pub fn ty(&self) -> Type {
        match &self.data {
            Data::Null(ty) => ty.clone(),
            Data::Bool(_) => Type::Bool,
            Data::Number(_) => Type::Number,
            Data::String(_) => Type::String,
            Data::List(element, _) => Type::list(element.clone()),
            Data::Set(element, _) => Type::set(element.clone()),
            Data::Map(element, _) => Type::map(element.clone()),
            Data::Tuple(items) => Type::Tuple(items.iter().map(Self::ty).collect()),
            Data::Object(entries) => {
                Type::object(entries.iter().map(|(key, value)| (key.clone(), value.ty())))
            }
            Data::Unknown(unknown) => unknown.ty.clone(),
        }
    }

    /// The same value, none of whose parts has marks.
    #[must_use]
    pub fn without_marks(&self) -> Self {
        if self.deep_marks() == Marks::default() {
            return self.clone();
        }
        let items = |items: &[Self]| items.iter().map(Self::without_marks).collect();
        let entries = |entries: &Entries| {
            let parts = entries
                .iter()
                .map(|(key, part)| (key.clone(), part.without_marks()));
            Arc::new(parts.collect())
        };
        let data = match &self.data {
            Data::List(element, parts) => Data::List(element.clone(), items(parts)),
            Data::Set(element, parts) => Data::Set(element.clone(), items(parts)),
            Data::Tuple(parts) => Data::Tuple(items(parts)),
            Data::Map(element, parts) => Data::Map(element.clone(), entries(parts)),
            Data::Object(parts) => Data::Object(entries(parts)),
            data => data.clone(),
        };
        Self::new(data, self.origin.clone())
    }

    /// Whether it is null.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self.data, Data::Null(_))
    }

    /// What can't be known, where the value itself is unknown (not only a part of it).
    #[must_use]
    pub fn unknown(&self) -> Option<&Arc<Unknown>> {
        match &self.data {
            Data::Unknown(unknown) => Some(unknown),
            _ => None,
        }
    }

    /// The text of a known string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.data {
            Data::String(text) => Some(&text.text),
            _ => None,
        }
    }

    /// The number of a known number.
    #[must_use]
    pub fn as_number(&self) -> Option<&Number> {
        match &self.data {
            Data::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The truth of a known truth value.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self.data {
            Data::Bool(truth) => Some(truth),
            _ => None,
        }
    }

    /// The elements of a known list, set or tuple.
    #[must_use]
    pub fn as_items(&self) -> Option<&Arc<[Self]>> {
        match &self.data {
            Data::List(_, items) | Data::Set(_, items) | Data::Tuple(items) => Some(items),
            _ => None,
        }
    }

    /// The elements of a known map or object.
    #[must_use]
    pub fn as_entries(&self) -> Option<&Arc<Entries>> {
        match &self.data {
            Data::Map(_, entries) | Data::Object(entries) => Some(entries),
            _ => None,
        }
    }

    /// The direct parts, in order; none of an unknown.
    pub fn parts(&self) -> impl Iterator<Item = &Self> {
        let items = self.as_items().map(|items| items.iter());
        let entries = self.as_entries().map(|entries| entries.values());
        items
            .into_iter()
            .flatten()
            .chain(entries.into_iter().flatten())
    }

    /// Whether neither it nor any part of it is unknown.
    #[must_use]
    pub fn is_wholly_known(&self) -> bool {
        self.unknown().is_none() && self.parts().all(Self::is_wholly_known)
    }

    /// The first unknown among it and its parts.
    #[must_use]
    pub fn first_unknown(&self) -> Option<&Arc<Unknown>> {
        self.unknown()
            .or_else(|| self.parts().find_map(Self::first_unknown))
    }

    /// The marks of it and of all its parts.
    #[must_use]
    pub fn deep_marks(&self) -> Marks {
        self.parts()
            .fold(self.marks, |marks, part| marks.union(part.deep_marks()))
    }
}

impl Data {
    /// A string that was made in no way worth telling, brought into normal form.
    #[must_use]
    pub fn string(text: impl AsRef<str>) -> Self {
        Self::String(Text {
            text: normalized(text.as_ref()),
            made: None,
        })
    }
}
