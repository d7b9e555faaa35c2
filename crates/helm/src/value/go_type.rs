//! Go's types, as far as templates meet them.

use std::fmt;

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

/// A type of slices.
#[derive(Debug)]
pub struct ListType {
    /// Its name.
    pub name: &'static str,
    /// The type of the elements.
    pub element: Type,
    /// Whether the name is not only the description of the type. Of two different types that have names, none may stand
    /// for the other.
    pub named: bool,
    /// What can be called on it.
    pub methods: &'static [Function],
}

/// A type of maps.
#[derive(Debug)]
pub struct MapType {
    /// Its name.
    pub name: &'static str,
    /// The type of the values.
    pub element: Type,
    /// As in [`ListType::named`].
    pub named: bool,
    /// What can be called on it.
    pub methods: &'static [Function],
}

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
    /// What `encoding/json` writes in its stead (`MarshalJSON`, `MarshalText`).
    pub json: Option<fn(&Object) -> Value>,
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

    /// A type without a name of its own.
    #[must_use]
    pub const fn new(name: &'static str, element: Type) -> Self {
        Self {
            name,
            element,
            named: false,
            methods: &[],
        }
    }
}

impl MapType {
    /// `map[string]interface {}`.
    pub const ANY: Self = Self::new("map[string]interface {}", Type::Any);
    /// `map[string]string`.
    pub const STRINGS: Self = Self::new("map[string]string", Type::String);

    /// A type without a name of its own.
    #[must_use]
    pub const fn new(name: &'static str, element: Type) -> Self {
        Self {
            name,
            element,
            named: false,
            methods: &[],
        }
    }
}

impl StructField {
    /// A field that JSON writes under a name.
    #[must_use]
    pub const fn new(name: &'static str, json: &'static str) -> Self {
        Self {
            name,
            json,
            omit_empty: false,
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
