//! Values as Go's templates have them, with their Go types, each with the places that set it.

mod bytes;
mod go_type;
mod integer;
mod list;
mod map;
mod mark;
mod object;
mod release;
mod text;

use std::rc::Rc;

use smol_str::SmolStr;

pub use bytes::Bytes;
pub use go_type::{CollectionType, Keyed, ListType, MapType, ObjectType, Slice, StructField, Type};
pub use integer::IntegerKind;
pub use list::List;
pub use map::{Entries, Key, Map, Watch};
pub use mark::{Mark, Place, Via};
pub use object::Object;
pub use text::{Piece, Text, TextBuilder};

/// A value: what it is, and where it was set. Cheap to clone; maps are references that all clones share, as in Go.
#[derive(Clone, Debug, Default)]
pub struct Value {
    /// What it is.
    pub data: Data,
    /// Where the value as a whole was set, and why it can't be known if that is so. A string has it beside the origins of
    /// its pieces.
    pub mark: Mark,
}

/// What a value is, with its type in Go: `kindOf`, `typeOf`, `%T`, `eq` and the parameters of functions tell them apart.
#[derive(Clone, Debug, Default)]
pub enum Data {
    /// Nil without a type: an `interface {}` that holds nothing.
    #[default]
    Nil,
    /// A truth value.
    Bool(bool),
    /// An integer; one of an unsigned type is kept as the bits of it.
    Integer(IntegerKind, i64),
    /// A `float64`.
    Float(f64),
    /// A `complex128`, which only constants of templates make.
    Complex(f64, f64),
    /// A `json.Number`: the text of a number in a values file.
    Number(SmolStr),
    /// A `string`.
    String(Text),
    /// A slice of bytes.
    Bytes(Bytes),
    /// Any other slice.
    List(List),
    /// A map whose keys are strings.
    Map(Map),
    /// A struct, or a pointer to one, with methods.
    Object(Rc<Object>),
    /// A value of which not even the type is known. Its mark says why.
    Unknown,
}

impl Value {
    /// A value that nothing is known of but what it is.
    #[must_use]
    pub fn new(data: Data) -> Self {
        Self {
            data,
            mark: Mark::default(),
        }
    }

    /// Nil without a type.
    #[must_use]
    pub fn nil() -> Self {
        Self::default()
    }

    /// A truth value.
    #[must_use]
    pub fn bool(truth: bool) -> Self {
        Self::new(Data::Bool(truth))
    }

    /// An `int`.
    #[must_use]
    pub fn int(number: i64) -> Self {
        Self::new(Data::Integer(IntegerKind::Int, number))
    }

    /// An `int64`.
    #[must_use]
    pub fn int64(number: i64) -> Self {
        Self::new(Data::Integer(IntegerKind::Int64, number))
    }

    /// A `float64`.
    #[must_use]
    pub fn float(number: f64) -> Self {
        Self::new(Data::Float(number))
    }

    /// A string whose bytes came from nowhere yet.
    #[must_use]
    pub fn string(text: impl AsRef<[u8]>) -> Self {
        Self::text(Text::from(text.as_ref()))
    }

    /// A string.
    #[must_use]
    pub fn text(text: Text) -> Self {
        Self::new(Data::String(text))
    }

    /// A `[]interface {}`.
    #[must_use]
    pub fn list(items: impl IntoIterator<Item = Self>) -> Self {
        Self::new(Data::List(List::new(&ListType::ANY, items)))
    }

    /// A `[]string`.
    #[must_use]
    pub fn strings(items: impl IntoIterator<Item = Text>) -> Self {
        let items = items.into_iter().map(Self::text);
        Self::new(Data::List(List::new(&ListType::STRINGS, items)))
    }

    /// A `map[string]interface {}`.
    #[must_use]
    pub fn map(entries: impl IntoIterator<Item = (Key, Self)>) -> Self {
        Self::new(Data::Map(Map::new(&MapType::ANY, entries)))
    }

    /// A value of which not even the type is known.
    #[must_use]
    pub fn unknown(mark: Mark) -> Self {
        Self {
            data: Data::Unknown,
            mark,
        }
    }

