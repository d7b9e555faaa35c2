//! What a value passed through on its way from the text that a person edits.

use smol_str::SmolStr;
use source::Span;

use crate::Key;

/// How a place took part in giving a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// An alias or merge key of YAML brought the anchored value here.
    Alias,
    /// A `List` object holds the resource.
    Wrapper,
    /// An expression refers to it.
    Reference,
    /// It is passed to a module.
    Argument,
    /// A module gives it to its caller.
    Output,
    /// The value was computed from what stands here.
    Operand,
    /// An action of a template printed it.
    Template,
    /// A plan or state knows the value that the configuration leaves open.
    Plan,
    /// It is written here, and something else takes its place.
    Replaced,
    /// An entry of a kustomization brings the value to its place.
    Placed,
    /// What is written counts only when the resource is created.
    Ignored,
}

impl Role {
    /// The role as a fragment for people.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Alias => "used through this alias",
            Self::Wrapper => "listed here",
            Self::Reference => "referred to here",
            Self::Argument => "passed to the module here",
            Self::Output => "given out by the module here",
            Self::Operand => "computed from this",
            Self::Template => "printed by the template here",
            Self::Plan => "known from here",
            Self::Replaced => "takes the place of what is set here",
            Self::Placed => "brought to its place by this entry",
            Self::Ignored => "changes of it are ignored after creation",
        }
    }
}

/// One place that a value came through, outermost use first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Step {
    /// The place.
    pub span: Span,
    /// What it did.
    pub role: Role,
}

/// Who filled in a value that nobody wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Default {
    /// Who, such as `Kubernetes` or a provider.
    pub by: SmolStr,
}

/// Everything about a node's origin beside the span of its text. Most nodes have none.
#[derive(Clone, Debug, core::default::Default, PartialEq, Eq)]
pub struct Passage {
    /// The places the value came through.
    pub steps: Vec<Step>,
    /// Set when nobody wrote the value.
    pub default: Option<Default>,
    /// The keys that something took out of this map, each with the place of what did.
    pub removed: Vec<Key>,
}
