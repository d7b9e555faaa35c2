//! What is answered.

use std::sync::Arc;

use graph::{NodeId, ResourceId, Unknown};

use super::role::Source;
use super::rule::At;
use super::subject::Subject;

/// Whether something is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// No binding grants it.
    No,
    /// That can't be known from the input.
    Unknown,
    /// Bindings grant it.
    Yes,
}

/// Where a binding, a role or a part of it is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// In a resource of the graph.
    Written {
        /// The resource.
        resource: ResourceId,
        /// The part of it; the root for the whole.
        node: NodeId,
    },
    /// Kubernetes makes it itself. The text is the row of its table.
    BuiltIn(&'static str),
}

/// How a binding gives access.
#[derive(Clone, Debug, PartialEq)]
pub struct Grant {
    /// The binding.
    pub binding: Origin,
    /// The subject in it.
    pub subject: Origin,
    /// The role that it names; of several with this name, the first that allows the action. `None` where it is not known.
    pub role: Option<Origin>,
    /// The rules that allow the action, in the role itself or in one that it aggregates, at most [`Grant::MOST_RULES`].
    pub rules: Arc<[Origin]>,
    /// Why it may not give it.
    pub unknown: Option<Arc<Unknown>>,
}

impl Grant {
    /// How many rules of one grant are told.
    pub const MOST_RULES: usize = 100;
}

/// Whether someone may do something, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Whether.
    pub verdict: Verdict,
    /// By which bindings, in the order in which they were read, at most [`Answer::MOST_GRANTS`]. Where the verdict is yes, some
    /// may still be uncertain. A member of `system:masters` needs none.
    pub grants: Vec<Grant>,
    /// Why the verdict is unknown, at most [`Answer::MOST_CAUSES`].
    pub causes: Vec<Arc<Unknown>>,
}

impl Answer {
    /// How many grants of one answer are told.
    pub const MOST_GRANTS: usize = 1_000;
    /// How many causes of one answer are told.
    pub const MOST_CAUSES: usize = 16;
}

/// Someone who may do something.
#[derive(Clone, Debug, PartialEq)]
pub struct Holder {
    /// Who, if that is known.
    pub subject: Option<Subject>,
    /// Whether and why.
    pub answer: Answer,
}

/// An answer while grants are added to it.
#[derive(Debug, Default)]
pub(super) struct Found {
    is_certain: bool,
    grants: Vec<Grant>,
    causes: Vec<Arc<Unknown>>,
}

impl Found {
    /// A member of the group that needs no grant.
    pub(super) fn set_certain(&mut self) {
        self.is_certain = true;
    }

    pub(super) fn add(&mut self, grant: Grant) {
        match &grant.unknown {
            None => self.is_certain = true,
            Some(cause) if self.causes.len() < Answer::MOST_CAUSES => {
                if !self.causes.contains(cause) {
                    self.causes.push(Arc::clone(cause));
                }
            }
            Some(_) => {}
        }
        if self.grants.len() < Answer::MOST_GRANTS {
            self.grants.push(grant);
        }
    }

    pub(super) fn answer(self) -> Answer {
        let verdict = match (self.is_certain, self.grants.is_empty()) {
            (true, _) => Verdict::Yes,
            (false, true) => Verdict::No,
            (false, false) => Verdict::Unknown,
        };
        let causes = match verdict {
            Verdict::Unknown => self.causes,
            Verdict::No | Verdict::Yes => Vec::new(),
        };
        Answer {
            verdict,
            grants: self.grants,
            causes,
        }
    }
}

impl Origin {
    /// A part of a role or binding.
    pub(super) fn of(source: Source, at: At) -> Self {
        match (source, at) {
            (Source::Resource(resource), At::Node(node)) => Self::Written { resource, node },
            (_, At::Table(row)) | (Source::Table(row), At::Node(_)) => Self::BuiltIn(row),
        }
    }

    /// A whole role or binding.
    pub(super) fn whole(source: Source) -> Self {
        Self::of(source, At::Node(NodeId::ROOT))
    }
}
