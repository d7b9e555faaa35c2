//! One template that is being run: its variables, and which part of it is evaluated.

use std::fmt::{self, Display, Formatter};
use std::rc::Rc;

use smol_str::SmolStr;
use source::Span;

use super::Held;
use crate::run::{Definition, Failure, FailureKind};
use crate::template::{Call, Command, Operand, Pipeline, Range, quote};
use crate::value::{Mark, Place, Text, Via};

/// The variable that every template has.
const ROOT: &str = "$";

/// One template that is being run.
pub(super) struct Frame<'t> {
    pub(super) definition: &'t Definition,
    /// What is evaluated, for messages: what Go looked at last.
    pub(super) at: Option<At<'t>>,
    /// What `$` is.
    pub(super) root: Held,
    /// All others that are declared.
    pub(super) variables: Vec<(SmolStr, Held)>,
    /// The actions that called the template.
    pub(super) callers: Option<Rc<Via>>,
}

/// A part of a template that messages can quote.
#[derive(Clone, Copy)]
pub(super) enum At<'t> {
    Call(&'t Call),
    Pipeline(&'t Pipeline),
    Command(&'t Command),
    Operand(&'t Operand),
}

impl At<'_> {
    fn position(self) -> usize {
        match self {
            Self::Call(call) => call.position,
            Self::Pipeline(pipeline) => pipeline.position,
            Self::Command(command) => command.position,
            Self::Operand(operand) => operand.position,
        }
    }

    fn range(self) -> Range {
        match self {
            Self::Call(call) => call.range,
            Self::Pipeline(pipeline) => pipeline.range(),
            Self::Command(command) => command.range(),
            Self::Operand(operand) => operand.range,
        }
    }
}

impl Display for At<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(call) => write!(formatter, "{call}"),
            Self::Pipeline(pipeline) => write!(formatter, "{pipeline}"),
            Self::Command(command) => write!(formatter, "{command}"),
            Self::Operand(operand) => write!(formatter, "{operand}"),
        }
    }
}

impl<'t> Frame<'t> {
    pub(super) fn new(definition: &'t Definition, dot: Held, callers: Option<Rc<Via>>) -> Self {
        Self {
            definition,
            at: None,
            root: dot,
            variables: Vec::new(),
            callers,
        }
    }

    pub(super) fn variable(&self, name: &str) -> Option<&Held> {
        let mut newest_first = self.variables.iter().rev();
        let declared = newest_first.find(|(known, _)| known == name);
        let root = (name == ROOT).then_some(&self.root);
        declared.map(|(_, held)| held).or(root)
    }

    /// Sets a variable, and says whether there is one of the name.
    pub(super) fn assign(&mut self, name: &str, held: Held) -> bool {
        let mut newest_first = self.variables.iter_mut().rev();
        let declared = newest_first.find(|(known, _)| known == name);
        let root = (name == ROOT).then_some(&mut self.root);
        let variable = declared.map(|(_, old)| old).or(root);
        variable.map(|old| *old = held).is_some()
    }

    pub(super) fn declare(&mut self, name: &SmolStr, held: Held) {
        self.variables.push((name.clone(), held));
    }

    /// A failure at the part that is evaluated.
    pub(super) fn fail<T>(&self, cause: impl Into<String>) -> Result<T, Failure> {
        Err(self.place(Failure::new(cause)))
    }

    /// A failure without a place, or one of a template that this one called, at the part that is evaluated.
    pub(super) fn place(&self, mut failure: Failure) -> Failure {
        let template = &self.definition.template;
        let Some(at) = self.at else {
            return failure.after(&format!("template: {}: ", template.name));
        };
        let (source, range) = (&template.source, at.range());
        let mut place = source.failure_place(at.position(), range, &template.name);
        if let Some(text) = &self.definition.text {
            place.span = span_in(text, range);
        }
        let words = format!(
            "template: {}:{}:{}: executing {} at <{at}>: ",
            place.file,
            place.line,
            place.column,
            quote(template.name.as_bytes()),
        );
        failure.places.push(place);
        // A text that can't be read is a failure of the template that has it read.
        if failure.kind == FailureKind::Parse {
            failure.kind = FailureKind::Execution;
        }
        failure.after(&words)
    }

    /// The action of a range, as one more step on the way of what it prints.
    pub(super) fn via(&self, range: Range) -> Option<Rc<Via>> {
        let span = match &self.definition.text {
            Some(text) => span_in(text, range),
            None => self.definition.template.source.span(range),
        };
        let Some(span) = span else {
            return self.callers.clone();
        };
        Some(Rc::new(Via {
            span,
            outer: self.callers.clone(),
        }))
    }

    /// The bytes of a range as they stand in the template. `via` is what they come through.
    pub(super) fn text(&self, range: Range, via: Option<&Rc<Via>>) -> Text {
        if let Some(text) = &self.definition.text {
            let part = text.slice(range.start..range.end);
            return via.map_or_else(|| part.clone(), |via| part.through(via));
        }
        let text = self.definition.template.source.slice(range);
        Text::verbatim(text, self.mark(range, via), 0)
    }

    /// The bytes of a range, where the template is a file.
    pub(super) fn written(&self, range: Range) -> Option<&'t str> {
        let definition = self.definition;
        let is_file = definition.text.is_none();
        is_file.then(|| definition.template.source.slice(range))
    }

    /// The mark of what was written in a range.
    pub(super) fn mark(&self, range: Range, via: Option<&Rc<Via>>) -> Mark {
        if let Some(text) = &self.definition.text {
            return text.mark_of(range.start..range.end);
        }
        let span = self.definition.template.source.span(range);
        let mark = span.map(Place::Template).map(Mark::at).unwrap_or_default();
        match via {
            Some(via) => mark.through(via),
            None => mark,
        }
    }
}

/// Where the first piece of a part of a text stands in a file.
fn span_in(text: &Text, range: Range) -> Option<Span> {
    let part = text.slice(range.start..range.end.max(range.start + 1));
    let piece = part.pieces().first()?;
    let span = piece.mark.places().iter().find_map(Place::span)?;
    let Some(offset) = piece.verbatim else {
        return Some(span);
    };
    let length = u32::try_from(piece.length).unwrap_or(u32::MAX);
    let start = span.start.saturating_add(offset).min(span.end);
    let end = start.saturating_add(length).min(span.end);
    Some(Span::new(span.file, start, end))
}
