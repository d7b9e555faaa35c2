//! What one run of a query may use and what it asked: fuel, stack, and questions about unknown values.
//!
//! jq has no place to hand such state to the operations of a value, so it lives beside the thread's run.

use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;

use graph::Unknown;

/// Why a run was stopped from outside the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// All fuel is spent.
    Fuel,
    /// The stack is nearly full.
    Depth,
    /// More questions were asked of unknown values than are tried out.
    Questions,
}

impl Stop {
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Fuel => "the query took more steps than it may",
            Self::Depth => "the query went deeper than it may",
            Self::Questions => "the query asks too many questions of unknown values",
        }
    }
}

/// The steps that a run may take: a fraction of a second, and a hundred times what the longest built-in query needs.
const FUEL: u64 = 1_000_000;

/// The steps that all runs of a query may take together.
const FUEL_OF_ALL: u64 = 16 * FUEL;

/// How many questions one run may ask.
const QUESTIONS: usize = 32;

/// How often a query runs at most. One that asks a question only where the last one was answered in one way needs a run more
/// than it asks questions, one whose questions do not depend on each other two to the power of their number.
const RUNS: usize = 64;

/// The question whether something exists.
const THERE: u64 = 0;

/// The stack that must be left for the next step, in bytes.
const STACK: usize = 192 * 1024;

/// A question that a query asked of an unknown value, and the answer that this run assumes.
#[derive(Clone, Debug)]
struct Coin {
    unknown: u64,
    question: u64,
    answer: bool,
    cause: Arc<Unknown>,
}

#[derive(Default)]
struct Questions {
    coins: Vec<Coin>,
    tainted: Vec<Arc<Unknown>>,
}

thread_local! {
    static FUEL_LEFT: Cell<u64> = const { Cell::new(u64::MAX) };
    static ASKED: RefCell<Questions> = RefCell::default();
}

/// Takes `steps` of the run's fuel, or ends the run. jq's `try` can't hold this up: it unwinds to [`outcomes`].
pub(crate) fn spend(steps: u64) {
    let left = FUEL_LEFT.get();
    if left < steps {
        stop(Stop::Fuel);
    }
    if stacker::remaining_stack().is_some_and(|stack| stack < STACK) {
        stop(Stop::Depth);
    }
    FUEL_LEFT.set(left - steps);
}

fn stop(reason: Stop) -> ! {
    FUEL_LEFT.set(u64::MAX);
    panic::resume_unwind(Box::new(reason))
}

/// The answer that this run assumes to a question about an unknown value. Equal questions get equal answers.
pub(crate) fn ask(unknown: u64, question: u64, cause: &Arc<Unknown>) -> bool {
    let answer = ASKED.with_borrow_mut(|asked| {
        let same = asked
            .coins
            .iter()
            .find(|coin| coin.unknown == unknown && coin.question == question);
        if let Some(coin) = same {
            return Some(coin.answer);
        }
        if asked.coins.len() == QUESTIONS {
            asked.tainted.push(Arc::clone(cause));
            return None;
        }
        asked.coins.push(Coin {
            unknown,
            question,
            answer: false,
            cause: Arc::clone(cause),
        });
        Some(false)
    });
    answer.unwrap_or_else(|| stop(Stop::Questions))
}

/// Whether this run assumes that something is there which may not exist at all.
pub(crate) fn ask_there(unknown: u64, cause: &Arc<Unknown>) -> bool {
    ask(unknown, THERE, cause)
}

/// Notes that the run used an unknown value in a way that makes all its outputs unknown.
pub(crate) fn taint(cause: &Arc<Unknown>) {
    ASKED.with_borrow_mut(|asked| asked.tainted.push(Arc::clone(cause)));
}

/// What the runs of one query gave, over all answers to the questions that they asked.
#[derive(Debug)]
pub(crate) struct Outcomes<T> {
    /// The result of each run.
    pub(crate) runs: Vec<Result<T, Stop>>,
    /// What each run assumes not to exist, of that for which it asked.
    pub(crate) absent: Vec<Vec<u64>>,
    /// The unknowns that were asked or used.
    pub(crate) causes: Vec<Arc<Unknown>>,
    /// Whether an unknown was used in a way that makes all outputs unknown.
    pub(crate) tainted: bool,
}

impl<T> Outcomes<T> {
    /// The outcome of a query that asked nothing.
    pub(crate) fn certain(result: T) -> Self {
        Self {
            runs: vec![Ok(result)],
            absent: vec![Vec::new()],
            causes: Vec::new(),
            tainted: false,
        }
    }
}

/// Runs a query once for every combination of answers to the questions about unknown values that it really asks.
pub(crate) fn outcomes<T>(mut query: impl FnMut() -> T) -> Outcomes<T> {
    let mut outcomes = Outcomes {
        runs: Vec::new(),
        absent: Vec::new(),
        causes: Vec::new(),
        tainted: false,
    };
    ASKED.set(Questions::default());
    let mut left = FUEL_OF_ALL;
    loop {
        let given = left.min(FUEL);
        FUEL_LEFT.set(given);
        let run = panic::catch_unwind(AssertUnwindSafe(&mut query));
        let rest = FUEL_LEFT.replace(u64::MAX).min(given);
        // A run that was stopped does not tell.
        left -= if run.is_ok() { given - rest } else { given };
        outcomes
            .runs
            .push(run.map_err(|payload| match payload.downcast::<Stop>() {
                Ok(stop) => *stop,
                Err(payload) => panic::resume_unwind(payload),
            }));
        if !next_answers(&mut outcomes) {
            return outcomes;
        }
        if matches!(outcomes.runs.last(), Some(Err(Stop::Questions))) {
            return outcomes;
        }
        if outcomes.runs.len() == RUNS {
            outcomes.runs.push(Err(Stop::Questions));
            outcomes.absent.push(Vec::new());
            return outcomes;
        }
    }
}

/// Takes the notes of the last run and sets the next answers, in the order of a binary counter. Questions after the one that
/// changes are forgotten: another answer may lead past them.
fn next_answers<T>(outcomes: &mut Outcomes<T>) -> bool {
    ASKED.with_borrow_mut(|asked| {
        outcomes.tainted |= !asked.tainted.is_empty();
        let causes = asked
            .coins
            .iter()
            .map(|coin| &coin.cause)
            .chain(&asked.tainted);
        for cause in causes {
            if !outcomes.causes.contains(cause) {
                outcomes.causes.push(Arc::clone(cause));
            }
        }
        asked.tainted.clear();
        let absent = asked.coins.iter();
        let absent = absent.filter(|coin| coin.question == THERE && !coin.answer);
        outcomes
            .absent
            .push(absent.map(|coin| coin.unknown).collect());
        let Some(open) = asked.coins.iter().rposition(|coin| !coin.answer) else {
            return false;
        };
        asked.coins.truncate(open + 1);
        asked.coins[open].answer = true;
        true
    })
}
