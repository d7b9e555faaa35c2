//! The arguments of a call. The dispatcher made sure of their number and types, so that reading one as another type is a
//! mistake of the function's row in the table.

use std::borrow::Cow;

use crate::run::Failure;
use crate::value::{Data, List, Map, Mark, Text, Value};

/// The arguments of a call, which have the types of the parameters.
#[derive(Clone, Debug, Default)]
pub struct Arguments(Vec<Value>);

impl Arguments {
    /// These arguments.
    #[must_use]
    pub fn new(values: Vec<Value>) -> Self {
        Self(values)
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Value] {
        &self.0
    }

    /// Those from one on: the variadic ones, as a rule.
    #[must_use]
    pub fn from(&self, index: usize) -> &[Value] {
        self.0.get(index..).unwrap_or_default()
    }

    /// The number of them.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// An argument of any type.
    ///
    /// # Errors
    /// When there is none, which the dispatcher rules out for parameters that are not variadic.
    pub fn value(&self, index: usize) -> Result<&Value, Failure> {
        self.0.get(index).ok_or_else(|| mistaken(index))
    }

    /// A string with its pieces.
    ///
    /// # Errors
    /// When the parameter is of another type.
    pub fn text(&self, index: usize) -> Result<&Text, Failure> {
        self.value(index)?.as_text().ok_or_else(|| mistaken(index))
    }

    /// A string, with U+FFFD in place of what is not UTF-8.
    ///
    /// # Errors
    /// When the parameter is of another type.
    pub fn string(&self, index: usize) -> Result<Cow<'_, str>, Failure> {
        self.text(index).map(Text::to_str)
    }

    /// An integer; the bits of it if its type has no negative numbers.
    ///
    /// # Errors
    /// When the parameter is of another type.
    pub fn integer(&self, index: usize) -> Result<i64, Failure> {
        match self.value(index)?.data {
            Data::Integer(_, number) => Ok(number),
            _ => Err(mistaken(index)),
        }
    }

    /// A `float64`.
    ///
    /// # Errors
    /// When the parameter is of another type.
    pub fn float(&self, index: usize) -> Result<f64, Failure> {
        match self.value(index)?.data {
            Data::Float(number) => Ok(number),
            _ => Err(mistaken(index)),
        }
    }

    /// A truth value.
    ///
    /// # Errors
    /// When the parameter is of another type.
    pub fn bool(&self, index: usize) -> Result<bool, Failure> {
        match self.value(index)?.data {
            Data::Bool(truth) => Ok(truth),
            _ => Err(mistaken(index)),
        }
    }

    /// A slice, not of bytes; nil has no items.
    ///
    /// # Errors
    /// When the parameter is of another type.
    pub fn list(&self, index: usize) -> Result<&List, Failure> {
        self.value(index)?.as_list().ok_or_else(|| mistaken(index))
    }

    /// A map; nil has no entries.
    ///
    /// # Errors
    /// When the parameter is of another type.
    pub fn map(&self, index: usize) -> Result<&Map, Failure> {
        self.value(index)?.as_map().ok_or_else(|| mistaken(index))
    }

    /// The union of the marks of all. What a function works on is its last argument as a rule, which counts most.
    #[must_use]
    pub fn mark(&self) -> Mark {
        Mark::union_of(self.0.iter().rev().flat_map(Value::marks))
    }
}

fn mistaken(index: usize) -> Failure {
    Failure::new(format!("argument {} has no such type", index + 1))
}
