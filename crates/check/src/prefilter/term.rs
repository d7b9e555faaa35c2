//! Queries in the form that the prefilter runs: every call is expanded, and what has exactly one output is told apart.

use std::ops::ControlFlow;

use jaq_core::ops::{Cmp, Math};
use smol_str::SmolStr;

use super::compare::compare;
use super::datum::Datum;
use super::native::{Function, Generator};
use crate::native::Expression;
use crate::value::Value;

/// A filter with exactly one output.
pub(super) enum Single {
    Input,
    Constant(Value),
    /// A variable, by the number of variables that were bound after it.
    Variable(usize),
    Global(Global),
    /// The keys below a value, one after the other.
    Member(Box<Single>, Box<[SmolStr]>),
    /// The element of a value under a computed key or index.
    Element(Box<(Single, Single)>),
    Pipe(Box<(Single, Single)>),
    /// The second filter with a variable bound to the output of the first.
    Bind(Box<(Single, Single)>),
    Not,
    Binary(Binary, Box<(Single, Single)>),
    If(Box<(Single, Single, Single)>),
    /// `//`
    Alternative(Box<(Single, Single)>),
    Quantified(Box<Quantified>),
    /// `[f]`
    Collect(Box<Stream>),
    Object(Box<[(SmolStr, Single)]>),
    /// The input as text.
    Text,
    Effective(Box<Single>),
    Matches(Box<Expression>),
    Call(Function),
    CallWith(Box<(Function, Single)>),
    /// Something that the prefilter can't decide.
    Undecided,
}

/// A filter with any number of outputs.
pub(super) enum Stream {
    One(Single),
    Pipe(Box<(Stream, Stream)>),
    Bind(Box<(Stream, Stream)>),
    /// The outputs of one after the other; without any, `empty`.
    Comma(Vec<Stream>),
    Binary(Binary, Box<(Stream, Stream)>),
    If(Box<(Stream, Stream, Stream)>),
    Alternative(Box<(Stream, Stream)>),
    /// All elements of the input.
    Elements(Missing),
    /// The element of the input under a key or index, with `?`.
    ElementIfAny(Single),
    First(Box<Stream>),
    Generate(Generator),
    GenerateWith(Box<(Generator, Single)>),
}

/// What a path does where the value has no elements.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Missing {
    /// The query fails.
    Fails,
    /// It goes on without an output (`?`).
    Skips,
}

/// Variables that are bound outside of the query.
#[derive(Clone, Copy)]
pub(super) enum Global {
    Resource,
    KubernetesVersion,
    Now,
    Found,
}

/// An operator between the outputs of two filters.
#[derive(Clone, Copy)]
pub(super) enum Binary {
    /// `or` stops at `true`, `and` at `false`.
    Logic {
        stop: bool,
    },
    Compare(Cmp),
    Calculate(Math),
}

/// `any` stops at the first `true`, `all` at the first `false`.
pub(super) struct Quantified {
    pub(super) stop: bool,
    pub(super) values: Stream,
    pub(super) condition: Stream,
}

impl Stream {
    pub(super) const UNDECIDED: Self = Self::One(Single::Undecided);

    pub(super) fn empty() -> Self {
        Self::Comma(Vec::new())
    }

    pub(super) fn is_undecided(&self) -> bool {
        matches!(self, Self::One(Single::Undecided))
    }

    fn is_empty(&self) -> bool {
        matches!(self, Self::Comma(parts) if parts.is_empty())
    }

    pub(super) fn pipe(left: Self, right: Self) -> Self {
        match (left, right) {
            (Self::One(Single::Undecided), _) => Self::UNDECIDED,
            (Self::One(Single::Input), right) => right,
            (left, Self::One(Single::Input)) => left,
            (Self::One(left), Self::One(right)) => Self::One(Single::pipe(left, right)),
            (Self::If(parts), right) if parts.2.is_empty() => {
                let (condition, then, otherwise) = *parts;
                Self::If(Box::new((condition, Self::pipe(then, right), otherwise)))
            }
            (left, right) => Self::Pipe(Box::new((left, right))),
        }
    }

