//! What a check says of a resource.

use std::sync::Arc;

use graph::{NodeId, Path, ResourceId, Segment, SmolStr, Unknown};

/// A place of a resource: a node, or a key that is not there below one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FoundPlace {
    /// The resource.
    pub resource: ResourceId,
    /// The node, or the nearest one that is there.
    pub node: NodeId,
    /// The keys below it that are not there.
    pub missing: Vec<SmolStr>,
}

/// A fail at one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Fail {
    /// Where.
    pub place: FoundPlace,
    /// What is wrong here.
    pub message: String,
    /// Places that explain it, also in other resources.
    pub evidence: Vec<FoundPlace>,
    /// Why the message or the evidence is not what the check says it is.
    pub faults: Vec<String>,
}

/// Why a verdict is unknown.
#[derive(Clone, Debug, PartialEq)]
pub enum WhyUnknown {
    /// A value can't be known.
    Value(Arc<Unknown>),
    /// So much can't be known that not all of it was tried out.
    TooMuch(String),
    /// The query fails, or is stopped.
    Query(String),
}

/// What a check says of one resource.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The check, as an index into those of the judge.
    pub check: usize,
    /// The places at which it fails.
    pub fails: Vec<Fail>,
    /// Why, beside the fails, something can't be known.
    pub unknown: Vec<WhyUnknown>,
}

impl Judged {
    /// Whether the check neither fails nor leaves anything open.
    #[must_use]
    pub fn is_pass(&self) -> bool {
        self.fails.is_empty() && self.unknown.is_empty()
    }
}

impl FoundPlace {
    /// The semantic path, including the keys that are not there.
    #[must_use]
    pub fn path(&self, resource: &graph::Resource) -> Path {
        let mut path = resource.path(self.node);
        path.0
            .extend(self.missing.iter().cloned().map(Segment::Key));
        path
    }
}
