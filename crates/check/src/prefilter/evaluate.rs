//! Runs queries of the prefilter. Outputs are handed to a function one after the other, in jq's order; nothing is collected that
//! the query does not collect.

use std::borrow::Cow;
use std::cell::Cell;
use std::ops::ControlFlow;

use smol_str::{SmolStr, format_smolstr};

use super::compare::{calculate, compare};
use super::datum::Datum;
use super::native::{Function, Generator};
use super::term::{Binary, Global, Quantified, Single, Stream};
use super::{Flow, Globals, Output, Stop};
use crate::native::Context;
use crate::value::{Value, View};
use crate::walk;

/// The steps that one run may take. Each costs jq at most some twenty of the million that it may take.
const FUEL: u32 = 20_000;

/// The stack that must be left to begin a run, in bytes; what a query nests is bounded where it is compiled.
const STACK: usize = 768 * 1024;

/// One run of a query.
pub(super) struct Evaluation<'a> {
    pub(super) globals: Globals<'a>,
    pub(super) context: Context<'a>,
    fuel: Cell<u32>,
}

/// The variables that are bound, innermost first.
#[derive(Clone, Copy)]
pub(super) struct Bound<'s, 'a> {
    outer: Option<&'s Bound<'s, 'a>>,
    value: &'s Datum<'a>,
}

type Variables<'s, 'a> = Option<&'s Bound<'s, 'a>>;

/// An output that a filter gives whole or passes on.
type Given<'r, 'a> = Cow<'r, Datum<'a>>;

impl<'a> Evaluation<'a> {
    /// A run; nothing where the stack is nearly full.
    pub(super) fn new(globals: Globals<'a>, context: Context<'a>) -> Option<Self> {
        let fits = stacker::remaining_stack().is_none_or(|stack| stack > STACK);
        fits.then(|| Self {
            globals,
            context,
            fuel: Cell::new(FUEL),
        })
    }

