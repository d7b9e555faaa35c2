//! What is declared and does not run, and what runs and nobody declares.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use graph::{NodeId, Resource, ResourceId, SmolStr};
use kubernetes::is_object;
use source::{Level, Problem};

use super::elsewhere::Tracker;
use super::report::{Drift, DriftClass, LiveValue};
use super::setter::setter;
use super::{Compared, fields};
use crate::finding::{fingerprint, resource_name};
use crate::place;
use crate::project::{Project, shown};

/// Annotations of what is applied for a moment only.
const HOOKS: [&str; 2] = ["argocd.argoproj.io/hook", "helm.sh/hook"];

/// A folder of a source in one of its environments.
type Environment<'a> = (PathBuf, &'a SmolStr);

/// What is declared and does not run. An environment of a source of which nothing runs is taken to be for another cluster.
pub(super) fn declared(compared: &Compared<'_>, notices: &mut Vec<Problem>) -> Vec<Drift> {
    let Compared {
        declared, twins, ..
    } = compared;
    let all = || declared.graph.resources().filter(|(_, one)| is_object(one));
    let running = all().filter(|(id, _)| !twins.live(*id).is_empty());
    let running: BTreeSet<Environment<'_>> = running
        .filter_map(|(id, one)| environment(declared, id, one))
        .collect();
    let mut others: BTreeSet<Environment<'_>> = BTreeSet::new();
    let mut drifts = Vec::new();
    for (id, resource) in all().filter(|(id, one)| compared.is_missing(*id, one)) {
        match environment(declared, id, resource).filter(|own| !running.contains(own)) {
            Some(other) => {
                others.insert(other);
            }
            None => drifts.push(drift(DriftClass::DeclaredOnly, declared, id)),
        }
    }
    notices.extend(others.into_iter().map(|(folder, environment)| {
        let message = format!(
            "nothing of {} for the environment {} runs in the cluster",
            source::neutral(&shown(&folder)),
            source::neutral(environment)
        );
        compared.notice("environment-not-running", message)
    }));
    drifts
}

/// What runs and nobody declares, but for what the cluster makes itself, and what releases and applications deploy of which
/// nothing is declared here.
pub(super) fn live(compared: &Compared<'_>, notices: &mut Vec<Problem>) -> Vec<Drift> {
    let Compared { live, twins, .. } = compared;
    let own = twins
        .pairs()
        .filter_map(|(_, id)| Tracker::of(live.graph.resource(id)));
    let own: BTreeSet<Tracker> = own.collect();
    let mut elsewhere: BTreeMap<Tracker, usize> = BTreeMap::new();
    let mut drifts = Vec::new();
    for (id, resource) in live
        .graph
        .resources()
        .filter(|(id, one)| compared.is_new(*id, one))
    {
        match Tracker::of(resource).filter(|tracker| !own.contains(tracker)) {
            Some(tracker) => *elsewhere.entry(tracker).or_default() += 1,
            None => drifts.push(Drift {
                live: Some(LiveValue {
                    address: resource.address.to_string(),
                    value: None,
                    span: place::of_title(live, id),
                    setter: setter(resource, NodeId::ROOT),
                }),
                ..drift(DriftClass::LiveOnly, live, id)
            }),
        }
    }
    notices.extend(elsewhere.into_iter().map(|(tracker, number)| {
        let message = format!("what runs of {tracker} is not declared here ({number} in all)");
        compared.notice("deployed-elsewhere", message)
    }));
    drifts
}

/// The environment of a resource, where its source has several.
fn environment<'a>(
    project: &'a Project,
    id: ResourceId,
    resource: &'a Resource,
) -> Option<Environment<'a>> {
    let folder = project.file(id).file.path.parent()?;
    Some((folder.to_path_buf(), resource.environment.as_ref()?))
}

fn drift(class: DriftClass, project: &Project, id: ResourceId) -> Drift {
    let name = Arc::new(resource_name(project, id));
    Drift {
        class,
        path: String::new(),
        span: place::of_title(project, id),
        declared: None,
        live: None,
        fingerprint: fingerprint(&format!("drift\n{}\n{}", name.address, class.word())),
        resource: name,
    }
}

impl Compared<'_> {
    /// Whether it is known that a declared resource does not run, and it matters.
    fn is_missing(&self, id: ResourceId, resource: &Resource) -> bool {
        let running = self.live.running.as_ref();
        self.twins.live(id).is_empty()
            && fields::exists(resource)
            && resource.conditional.is_none()
            && !resource.name.is_empty()
            && !is_hook(resource)
            && running.is_some_and(|running| running.would_have(resource))
    }

    /// Whether something runs that matters and that is neither declared nor made by the cluster itself.
    fn is_new(&self, id: ResourceId, resource: &Resource) -> bool {
        self.twins.declared(id).is_empty() && fields::exists(resource) && !self.system.makes(id)
    }

    fn notice(&self, code: &'static str, message: String) -> Problem {
        let root = self
            .live
            .running
            .as_ref()
            .map(|running| running.root.clone());
        Problem::of(Level::Notice, code, message, root.unwrap_or_default())
    }
}

fn is_hook(resource: &Resource) -> bool {
    let annotation = |key: &&str| {
        let path = ["metadata", "annotations", *key];
        resource.tree.at(NodeId::ROOT, &path).is_some()
    };
    HOOKS.iter().any(annotation)
}
