//! The types of Terraform's language.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use smol_str::SmolStr;

/// A type of Terraform's language.
///
/// Source: <https://developer.hashicorp.com/terraform/language/expressions/type-constraints>.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// Not decided (`any` in a constraint, `DynamicPseudoType` in go-cty).
    Dynamic,
    /// `bool`.
    Bool,
    /// `number`.
    Number,
    /// `string`.
    String,
    /// `list(T)`.
    List(Arc<Type>),
    /// `set(T)`.
    Set(Arc<Type>),
    /// `map(T)`.
    Map(Arc<Type>),
    /// `tuple([T, …])`.
    Tuple(Arc<[Type]>),
    /// `object({…})`.
    Object(Arc<ObjectType>),
}

/// The attributes of an object type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ObjectType {
    /// Each attribute, by name.
    pub attributes: BTreeMap<SmolStr, AttributeType>,
}

/// One attribute of an object type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AttributeType {
    /// Its type.
    pub ty: Type,
    /// Whether a conversion accepts an object without it (`optional(T)`); the result has a null there.
    pub optional: bool,
}

impl Type {
    /// `list(T)`.
    #[must_use]
    pub fn list(element: Self) -> Self {
        Self::List(Arc::new(element))
    }

    /// `set(T)`.
    #[must_use]
    pub fn set(element: Self) -> Self {
        Self::Set(Arc::new(element))
    }

    /// `map(T)`.
    #[must_use]
    pub fn map(element: Self) -> Self {
        Self::Map(Arc::new(element))
    }

    /// An object whose attributes are all required.
    #[must_use]
    pub fn object(attributes: impl IntoIterator<Item = (SmolStr, Self)>) -> Self {
        let required = |(name, ty)| {
            let optional = false;
            (name, AttributeType { ty, optional })
        };
        Self::Object(Arc::new(ObjectType {
            attributes: attributes.into_iter().map(required).collect(),
        }))
    }

    /// The type of the elements of a list, set or map.
    #[must_use]
    pub fn element(&self) -> Option<&Self> {
        match self {
            Self::List(element) | Self::Set(element) | Self::Map(element) => Some(element),
            _ => None,
        }
    }

    /// Whether it is a truth value, number or string.
    #[must_use]
    pub fn is_primitive(&self) -> bool {
        matches!(self, Self::Bool | Self::Number | Self::String)
    }

    /// Whether a part of it is not decided.
    #[must_use]
    pub fn has_dynamic(&self) -> bool {
        match self {
            Self::Dynamic => true,
            Self::Bool | Self::Number | Self::String => false,
            Self::List(element) | Self::Set(element) | Self::Map(element) => element.has_dynamic(),
            Self::Tuple(items) => items.iter().any(Self::has_dynamic),
            Self::Object(object) => object
                .attributes
                .values()
                .any(|attribute| attribute.ty.has_dynamic()),
        }
    }

    /// The same type, all of whose attributes are required: that of a value that was converted to it.
    #[must_use]
    pub fn without_optional(&self) -> Self {
        match self {
            Self::Dynamic | Self::Bool | Self::Number | Self::String => self.clone(),
            Self::List(element) => Self::list(element.without_optional()),
            Self::Set(element) => Self::set(element.without_optional()),
            Self::Map(element) => Self::map(element.without_optional()),
            Self::Tuple(items) => Self::Tuple(items.iter().map(Self::without_optional).collect()),
            Self::Object(object) => Self::object(
                (object.attributes.iter())
                    .map(|(name, attribute)| (name.clone(), attribute.ty.without_optional())),
            ),
        }
    }

    /// What it is called in messages, without its attributes.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Dynamic => "any type".to_owned(),
            Self::Bool => "bool".to_owned(),
            Self::Number => "number".to_owned(),
            Self::String => "string".to_owned(),
            Self::List(element) => format!("list of {}", element.name()),
            Self::Set(element) => format!("set of {}", element.name()),
            Self::Map(element) => format!("map of {}", element.name()),
            Self::Tuple(_) => "tuple".to_owned(),
            Self::Object(_) => "object".to_owned(),
        }
    }
}

/// As a type constraint: `list(object({a = optional(string)}))`.
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dynamic => f.write_str("any"),
            Self::Bool => f.write_str("bool"),
            Self::Number => f.write_str("number"),
            Self::String => f.write_str("string"),
            Self::List(element) => write!(f, "list({element})"),
            Self::Set(element) => write!(f, "set({element})"),
            Self::Map(element) => write!(f, "map({element})"),
            Self::Tuple(items) => {
                f.write_str("tuple([")?;
                for (index, item) in items.iter().enumerate() {
                    let comma = if index == 0 { "" } else { ", " };
                    write!(f, "{comma}{item}")?;
                }
                f.write_str("])")
            }
            Self::Object(object) => object.fmt(f),
        }
    }
}

impl fmt::Display for ObjectType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("object({")?;
        for (index, (name, attribute)) in self.attributes.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            if attribute.optional {
                write!(f, "{comma}{name} = optional({})", attribute.ty)?;
            } else {
                write!(f, "{comma}{name} = {}", attribute.ty)?;
            }
        }
        f.write_str("})")
    }
}
