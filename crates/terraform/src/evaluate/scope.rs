//! What an expression may refer to, and how its evaluation fails.

use std::sync::atomic::{AtomicU64, Ordering};

use smol_str::SmolStr;
use source::{Level, Problem, Span};

use crate::functions::Files;
use crate::syntax::{Expression, Name};
use crate::value::{Cause, Type, Value};

/// What an expression may refer to: variables, locals, resources, `each` …
pub trait Scope {
    /// The value that a traversal begins with, and how many of its steps that took: of `var.size.width`, the value of
    /// `var.size` and 1.
    ///
    /// # Errors
    /// There is no such thing.
    fn resolve(&self, reference: &Reference<'_>) -> Result<(Value, usize), EvaluationError>;

    /// The type of the provider that goes by a local name, as `aws` of `hashicorp/aws`; none where it is not one of
    /// HashiCorp's.
    fn provider(&self, local: &str) -> Option<SmolStr> {
        Some(local.into())
    }

    /// Whether functions can be called.
    fn has_functions(&self) -> bool {
        true
    }

    /// Files that functions may read.
    fn files(&self) -> &dyn Files;

    /// What evaluation may still cost.
    fn budget(&self) -> &Budget;
}

/// The scope of a value that is written out, as in a variable file or in the default of a variable: it refers to nothing
/// and calls nothing.
pub struct Constants<'a> {
    /// Files, which nothing reads.
    pub files: &'a dyn Files,
    /// What evaluation may still cost.
    pub budget: &'a Budget,
}

impl Scope for Constants<'_> {
    fn resolve(&self, reference: &Reference<'_>) -> Result<(Value, usize), EvaluationError> {
        let message = "a value for a variable can't refer to anything";
        let code = "variables-not-allowed";
        Err(EvaluationError::new(code, message, reference.span))
    }

    fn has_functions(&self) -> bool {
        false
    }

    fn files(&self) -> &dyn Files {
        self.files
    }

    fn budget(&self) -> &Budget {
        self.budget
    }
}

/// A traversal: its first name and the steps after it.
pub struct Reference<'a> {
    /// The first name.
    pub root: &'a str,
    /// The steps after it.
    pub steps: &'a [Hop<'a>],
    /// The place of the whole.
    pub span: Span,
}

/// One step of a traversal.
#[derive(Clone, Copy, Debug)]
pub enum Hop<'a> {
    /// `.name`, and `.0`, whose name is then the digits.
    Attribute(&'a Name),
    /// `[index]`.
    Index(&'a Expression),
}

impl Hop<'_> {
    /// The name of an attribute.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Attribute(name) if !is_number(&name.text) => Some(&name.text),
            Self::Attribute(_) | Self::Index(_) => None,
        }
    }
}

/// Whether the name behind a dot is an index.
pub(crate) fn is_number(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_digit())
}

/// Why an expression has no value. A place that is worth a problem catches it; `try` and `can` swallow it.
#[derive(Clone, Debug)]
pub struct EvaluationError {
    /// The kind of failure, which is also the code of the problem.
    pub code: &'static str,
    /// What is wrong, as a lower-case fragment without a full stop. Never quotes a sensitive value.
    pub message: String,
    /// The parameter of a function whose argument is wrong.
    pub argument: Option<SmolStr>,
    /// Where.
    pub span: Span,
    /// What Terraform goes on with, to see what else is wrong: the value with something unknown in place of what failed.
    /// None is something of which nothing is known.
    pub(super) partial: Option<Box<Value>>,
}

impl EvaluationError {
    /// A failure at a place.
    #[must_use]
    pub fn new(code: &'static str, message: impl Into<String>, span: Span) -> Self {
        Self {
            code,
            message: message.into(),
            argument: None,
            span,
            partial: None,
        }
    }

    /// The budget is spent.
    #[must_use]
    pub fn too_expensive(span: Span) -> Self {
        let message = "evaluating this takes too long; it is given up so that the scan ends";
        Self::new("too-expensive", message, span)
    }

    /// The same failure, of an expression that gives this as far as it does not fail.
    pub(super) fn with(self, partial: Value) -> Self {
        let partial = Some(Box::new(partial));
        Self { partial, ..self }
    }

    /// The same failure, of an expression that gives some value of a type.
    pub(super) fn of_type(self, ty: Type) -> Self {
        let partial = super::unknown(ty, Cause::Invalid, self.span);
        self.with(partial)
    }

    /// The same failure, of an expression that gives nothing then.
    pub(super) fn opaque(self) -> Self {
        let partial = None;
        Self { partial, ..self }
    }

    /// What Terraform goes on with.
    pub(super) fn stand_in(&self) -> Value {
        let unknown = || super::unknown(Type::Dynamic, Cause::Invalid, self.span);
        self.partial.as_deref().cloned().unwrap_or_else(unknown)
    }

    /// The problem to report.
    #[must_use]
    pub fn problem(&self) -> Problem {
        Problem::at(Level::Error, self.code, self.message.clone(), self.span)
    }
}

/// How much evaluation may still cost, so that hostile input ends: a step is one expression, one element that a loop
/// visits, or sixteen bytes of text. Functions pay for what they look at and what they make.
///
/// Beside what all of it may cost there is what one expression may cost, so that one that is hostile leaves the others
/// something.
#[derive(Debug)]
pub struct Budget {
    all: AtomicU64,
    one: AtomicU64,
}

/// What an expression may cost that stands behind hostile ones. A person writes none that costs more.
const LEAST: u64 = 10_000;

impl Budget {
    /// A number of steps for everything.
    #[must_use]
    pub fn new(steps: u64) -> Self {
        Self {
            all: AtomicU64::new(steps),
            one: AtomicU64::new(steps),
        }
    }

    /// Begins with another expression, which may cost no more than `most`.
    pub fn begin(&self, most: u64) {
        let left = self.all.load(Ordering::Relaxed).max(LEAST);
        self.one.store(left.min(most), Ordering::Relaxed);
    }

    /// How many steps are left for this expression.
    pub fn left(&self) -> u64 {
        self.one.load(Ordering::Relaxed)
    }

    /// How many steps are left for everything.
    pub(crate) fn all_left(&self) -> u64 {
        self.all.load(Ordering::Relaxed)
    }

    /// Takes steps that were spent before.
    pub(crate) fn take(&self, steps: u64) {
        let all = self.all_left().saturating_sub(steps);
        self.all.store(all, Ordering::Relaxed);
    }

    /// Takes steps; false where there are not so many left.
    pub fn spend(&self, steps: u64) -> bool {
        let one = self.left().checked_sub(steps);
        let all = self.all.load(Ordering::Relaxed).saturating_sub(steps);
        self.all.store(all, Ordering::Relaxed);
        self.one.store(one.unwrap_or_default(), Ordering::Relaxed);
        one.is_some()
    }
}
