//! The orders in which findings are listed.

use std::cmp::Reverse;
use std::sync::Arc;

use analysis::Finding;

/// The order of findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Sort {
    #[default]
    Severity,
    Place,
    Check,
    Namespace,
}

impl Sort {
    /// The next order.
    pub(crate) fn next(self) -> Self {
        match self {
            Self::Severity => Self::Place,
            Self::Place => Self::Check,
            Self::Check => Self::Namespace,
            Self::Namespace => Self::Severity,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Severity => "severity",
            Self::Place => "place",
            Self::Check => "check",
            Self::Namespace => "namespace",
        }
    }
}

/// The numbers of all findings in each order; they are numbered by place.
#[derive(Debug, Default)]
pub(super) struct Orders {
    severity: Vec<u32>,
    check: Vec<u32>,
    namespace: Vec<u32>,
}

impl Orders {
    pub(super) fn of(all: &[&Arc<Finding>]) -> Self {
        Self {
            severity: sorted_by(all.len(), |index| Reverse(all[index].severity)),
            check: sorted_by(all.len(), |index| all[index].check.id.as_str()),
            namespace: sorted_by(all.len(), |index| all[index].resource.namespace.as_deref()),
        }
    }

    /// The numbers of all findings, of which there are so many, in an order.
    pub(super) fn by(&self, sort: Sort, number: usize) -> Vec<u32> {
        match sort {
            Sort::Place => (0..).take(number).collect(),
            Sort::Severity => self.severity.clone(),
            Sort::Check => self.check.clone(),
            Sort::Namespace => self.namespace.clone(),
        }
    }
}

/// The numbers below one in the order of what they stand for; those that stand for the same stay in their order.
pub(super) fn sorted_by<K: Ord>(number: usize, key: impl Fn(usize) -> K) -> Vec<u32> {
    let mut all: Vec<u32> = (0..).take(number).collect();
    all.sort_by_cached_key(|index| (key(*index as usize), *index));
    all
}
