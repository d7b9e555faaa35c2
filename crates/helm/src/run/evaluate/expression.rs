//! Pipelines, commands and operands.

use super::Held;
use super::frame::{At, Frame};
use crate::functions::{convert, zero};
use crate::run::{Failure, Run};
use crate::template::{Command, Number, Operand, OperandKind, Pipeline, Quoted, Range};
use crate::value::{Data, IntegerKind, Text, Type, Value};
use go::deeper;

impl Run {
    /// What a pipeline gives. Variables that it declares stay until the end of what it stands in.
    pub(super) fn pipeline<'t>(
        &mut self,
        frame: &mut Frame<'t>,
        dot: &Held,
        pipeline: &'t Pipeline,
    ) -> Result<Held, Failure> {
        frame.at = Some(At::Pipeline(pipeline));
        let mut last = None;
        for command in &pipeline.commands {
            self.spend(1).map_err(|failure| frame.place(failure))?;
            last = Some(self.command(frame, dot, command, last)?.unboxed());
        }
        let mut held = last.unwrap_or_default();
        if !pipeline.variables.is_empty() {
            self.spend(held.value.cost())
                .map_err(|failure| frame.place(failure))?;
            held.value = self.passed(held.value);
        }
        for name in &pipeline.variables {
            if !pipeline.assigns {
                frame.declare(name, held.clone());
            } else if !frame.assign(name, held.clone()) {
                return frame.fail(format!("undefined variable: {name}"));
            }
        }
        Ok(held)
    }

    /// A value that came through the action that is run.
    fn passed(&self, mut value: Value) -> Value {
        let Some(via) = &self.via else {
            return value;
        };
        value.mark = value.mark.through(via);
        if let Data::String(text) = &value.data {
            value.data = Data::String(text.through(via));
        }
        value
    }

    /// What a command gives. `last` is what the command before it gave, which becomes its last argument.
    fn command<'t>(
        &mut self,
        frame: &mut Frame<'t>,
        dot: &Held,
        command: &'t Command,
        last: Option<Held>,
    ) -> Result<Held, Failure> {
        let Some((first, rest)) = command.operands.split_first() else {
            return frame.fail("empty command");
        };
        match &first.kind {
            OperandKind::Field(names) => {
                frame.at = Some(At::Operand(first));
                self.fields(frame, dot, dot.clone(), names, first, (rest, last))
            }
            OperandKind::Chain(inner, names) => {
                let receiver = self.chained(frame, dot, first, inner)?;
                self.fields(frame, dot, receiver, names, first, (rest, last))
            }
            OperandKind::Variable(name, names) if !names.is_empty() => {
                let receiver = self.variable(frame, first, name)?;
                self.fields(frame, dot, receiver, names, first, (rest, last))
            }
            OperandKind::Function(function) => {
                frame.at = Some(At::Operand(first));
                self.call(
                    frame,
                    dot,
                    At::Command(command),
                    function,
                    None,
                    (rest, last),
                )
            }
            _ => self.plain_command(frame, dot, command, last.is_some()),
        }
    }

    /// A command that takes no arguments.
    fn plain_command<'t>(
        &mut self,
        frame: &mut Frame<'t>,
        dot: &Held,
        command: &'t Command,
        has_last: bool,
    ) -> Result<Held, Failure> {
        let first = &command.operands[0];
        if !matches!(first.kind, OperandKind::Pipeline(_)) {
            frame.at = Some(At::Operand(first));
        }
        if let OperandKind::Variable(name, _) = &first.kind {
            self.variable(frame, first, name)?;
        }
        if command.operands.len() > 1 || has_last {
            let shown = first.unparenthesized();
            return frame.fail(format!("can't give argument to non-function {shown}"));
        }
        match &first.kind {
            OperandKind::Pipeline(pipeline) => self.nested(frame, dot, pipeline),
            OperandKind::Variable(name, _) => self.variable(frame, first, name),
            OperandKind::Dot => Ok(dot.clone()),
            OperandKind::Nil => frame.fail("nil is not a command"),
            _ => constant(frame, first),
        }
    }

    fn variable<'t>(
        &mut self,
        frame: &mut Frame<'t>,
        operand: &'t Operand,
        name: &str,
    ) -> Result<Held, Failure> {
        frame.at = Some(At::Operand(operand));
        // All variables may have to be looked at.
        self.spend((frame.variables.len() as u64 + 1) / 64)
            .map_err(|failure| frame.place(failure))?;
        match frame.variable(name) {
            Some(held) => Ok(held.clone()),
            None => frame.fail(format!("undefined variable: {name}")),
        }
    }

    fn nested<'t>(
        &mut self,
        frame: &mut Frame<'t>,
        dot: &Held,
        pipeline: &'t Pipeline,
    ) -> Result<Held, Failure> {
        deeper(|| self.pipeline(frame, dot, pipeline))
    }

    /// What the fields of a chain belong to.
    fn chained<'t>(
        &mut self,
        frame: &mut Frame<'t>,
        dot: &Held,
        chain: &'t Operand,
        inner: &'t Operand,
    ) -> Result<Held, Failure> {
        frame.at = Some(At::Operand(chain));
        match &inner.kind {
            OperandKind::Pipeline(pipeline) => self.nested(frame, dot, pipeline),
            OperandKind::Function(function) => {
                let at = At::Operand(inner);
                frame.at = Some(at);
                self.call(frame, dot, at, function, None, (&[], None))
            }
            _ => frame.fail(format!("can't evaluate command {inner}")),
        }
    }

    /// An operand as an argument for a parameter.
    pub(super) fn argument<'t>(
        &mut self,
        frame: &mut Frame<'t>,
        dot: &Held,
        operand: &'t Operand,
        parameter: Type,
    ) -> Result<Held, Failure> {
        frame.at = Some(At::Operand(operand));
        let held = match &operand.kind {
            OperandKind::Dot => dot.clone(),
            OperandKind::Nil if parameter.can_be_nil() => return Ok(Held::plain(zero(parameter))),
            OperandKind::Nil => return frame.fail(format!("cannot assign nil to {parameter}")),
            OperandKind::Field(names) => {
                self.fields(frame, dot, dot.clone(), names, operand, (&[], None))?
            }
            OperandKind::Variable(name, names) => {
                let receiver = self.variable(frame, operand, name)?;
                self.fields(frame, dot, receiver, names, operand, (&[], None))?
            }
            OperandKind::Pipeline(pipeline) => self.nested(frame, dot, pipeline)?,
            OperandKind::Function(function) => {
                let at = At::Operand(operand);
                self.call(frame, dot, at, function, None, (&[], None))?
            }
            OperandKind::Chain(inner, names) => {
                let receiver = self.chained(frame, dot, operand, inner)?;
                self.fields(frame, dot, receiver, names, operand, (&[], None))?
            }
            OperandKind::Bool(_) | OperandKind::Number(_) | OperandKind::String(_) => {
                return typed_constant(frame, operand, parameter).map(Held::plain);
            }
        };
        let is_boxed = held.is_boxed;
        let value = convert(held.value, parameter, is_boxed);
        let value = value.map_err(|failure| frame.place(failure))?;
        Ok(Held { value, is_boxed })
    }
}

