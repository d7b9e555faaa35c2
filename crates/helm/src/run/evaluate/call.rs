//! Calls of functions and methods.

use super::Held;
use super::field::Given;
use super::frame::{At, Frame};
use crate::functions::{self, Arguments, Function, check_count, convert};
use crate::run::{Failure, Run};
use crate::template::Operand;
use crate::value::{Type, Value};
use go::deeper;

impl Run {
    /// Calls a function, or a method of a receiver, with the operands behind it and the last argument.
    pub(super) fn call<'t>(
        &mut self,
        frame: &mut Frame<'t>,
        dot: &Held,
        at: At<'t>,
        function: &'static Function,
        receiver: Option<Value>,
        given: Given<'t>,
    ) -> Result<Held, Failure> {
        let (operands, last) = given;
        check_count(function, operands.len(), usize::from(last.is_some()))
            .map_err(|failure| frame.place(failure))?;
        if receiver.is_none() && matches!(function.name, "and" | "or") {
            return self.short_circuit(frame, dot, function.name == "or", operands, last);
        }
        let mut values = Vec::with_capacity(operands.len() + 2);
        values.extend(receiver);
        for (index, operand) in operands.iter().enumerate() {
            let held = self.argument(frame, dot, operand, parameter(function, index))?;
            if function.name == "len" && held.is_boxed && held.value.is_nil() {
                return frame.called(at, function, Err(Failure::new("len of nil pointer")));
            }
            values.push(held.value);
        }
        if let Some(last) = last {
            let value = convert(last.value, parameter(function, operands.len()), false);
            values.push(value.map_err(|failure| frame.place(failure))?);
        }
        if function.name == "call" {
            return frame.called(at, function, not_a_function(operands, &values));
        }
        let result = deeper(|| functions::call(self, function, &Arguments::new(values)));
        frame.called(at, function, result)
    }

    /// `and` gives the first argument that is not true, `or` the first one that is; else the last. Those behind it are not
    /// evaluated.
    fn short_circuit<'t>(
        &mut self,
        frame: &mut Frame<'t>,
        dot: &Held,
        wanted: bool,
        operands: &'t [Operand],
        last: Option<Held>,
    ) -> Result<Held, Failure> {
        let mut result = Held::default();
        for (index, operand) in operands.iter().enumerate() {
            result = self.argument(frame, dot, operand, Type::Reflected)?;
            self.spend(result.value.cost())
                .map_err(|failure| frame.place(failure))?;
            let is_last = last.is_none() && index + 1 == operands.len();
            if is_last || self.truth(&result.value) == wanted {
                return Ok(result);
            }
        }
        Ok(last.unwrap_or(result))
    }
}

impl<'t> Frame<'t> {
    /// The result of a call, or its failure at that part.
    fn called(
        &mut self,
        at: At<'t>,
        function: &Function,
        result: Result<Value, Failure>,
    ) -> Result<Held, Failure> {
        match result {
            Ok(value) => Ok(Held::plain(value)),
            Err(failure) => {
                self.at = Some(at);
                let words = format!("error calling {}: ", function.name);
                Err(self.place(failure.after(&words)))
            }
        }
    }
}

/// The type of the parameter for an argument.
fn parameter(function: &Function, index: usize) -> Type {
    let fixed = function.parameters.get(index).copied();
    fixed.or(function.variadic).unwrap_or(Type::Any)
}

/// No value of a chart is a function that `call` could call.
fn not_a_function(operands: &[Operand], values: &[Value]) -> Result<Value, Failure> {
    let Some(value) = values.first().filter(|value| !value.is_nil()) else {
        return Err(Failure::new("call of nil"));
    };
    let ty = value.ty();
    let name = match operands.first() {
        Some(operand) => operand.unparenthesized(),
        // Go names what comes from the pipeline by the text of the value, which only strings have.
        None => match value.as_text() {
            Some(text) => text.to_str().into_owned(),
            None => format!("<{ty} Value>"),
        },
    };
    Err(Failure::new(format!("non-function {name} of type {ty}")))
}