    pub(super) fn bind(value: Self, body: Self) -> Self {
        match (value, body) {
            (Self::One(Single::Undecided), _) => Self::UNDECIDED,
            (Self::One(value), Self::One(body)) => Self::One(Single::bind(value, body)),
            (value, body) => Self::Bind(Box::new((value, body))),
        }
    }

    pub(super) fn comma(left: Self, right: Self) -> Self {
        let mut parts = match left {
            Self::Comma(parts) => parts,
            left => vec![left],
        };
        match right {
            Self::Comma(more) => parts.extend(more),
            right => parts.push(right),
        }
        Self::Comma(parts)
    }

    pub(super) fn binary(operator: Binary, left: Self, right: Self) -> Self {
        match (left, right) {
            (Self::One(Single::Undecided), _) => Self::UNDECIDED,
            (Self::One(left), Self::One(right)) => Self::One(Single::binary(operator, left, right)),
            (left, right) => Self::Binary(operator, Box::new((left, right))),
        }
    }

    pub(super) fn choose(condition: Self, then: Self, otherwise: Self) -> Self {
        match (condition, then, otherwise) {
            (Self::One(Single::Undecided), ..) => Self::UNDECIDED,
            (Self::One(Single::Constant(condition)), then, otherwise) => {
                if is_true(&condition) {
                    then
                } else {
                    otherwise
                }
            }
            (Self::One(condition), Self::One(then), Self::One(otherwise)) => {
                Self::One(Single::If(Box::new((condition, then, otherwise))))
            }
            (condition, then, otherwise) => Self::If(Box::new((condition, then, otherwise))),
        }
    }

    pub(super) fn alternative(left: Self, right: Self) -> Self {
        match (left, right) {
            (Self::One(Single::Undecided), _) => Self::UNDECIDED,
            (Self::One(left), Self::One(right)) => {
                Self::One(Single::Alternative(Box::new((left, right))))
            }
            (left, right) => Self::Alternative(Box::new((left, right))),
        }
    }
}

impl Single {
    fn pipe(left: Self, right: Self) -> Self {
        match (left, right) {
            (Self::Undecided, _) | (_, Self::Undecided) => Self::Undecided,
            (Self::Constant(value), Self::Not) => Self::Constant(Value::Bool(!is_true(&value))),
            (left, Self::Member(start, keys)) if matches!(*start, Self::Input) => {
                Self::member(left, keys)
            }
            (left, right) => Self::Pipe(Box::new((left, right))),
        }
    }

    fn bind(value: Self, body: Self) -> Self {
        match (value, body) {
            (Self::Undecided, _) | (_, Self::Undecided) => Self::Undecided,
            (value, body) => Self::Bind(Box::new((value, body))),
        }
    }

    /// The member of a value; successive members become one, and that of a constant is a constant.
    pub(super) fn member(value: Self, keys: Box<[SmolStr]>) -> Self {
        match value {
            Self::Undecided => Self::Undecided,
            Self::Member(start, first) => Self::Member(start, [first, keys].concat().into()),
            Self::Constant(value) => match constant_member(&value, &keys) {
                Some(member) => Self::Constant(member),
                None => Self::Member(Box::new(Self::Constant(value)), keys),
            },
            value => Self::Member(Box::new(value), keys),
        }
    }

    fn binary(operator: Binary, left: Self, right: Self) -> Self {
        if let (Binary::Compare(operator), Self::Constant(left), Self::Constant(right)) =
            (operator, &left, &right)
            && let ControlFlow::Continue(holds) =
                compare(operator, &Datum::Constant(left), &Datum::Constant(right))
        {
            return Self::Constant(Value::Bool(holds));
        }
        Self::Binary(operator, Box::new((left, right)))
    }
}

/// Whether a constant, which is known, counts as true.
fn is_true(value: &Value) -> bool {
    !matches!(value, Value::Null | Value::Bool(false))
}

/// The member of a constant; nothing where jq fails.
fn constant_member(value: &Value, keys: &[SmolStr]) -> Option<Value> {
    keys.iter()
        .try_fold(value.clone(), |value, key| match value {
            Value::Object(entries) => {
                let entry = entries.iter().find(|(known, _)| known == key);
                Some(entry.map_or(Value::Null, |(_, value)| value.clone()))
            }
            Value::Null => Some(Value::Null),
            _ => None,
        })
}
