//! The prefilter: a small strict interpreter of queries over borrowed nodes. It is sure of what it says or says nothing, so that
//! the engine of jq, which is much slower, only runs where something unknown, rare or failing is looked at.

mod access;
mod compare;
mod compile;
mod compute;
mod datum;
mod definitions;
mod evaluate;
mod expand;
mod native;
mod path;
mod scope;
mod term;
#[cfg(test)]
mod tests;

use std::ops::ControlFlow;

pub(crate) use datum::Datum;
pub(crate) use definitions::Definitions;

use crate::native::Context;
use crate::value::{Spot, Value};
use evaluate::Evaluation;
use term::Stream;

/// Why the prefilter stops before all outputs are seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    /// Whoever takes the outputs wants no more.
    Enough,
    /// A question must be asked whether something exists outside of the input.
    Question,
    /// Something is looked at that the prefilter can't decide.
    Undecided,
}

/// Whether to go on.
type Flow<T = ()> = ControlFlow<Stop, T>;

/// Takes the outputs of a filter.
type Output<'o, 'a> = &'o mut dyn FnMut(&Datum<'a>) -> Flow;

/// What a run does with questions whether something exists outside of the input.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asking {
    /// It stops at them.
    Forbidden,
    /// It asks them, as jq does, inside of [`outcomes`](crate::run::outcomes).
    Allowed,
}

/// What a run of a query gives.
pub(crate) enum Decision<'a> {
    /// All outputs of the query.
    Outputs(Vec<Datum<'a>>),
    /// They depend on questions.
    Questions,
    /// It is not certain that jq gives the same, does not fail, and asks nothing of an unknown value.
    Undecided,
}

/// What the variables around a query stand for.
pub(crate) struct Globals<'a> {
    pub(crate) resource: Spot<'a>,
    pub(crate) now: i64,
    pub(crate) found: Datum<'a>,
}

/// A query that the prefilter may decide.
pub(crate) struct Prefilter {
    query: Stream,
}

impl Prefilter {
    /// Compiles a query that was parsed before; nothing where it begins with something that the prefilter does not know.
    pub(crate) fn compile(
        query: &str,
        definitions: &Definitions<'_>,
        settings: &Value,
    ) -> Option<Self> {
        let query = compile::compile(query, definitions, settings);
        (!query.is_undecided()).then_some(Self { query })
    }

    /// Runs the query.
    pub(crate) fn decide<'a>(
        &'a self,
        input: &Datum<'a>,
        globals: Globals<'a>,
        context: Context<'a>,
        asking: Asking,
    ) -> Decision<'a> {
        let Some(evaluation) = Evaluation::new(globals, context, asking) else {
            return Decision::Undecided;
        };
        let mut outputs = Vec::new();
        let flow = evaluation.each(&self.query, input, None, &mut |output| {
            outputs.push(output.clone());
            evaluation.spend(1)
        });
        match flow {
            ControlFlow::Continue(()) => Decision::Outputs(outputs),
            ControlFlow::Break(Stop::Question) => Decision::Questions,
            ControlFlow::Break(Stop::Enough | Stop::Undecided) => Decision::Undecided,
        }
    }
}
