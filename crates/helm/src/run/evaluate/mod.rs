//! Evaluating syntax trees with Go's semantics.

mod call;
mod expression;
mod field;
mod frame;
mod include;
mod walk;

use crate::value::{Type, Value};

/// A value as Go's reflection holds it.
#[derive(Clone, Debug, Default)]
pub(super) struct Held {
    pub(super) value: Value,
    /// Whether it is what a list, map or variable holds as `interface {}`. What a pipeline gives is not, so that nil there is
    /// no value at all.
    pub(super) is_boxed: bool,
}

impl Held {
    fn plain(value: Value) -> Self {
        Self {
            value,
            is_boxed: false,
        }
    }

    /// An element of what holds elements of that type.
    fn element(value: Value, ty: Type) -> Self {
        Self {
            value,
            is_boxed: matches!(ty, Type::Any),
        }
    }

    fn unboxed(self) -> Self {
        Self::plain(self.value)
    }

    /// Whether there is no value at all.
    fn is_absent(&self) -> bool {
        self.value.is_nil() && !self.is_boxed
    }

    /// The name of its type in messages.
    fn type_name(&self) -> &'static str {
        if self.is_boxed {
            Type::Any.name()
        } else {
            self.value.ty().name()
        }
    }
}
