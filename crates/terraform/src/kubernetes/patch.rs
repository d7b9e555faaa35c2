//! Resources that change objects which are there: labels, annotations, environment variables, data and taints.
//!
//! Source: <https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs/resources/labels>, and the pages of
//! `annotations`, `env`, `config_map_v1_data`, `secret_v1_data` and `node_taint` beside it.

use std::collections::BTreeSet;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};
use graph::{Data, Key, NodeId, Tree, Unknown};
use smol_str::SmolStr;

use super::Object;
use super::convert::convert;
use super::table::Kind;
use crate::module::Mode;
use crate::resource::{Declared, Grown};
use crate::root::Instance;

/// Where the name of an object is.
const NAME: &[&str] = &["metadata", "name"];

/// What a resource changes of an object that is there.
pub(crate) struct Patch {
    /// The arguments, as fields of the object's kind.
    object: Object,
    /// The containers whose variables are set.
    container: Option<SmolStr>,
}

/// The kind that a type of resource changes; any, where its arguments say which.
fn kind_of(ty: &str) -> Option<Option<Kind<'static>>> {
    let core = |kind| Kind {
        api_version: "v1",
        kind,
    };
    Some(match ty {
        "kubernetes_labels" | "kubernetes_annotations" | "kubernetes_env" => None,
        "kubernetes_config_map_v1_data" => Some(core("ConfigMap")),
        "kubernetes_secret_v1_data" => Some(core("Secret")),
        "kubernetes_node_taint" => Some(core("Node")),
        _ => return None,
    })
}

/// Whether a type of resource changes objects that others make.
pub(crate) fn is_patch(ty: &str) -> bool {
    kind_of(ty).is_some()
}

impl Patch {
    /// What an instance of a resource changes; none of a resource that changes nothing, or nobody knows of which kind.
    pub(crate) fn of(instance: &Instance, grown: &Grown) -> Option<Self> {
        let kind =
            kind_of(&instance.address.ty).filter(|_| instance.address.mode == Mode::Managed)?;
        let tree = &grown.tree;
        let text = |name| tree.text(NodeId::ROOT, name).map(SmolStr::as_str);
        let kind = match kind {
            Some(kind) => kind,
            None => Kind {
                api_version: text("api_version")?,
                kind: text("kind")?,
            },
        };
        let container = text("container").or_else(|| text("init_container"));
        Some(Self {
            object: convert(tree, kind, &grown.sensitive, &grown.references),
            container: container.map(SmolStr::new),
        })
    }

    /// Whether an object is the one that is changed: one of the same name, or the one that the name comes from.
    fn is_for(&self, address: &str, object: &Tree) -> bool {
        let own = &self.object.tree;
        let is_same = |key| own.text(NodeId::ROOT, key) == object.text(NodeId::ROOT, key);
        let metadata = |tree: &Tree| tree.get(NodeId::ROOT, "metadata");
        let (Some(mine), Some(theirs)) = (metadata(own), metadata(object)) else {
            return false;
        };
        let comes_from_it = |key| {
            let node = own.get(mine, key);
            let mut references = self.object.references.iter();
            references.any(|(at, of)| Some(*at) == node && of == address)
        };
        let is_named = |key, absent: Option<&str>| {
            let name = |tree: &Tree, node| match tree.get(node, key) {
                None => absent.map(SmolStr::new),
                Some(node) => tree.as_text(node).cloned(),
            };
            let name_of_mine = name(own, mine);
            comes_from_it(key) || name_of_mine.is_some() && name_of_mine == name(object, theirs)
        };
        is_same("apiVersion")
            && is_same("kind")
            && is_named("name", None)
            && is_named("namespace", Some("default"))
    }

    /// The resources that may make the object, of those that go by a name or address.
    fn candidates(&self, targets: &HashMap<SmolStr, Vec<usize>>) -> BTreeSet<usize> {
        let tree = &self.object.tree;
        let Some(node) = tree.at(NodeId::ROOT, NAME) else {
            return BTreeSet::new();
        };
        let references = self.object.references.iter();
        let addresses = references
            .filter(|(at, _)| *at == node)
            .map(|(_, address)| address);
        let names = addresses.chain(tree.as_text(node));
        let found = names.filter_map(|name| targets.get(name));
        found.flatten().copied().collect()
    }

    /// Changes an object. Where it is unknown whether that happens, it may have more than it says.
    fn apply(&self, object: &mut Object, conditional: Option<&Arc<Unknown>>) {
        for (from, to) in self.places(&mut object.tree) {
            if let Some(open) = conditional.or_else(|| rest(&self.object.tree, from)) {
                object.tree.set_open(to, Arc::clone(open));
            }
            if conditional.is_none() {
                self.merge(from, object, to);
            }
        }
    }

