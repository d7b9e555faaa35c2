//! What bindings give, computed again where something changed that it depends on.

use std::sync::Arc;

use foldhash::HashMap;
use graph::{Given, Graph, NodeId, Resource, ResourceId, SmolStr};
use kubernetes::Version;
use reach::{Access, Options};

use super::Project;

/// What all bindings of a graph give.
type All = Arc<HashMap<ResourceId, Given>>;

impl Project {
    /// Finds what bindings give: what they gave before, where no role and no binding changed. Roles of Kubernetes itself are
    /// those of a version, unless they are objects of a cluster.
    pub(crate) fn find_given(&mut self, before: Option<&Self>, version: Version) {
        let built_in = self.running.is_none().then_some(version);
        let again = before.and_then(|before| again(&self.graph, &before.graph));
        let given = again.unwrap_or_else(|| all(&self.graph, built_in));
        self.graph.set_given(given);
    }
}

fn all(graph: &Graph, built_in: Option<Version>) -> All {
    if !graph.resources().any(|(_, one)| is_binding(one)) {
        return Arc::default();
    }
    let environments = reach::environments(graph).into_iter();
    let given = environments.flat_map(|environment| {
        let options = Options {
            environment,
            built_in,
            ..Options::default()
        };
        Access::of(graph, &options).given()
    });
    Arc::new(given.collect())
}

/// What was given before, with what bindings that changed or came give of roles that another binding gives too; nothing where roles
/// changed or one is given for the first time.
fn again(graph: &Graph, before: &Graph) -> Option<All> {
    if graph.completeness != before.completeness {
        return None;
    }
    let changed = graph.changed_since(before)?.into_iter();
    let changed: Vec<Change<'_>> = changed
        .map(|id| Change {
            id,
            new: at(graph, id),
            old: at(before, id),
        })
        .filter(|change| change.both().any(is_role_or_binding))
        .collect();
    if changed.is_empty() {
        return Some(Arc::clone(before.all_given()));
    }
    if !changed.iter().flat_map(Change::both).all(is_binding) {
        return None;
    }
    let mut given = HashMap::clone(before.all_given());
    let known = before.all_given().iter();
    let known: HashMap<Named<'_>, &Given> = known
        .filter_map(|(id, given)| Some((Named::of(at(before, *id)?)?, given)))
        .collect();
    for Change { id, new, .. } in changed {
        match new {
            Some(binding) => given.insert(id, (*known.get(&Named::of(binding)?)?).clone()),
            None => given.remove(&id),
        };
    }
    Some(Arc::new(given))
}

/// What has a number now, and what had it before.
struct Change<'a> {
    id: ResourceId,
    new: Option<&'a Resource>,
    old: Option<&'a Resource>,
}

impl<'a> Change<'a> {
    fn both(&self) -> impl Iterator<Item = &'a Resource> + use<'a> {
        self.new.into_iter().chain(self.old)
    }
}

fn at(graph: &Graph, id: ResourceId) -> Option<&Resource> {
    graph.has(id).then(|| &**graph.resource(id))
}

/// The role that a binding names, and from where. Bindings that name one in the same way mean the same.
#[derive(PartialEq, Eq, Hash)]
struct Named<'a> {
    environment: Option<&'a SmolStr>,
    namespace: Option<&'a str>,
    kind: &'a str,
    name: &'a str,
}

impl<'a> Named<'a> {
    /// Nothing where it can't be known, or depends on more: where no namespace is written, roles of the same file hide others.
    fn of(binding: &'a Resource) -> Option<Self> {
        let role = binding.tree.get(NodeId::ROOT, "roleRef")?;
        let kind = binding.tree.text(role, "kind")?;
        let namespace = binding.namespace.name();
        let is_settled = binding.kind == "ClusterRoleBinding" || namespace.is_some();
        is_settled.then_some(Self {
            environment: binding.environment.as_ref(),
            namespace: (kind == "Role").then_some(namespace).flatten(),
            kind,
            name: binding.tree.text(role, "name")?,
        })
    }
}

fn is_role_or_binding(resource: &Resource) -> bool {
    is_binding(resource) || matches!(resource.kind.as_str(), "Role" | "ClusterRole")
}

fn is_binding(resource: &Resource) -> bool {
    matches!(resource.kind.as_str(), "RoleBinding" | "ClusterRoleBinding")
}
