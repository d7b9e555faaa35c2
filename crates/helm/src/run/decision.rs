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
    mark: Mark,
}

/// What is decided although it can't be known.
#[derive(Clone, Debug, Default)]
pub struct Decisions {
    /// The answers to the first of them.
    pub answers: Vec<bool>,
    made: Vec<Decision>,
}

impl Decisions {
    /// Those that give these answers to the first conditions.
    #[must_use]
    pub fn answering(answers: &[bool]) -> Self {
        Self {
            answers: answers.to_vec(),
            made: Vec::new(),
        }
    }

    /// What was decided so far; the first [`MOST_DECISIONS`] of it.
    #[must_use]
    pub fn made(&self) -> &[Decision] {
        &self.made
    }

    /// Takes the answer that is given for this decision, or else Helm's. What asks again at the same place, or for the same
    /// value, gets the same answer.
    pub fn decide(&mut self, helm: bool, mark: &Mark, place: Option<Span>) -> bool {
        let mut earlier = self.made.iter();
        if let Some(earlier) = earlier.find(|earlier| {
            earlier.helm == helm
                && (earlier.mark.is_same(mark)
                    || earlier.place == place && earlier.causes == mark.unknowns())
        }) {
            return earlier.taken;
        }
        if self.made.len() >= MOST_DECISIONS {
            return helm;
        }
        let given = self.answers.get(self.made.len()).copied();
        let taken = given.unwrap_or(helm);
        self.made.push(Decision {
            place,
            causes: mark.unknowns().to_vec(),
            helm,
            taken,
            mark: mark.clone(),
        });
        taken
    }
}

impl Run {
    /// The same run after what was decided already, instead of the answers in its options.
    #[must_use]
    pub fn after(mut self, decisions: Decisions) -> Self {
        self.decisions = decisions;
        self
    }

    /// What was decided so far although it can't be known.
    #[must_use]
    pub fn decisions(&self) -> &[Decision] {
        self.decisions.made()
    }

    /// Whether the run left the way that Helm takes, so that what fails from here on says nothing of Helm.
    #[must_use]
    pub fn left_helm(&self) -> bool {
        let mut decisions = self.decisions().iter();
        self.options.overlooks_required || decisions.any(|decision| decision.helm != decision.taken)
    }

    pub(super) fn decide(&mut self, helm: bool, mark: &Mark) -> bool {
        let place = self.place();
        self.decisions.decide(helm, mark, place)
    }
}
