//! Running templates, within bounds.

mod decision;
mod failure;

use std::rc::Rc;

use source::Span;

use crate::value::{Data, Value, Via};

pub use decision::{Decision, MOST_DECISIONS};
pub use failure::Failure;

/// The most steps of one run: actions, calls and elements.
const MOST_STEPS: u64 = 20_000_000;

/// The most bytes that one value may have.
const MOST_BYTES: usize = 64 << 20;

/// What one run of a chart's templates may still spend, where it is, and what it decided.
#[derive(Debug)]
pub struct Run {
    steps: u64,
    via: Option<Rc<Via>>,
    answers: Vec<bool>,
    decisions: Vec<Decision>,
}

impl Run {
    /// A run that answers its first decisions in this way.
    #[must_use]
    pub fn new(answers: Vec<bool>) -> Self {
        Self {
            steps: MOST_STEPS,
            via: None,
            answers,
            decisions: Vec::new(),
        }
    }

    /// Pays for work.
    ///
    /// # Errors
    /// When the run did too much already.
    pub fn spend(&mut self, steps: u64) -> Result<(), Failure> {
        match self.steps.checked_sub(steps) {
            Some(left) => self.steps = left,
            None => return Err(Failure::bound("rendering takes too many steps")),
        }
        Ok(())
    }

    /// Asks before a value of so many bytes is made.
    ///
    /// # Errors
    /// When it is too large, or the run did too much already.
    pub fn room_for(&mut self, bytes: usize) -> Result<(), Failure> {
        if bytes > MOST_BYTES {
            return Err(Failure::bound(format!(
                "the result is larger than {MOST_BYTES} bytes"
            )));
        }
        self.spend(bytes as u64 / 64)
    }

    /// The action that is run now.
    #[must_use]
    pub fn place(&self) -> Option<Span> {
        self.via.as_ref().map(|via| via.span)
    }

    /// Something that can't be known, because of the action that is run now.
    #[must_use]
    pub fn unknown(&self, cause: &str) -> graph::Unknown {
        graph::Unknown {
            place: self.place(),
            ..graph::Unknown::new(graph::Cause::Other(cause.into()))
        }
    }

    /// Whether a value counts as true: it is not the zero of its type. If that rests on what can't be known, it is a
    /// decision, which is recorded and may be given another answer.
    pub fn truth(&mut self, value: &Value) -> bool {
        let truth = is_true(value);
        if !value.is_unknown() {
            return truth;
        }
        self.decide(truth, &value.whole_mark())
    }

    /// What was decided so far although it can't be known.
    #[must_use]
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }
}

/// Whether a value is not the zero of its type, as Go's templates see it.
#[must_use]
pub fn is_true(value: &Value) -> bool {
    match &value.data {
        Data::Nil => false,
        Data::Bool(truth) => *truth,
        Data::Integer(_, number) => *number != 0,
        Data::Float(number) => *number != 0.0,
        Data::Complex(real, imaginary) => *real != 0.0 || *imaginary != 0.0,
        Data::Number(text) => !text.is_empty(),
        Data::String(text) => !text.is_empty(),
        Data::Bytes(bytes) => !bytes.is_empty(),
        Data::List(list) => !list.is_empty(),
        Data::Map(map) => !map.is_empty(),
        Data::Object(_) | Data::Unknown => true,
    }
}
