//! Runs queries of the prefilter. Outputs are handed to a function one after the other, in jq's order; nothing is collected that
//! the query does not collect.

use std::borrow::Cow;
use std::cell::Cell;
use std::ops::ControlFlow;

use super::compare::{calculate, compare};
use super::datum::Datum;
use super::native::Generator;
use super::term::{Binary, Single, Stream};
use super::{Asking, Flow, Globals, Output, Stop};
use crate::native::Context;

/// The steps that one run may take. Each costs jq at most some twenty of the million that it may take.
const FUEL: u32 = 20_000;

/// The stack that must be left to begin a run, in bytes; what a query nests is bounded where it is compiled.
pub(super) const STACK: usize = 768 * 1024;

/// One run of a query.
pub(super) struct Evaluation<'a> {
    pub(super) globals: Globals<'a>,
    pub(super) context: Context<'a>,
    pub(super) asking: Asking,
    fuel: Cell<u32>,
}

/// The variables that are bound, innermost first.
#[derive(Clone, Copy)]
pub(super) struct Bound<'s, 'a> {
    outer: Variables<'s, 'a>,
    value: &'s Datum<'a>,
}

pub(super) type Variables<'s, 'a> = Option<&'s Bound<'s, 'a>>;

/// An output that a filter gives whole or passes on.
pub(super) type Given<'r, 'a> = Cow<'r, Datum<'a>>;

impl<'a> Evaluation<'a> {
    /// A run; nothing where the stack is nearly full.
    pub(super) fn new(globals: Globals<'a>, context: Context<'a>, asking: Asking) -> Option<Self> {
        let fits = stacker::remaining_stack().is_none_or(|stack| stack > STACK);
        fits.then(|| Self {
            globals,
            context,
            asking,
            fuel: Cell::new(FUEL),
        })
    }

    /// Takes steps of the run's fuel.
    pub(super) fn spend(&self, steps: usize) -> Flow {
        let steps = u32::try_from(steps).unwrap_or(u32::MAX);
        match self.fuel.get().checked_sub(steps) {
            Some(left) => {
                self.fuel.set(left);
                ControlFlow::Continue(())
            }
            None => ControlFlow::Break(Stop::Undecided),
        }
    }

    /// The answer to a question whether something exists outside of the input.
    pub(super) fn ask(&self, question: impl FnOnce() -> bool) -> Flow<bool> {
        match self.asking {
            Asking::Allowed => ControlFlow::Continue(question()),
            Asking::Forbidden => ControlFlow::Break(Stop::Question),
        }
    }

    /// Gives each output of a filter to `out`.
    pub(super) fn each(
        &self,
        filter: &'a Stream,
        input: &Datum<'a>,
        variables: Variables<'_, 'a>,
        out: Output<'_, 'a>,
    ) -> Flow {
        self.spend(1)?;
        match filter {
            Stream::One(single) => out(&*self.one(single, input, variables)?),
            Stream::Pipe(both) => {
                if let Stream::One(single) = &both.0 {
                    let value = self.one(single, input, variables)?;
                    return self.each(&both.1, &value, variables, out);
                }
                self.each(&both.0, input, variables, &mut |value| {
                    self.each(&both.1, value, variables, out)
                })
            }
            Stream::Bind(both) => self.each(&both.0, input, variables, &mut |value| {
                let bound = Bound {
                    outer: variables,
                    value,
                };
                self.each(&both.1, input, Some(&bound), out)
            }),
            Stream::Comma(parts) => parts
                .iter()
                .try_for_each(|part| self.each(part, input, variables, out)),
            Stream::Binary(operator, both) => self.each(&both.0, input, variables, &mut |left| {
                if let Some(decided) = decided(*operator, left)? {
                    return out(&Datum::bool(decided));
                }
                self.each(&both.1, input, variables, &mut |right| {
                    out(&self.combine(*operator, left, right)?)
                })
            }),
            Stream::If(parts) => self.branch(parts, input, variables, out),
            Stream::Alternative(both) => {
                let mut any = false;
                self.each(&both.0, input, variables, &mut |value| {
                    if !value.truth()? {
                        return ControlFlow::Continue(());
                    }
                    any = true;
                    out(value)
                })?;
                if any {
                    return ControlFlow::Continue(());
                }
                self.each(&both.1, input, variables, out)
            }
            Stream::Elements(missing) => {
                input.elements(*missing, self.context.graph, &mut |element| {
                    self.spend(1)?;
                    out(element)
                })
            }
            Stream::ElementIfAny(key) => {
                let key = self.one(key, input, variables)?;
                match input.element(&key, self.context.graph)? {
                    Some(element) => out(&element),
                    None => ControlFlow::Continue(()),
                }
            }
            Stream::First(values) => match self.first(values, input, variables)? {
                Some(first) => out(&first),
                None => ControlFlow::Continue(()),
            },
            Stream::Generate(generator) => self.generate(*generator, input, &Datum::NULL, out),
            Stream::GenerateWith(both) => {
                let argument = self.one(&both.1, input, variables)?;
                self.generate(both.0, input, &argument, out)
            }
        }
    }

