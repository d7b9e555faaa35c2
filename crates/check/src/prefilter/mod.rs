//! The prefilter: a small strict interpreter of queries over borrowed nodes. It is sure of what it says or says nothing, so that
//! the engine of jq, which is much slower, only runs where something unknown, rare or failing is looked at.

mod access;
mod compare;
mod compile;
mod datum;
mod definitions;
mod evaluate;
mod expand;
mod native;
mod path;
mod scope;
mod term;

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
    /// Something is looked at that the prefilter can't decide.
    Undecided,
}

/// Whether to go on.
type Flow<T = ()> = ControlFlow<Stop, T>;

/// Takes the outputs of a filter.
type Output<'o, 'a> = &'o mut dyn FnMut(&Datum<'a>) -> Flow;

/// What the variables around a query stand for.
pub(crate) struct Globals<'a> {
    pub(crate) resource: Spot<'a>,
    pub(crate) settings: &'a Value,
    pub(crate) now: i64,
    pub(crate) found: Datum<'a>,
}

/// A query that the prefilter may decide.
pub(crate) struct Prefilter {
    query: Stream,
}

impl Prefilter {
    /// Compiles a query that was parsed before; nothing where it begins with something that the prefilter does not know.
    pub(crate) fn compile(query: &str, definitions: &Definitions<'_>) -> Option<Self> {
        let query = compile::compile(query, definitions);
        (!query.is_undecided()).then_some(Self { query })
    }

    /// All outputs of the query. Nothing where it is not certain that jq gives the same, does not fail, and asks nothing of an
    /// unknown value.
    pub(crate) fn outputs<'a>(
        &'a self,
        input: &Datum<'a>,
        globals: Globals<'a>,
        context: Context<'a>,
    ) -> Option<Vec<Datum<'a>>> {
        let mut outputs = Vec::new();
        let evaluation = Evaluation::new(globals, context)?;
        let flow = evaluation.each(&self.query, input, None, &mut |output| {
            outputs.push(output.clone());
            ControlFlow::Continue(())
        });
        flow.is_continue().then_some(outputs)
    }
}
