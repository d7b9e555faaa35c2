//! Who set a value, and what it was made of.

use std::sync::Arc;

use graph::{Key, Role, Step};
use smol_str::SmolStr;
use source::Span;

/// The most places that are told beside the first.
const MOST: usize = 8;

/// Where a value is set, and the places that it came through, the last first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) span: Span,
    pub(crate) steps: Option<Arc<[Step]>>,
    /// The keys that patches took out of this map, each with the place of what did.
    pub(crate) removed: Option<Arc<[Key]>>,
}

impl Origin {
    pub(crate) fn at(span: Span) -> Self {
        Self {
            span,
            steps: None,
            removed: None,
        }
    }

    pub(crate) fn steps(&self) -> &[Step] {
        self.steps.as_deref().unwrap_or_default()
    }

    /// The same with a place in front of those that it came through.
    pub(crate) fn through(&self, role: Role, span: Span) -> Self {
        let step = Step { span, role };
        if span == self.span || self.steps().contains(&step) {
            return self.clone();
        }
        let steps = std::iter::once(step).chain(self.steps().iter().copied());
        Self {
            span: self.span,
            steps: Some(steps.take(MOST).collect()),
            removed: self.removed.clone(),
        }
    }

    /// This, which takes the place of an older value: its places come behind.
    pub(crate) fn over(&self, older: &Self, role: Role) -> Self {
        let step = Step {
            span: older.span,
            role,
        };
        // What sets a value twice, as one entry may, is no place that the value came through.
        let step = (self.span != older.span).then_some(step);
        let older = older.steps().iter().copied();
        let mut steps: Vec<Step> = self.steps().to_vec();
        for step in step.into_iter().chain(older) {
            if !steps.contains(&step) {
                steps.push(step);
            }
        }
        steps.truncate(MOST);
        Self {
            span: self.span,
            steps: (!steps.is_empty()).then(|| steps.into()),
            removed: self.removed.clone(),
        }
    }

    /// Notes that a key of this map is taken out by what stands at a place.
    pub(crate) fn remove(&mut self, key: SmolStr, span: Span) {
        let removed = self.removed.iter().flat_map(|removed| removed.iter());
        let older = removed.filter(|one| one.text != key).cloned();
        let mut all: Vec<Key> = older.collect();
        all.push(Key { text: key, span });
        self.removed = Some(all.into());
    }
}