    /// The same value with another mark.
    #[must_use]
    pub fn marked(mut self, mark: Mark) -> Self {
        self.mark = mark;
        self
    }

    /// The type that Go's reflection gives.
    #[must_use]
    pub fn ty(&self) -> Type {
        match &self.data {
            Data::Nil | Data::Unknown => Type::Any,
            Data::Bool(_) => Type::Bool,
            Data::Integer(kind, _) => Type::Integer(*kind),
            Data::Float(_) => Type::Float,
            Data::Complex(..) => Type::Complex,
            Data::Number(_) => Type::Number,
            Data::String(_) => Type::String,
            Data::Bytes(_) => Type::List(&ListType::BYTES),
            Data::List(list) => Type::List(list.ty),
            Data::Map(map) => Type::Map(map.ty),
            Data::Object(object) => Type::Object(object.ty),
        }
    }

    /// What it costs to look at the value without going into its parts, in steps of a run.
    #[must_use]
    pub fn cost(&self) -> u64 {
        let cost = match &self.data {
            Data::String(text) => text.len() / 1024 + text.pieces().len(),
            Data::Bytes(bytes) => bytes.len() / 1024,
            Data::List(list) => list.len() / 16,
            Data::Map(map) => map.len() / 16,
            _ => 0,
        };
        cost as u64
    }

    /// Whether it is nil without a type.
    #[must_use]
    pub fn is_nil(&self) -> bool {
        matches!(self.data, Data::Nil)
    }

    /// The text of a string.
    #[must_use]
    pub fn as_text(&self) -> Option<&Text> {
        match &self.data {
            Data::String(text) => Some(text),
            _ => None,
        }
    }

    /// The list, where it is one that is not of bytes.
    #[must_use]
    pub fn as_list(&self) -> Option<&List> {
        match &self.data {
            Data::List(list) => Some(list),
            _ => None,
        }
    }

    /// The map.
    #[must_use]
    pub fn as_map(&self) -> Option<&Map> {
        match &self.data {
            Data::Map(map) => Some(map),
            _ => None,
        }
    }

    /// Whether it, or a part of its text, can't be known. Elements of lists and maps have marks of their own.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        self.mark.is_unknown() || self.as_text().is_some_and(Text::is_unknown)
    }

    /// The same value, which can't be known for the reasons that the mark has, if it has any: a part of what can't be known, or
    /// something that depends on it.
    #[must_use]
    pub fn tainted_by(mut self, mark: &Mark) -> Self {
        if !mark.is_unknown() {
            return self;
        }
        let unknown = mark.only_unknowns();
        if let Data::String(text) = &self.data {
            let text = text.map_marks(|own| own.union(&unknown));
            self.data = Data::String(text.or_marked(&unknown));
        }
        self.mark = self.mark.union(&unknown);
        self
    }

    /// The same value, which stands where the one with the mark would if that were not empty: its keys are further places.
    #[must_use]
    pub fn in_place_of(mut self, empty: &Mark) -> Self {
        let keys = empty.keys();
        if keys.is_empty() {
            return self;
        }
        if let Data::String(text) = &self.data {
            self.data = Data::String(text.map_marks(|own| own.union(&keys)));
        }
        self.mark = self.mark.union(&keys);
        self
    }

    /// Whether it has a mark, and so has all of its text.
    #[must_use]
    pub fn is_marked(&self) -> bool {
        !self.mark.is_empty() && self.as_text().is_none_or(Text::is_marked)
    }

    /// Its mark and those of its text.
    pub fn marks(&self) -> impl Iterator<Item = &Mark> {
        let text = self.as_text().into_iter();
        let pieces = text.flat_map(Text::pieces);
        std::iter::once(&self.mark).chain(pieces.map(|piece| &piece.mark))
    }

    /// The union of its mark and of those of its text.
    #[must_use]
    pub fn whole_mark(&self) -> Mark {
        match &self.data {
            Data::String(text) => self.mark.union(&text.mark()),
            _ => self.mark.clone(),
        }
    }
}

impl From<Text> for Value {
    fn from(text: Text) -> Self {
        Self::text(text)
    }
}