    /// Takes steps of the run's fuel.
    pub(super) fn spend(&self, steps: usize) -> Flow {
        let left = u32::try_from(steps)
            .ok()
            .and_then(|steps| self.fuel.get().checked_sub(steps));
        match left {
            Some(left) => {
                self.fuel.set(left);
                ControlFlow::Continue(())
            }
            None => ControlFlow::Break(Stop::Undecided),
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
        match filter {
            Stream::One(single) => {
                let output = self.one(single, input, variables)?;
                self.spend(1)?;
                out(&output)
            }
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
                self.each(
                    &both.1,
                    input,
                    Some(&Bound {
                        outer: variables,
                        value,
                    }),
                    out,
                )
            }),
            Stream::Comma(parts) => parts
                .iter()
                .try_for_each(|part| self.each(part, input, variables, out)),
            Stream::Binary(operator, both) => self.each(&both.0, input, variables, &mut |left| {
                if let Some(decided) = decided(*operator, left)? {
                    return out(&decided);
                }
                self.each(&both.1, input, variables, &mut |right| {
                    out(&self.combine(*operator, left, right)?)
                })
            }),
            Stream::If(parts) => self.each(&parts.0, input, variables, &mut |condition| {
                let branch = if condition.truth()? {
                    &parts.1
                } else {
                    &parts.2
                };
                self.each(branch, input, variables, out)
            }),
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
                    ControlFlow::Continue(())
                } else {
                    self.each(&both.1, input, variables, out)
                }
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
        match flow {
            ControlFlow::Break(Stop::Undecided) => ControlFlow::Break(Stop::Undecided),
            _ => ControlFlow::Continue(first),
        }
    }

    /// The output of a filter.
    pub(super) fn one<'r>(
        &self,
        filter: &'a Single,
        input: &'r Datum<'a>,
        variables: Variables<'r, 'a>,
    ) -> Flow<Given<'r, 'a>> {
        self.spend(1)?;
        let owned = match filter {
            Single::Input => return ControlFlow::Continue(Cow::Borrowed(input)),
            Single::Variable(index) => return variable(variables, *index),
            Single::Constant(value) => Datum::Constant(value),
            Single::Global(global) => self.global(*global)?,
            Single::Member(value, keys) => self
                .one(value, input, variables)?
                .member(keys, self.context.graph)?,
            Single::Element(both) => {
                let value = self.one(&both.0, input, variables)?;
                let index = self.one(&both.1, input, variables)?;
                known(value.element(&index, self.context.graph)?)?
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
            Single::Not => Datum::bool(!input.truth()?),
            Single::Binary(operator, both) => {
                let left = self.one(&both.0, input, variables)?;
                match decided(*operator, &left)? {
                    Some(decided) => decided,
                    None => {
                        self.combine(*operator, &left, &*self.one(&both.1, input, variables)?)?
                    }
                }
            }
            Single::If(parts) => {
                let condition = self.one(&parts.0, input, variables)?.truth()?;
                return self.one(
                    if condition { &parts.1 } else { &parts.2 },
                    input,
                    variables,
                );
            }
            Single::Alternative(both) => {
                let value = self.one(&both.0, input, variables)?;
                if value.truth()? {
                    return ControlFlow::Continue(value);
                }
                return self.one(&both.1, input, variables);
            }
            Single::Quantified(quantified) => {
                Datum::bool(self.quantified(quantified, input, variables)?)
            }
            Single::Collect(values) => self.collect(values, input, variables)?,
            Single::Object(entries) => self.object(entries, input, variables)?,
            Single::Text => self.text(input)?,
            Single::Effective(setting) => return self.effective(setting, input, variables),
            Single::Matches(regex) => Datum::bool(known(regex.is_match(input.known_text()?))?),
            Single::Call(function) => self.call(*function, input, &Datum::NULL)?,
            Single::CallWith(call) => {
                let argument = self.one(&call.1, input, variables)?;
                self.call(call.0, input, &argument)?
            }
            Single::Undecided => return ControlFlow::Break(Stop::Undecided),
        };
        ControlFlow::Continue(Cow::Owned(owned))
    }

    fn global(&self, global: Global) -> Flow<Datum<'a>> {
        ControlFlow::Continue(match global {
            Global::Resource => Datum::Node(self.globals.resource),
            Global::Settings => Datum::Constant(self.globals.settings),
            Global::KubernetesVersion => Datum::Computed(Value::Text(format_smolstr!(
                "1.{}",
                self.context.kubernetes_minor
            ))),
            Global::Now => {
                Datum::Computed(Value::Int(known(isize::try_from(self.globals.now).ok())?))
            }
            Global::Found => self.globals.found.clone(),
        })
    }

    fn combine(&self, operator: Binary, left: &Datum<'a>, right: &Datum<'a>) -> Flow<Datum<'a>> {
        match operator {
            Binary::Logic { .. } => right.truth().map_continue(Datum::bool),
            Binary::Compare(operator) => compare(operator, left, right).map_continue(Datum::bool),
            Binary::Calculate(operator) => {
                let result = calculate(operator, left, right, self.context.graph)?;
                self.paid(result)
            }
        }
    }

    /// A computed value, paid for by its size.
    fn paid(&self, value: Datum<'a>) -> Flow<Datum<'a>> {
        let size = match value.view() {
            View::Text(text) => text.len() / 16,
            View::Array(elements) | View::Object(elements) => elements.len(),
            _ => 0,
        };
        self.spend(size)?;
        ControlFlow::Continue(value)
    }

    fn call(&self, function: Function, input: &Datum<'a>, argument: &Datum<'a>) -> Flow<Datum<'a>> {
        let result = match function {
            Function::Native(function) => return function(self, input, argument),
            Function::Shared(function) => {
                input.all_known()?;
                function(&input.value())
            }
            Function::SharedWith(function) => {
                input.all_known()?;
                argument.all_known()?;
                function(&input.value(), &argument.value())
            }
        };
        let result = Datum::from_value(known(result.ok())?, self.context.graph)?;
        self.paid(result)
    }

    fn quantified(
        &self,
        quantified: &'a Quantified,
        input: &Datum<'a>,
        variables: Variables<'_, 'a>,
    ) -> Flow<bool> {
        let stop = quantified.stop;
        let mut stopped = false;
        let flow = self.each(&quantified.values, input, variables, &mut |value| {
            self.each(&quantified.condition, value, variables, &mut |holds| {
                if holds.truth()? != stop {
                    return ControlFlow::Continue(());
                }
                stopped = true;
                ControlFlow::Break(Stop::Enough)
            })
        });
        match flow {
            ControlFlow::Break(Stop::Undecided) => ControlFlow::Break(Stop::Undecided),
            _ => ControlFlow::Continue(stopped == stop),
        }
    }

    fn collect(
        &self,
        values: &'a Stream,
        input: &Datum<'a>,
        variables: Variables<'_, 'a>,
    ) -> Flow<Datum<'a>> {
        let mut collected = Vec::new();
        self.each(values, input, variables, &mut |value| {
            collected.push(value.value().into_owned());
            ControlFlow::Continue(())
        })?;
        ControlFlow::Continue(Datum::Computed(Value::array(collected)))
    }

    fn object(
        &self,
        entries: &'a [(SmolStr, Single)],
        input: &Datum<'a>,
        variables: Variables<'_, 'a>,
    ) -> Flow<Datum<'a>> {
        let mut object = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let value = self.one(value, input, variables)?;
            object.push((key.clone(), value.value().into_owned()));
        }
        ControlFlow::Continue(Datum::Computed(Value::object(object)))
    }

    /// jq's `tostring`: text stays as it is.
    fn text(&self, value: &Datum<'a>) -> Flow<Datum<'a>> {
        if let View::Text(_) = value.known()? {
            return ControlFlow::Continue(value.clone());
        }
        value.all_known()?;
        self.paid(Datum::Computed(Value::Text(
            value.value().to_string().into(),
        )))
    }

    fn effective<'r>(
        &self,
        setting: &'a Single,
        input: &'r Datum<'a>,
        variables: Variables<'r, 'a>,
    ) -> Flow<Given<'r, 'a>> {
        let own = self.one(setting, input, variables)?;
        if !matches!(own.known()?, View::Null) {
            return ControlFlow::Continue(own);
        }
        let spot = input.spot()?;
        let Some(pod) = walk::enclosing_pod(spot) else {
            return ControlFlow::Continue(own);
        };
        let pod = Datum::Node(spot.at(pod.spec));
        let inherited = self.one(setting, &pod, variables)?;
        if matches!(inherited.known()?, View::Null) {
            return ControlFlow::Continue(own);
        }
        ControlFlow::Continue(Cow::Owned(inherited.into_owned()))
    }
}

/// The value of a logical operation that its left side alone decides.
fn decided<'a>(operator: Binary, left: &Datum<'_>) -> Flow<Option<Datum<'a>>> {
    ControlFlow::Continue(match operator {
        Binary::Logic { stop } if left.truth()? == stop => Some(Datum::bool(stop)),
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