    /// The maps and lists that the patch has, each with the one of the object that it adds to.
    fn places(&self, object: &mut Tree) -> Vec<(NodeId, NodeId)> {
        let patch = &self.object.tree;
        let template = template(object);
        let of_pods = [template, &["metadata", "annotations"]].concat();
        let fields: [(&str, &[&str]); 6] = [
            ("annotations", &["metadata", "annotations"]),
            ("data", &["data"]),
            ("labels", &["metadata", "labels"]),
            ("stringData", &["stringData"]),
            ("taints", &["spec", "taints"]),
            ("templateAnnotations", &of_pods),
        ];
        let mut places = Vec::new();
        for (field, path) in fields {
            if let Some(from) = patch.get(NodeId::ROOT, field) {
                places.push((from, made(object, NodeId::ROOT, path, (patch, from))));
            }
        }
        if let Some(from) = patch.get(NodeId::ROOT, "env") {
            for container in self.containers(object, template) {
                places.push((from, made(object, container, &["env"], (patch, from))));
            }
        }
        places
    }

    /// The containers that the variables are for.
    fn containers(&self, object: &Tree, template: &[&str]) -> Vec<NodeId> {
        let spec = object
            .at(NodeId::ROOT, template)
            .and_then(|pod| object.get(pod, "spec"));
        let lists = ["containers", "initContainers"];
        let lists = lists.iter().filter_map(|list| object.get(spec?, list));
        let containers = lists.flat_map(|list| object.children(list));
        let name = self.container.as_ref();
        let is_named =
            |container: &NodeId| name.is_some() && object.text(*container, "name") == name;
        containers.filter(is_named).collect()
    }

    /// Adds the elements of a map or list to those of the object, in place of those of the same name.
    fn merge(&self, from: NodeId, object: &mut Object, to: NodeId) {
        let patch = &self.object.tree;
        let name = |tree: &Tree, node: NodeId| match &tree.node(node).key {
            Some(key) => Some(key.text.clone()),
            None => tree
                .text(node, "name")
                .or_else(|| tree.text(node, "key"))
                .cloned(),
        };
        for element in patch.children(from) {
            let own = name(patch, element);
            let same = object.tree.children(to);
            let same: Vec<NodeId> = same
                .filter(|other| own.is_some() && name(&object.tree, *other) == own)
                .collect();
            object.tree.retain(to, |other| !same.contains(&other));
            let key = patch.node(element).key.clone();
            let copied = object.tree.copy(to, key, patch, element);
            self.note(element, object, copied);
        }
    }

    /// Keeps what is known of nodes that were copied.
    fn note(&self, from: NodeId, object: &mut Object, to: NodeId) {
        if self.object.sensitive.contains(&from) {
            object.sensitive.push(to);
        }
        let references = self.object.references.iter();
        let references = references.filter(|(node, _)| *node == from);
        object
            .references
            .extend(references.map(|(_, address)| (to, address.clone())));
        let copies: Vec<NodeId> = object.tree.children(to).collect();
        for (part, copy) in self.object.tree.children(from).zip(copies) {
            self.note(part, object, copy);
        }
    }
}

/// Where the template of the pods of an object is; of a pod, the object itself.
fn template(object: &Tree) -> &'static [&'static str] {
    const TEMPLATES: [&[&str]; 2] = [
        &["spec", "jobTemplate", "spec", "template"],
        &["spec", "template"],
    ];
    let found = TEMPLATES
        .iter()
        .find(|path| object.at(NodeId::ROOT, path).is_some());
    found.copied().unwrap_or_default()
}

/// What is unknown of a map or list, where that is more than its elements.
fn rest(tree: &Tree, node: NodeId) -> Option<&Arc<Unknown>> {
    match &tree.node(node).data {
        Data::Unknown(unknown) => Some(unknown),
        _ => tree.open(node),
    }
}

/// The map or list at a path, which is made where it is missing, at the place of what is added to it.
fn made(object: &mut Tree, from: NodeId, path: &[&str], (patch, added): (&Tree, NodeId)) -> NodeId {
    let Some((name, path)) = path.split_first() else {
        return from;
    };
    let node = object.get(from, name).unwrap_or_else(|| {
        let span = patch.node(added).span;
        let data = match patch.node(added).data {
            Data::List if path.is_empty() => Data::List,
            _ => Data::Map,
        };
        let key = Key {
            text: SmolStr::new(name),
            span: patch.node(added).key.as_ref().map_or(span, |key| key.span),
        };
        object.push(from, Some(key), data, span)
    });
    made(object, node, path, (patch, added))
}

/// Applies the patches among resources to the objects among them.
pub(crate) fn apply(resources: &mut [Declared]) {
    let patches: Vec<(Patch, Option<Arc<Unknown>>)> = resources
        .iter_mut()
        .filter_map(|row| Some((row.patch.take()?, row.resource.conditional.clone())))
        .collect();
    if patches.is_empty() {
        return;
    }
    let mut targets: HashMap<SmolStr, Vec<usize>> = HashMap::new();
    for (index, row) in resources.iter().enumerate() {
        if let Some(object) = &row.object {
            let name = object.tree.at(NodeId::ROOT, NAME);
            let name = name.and_then(|name| object.tree.as_text(name));
            let names = [Some(&row.resource.address), name];
            for name in names.into_iter().flatten() {
                targets.entry(name.clone()).or_default().push(index);
            }
        }
    }
    for (patch, conditional) in &patches {
        for target in patch.candidates(&targets) {
            let row = &mut resources[target];
            if let Some(object) = &mut row.object
                && patch.is_for(&row.resource.address, &object.tree)
            {
                patch.apply(object, conditional.as_ref());
            }
        }
    }
}
