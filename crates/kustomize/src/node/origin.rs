//! Who set a value, and what it was made of.

use std::sync::Arc;

use graph::{Role, Step};
use source::Span;

/// The most places that are told beside the first.
const MOST: usize = 8;

/// Where a value is set, and the places that it came through, the last first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) span: Span,
    pub(crate) steps: Option<Arc<[Step]>>,
}

impl Origin {
    pub(crate) fn at(span: Span) -> Self {
        Self { span, steps: None }
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
        }
    }

    /// This, which takes the place of an older value: its places come behind.
    pub(crate) fn over(&self, older: &Self, role: Role) -> Self {
        if self.span == older.span {
            return self.clone();
        }
        let step = Step {
            span: older.span,
            role,
        };
        let older = older.steps().iter().copied();
        let mut steps: Vec<Step> = self.steps().to_vec();
        for step in std::iter::once(step).chain(older) {
            if !steps.contains(&step) {
                steps.push(step);
            }
        }
        steps.truncate(MOST);
        Self {
            span: self.span,
            steps: Some(steps.into()),
        }
    }
}
