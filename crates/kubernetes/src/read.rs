//! Documents to resources.

use graph::{Data, Facts, NodeId, Resource, Role, SmolStr, Step, Tree};
use smol_str::format_smolstr;
use source::{Level, Problem, SourceFile};
use yaml::Yaml;

use crate::identity::{Identity, type_name};
use crate::pods::{self, PodPaths};
use crate::{Version, certificates, defaults, kinds, merge_key};

/// The resources of one file.
#[derive(Debug, Default)]
pub struct Manifests {
    /// The resources in the order of the text.
    pub resources: Vec<Resource>,
    /// The problems of the text, and those of the objects in it.
    pub problems: Vec<Problem>,
    /// How many documents are no manifests: without `apiVersion` and `kind`, or of a tool that only borrows these keys.
    pub ignored: usize,
}

/// How manifests are read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The version of Kubernetes whose defaults are filled in.
    pub version: Version,
    /// Where kinds hold their pods.
    pub pod_paths: PodPaths,
}

/// What a map with `apiVersion` and `kind` is.
enum Manifest {
    Object { api_version: SmolStr, kind: SmolStr },
    List { api_version: SmolStr, kind: SmolStr },
    Broken(Problem),
    Other,
}

/// An element of a list of objects, with what led to it.
struct Listed {
    node: NodeId,
    steps: Vec<Step>,
    list: Option<(SmolStr, SmolStr)>,
}

/// Reads the resources in the documents of one file. Lists of objects are taken apart, as `kubectl` does.
#[must_use]
pub fn resources(yaml: Yaml, file: &SourceFile, options: &Options) -> Manifests {
    let mut manifests = Manifests { problems: yaml.problems, ..Manifests::default() };
    for document in yaml.documents {
        match manifest(&document.tree, NodeId::ROOT) {
            Manifest::Object { api_version, kind } => {
                let resource = resource(document.tree, (api_version, kind), file, options, &mut manifests.problems);
                manifests.resources.push(resource);
            }
            Manifest::List { .. } => listed(&document.tree, file, options, &mut manifests),
            Manifest::Broken(problem) => manifests.problems.push(problem),
            Manifest::Other => manifests.ignored += 1,
        }
    }
    manifests
}

/// Reads the elements of a list of objects, and of lists in it.
fn listed(tree: &Tree, file: &SourceFile, options: &Options, manifests: &mut Manifests) {
    let mut open = vec![Listed { node: NodeId::ROOT, steps: Vec::new(), list: None }];
    while let Some(Listed { node, steps, list }) = open.pop() {
        let found = match (manifest(tree, node), list) {
            (Manifest::Other, Some((api_version, kind))) => untyped(api_version, &kind),
            (found, _) => found,
        };
        match found {
            Manifest::List { api_version, kind } => {
                let place = tree.get(node, "kind").unwrap_or(node);
                let step = Step { span: tree.node(place).span, role: Role::Wrapper };
                let steps: Vec<Step> = steps.into_iter().chain([step]).collect();
                let items = tree.get(node, "items").into_iter().flat_map(|items| tree.children(items));
                let start = open.len();
                open.extend(items.map(|node| Listed { node, steps: steps.clone(), list: Some((api_version.clone(), kind.clone())) }));
                open[start..].reverse();
            }
            Manifest::Object { api_version, kind } => {
                let mut object = tree.subtree(node);
                object.passage_mut(NodeId::ROOT).steps.splice(0..0, steps);
                defaults::fill_type(&mut object, &api_version, &kind);
                let resource = resource(object, (api_version, kind), file, options, &mut manifests.problems);
                manifests.resources.push(resource);
            }
            Manifest::Broken(problem) => manifests.problems.push(problem),
            Manifest::Other => manifests.ignored += 1,
        }
    }
}

/// An element without a kind in a list of one kind (`PodList`) is of that kind, as the API server writes such lists.
fn untyped(api_version: SmolStr, list_kind: &str) -> Manifest {
    match list_kind.strip_suffix("List") {
        Some(kind) if !kind.is_empty() => Manifest::Object { api_version, kind: kind.into() },
        _ => Manifest::Other,
    }
}

fn manifest(tree: &Tree, node: NodeId) -> Manifest {
    let (Some(api_version), Some(kind)) = (tree.get(node, "apiVersion"), tree.get(node, "kind")) else {
        return Manifest::Other;
    };
    let text = |key: &str, node: NodeId| match &tree.node(node).data {
        Data::String(text) => Ok(text.clone()),
        Data::Null => Err(Manifest::Other),
        data => {
            let message = format!("`{key}` is {}; without it nothing is known of this object", type_name(data));
            Err(Manifest::Broken(Problem::at(Level::Error, "kind-not-text", message, tree.node(node).span)))
        }
    };
    match (text("apiVersion", api_version), text("kind", kind)) {
        (Ok(api_version), Ok(kind)) => typed(tree, node, api_version, kind),
        (Err(found), _) | (_, Err(found)) => found,
    }
}

/// Files of other tools borrow `apiVersion` and `kind`, but an object of the API has metadata, and a group that is served by
/// the API server or has a dot. Kustomizations are read elsewhere.
fn typed(tree: &Tree, node: NodeId, api_version: SmolStr, kind: SmolStr) -> Manifest {
    let group = kinds::group(&api_version);
    let has_metadata = tree.get(node, "metadata").is_some_and(|metadata| tree.node(metadata).data != Data::Null);
    let is_served = kinds::is_served(group);
    let is_object = !kind.is_empty() && group != "kustomize.config.k8s.io" && (is_served || group.contains('.'));
    let items = || tree.get(node, "items").is_some_and(|items| matches!(tree.node(items).data, Data::List | Data::Null));
    if is_object && kind.ends_with("List") && (items() || kind == "List") {
        return Manifest::List { api_version, kind };
    }
    match is_object && (has_metadata || is_served && kinds::is_served_kind(&kind)) {
        true => Manifest::Object { api_version, kind },
        false => Manifest::Other,
    }
}

fn resource(mut tree: Tree, manifest: (SmolStr, SmolStr), file: &SourceFile, options: &Options, problems: &mut Vec<Problem>) -> Resource {
    let identity = Identity::read(&tree, manifest, file, problems);
    let pods = pods::find(&mut tree, &identity.kind_name, &options.pod_paths);
    defaults::fill(&mut tree, &identity, &pods, options.version);
    let certificates = certificates::find(&tree, &identity.kind_name);
    tree.shrink();
    let Identity { api_version, kind, kind_name, name, namespace, address } = identity;
    Resource {
        address,
        api_version,
        kind,
        name,
        namespace,
        environment: None,
        subjects: subjects(&kind_name, !pods.is_empty()),
        conditional: None,
        tree,
        facts: Facts { pods, certificates },
        merge_key,
    }
}

fn subjects(kind_name: &str, has_pods: bool) -> Vec<SmolStr> {
    let any = SmolStr::new_static("kubernetes/any");
    let workload = has_pods.then_some(SmolStr::new_static("kubernetes/workload"));
    [any, format_smolstr!("kubernetes/{kind_name}")].into_iter().chain(workload).collect()
}
