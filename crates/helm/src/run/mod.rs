//! Running templates, within bounds.

mod bounds;
mod decision;
mod evaluate;
mod failure;
pub mod print;
mod scope;
mod truth;

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use smol_str::SmolStr;
use source::Span;

use crate::read::yaml::Kept;
use crate::value::{Mark, Via};

pub use bounds::Bounds;
pub use decision::{Decision, Decisions, MOST_DECISIONS};
pub use failure::{Failure, FailureKind, FailurePlace};
pub use scope::{Definition, Scope};
pub use truth::is_true;

/// One run of a chart's templates: what it may still spend, where it is, and what it decided.
#[derive(Debug)]
pub struct Run {
    bounds: Bounds,
    /// How the run differs from Helm's.
    options: Options,
    /// The templates that can be called by name now.
    scope: Rc<Scope>,
    /// The action that is run, and those around it.
    via: Option<Rc<Via>>,
    /// How often a name is being included now.
    included: HashMap<SmolStr, usize>,
    /// How many templates are being run inside each other.
    depth: usize,
    /// The names with a `/` that were called: those of files are among them.
    called: BTreeSet<SmolStr>,
    decisions: Decisions,
    /// What Helm refuses and the run went on with, and the action that did it.
    overlooked: Vec<(Option<Span>, Failure)>,
    /// The texts that it had read as YAML.
    pub(crate) texts: Kept,
}

/// How a run differs from Helm's.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The answers to the first conditions that rest on what can't be known.
    pub answers: Vec<bool>,
    /// Whether a value that `required` misses is taken for an unknown one.
    pub overlooks_required: bool,
    /// Whether a missing key is a failure (`--strict` of `helm lint`).
    pub is_strict: bool,
    /// What it may cost.
    pub bounds: Bounds,
}

impl Run {
    /// A run of these templates.
    #[must_use]
    pub fn new(scope: Scope, options: Options) -> Self {
        let decisions = Decisions::answering(&options.answers);
        Self {
            bounds: options.bounds,
            options,
            scope: Rc::new(scope),
            via: None,
            included: HashMap::new(),
            depth: 0,
            called: BTreeSet::new(),
            decisions,
            overlooked: Vec::new(),
            texts: Kept::default(),
        }
    }

    /// The action that is run now.
    #[must_use]
    pub fn place(&self) -> Option<Span> {
        self.via.as_ref().map(|via| via.span)
    }

    /// Something that can't be known, because of the action that is run now.
    #[must_use]
    pub fn unknown(&self, cause: &str) -> graph::Unknown {
        graph::Unknown {
            place: self.place(),
            ..graph::Unknown::new(graph::Cause::Other(cause.into()))
        }
    }

    /// The mark of what can't be known because of the action that is run now.
    #[must_use]
    pub fn unknown_mark(&self, cause: &str) -> Mark {
        Mark::unknown(Rc::new(self.unknown(cause)))
    }

    /// The template of a name that is called now.
    fn callee(&mut self, name: &str) -> Option<Definition> {
        if name.contains('/') && !self.called.contains(name) {
            self.called.insert(name.into());
        }
        self.scope.find(name).cloned()
    }

    /// The names with a `/` that were called since this was asked last: those of files are among them.
    pub(crate) fn take_called(&mut self) -> BTreeSet<SmolStr> {
        std::mem::take(&mut self.called)
    }

    /// What Helm refuses and the run went on with, and the action that did it.
    #[must_use]
    pub fn overlooked(&self) -> &[(Option<Span>, Failure)] {
        &self.overlooked
    }

    /// A value that `required` misses: Helm's failure, unless the run goes on without it.
    ///
    /// # Errors
    /// The failure.
    pub fn overlook(&mut self, failure: Failure) -> Result<(), Failure> {
        if !self.options.overlooks_required {
            return Err(failure);
        }
        self.overlooked.push((self.place(), failure));
        Ok(())
    }
}
