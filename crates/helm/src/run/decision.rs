//! Conditions that can't be known, and what was taken for their answer.

use std::rc::Rc;

use source::Span;

use super::Run;
use crate::value::Mark;

/// The most decisions that a run may be given other answers for.
pub const MOST_DECISIONS: usize = 4;

/// A condition that rests on what can't be known.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The action that asks.
    pub place: Option<Span>,
    /// Why the answer can't be known.
    pub causes: Vec<Rc<graph::Unknown>>,
    /// What Helm would take, going by the placeholder.
    pub helm: bool,
    /// What was taken.
    pub taken: bool,
}

impl Run {
    /// Takes the answer that the run was given for this decision, or else Helm's.
    pub(super) fn decide(&mut self, helm: bool, mark: &Mark) -> bool {
        let given = self.answers.get(self.decisions.len()).copied();
        let taken = given.unwrap_or(helm);
        if self.decisions.len() < MOST_DECISIONS {
            self.decisions.push(Decision {
                place: self.place(),
                causes: mark.unknowns().to_vec(),
                helm,
                taken,
            });
        }
        taken
    }
}
