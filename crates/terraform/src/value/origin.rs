//! Where a value was set, and what it came through since.

use std::sync::Arc;

use smol_str::SmolStr;
use source::Span;

/// Where a value was set, and what it came through since. The origin of a part of a value is its own, followed by what
/// the whole came through: [`Origin::within`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The text that a person would change: a literal, or the expression that computed the value.
    pub span: Span,
    /// What it came through, the last first.
    pub chain: Option<Arc<Chain>>,
}

/// A list of steps that shares its tail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// The last step.
    pub step: Step,
    /// Those before it.
    pub earlier: Option<Arc<Self>>,
}

/// A place that a value came through.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Step {
    /// The text there: a reference, as a rule.
    pub span: Span,
    /// What it did there.
    pub role: StepRole,
}

/// What a value did at a place that it came through.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum StepRole {
    /// It was referred to by this name (`var.size`, `local.tags`, `each.value`).
    Reference(SmolStr),
    /// It was passed to a module as this argument.
    Argument(SmolStr),
    /// It left a module by this output.
    Output(SmolStr),
    /// It is an attribute of the resource of this address.
    Resource(SmolStr),
    /// An argument of a function or an operand: the value was computed from what stands here.
    Operand,
    /// A default that a provider or Terraform sets; nobody wrote the value.
    Default(SmolStr),
}

impl Origin {
    /// A value that is set here.
    #[must_use]
    pub fn new(span: Span) -> Self {
        Self { span, chain: None }
    }

    /// The same value after one more step.
    #[must_use]
    pub fn through(&self, step: Step) -> Self {
        Self {
            span: self.span,
            chain: Some(Arc::new(Chain {
                step,
                earlier: self.chain.clone(),
            })),
        }
    }

    /// The origin of a part whose whole has the other origin.
    #[must_use]
    pub fn within(&self, whole: &Self) -> Self {
        let mut later: Vec<&Step> = whole.steps().collect();
        later.reverse();
        later
            .into_iter()
            .fold(self.clone(), |origin, step| origin.through(step.clone()))
    }

    /// What it came through, the last first.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        std::iter::successors(self.chain.as_deref(), |chain| chain.earlier.as_deref())
            .map(|chain| &chain.step)
    }
}
