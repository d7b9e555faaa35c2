//! What filters with one output compute: calls, constructions, `any` and `all`.

use std::borrow::Cow;
use std::ops::ControlFlow;

use smol_str::{SmolStr, format_smolstr};

use super::datum::Datum;
use super::evaluate::{Evaluation, Given, Variables, enough, known};
use super::native::Function;
use super::term::{Global, Quantified, Single, Stream};
use super::{Flow, Stop};
use crate::value::{Value, View};
use crate::walk;

impl<'a> Evaluation<'a> {
    pub(super) fn computed(
        &self,
        filter: &'a Single,
        input: &Datum<'a>,
        variables: Variables<'_, 'a>,
    ) -> Flow<Datum<'a>> {
        self.spend(1)?;
        match filter {
            Single::Global(global) => self.global(*global),
            Single::Collect(values) => self.collect(values, input, variables),
            Single::Object(entries) => self.object(entries, input, variables),
            Single::Text => self.text(input),
            Single::Call(function) => self.call(*function, input, &Datum::NULL),
            Single::CallWith(call) => {
                let argument = self.one(&call.1, input, variables)?;
                self.call(call.0, input, &argument)
            }
            _ => ControlFlow::Break(Stop::Undecided),
        }
    }

    fn global(&self, global: Global) -> Flow<Datum<'a>> {
        ControlFlow::Continue(match global {
            Global::Resource => Datum::Node(self.globals.resource),
            Global::KubernetesVersion => {
                let version = format_smolstr!("1.{}", self.context.kubernetes_minor);
                Datum::Computed(Value::Text(version))
            }
            Global::Now => {
                let now = isize::try_from(self.globals.now).ok();
                Datum::Computed(Value::Int(known(now)?))
            }
            Global::Found => self.globals.found.clone(),
        })
    }

    /// A computed value, paid for by its size.
    pub(super) fn paid(&self, value: Datum<'a>) -> Flow<Datum<'a>> {
        let size = match value.view() {
            View::Text(text) => 1 + text.len() / 16,
            View::Array(elements) | View::Object(elements) => 1 + elements.len(),
            _ => 1,
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

    pub(super) fn quantified(
        &self,
        quantified: &'a Quantified,
        input: &Datum<'a>,
        variables: Variables<'_, 'a>,
    ) -> Flow<bool> {
        let stop = quantified.stop;
        let mut stopped = false;
        let mut stop_at = |holds: bool| {
            if holds != stop {
                return ControlFlow::Continue(());
            }
            stopped = true;
            ControlFlow::Break(Stop::Enough)
        };
        let flow = self.each(&quantified.values, input, variables, &mut |value| {
            if let Stream::One(condition) = &quantified.condition {
                return stop_at(self.holds(condition, value, variables)?);
            }
            let mut stop_at_value = |holds: &Datum<'a>| stop_at(holds.truth()?);
            self.each(&quantified.condition, value, variables, &mut stop_at_value)
        });
        enough(flow).map_continue(|()| stopped == stop)
    }

    fn collect(
        &self,
        values: &'a Stream,
        input: &Datum<'a>,
        variables: Variables<'_, 'a>,
    ) -> Flow<Datum<'a>> {
        let mut collected = Vec::new();
        self.each(values, input, variables, &mut |value| {
            self.spend(1)?;
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

    /// The setting of a container, where that is null that of its pod, where both are null the first again.
    pub(super) fn effective<'r>(
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
