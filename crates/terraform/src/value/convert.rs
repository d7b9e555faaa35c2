//! Conversion of values to types, implied wherever a type is expected.

mod apply;
mod mismatch;
mod plan;
mod replace;

use std::fmt;

use smol_str::SmolStr;

use super::{Origin, Type, Value};

pub use mismatch::Mismatch;
pub use plan::{Conversion, Safety};

/// Converts a value to a type as Terraform does wherever a type is expected, also where that may fail.
///
/// Each part keeps its origin and marks. Unknown values stay unknown, and keep what is known of them as far as it holds
/// for the result. Attributes that the type has not are dropped; optional attributes that the value has not become null.
///
/// Source: <https://pkg.go.dev/github.com/zclconf/go-cty/cty/convert#Convert>.
///
/// # Errors
/// There is no conversion between the types, or the value is none that can be converted.
pub fn convert(value: &Value, ty: &Type) -> Result<Value, ConversionFailure> {
    Conversion::find(&value.ty(), ty, Safety::MayFail)?.apply(value)
}

/// Why a value has no conversion to a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConversionFailure {
    /// The part that is wrong.
    pub path: Vec<PathStep>,
    /// What is wrong with it.
    pub mismatch: Mismatch,
}

/// A step from a value to a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathStep {
    /// An element of a list, set or tuple.
    Index(usize),
    /// An element of a map.
    Key(SmolStr),
    /// An attribute of an object.
    Attribute(SmolStr),
}

impl ConversionFailure {
    /// Where the part that is wrong was set; the value is that which has no conversion.
    #[must_use]
    pub fn origin<'a>(&self, value: &'a Value) -> &'a Origin {
        let mut part = value;
        for step in &self.path {
            let next = match step {
                PathStep::Index(index) => part.as_items().and_then(|items| items.get(*index)),
                PathStep::Key(name) | PathStep::Attribute(name) => {
                    part.as_entries().and_then(|entries| entries.get(name))
                }
            };
            let Some(next) = next else { break };
            part = next;
        }
        &part.origin
    }

    pub(super) fn new(mismatch: Mismatch) -> Self {
        let path = Vec::new();
        Self { path, mismatch }
    }

    /// The same failure, of a part.
    fn within(mut self, step: PathStep) -> Self {
        self.path.insert(0, step);
        self
    }
}

/// A fragment that never quotes a value.
impl fmt::Display for ConversionFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.path.iter().enumerate() {
            match step {
                PathStep::Index(index) => write!(f, "[{index}]")?,
                PathStep::Key(name) => write!(f, "[{name:?}]")?,
                PathStep::Attribute(name) if index == 0 => write!(f, "{name}")?,
                PathStep::Attribute(name) => write!(f, ".{name}")?,
            }
        }
        if !self.path.is_empty() {
            f.write_str(": ")?;
        }
        self.mismatch.fmt(f)
    }
}

impl std::error::Error for ConversionFailure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.mismatch)
    }
}

#[cfg(test)]
mod tests;
