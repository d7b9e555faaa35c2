//! Slices.

use std::ops::Range;
use std::rc::Rc;

use super::release::release;
use super::{ListType, Value};

/// A slice that nobody changes after it was made. A nil slice has no items, but is written as `null`.
#[derive(Clone, Debug)]
pub struct List {
    /// Its type.
    pub ty: &'static ListType,
    /// What it is a part of.
    whole: Option<Rc<[Value]>>,
    /// Which part.
    part: Range<usize>,
}

impl List {
    /// A list of these items.
    #[must_use]
    pub fn new(ty: &'static ListType, items: impl IntoIterator<Item = Value>) -> Self {
        let whole: Rc<[Value]> = items.into_iter().collect();
        Self {
            ty,
            part: 0..whole.len(),
            whole: Some(whole),
        }
    }

    /// The nil slice of a type.
    #[must_use]
    pub fn nil(ty: &'static ListType) -> Self {
        Self {
            ty,
            whole: None,
            part: 0..0,
        }
    }

    /// Whether it is the nil slice.
    #[must_use]
    pub fn is_nil(&self) -> bool {
        self.whole.is_none()
    }

    /// A part of it. As in Go, that may also hold what stands behind its own end in the list that it is a part of.
    #[must_use]
    pub fn part(&self, range: Range<usize>) -> Option<Self> {
        let start = self.part.start;
        let part = start.checked_add(range.start)?..start.checked_add(range.end)?;
        self.whole.as_deref()?.get(part.clone())?;
        Some(Self {
            ty: self.ty,
            whole: self.whole.clone(),
            part,
        })
    }

    /// Its items.
    #[must_use]
    pub fn items(&self) -> &[Value] {
        let whole = self.whole.as_deref().unwrap_or_default();
        whole.get(self.part.clone()).unwrap_or_default()
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
        if let Some(items) = self.whole.as_mut().and_then(Rc::get_mut) {
            release(items.iter_mut());
        }
    }
}
