//! Judging resources: each check's query, over all answers to what it asks of unknown values.

mod conclude;
mod fail;
mod item;
mod judging;
mod subject;
#[cfg(test)]
mod tests;
use std::cell::Cell;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use graph::{Graph, NodeId, ResourceId, SmolStr, Tree};

use self::judging::Judging;
use self::subject::Subject;
use crate::file::Check;
use crate::library::Library;
use crate::native::Context;
use crate::pod_security::Standards;
use crate::value::{Spot, Value};
use crate::verdict::Judged;

/// What all resources of a run are judged against.
#[derive(Clone, Debug)]
pub struct Against {
    /// The minor version of Kubernetes 1.
    pub kubernetes_minor: u32,
    /// The present time in seconds since 1970.
    pub now: i64,
}

/// Checks, compiled by subject when the first resource of that subject is judged.
pub struct Judge {
    checks: Vec<Arc<Check>>,
    settings: Vec<Value>,
    library: String,
    against: Against,
    subjects: HashMap<SmolStr, Subject>,
    standards: Standards,
    use_prefilter: bool,
    evaluations: [AtomicU64; 2],
}

/// How often a query was decided for an output of its generator, and by whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evaluations {
    /// By the prefilter.
    pub prefilter: u64,
    /// By the engine of jq.
    pub jq: u64,
}

impl Judge {
    /// A judge by some checks of a library. `settings` are the values that differ from a check's defaults, by its id.
    #[must_use]
    pub fn new(
        library: &Library,
        checks: Vec<Arc<Check>>,
        settings: &HashMap<SmolStr, (Arc<Tree>, NodeId)>,
        against: Against,
    ) -> Self {
        let mut subjects: HashMap<SmolStr, Subject> = HashMap::new();
        for (index, check) in checks.iter().enumerate() {
            for resource in &check.resources {
                subjects
                    .entry(resource.clone())
                    .or_default()
                    .checks
                    .push(index);
            }
        }
        let settings = checks
            .iter()
            .map(|check| effective_settings(check, settings.get(&check.id)))
            .collect();
        let standards = Standards::new(&library.checks, library.definitions.clone());
        let library = library.definitions.clone();
        let evaluations = [AtomicU64::new(0), AtomicU64::new(0)];
        Self {
            checks,
            settings,
            library,
            against,
            subjects,
            standards,
            use_prefilter: true,
            evaluations,
        }
    }

    /// The same without the prefilter, to compare the two.
    #[must_use]
    pub fn by_jq_alone(self) -> Self {
        Self {
            use_prefilter: false,
            ..self
        }
    }

    /// What was evaluated so far.
    #[must_use]
    pub fn evaluations(&self) -> Evaluations {
        let [prefilter, jq] = &self.evaluations;
        Evaluations {
            prefilter: prefilter.load(Ordering::Relaxed),
            jq: jq.load(Ordering::Relaxed),
        }
    }

    /// The checks, by the indexes that verdicts name.
    #[must_use]
    pub fn checks(&self) -> &[Arc<Check>] {
        &self.checks
    }

    /// The verdicts of all checks that judge resources of this kind.
    #[must_use]
    pub fn judge(&self, graph: &Graph, id: ResourceId) -> Vec<Judged> {
        let resource = graph.resource(id);
        let root = Spot {
            resource,
            id,
            node: NodeId::ROOT,
        };
        let minor = self.against.kubernetes_minor;
        let context = Context {
            graph,
            kubernetes_minor: minor,
            standards: &self.standards,
        };
        let mut verdicts = Vec::new();
        for (position, name) in resource.subjects.iter().enumerate() {
            let Some(subject) = self.subjects.get(name) else {
                continue;
            };
            let queries = subject.queries(self);
            verdicts.reserve(subject.checks.len());
            let judging = Judging {
                judge: self,
                subject,
                queries,
                context,
                root,
                evaluations: Cell::default(),
            };
            let earlier = &resource.subjects[..position];
            judging.run(
                |check| !check.resources.iter().any(|name| earlier.contains(name)),
                &mut verdicts,
            );
            let counts = self.evaluations.iter().zip(judging.evaluations.get());
            for (total, count) in counts {
                total.fetch_add(count, Ordering::Relaxed);
            }
        }
        verdicts.sort_by_key(|judged| judged.check);
        verdicts
    }
}

fn effective_settings(check: &Check, overrides: Option<&(Arc<Tree>, NodeId)>) -> Value {
    let defaults = check
        .settings
        .map_or(Value::object([]), |node| Value::constant(&check.tree, node));
    let overrides = overrides.map_or(Value::Null, |(tree, node)| Value::constant(tree, *node));
    // Both are maps: adding replaces the defaults key by key.
    (defaults.clone() + overrides).unwrap_or(defaults)
}
