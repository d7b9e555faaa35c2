//! Whether the admission of a namespace lets privileged pods in.

use std::collections::HashMap;
use std::sync::Arc;

use graph::{Cause, Data, Graph, Namespace, NodeId, Resource, SmolStr, Unknown};
use kubernetes::Version;

use crate::truth::Truth;

/// The label by which Pod Security is enforced.
const ENFORCE: &str = "pod-security.kubernetes.io/enforce";

/// Since this minor version Pod Security is there.
const SINCE: u32 = 23;

/// API groups of engines whose policies may refuse pods.
const ENGINES: [(&str, &str); 3] = [
    ("kyverno.io", "Kyverno"),
    ("constraints.gatekeeper.sh", "Gatekeeper"),
    ("policies.kubewarden.io", "Kubewarden"),
];

/// What admission says of privileged pods, by namespace.
pub(super) struct Admission {
    levels: HashMap<SmolStr, Truth>,
    /// What is said of a namespace of which no object is there.
    absent: Option<Arc<Unknown>>,
    /// A policy engine that may refuse what Pod Security admits.
    engine: Option<Arc<Unknown>>,
    version: Version,
}

impl Admission {
    pub(super) fn of(graph: &Graph, environment: Option<&SmolStr>, version: Version) -> Self {
        let counts = |resource: &Resource| {
            let own = resource.environment.as_ref();
            own.is_none() || own == environment
        };
        let mut levels = HashMap::new();
        let mut engine = None;
        for (_, resource) in graph.resources().filter(|(_, one)| counts(one)) {
            if resource.kind == "Namespace" && resource.api_version == "v1" {
                levels.insert(resource.name.clone(), level(resource));
            }
            engine = engine.or_else(|| engine_of(resource));
        }
        Self {
            levels,
            absent: graph.completeness.absent("Namespace", &Namespace::Cluster),
            engine,
            version,
        }
    }

    /// Whether privileged pods are let into a namespace. Without a label the default of the API server counts, which is to let
    /// them in unless its configuration says otherwise.
    pub(super) fn admits(&self, namespace: &Namespace) -> Truth {
        let level = match namespace {
            // Of all namespaces one is chosen that lets them in: that of the system always does.
            Namespace::Cluster => Truth::Yes,
            _ if self.version.minor < SINCE => Truth::Yes,
            Namespace::Named(name) => match self.levels.get(name) {
                Some(level) => level.clone(),
                None if name == "kube-system" => Truth::Yes,
                None => Truth::Yes.given(self.absent.as_ref()),
            },
            Namespace::Unset => Truth::Yes.given(self.absent.as_ref()),
        };
        level.given(self.engine.as_ref())
    }
}

/// What a Namespace enforces; a level that is none is taken for the strictest.
fn level(resource: &Resource) -> Truth {
    let labels = resource.tree.at(NodeId::ROOT, &["metadata", "labels"]);
    let Some(labels) = labels else {
        return Truth::Yes;
    };
    let tree = &resource.tree;
    match tree.get(labels, ENFORCE).map(|node| &tree.node(node).data) {
        Some(Data::String(level)) if level == "privileged" => Truth::Yes,
        Some(data) => kubernetes::unknown(data).map_or(Truth::No, Truth::Maybe),
        None => Truth::Yes.given(tree.open(labels)),
    }
}

fn engine_of(resource: &Resource) -> Option<Arc<Unknown>> {
    let group = resource
        .api_version
        .split_once('/')
        .map(|(group, _)| group)?;
    let known = ENGINES.into_iter().find(|(own, _)| *own == group);
    let name = match known {
        Some((_, name)) => name,
        None if resource.kind == "ValidatingAdmissionPolicyBinding" => "the API server",
        None => return None,
    };
    let text = format!("policies of {name} may refuse the pod");
    Some(Arc::new(Unknown::new(Cause::Other(text.into()))))
}