/// A constant where any type is welcome.
fn constant(frame: &Frame<'_>, operand: &Operand) -> Result<Held, Failure> {
    let data = match &operand.kind {
        OperandKind::Bool(truth) => Data::Bool(*truth),
        OperandKind::Number(number) => ideal(frame, number)?,
        OperandKind::String(quoted) if !quoted.bytes().is_empty() => {
            return Ok(Held::plain(string(frame, operand.range, quoted)));
        }
        OperandKind::String(_) => Data::String(Text::default()),
        _ => return frame.fail(format!("can't evaluate command {operand}")),
    };
    let mark = frame.mark(operand.range, None);
    Ok(Held::plain(Value { data, mark }))
}

/// A string that was written in the template. Where it has no escapes, its bytes are those of the template.
fn string(frame: &Frame<'_>, range: Range, quoted: &Quoted) -> Value {
    let inner = Range {
        start: range.start + 1,
        end: (range.start + quoted.text.len()).saturating_sub(1),
    };
    let mark = frame.mark(inner, None);
    let text = match frame.written(inner) {
        Some(written) if quoted.is_verbatim() => Text::verbatim(written, mark.clone(), 0),
        None if quoted.is_verbatim() => frame.text(inner, None),
        _ => Text::marked(quoted.bytes(), mark.clone()),
    };
    Value::text(text).marked(mark)
}

/// The type that a number has by the way it is written.
fn ideal(frame: &Frame<'_>, number: &Number) -> Result<Data, Failure> {
    if let Some((real, imaginary)) = number.complex {
        return Ok(Data::Complex(real, imaginary));
    }
    match (number.float, number.int) {
        (Some(float), _) if number.is_written_as_float() => Ok(Data::Float(float)),
        (_, Some(int)) => Ok(Data::Integer(IntegerKind::Int, int)),
        _ => frame.fail(format!("{} overflows int", number.text)),
    }
}

/// A constant for a parameter that wants a type.
fn typed_constant(frame: &Frame<'_>, operand: &Operand, parameter: Type) -> Result<Value, Failure> {
    let number = match &operand.kind {
        OperandKind::Number(number) => Some(number),
        _ => None,
    };
    let (wanted, data) = match parameter {
        Type::Any | Type::Reflected => return constant(frame, operand).map(|held| held.value),
        Type::Bool => match operand.kind {
            OperandKind::Bool(truth) => ("bool", Some(Data::Bool(truth))),
            _ => ("bool", None),
        },
        Type::String | Type::Number => match &operand.kind {
            OperandKind::String(_) => return constant(frame, operand).map(|held| held.value),
            _ => ("string", None),
        },
        Type::Float => (
            "float",
            number.and_then(|number| number.float).map(Data::Float),
        ),
        Type::Complex => {
            let complex = number.and_then(|number| number.complex);
            (
                "complex",
                complex.map(|(real, imaginary)| Data::Complex(real, imaginary)),
            )
        }
        Type::Integer(kind) if kind.is_signed() => {
            let int = number.and_then(|number| number.int);
            ("integer", int.map(|int| Data::Integer(kind, int)))
        }
        Type::Integer(kind) => {
            let uint = number.and_then(|number| number.uint);
            let data = uint.map(|uint| Data::Integer(kind, uint.cast_signed()));
            ("unsigned integer", data)
        }
        Type::List(_) | Type::Map(_) | Type::Object(_) => {
            return frame.fail(format!(
                "can't handle {operand} for arg of type {parameter}"
            ));
        }
    };
    let Some(data) = data else {
        return frame.fail(format!("expected {wanted}; found {operand}"));
    };
    Ok(Value::new(data).marked(frame.mark(operand.range, None)))
}
