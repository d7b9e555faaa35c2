//! Go's types, as far as templates meet them.

use std::fmt;
use std::marker::PhantomData;

use super::{IntegerKind, Object, Text, Value};
use crate::functions::Function;

/// A type in Go: of a value, or of a function's parameter.
#[derive(Clone, Copy, Debug)]
pub enum Type {
    /// `interface {}`.
    Any,
    /// `reflect.Value`, as the functions of the language itself have for parameters.
    Reflected,
    /// `bool`.
    Bool,
    /// Any integer.
    Integer(IntegerKind),
    /// `float64`.
    Float,
    /// `complex128`.
    Complex,
    /// `json.Number`.
    Number,
    /// `string`.
    String,
    /// A slice.
    List(&'static ListType),
    /// A map with strings for keys.
    Map(&'static MapType),
    /// A struct or a pointer to one.
    Object(&'static ObjectType),
}

/// A type of slices, or of maps with strings for keys.
#[derive(Debug)]
pub struct CollectionType<Kind> {
    /// Its name.
    pub name: &'static str,
    /// The type of the elements, or of the values.
    pub element: Type,
    /// Whether the name is not only the description of the type. Of two different types that have names, none may stand
    /// for the other.
    pub named: bool,
    /// What can be called on it.
    pub methods: &'static [Function],
    /// Which of the two it is.
    pub kind: PhantomData<Kind>,
}

/// The kind of slices.
#[derive(Debug)]
pub enum Slice {}

/// The kind of maps.
#[derive(Debug)]
pub enum Keyed {}

/// A type of slices.
pub type ListType = CollectionType<Slice>;

/// A type of maps.
pub type MapType = CollectionType<Keyed>;

/// A type of structs, or of pointers to them.
#[derive(Debug)]
pub struct ObjectType {
    /// Its name, with a `*` in front if it is a pointer.
    pub name: &'static str,
    /// Its fields in order. Those that don't begin with a capital letter are hidden from templates, as in Go.
    pub fields: &'static [StructField],
    /// What can be called on it; the object is the first argument.
    pub methods: &'static [Function],
    /// Its method `String` or `Error`.
    pub string: Option<fn(&Object) -> Text>,
    /// The method `String` of pointers to it, which an action prints that finds it in a struct, and nothing else does.
    pub pointer_string: Option<fn(&Object) -> Text>,
    /// What `encoding/json` writes in its stead (`MarshalJSON`, `MarshalText`).
    pub json: Option<fn(&Object) -> Value>,
    /// The type below it where it is a number and no struct. Its field `number` is that.
    pub number: Option<IntegerKind>,
}

/// A field of a struct.
#[derive(Debug)]
pub struct StructField {
    /// Its name in Go.
    pub name: &'static str,
    /// Its name in JSON; an empty one is never written.
    pub json: &'static str,
    /// Whether JSON leaves it out when it is empty.
    pub omit_empty: bool,
    /// Whether it is a struct whose fields count as those of the struct around it.
    pub embedded: bool,
}

impl<Kind> CollectionType<Kind> {
    /// A type without a name of its own.
    #[must_use]
    pub const fn new(name: &'static str, element: Type) -> Self {
        Self {
            name,
            element,
            named: false,
            methods: &[],
            kind: PhantomData,
        }
    }
}

impl ListType {
    /// `[]interface {}`.
    pub const ANY: Self = Self::new("[]interface {}", Type::Any);
    /// `[]string`.
    pub const STRINGS: Self = Self::new("[]string", Type::String);
    /// `[]int`.
    pub const INTS: Self = Self::new("[]int", Type::Integer(IntegerKind::Int));
    /// `[]uint8`.
    pub const BYTES: Self = Self::new("[]uint8", Type::Integer(IntegerKind::Uint8));
    /// `[][]interface {}`.
    pub const LISTS: Self = Self::new("[][]interface {}", Type::List(&Self::ANY));
    /// `[]map[string]interface {}`.
    pub const MAPS: Self = Self::new("[]map[string]interface {}", Type::Map(&MapType::ANY));
}

impl MapType {
    /// `map[string]interface {}`.
    pub const ANY: Self = Self::new("map[string]interface {}", Type::Any);
    /// `map[string]string`.
    pub const STRINGS: Self = Self::new("map[string]string", Type::String);
}

impl StructField {
    /// A field that JSON writes under a name.
    #[must_use]
    pub const fn new(name: &'static str, json: &'static str) -> Self {
        Self {
            name,
            json,
            omit_empty: false,
            embedded: false,
        }
    }

    /// A struct whose fields count as those of the struct around it.
    #[must_use]
    pub const fn embedded(name: &'static str) -> Self {
        Self {
            embedded: true,
            ..Self::new(name, "")
        }
    }

    /// The same field, left out of JSON when it is empty.
    #[must_use]
    pub const fn omit_empty(mut self) -> Self {
        self.omit_empty = true;
        self
    }
}

impl ObjectType {
    /// A struct with nothing but fields.
    pub const PLAIN: Self = Self {
        name: "",
        fields: &[],
        methods: &[],
        string: None,
        pointer_string: None,
        json: None,
        number: None,
    };

    /// Whether values are pointers to structs.
    #[must_use]
    pub fn is_pointer(&self) -> bool {
        self.name.starts_with('*')
    }
}

impl Type {
    /// `int`.
    pub const INT: Self = Self::Integer(IntegerKind::Int);
    /// `int64`.
    pub const INT64: Self = Self::Integer(IntegerKind::Int64);
    /// `[]interface {}`.
    pub const LIST: Self = Self::List(&ListType::ANY);
    /// `[]string`.
    pub const STRINGS: Self = Self::List(&ListType::STRINGS);
    /// `map[string]interface {}`.
    pub const MAP: Self = Self::Map(&MapType::ANY);
    /// `[]uint8`.
    pub const BYTES: Self = Self::List(&ListType::BYTES);

    /// Its name, as `%T` prints it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Any => "interface {}",
            Self::Reflected => "reflect.Value",
            Self::Bool => "bool",
            Self::Integer(kind) => kind.name(),
            Self::Float => "float64",
            Self::Complex => "complex128",
            Self::Number => "json.Number",
            Self::String => "string",
            Self::List(list) => list.name,
            Self::Map(map) => map.name,
            Self::Object(object) => object.name,
        }
    }

    /// Its kind, as `kindOf` prints it.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::Any => "interface",
            Self::Number => "string",
            Self::List(_) => "slice",
            Self::Map(_) => "map",
            Self::Object(object) if object.is_pointer() => "ptr",
            Self::Object(ObjectType {
                number: Some(kind), ..
            }) => kind.name(),
            Self::Reflected | Self::Object(_) => "struct",
            _ => self.name(),
        }
    }

    /// Whether nil can stand for a value of the type.
    #[must_use]
    pub fn can_be_nil(self) -> bool {
        match self {
            Self::Any | Self::Reflected | Self::List(_) | Self::Map(_) => true,
            Self::Object(object) => object.is_pointer(),
            _ => false,
        }
    }

    /// Whether a value of this type may be given for a parameter of the other: they are one type, differ in a name only
    /// that one of them has not, or the parameter takes everything.
    #[must_use]
    pub fn is_assignable_to(self, parameter: Self) -> bool {
        match (self, parameter) {
            (_, Self::Any | Self::Reflected) => true,
            (Self::List(one), Self::List(other)) if !(one.named && other.named) => {
                one.element == other.element
            }
            (Self::Map(one), Self::Map(other)) if !(one.named && other.named) => {
                one.element == other.element
            }
            _ => self == parameter,
        }
    }

    /// What can be called on values of the type.
    #[must_use]
    pub fn methods(self) -> &'static [Function] {
        match self {
            Self::List(list) => list.methods,
            Self::Map(map) => map.methods,
            Self::Object(object) => object.methods,
            _ => &[],
        }
    }
}

/// Types are equal when their names are: Go's names say all of them.
impl PartialEq for Type {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Type {}

impl fmt::Display for Type {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
