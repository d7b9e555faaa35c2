//! The syntax tree of a template. Positions are bytes of the text that was read.

use std::sync::Arc;

use smol_str::SmolStr;

use super::{Number, Quoted, TemplateSource};
use crate::functions::Function;

/// The bytes of a part of a template's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Range {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// A template: a whole file, or what `define` or `block` names in it.
#[derive(Debug)]
pub struct Template {
    /// Its name.
    pub name: SmolStr,
    /// The text that it stands in.
    pub source: Arc<TemplateSource>,
    /// What it does.
    pub nodes: Vec<Node>,
}

/// A part of a template.
#[derive(Debug)]
pub enum Node {
    /// Text that is written as it is.
    Text(Range),
    /// An action that prints or sets a variable.
    Action(Action),
    /// `if`, `with` and `range`.
    Branch(Box<Branch>),
    /// `template`, and `block` where it stands.
    Template(Box<Call>),
    /// `break`.
    Break,
    /// `continue`.
    Continue,
}

/// An action that prints or sets a variable.
#[derive(Debug)]
pub struct Action {
    /// What it evaluates.
    pub pipeline: Pipeline,
    /// The action from brace to brace.
    pub range: Range,
}

/// `if`, `with` and `range`.
#[derive(Debug)]
pub struct Branch {
    /// Which of them.
    pub kind: BranchKind,
    /// What it tests.
    pub pipeline: Pipeline,
    /// What is done if that is not empty.
    pub body: Vec<Node>,
    /// What is done otherwise.
    pub otherwise: Vec<Node>,
    /// The first action from brace to brace.
    pub range: Range,
}

/// The actions with a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BranchKind {
    /// `if`.
    If,
    /// `with`.
    With,
    /// `range`.
    Range,
}

/// A call of a template by its name.
#[derive(Debug)]
pub struct Call {
    /// The name.
    pub name: SmolStr,
    /// What becomes the dot there.
    pub pipeline: Option<Pipeline>,
    /// Where Go says that it stands.
    pub position: usize,
    /// The action from brace to brace.
    pub range: Range,
}

/// Commands, each of which gives its result to the next one.
#[derive(Debug)]
pub struct Pipeline {
    /// The variables that get the result, with their `$`.
    pub variables: Vec<SmolStr>,
    /// Whether the variables were there before.
    pub assigns: bool,
    /// The commands.
    pub commands: Vec<Command>,
    /// Where Go says that it stands.
    pub position: usize,
}

/// An operand alone, or a function or method with arguments.
#[derive(Debug)]
pub struct Command {
    /// The operands; there is at least one.
    pub operands: Vec<Operand>,
    /// Where Go says that it stands.
    pub position: usize,
}

/// A part of a command.
#[derive(Debug)]
pub struct Operand {
    /// What it is.
    pub kind: OperandKind,
    /// Where Go says that it stands: for `.a.b` that is `.b`.
    pub position: usize,
    /// Where it really stands.
    pub range: Range,
}

/// What an operand is.
#[derive(Debug)]
pub enum OperandKind {
    /// `true` and `false`.
    Bool(bool),
    /// `.`
    Dot,
    /// `nil`
    Nil,
    /// A number or a character.
    Number(Box<Number>),
    /// A string.
    String(Quoted),
    /// `.a.b`
    Field(Names),
    /// `$x.a.b`; the name has its `$`.
    Variable(SmolStr, Names),
    /// A function.
    Function(&'static Function),
    /// `(…).a.b`
    Chain(Box<Operand>, Names),
    /// `(…)`
    Pipeline(Box<Pipeline>),
}

/// The names of fields behind each other, as they are written: `a.b` of `.a.b`. Names have no points themselves.
#[derive(Clone, Debug, Default)]
pub struct Names(SmolStr);

impl Names {
    pub(super) fn new(written: &str) -> Self {
        Self(written.into())
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.split('.').filter(|name| !name.is_empty())
    }
}

impl Pipeline {
    /// Where its commands stand.
    #[must_use]
    pub fn range(&self) -> Range {
        let ranges = self.commands.iter().map(Command::range);
        ranges.reduce(Range::cover).unwrap_or_default()
    }
}

impl Command {
    /// Where its operands stand.
    #[must_use]
    pub fn range(&self) -> Range {
        let ranges = self.operands.iter().map(|operand| operand.range);
        ranges.reduce(Range::cover).unwrap_or_default()
    }
}

impl Range {
    fn cover(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

/// Charts are rendered in several threads that share their templates.
const _: () = {
    const fn is_shared<T: Send + Sync>() {}
    is_shared::<Template>();
};

impl Template {
    /// Whether it holds nothing but space: such a definition doesn't replace another one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.iter().all(|node| match node {
            Node::Text(range) => self.source.slice(*range).trim().is_empty(),
            _ => false,
        })
    }
}
