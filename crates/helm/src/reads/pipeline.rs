//! Pipelines, commands and operands.

use smol_str::SmolStr;

use super::paths::{Path, Step};
use super::seen::{PartId, Seen};
use super::walk::{Frame, Walk};
use crate::template::{Command, Names, Operand, OperandKind, Pipeline};
use go::deeper;

/// An argument of a function.
pub(super) struct Argument {
    pub(super) value: Seen,
    /// Whether nobody else holds it, so that what is changed of it changes nothing else.
    pub(super) is_fresh: bool,
}

/// The functions whose results nobody else holds.
const FRESH: [&str; 8] = [
    "deepCopy",
    "dict",
    "fromJson",
    "fromYaml",
    "list",
    "mustDeepCopy",
    "omit",
    "pick",
];

/// The functions that give their first argument after they changed it.
const MERGES: [&str; 5] = [
    "merge",
    "mergeOverwrite",
    "mustMerge",
    "mustMergeOverwrite",
    "set",
];

impl Walk {
    /// What a pipeline gives. Variables that it declares stay.
    pub(super) fn pipeline(&mut self, frame: &mut Frame, dot: &Seen, pipeline: &Pipeline) -> Seen {
        let mut last: Option<Argument> = None;
        for command in &pipeline.commands {
            let value = self.command(frame, dot, command, last);
            let is_fresh = is_fresh(command);
            last = Some(Argument { value, is_fresh });
        }
        let value = last.map(|last| last.value).unwrap_or_default();
        for name in &pipeline.variables {
            let mut newest_first = frame.variables.iter_mut().rev();
            let known = newest_first.find(|(known, _)| known == name);
            match known.filter(|_| pipeline.assigns) {
                // The assignment may stand in a branch that is not taken.
                Some((_, old)) => old.join(value.clone()),
                None => frame.variables.push((name.clone(), value.clone())),
            }
        }
        value
    }

    fn command(
        &mut self,
        frame: &mut Frame,
        dot: &Seen,
        command: &Command,
        last: Option<Argument>,
    ) -> Seen {
        let Some((first, rest)) = command.operands.split_first() else {
            return Seen::default();
        };
        if !self.step() {
            return Seen::default();
        }
        let mut arguments: Vec<Argument> = rest
            .iter()
            .map(|operand| Argument {
                value: self.operand(frame, dot, operand),
                is_fresh: is_fresh_operand(operand),
            })
            .collect();
        arguments.extend(last);
        if let OperandKind::Function(function) = &first.kind {
            return self.function(function.name, &arguments);
        }
        // Methods take arguments.
        for argument in &arguments {
            self.escape(&argument.value);
        }
        self.operand(frame, dot, first)
    }

    fn operand(&mut self, frame: &mut Frame, dot: &Seen, operand: &Operand) -> Seen {
        if !self.step() {
            return Seen::default();
        }
        let value = match &operand.kind {
            OperandKind::Bool(_) | OperandKind::Nil => Seen::other(),
            OperandKind::Number(number) => Seen::text(number.text.as_str()),
            OperandKind::String(quoted) => Seen::text(String::from_utf8_lossy(quoted.bytes())),
            OperandKind::Dot => dot.clone(),
            OperandKind::Field(names) => self.fields(dot.clone(), names),
            OperandKind::Variable(name, names) => {
                let mut newest_first = frame.variables.iter().rev();
                let known = newest_first.find(|(known, _)| known == name);
                let value = known.map(|(_, value)| value.clone()).unwrap_or_default();
                self.fields(value, names)
            }
            OperandKind::Function(function) => self.function(function.name, &[]),
            OperandKind::Chain(inner, names) => {
                let inner = deeper(|| self.operand(frame, dot, inner));
                self.fields(inner, names)
            }
            OperandKind::Pipeline(pipeline) => deeper(|| self.pipeline(frame, dot, pipeline)),
        };
        self.touch(&value);
        value
    }

    fn fields(&mut self, value: Seen, names: &Names) -> Seen {
        names
            .iter()
            .fold(value, |value, name| self.field(&value, &name.into()))
    }

    /// The value of a key.
    pub(super) fn field(&mut self, value: &Seen, name: &SmolStr) -> Seen {
        let mut found = value.entry(&Step::Key(name.clone()));
        for part in &value.tops {
            found.join(self.of_top(*part, name));
        }
        found
    }

    /// What templates of a chart see under a name.
    fn of_top(&mut self, part: PartId, name: &str) -> Seen {
        let part = &self.parts.all[part];
        match name {
            "Values" => Seen::path(part.prefix.clone()),
            "Subcharts" => Seen {
                entries: part
                    .children
                    .iter()
                    .map(|(name, child)| (name.clone(), Seen::top(*child)))
                    .collect(),
                ..Seen::default()
            },
            _ => Seen::other(),
        }
    }

    /// The value of a key that is computed, or of one that can be told.
    pub(super) fn indexed(&mut self, value: &Seen, key: &Seen) -> Seen {
        self.escape(key);
        let Some(names) = key.constants() else {
            return self.elements(value);
        };
        let found = names.iter().map(|name| self.field(value, name));
        let mut found = Seen::union(found.collect::<Vec<_>>());
        // An element of a list of the values.
        if names.iter().any(|name| name.parse::<usize>().is_ok()) {
            let elements: Vec<Path> = value.entry(&Step::Any).paths.into_iter().collect();
            found.paths.extend(elements);
        }
        self.touch(&found);
        found
    }
}

/// Whether nobody else holds the result of a command.
fn is_fresh(command: &Command) -> bool {
    let Some((first, rest)) = command.operands.split_first() else {
        return false;
    };
    match &first.kind {
        OperandKind::Function(function) if MERGES.contains(&function.name) => {
            rest.first().is_some_and(is_fresh_operand)
        }
        OperandKind::Function(function) => FRESH.contains(&function.name),
        _ => rest.is_empty() && is_fresh_operand(first),
    }
}

fn is_fresh_operand(operand: &Operand) -> bool {
    match &operand.kind {
        OperandKind::Pipeline(pipeline) => pipeline.commands.last().is_some_and(is_fresh),
        _ => false,
    }
}
