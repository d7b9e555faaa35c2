//! Queries, messages and evidence that fail while they run: the fault of a check, which must not pass for one of the input.

use std::collections::BTreeMap;
use std::sync::Arc;

use check::{Check, Judged, WhyUnknown};
use smol_str::SmolStr;
use source::{Level, Problem, neutral};

use crate::report::ResourceName;

/// The checks that fail, by id.
#[derive(Default)]
pub(crate) struct BrokenChecks(BTreeMap<SmolStr, Broken>);

/// A check that fails.
struct Broken {
    check: Arc<Check>,
    /// The first resource on which it fails.
    resource: Arc<ResourceName>,
    error: String,
    /// On how many resources it fails.
    count: usize,
}

impl BrokenChecks {
    /// Takes what failed when a user's check judged a resource. Where a built-in one fails, the resource is at fault: the API
    /// server would refuse it.
    pub(crate) fn add(
        &mut self,
        check: &Arc<Check>,
        resource: &Arc<ResourceName>,
        judged: &Judged,
    ) {
        if check.is_builtin() {
            return;
        }
        let errors = judged.unknown.iter().filter_map(|why| match why {
            WhyUnknown::Query(error) => Some(format!("the query fails: {error}")),
            WhyUnknown::Value(_) | WhyUnknown::TooMuch(_) => None,
        });
        let faults = judged
            .fails
            .iter()
            .flat_map(|fail| fail.faults.iter().cloned());
        let Some(error) = errors.chain(faults).next() else {
            return;
        };
        let broken = self.0.entry(check.id.clone());
        let broken = broken.or_insert_with(|| Broken {
            check: Arc::clone(check),
            resource: Arc::clone(resource),
            error,
            count: 0,
        });
        broken.count += 1;
    }

    /// A problem for each of them that was asked for.
    pub(crate) fn problems(self, is_wanted: &dyn Fn(&str) -> bool) -> Vec<Problem> {
        let broken = self.0.into_values();
        let broken = broken.filter(|broken| is_wanted(&broken.check.id));
        broken.map(|broken| broken.problem()).collect()
    }
}

impl Broken {
    fn problem(&self) -> Problem {
        let others = match self.count - 1 {
            0 => String::new(),
            1 => " and 1 other resource".to_owned(),
            others => format!(" and {others} other resources"),
        };
        let message = format!(
            "check {} fails on {}{others}: {}",
            self.check.id,
            neutral(&self.resource.address),
            neutral(&self.error),
        );
        let problem = Problem::at(Level::Error, "check-failed", message, self.check.query_span);
        let id = &self.check.id;
        problem.with_help(format!(
            "correct the check, or leave it out with `--ignore {id}`"
        ))
    }
}