    fn branch(
        &self,
        parts: &'a (Stream, Stream, Stream),
        input: &Datum<'a>,
        variables: Variables<'_, 'a>,
        out: Output<'_, 'a>,
    ) -> Flow {
        let (condition, then, otherwise) = parts;
        if let Stream::One(condition) = condition {
            let holds = self.holds(condition, input, variables)?;
            return self.each(if holds { then } else { otherwise }, input, variables, out);
        }
        self.each(condition, input, variables, &mut |condition| {
            let branch = if condition.truth()? { then } else { otherwise };
            self.each(branch, input, variables, out)
        })
    }

    fn generate(
        &self,
        generator: Generator,
        input: &Datum<'a>,
        argument: &Datum<'a>,
        out: Output<'_, 'a>,
    ) -> Flow {
        generator(self, input, argument, &mut |value| {
            self.spend(1)?;
            out(value)
        })
    }

    fn first(
        &self,
        values: &'a Stream,
        input: &Datum<'a>,
        variables: Variables<'_, 'a>,
    ) -> Flow<Option<Datum<'a>>> {
        let mut first = None;
        let flow = self.each(values, input, variables, &mut |value| {
            first = Some(value.clone());
            ControlFlow::Break(Stop::Enough)
        });
        enough(flow).map_continue(|()| first)
    }

    /// The output of a filter.
    pub(super) fn one<'r>(
        &self,
        filter: &'a Single,
        input: &'r Datum<'a>,
        variables: Variables<'r, 'a>,
    ) -> Flow<Given<'r, 'a>> {
        let owned = match filter {
            Single::Input => return ControlFlow::Continue(Cow::Borrowed(input)),
            Single::Variable(index) => return variable(variables, *index),
            Single::Constant(value) => Datum::Constant(value),
            Single::Member(value, keys) => {
                self.spend(keys.len())?;
                self.one(value, input, variables)?
                    .member(keys, self.context.graph)?
            }
            Single::Element(both) => {
                let value = self.one(&both.0, input, variables)?;
                let key = self.one(&both.1, input, variables)?;
                self.spend(1)?;
                known(value.element(&key, self.context.graph)?)?
            }
            Single::Pipe(both) => {
                let value = self.one(&both.0, input, variables)?;
                self.one(&both.1, &value, variables)?.into_owned()
            }
            Single::Bind(both) => {
                let value = self.one(&both.0, input, variables)?;
                let bound = Bound {
                    outer: variables,
                    value: &value,
                };
                self.one(&both.1, input, Some(&bound))?.into_owned()
            }
            Single::If(parts) => {
                let holds = self.holds(&parts.0, input, variables)?;
                let branch = if holds { &parts.1 } else { &parts.2 };
                return self.one(branch, input, variables);
            }
            Single::Alternative(both) => {
                let value = self.one(&both.0, input, variables)?;
                if value.truth()? {
                    return ControlFlow::Continue(value);
                }
                return self.one(&both.1, input, variables);
            }
            Single::Binary(Binary::Calculate(operator), both) => {
                let left = self.one(&both.0, input, variables)?;
                let right = self.one(&both.1, input, variables)?;
                self.calculated(*operator, &left, &right)?
            }
            Single::Not | Single::Binary(..) | Single::Quantified(_) | Single::Matches(_) => {
                Datum::bool(self.holds(filter, input, variables)?)
            }
            Single::Effective(setting) => return self.effective(setting, input, variables),
            computed => self.computed(computed, input, variables)?,
        };
        ControlFlow::Continue(Cow::Owned(owned))
    }

    /// Whether the output of a filter counts as true.
    pub(super) fn holds(
        &self,
        filter: &'a Single,
        input: &Datum<'a>,
        variables: Variables<'_, 'a>,
    ) -> Flow<bool> {
        self.spend(1)?;
        match filter {
            Single::Not => input.truth().map_continue(|truth| !truth),
            Single::Pipe(both) if matches!(both.1, Single::Not) => self
                .holds(&both.0, input, variables)
                .map_continue(|truth| !truth),
            Single::Pipe(both) => {
                let value = self.one(&both.0, input, variables)?;
                self.holds(&both.1, &value, variables)
            }
            Single::Bind(both) => {
                let value = self.one(&both.0, input, variables)?;
                let bound = Bound {
                    outer: variables,
                    value: &value,
                };
                self.holds(&both.1, input, Some(&bound))
            }
            Single::If(parts) => {
                let holds = self.holds(&parts.0, input, variables)?;
                self.holds(if holds { &parts.1 } else { &parts.2 }, input, variables)
            }
            Single::Binary(Binary::Logic { stop }, both) => {
                if self.holds(&both.0, input, variables)? == *stop {
                    return ControlFlow::Continue(*stop);
                }
                self.holds(&both.1, input, variables)
            }
            Single::Binary(Binary::Compare(operator), both) => {
                let left = self.one(&both.0, input, variables)?;
                match &both.1 {
                    Single::Constant(right) => compare(*operator, &left, &Datum::Constant(right)),
                    right => compare(*operator, &left, &*self.one(right, input, variables)?),
                }
            }
            Single::Quantified(quantified) => self.quantified(quantified, input, variables),
            Single::Matches(expression) => known(expression.is_match(input.known_text()?)),
            filter => self.one(filter, input, variables)?.truth(),
        }
    }

    fn combine(&self, operator: Binary, left: &Datum<'a>, right: &Datum<'a>) -> Flow<Datum<'a>> {
        match operator {
            Binary::Logic { .. } => right.truth().map_continue(Datum::bool),
            Binary::Compare(operator) => compare(operator, left, right).map_continue(Datum::bool),
            Binary::Calculate(operator) => self.calculated(operator, left, right),
        }
    }

    fn calculated(
        &self,
        operator: jaq_core::ops::Math,
        left: &Datum<'a>,
        right: &Datum<'a>,
    ) -> Flow<Datum<'a>> {
        self.paid(calculate(operator, left, right, self.context.graph)?)
    }
}

/// The value of a logical operation that its left side alone decides.
fn decided(operator: Binary, left: &Datum<'_>) -> Flow<Option<bool>> {
    ControlFlow::Continue(match operator {
        Binary::Logic { stop } if left.truth()? == stop => Some(stop),
        _ => None,
    })
}

fn variable<'r, 'a>(variables: Variables<'r, 'a>, index: usize) -> Flow<Given<'r, 'a>> {
    let mut bound = variables;
    for _ in 0..index {
        bound = bound.and_then(|bound| bound.outer);
    }
    known(bound.map(|bound| Cow::Borrowed(bound.value)))
}

/// Stops where there is no value.
pub(super) fn known<T>(value: Option<T>) -> Flow<T> {
    match value {
        Some(value) => ControlFlow::Continue(value),
        None => ControlFlow::Break(Stop::Undecided),
    }
}

/// Goes on after whoever took the outputs had enough.
pub(super) fn enough(flow: Flow) -> Flow {
    match flow {
        ControlFlow::Break(Stop::Enough) => ControlFlow::Continue(()),
        flow => flow,
    }
}
