//! Slices.

use std::rc::Rc;

use super::release::release;
use super::{ListType, Value};

/// A slice that nobody changes after it was made. A nil slice has no items, but is written as `null`.
#[derive(Clone, Debug)]
pub struct List {
    /// Its type.
    pub ty: &'static ListType,
    items: Option<Rc<[Value]>>,
}

impl List {
    /// A list of these items.
    #[must_use]
    pub fn new(ty: &'static ListType, items: impl IntoIterator<Item = Value>) -> Self {
        Self {
            ty,
            items: Some(items.into_iter().collect()),
        }
    }

    /// The nil slice of a type.
    #[must_use]
    pub fn nil(ty: &'static ListType) -> Self {
        Self { ty, items: None }
    }

    /// Whether it is the nil slice.
    #[must_use]
    pub fn is_nil(&self) -> bool {
        self.items.is_none()
    }

    /// Its items.
    #[must_use]
    pub fn items(&self) -> &[Value] {
        self.items.as_deref().unwrap_or_default()
    }

    /// The number of its items.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items().len()
    }

    /// Whether it has no items.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items().is_empty()
    }
}

impl Drop for List {
    fn drop(&mut self) {
        if let Some(items) = self.items.as_mut().and_then(Rc::get_mut) {
            release(items.iter_mut().map(std::mem::take));
        }
    }
}
