//! What Kubernetes and its controllers make in a cluster by themselves, so that nobody declares it.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt, HashSet};
use graph::{NodeId, Resource, ResourceId, SmolStr, Tree};

use crate::project::Project;

/// A row of the table.
struct Row {
    namespace: &'static str,
    name: &'static str,
    /// Where a mark stands, and its key.
    mark: Option<(&'static str, &'static str)>,
}

static ROWS: LazyLock<HashMap<&'static str, Vec<Row>>> = LazyLock::new(|| {
    let mut rows: HashMap<&'static str, Vec<Row>> = HashMap::new();
    let lines = include_str!("objects.txt").lines();
    for line in lines.filter(|line| !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        let (Some(kind), Some(namespace), Some(name)) = (words.next(), words.next(), words.next())
        else {
            continue;
        };
        rows.entry(kind).or_default().push(Row {
            namespace,
            name,
            mark: words.next().and_then(|mark| mark.split_once(':')),
        });
    }
    rows
});

/// What a cluster makes by itself.
pub(crate) struct System<'a> {
    live: &'a Project,
    /// The UIDs of its objects with their kinds and names.
    named: HashSet<(&'a str, &'a str, &'a str)>,
}

impl<'a> System<'a> {
    pub(crate) fn of(live: &'a Project) -> Self {
        let named = live.graph.resources().filter_map(|(_, resource)| {
            let uid = text(&resource.tree, NodeId::ROOT, &["metadata", "uid"])?;
            Some((uid, resource.kind.as_str(), resource.name.as_str()))
        });
        Self {
            live,
            named: named.collect(),
        }
    }

    /// Whether Kubernetes or a controller makes an object: it is one that each cluster has, or another object is its controller.
    pub(crate) fn makes(&self, id: ResourceId) -> bool {
        let resource = self.live.graph.resource(id);
        resource.facts.surrounds
            || self.is_owned(resource)
            || is_known(resource)
            || is_claim(resource)
    }

    fn is_owned(&self, resource: &Resource) -> bool {
        let running = self.live.running.as_ref();
        if running.is_some_and(|running| running.apart.contains_key(&resource.span().file)) {
            return true;
        }
        let tree = &resource.tree;
        let owners = tree.at(NodeId::ROOT, &["metadata", "ownerReferences"]);
        let mut owners = owners.into_iter().flat_map(|owners| tree.children(owners));
        owners.any(|owner| {
            let key = |key: &str| text(tree, owner, &[key]).unwrap_or_default();
            self.named.contains(&(key("uid"), key("kind"), key("name")))
        })
    }
}

/// Whether each cluster has an object.
fn is_known(resource: &Resource) -> bool {
    let kind = resource.address.split('/').next().unwrap_or_default();
    let namespace = resource.namespace.name().unwrap_or("-");
    let rows = ROWS.get(kind).into_iter().flatten();
    let mut rows = rows.filter(|row| is_like(row.namespace, namespace));
    rows.any(|row| is_like(row.name, &resource.name) && has_mark(resource, row))
}

fn is_like(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        Some((start, end)) => text.starts_with(start) && text.ends_with(end),
        None => pattern == text,
    }
}

fn has_mark(resource: &Resource, row: &Row) -> bool {
    row.mark.is_none_or(|(place, key)| {
        let map = format!("{place}s");
        let tree = &resource.tree;
        tree.at(NodeId::ROOT, &["metadata", &map, key]).is_some()
    })
}

/// Whether a claim was made from a template of a StatefulSet, by its name `template-set-0`: it need not have an owner.
fn is_claim(resource: &Resource) -> bool {
    let is_numbered = || {
        let number = resource.name.rsplit_once('-').map(|(_, number)| number);
        number.is_some_and(|number| number.parse::<u32>().is_ok())
    };
    resource.kind == "PersistentVolumeClaim" && is_numbered() && !is_applied(resource)
}

/// Whether somebody applied an object.
fn is_applied(resource: &Resource) -> bool {
    let applied = "kubectl.kubernetes.io/last-applied-configuration";
    let path = ["metadata", "annotations", applied];
    resource.tree.at(NodeId::ROOT, &path).is_some()
}

fn text<'t>(tree: &'t Tree, node: NodeId, path: &[&str]) -> Option<&'t str> {
    tree.as_text(tree.at(node, path)?).map(SmolStr::as_str)
}
