//! Parts of templates as Go's messages quote them.

use std::fmt::{self, Display, Formatter, Write};

use super::{Call, Command, Names, Operand, OperandKind, Pipeline, quote};

impl Display for Pipeline {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        if !self.variables.is_empty() {
            formatter.write_str(&self.variables.join(", "))?;
            formatter.write_str(if self.assigns { " = " } else { " := " })?;
        }
        separated(formatter, &self.commands, " | ")
    }
}

impl Display for Command {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        separated(formatter, &self.operands, " ")
    }
}

impl Display for Operand {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match &self.kind {
            OperandKind::Bool(truth) => write!(formatter, "{truth}"),
            OperandKind::Dot => formatter.write_char('.'),
            OperandKind::Nil => formatter.write_str("nil"),
            OperandKind::Number(number) => formatter.write_str(&number.text),
            OperandKind::String(quoted) => formatter.write_str(&quoted.text),
            OperandKind::Field(names) => fields(formatter, names),
            OperandKind::Variable(name, names) => {
                formatter.write_str(name)?;
                fields(formatter, names)
            }
            OperandKind::Function(function) => formatter.write_str(function.name),
            OperandKind::Chain(operand, names) => {
                write!(formatter, "{operand}")?;
                fields(formatter, names)
            }
            OperandKind::Pipeline(pipeline) => write!(formatter, "({pipeline})"),
        }
    }
}

impl Operand {
    /// The operand as Go shows it alone: a pipeline without its parentheses.
    pub(crate) fn unparenthesized(&self) -> String {
        match &self.kind {
            OperandKind::Pipeline(pipeline) => pipeline.to_string(),
            _ => self.to_string(),
        }
    }
}

impl Display for Call {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        write!(formatter, "{{{{template {}", quote(self.name.as_bytes()))?;
        if let Some(pipeline) = &self.pipeline {
            write!(formatter, " {pipeline}")?;
        }
        formatter.write_str("}}")
    }
}

fn fields(formatter: &mut Formatter<'_>, names: &Names) -> fmt::Result {
    names
        .iter()
        .try_for_each(|name| write!(formatter, ".{name}"))
}

fn separated(formatter: &mut Formatter<'_>, parts: &[impl Display], between: &str) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            formatter.write_str(between)?;
        }
        write!(formatter, "{part}")?;
    }
    Ok(())
}
