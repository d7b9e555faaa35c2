//! Documents to resources.

use graph::{Data, Facts, NodeId, Resource, Role, SmolStr, Step, Tree};
use smol_str::format_smolstr;
use source::{Level, Problem, SourceFile};
use yaml::Yaml;

use crate::identity::{Identity, type_name};
use crate::pods::{self, PodPaths};
use crate::{Version, certificates, defaults, kinds, managers, merge_key};

/// The subject of Secrets that somebody declares in a file; one that only a cluster has is none.
pub const SECRET_MANIFEST: &str = "kubernetes/SecretManifest";

/// The subject of what is known of a cluster as a whole, which is written like an object of the kind `Cluster.scantling.internal`.
pub const CLUSTER: &str = "kubernetes/cluster";

/// The kind of what is known of a cluster as a whole.
const CLUSTER_KIND: &str = "Cluster.scantling.internal";

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
    let mut manifests = Manifests {
        problems: yaml.problems,
        ..Manifests::default()
    };
    for document in yaml.documents {
        read(document.tree, file, options, &mut manifests);
    }
    manifests
}

/// The resources that a tree holds which another format made: an object, or a list of objects.
#[must_use]
pub fn objects(tree: Tree, file: &SourceFile, options: &Options) -> Manifests {
    let mut manifests = Manifests::default();
    read(tree, file, options, &mut manifests);
    manifests
}

fn read(tree: Tree, file: &SourceFile, options: &Options, manifests: &mut Manifests) {
    match manifest(&tree, NodeId::ROOT) {
        Manifest::Object { api_version, kind } => {
            let problems = &mut manifests.problems;
            let resource = resource(tree, (api_version, kind), file, options, problems);
            manifests.resources.push(resource);
        }
        Manifest::List { .. } => listed(&tree, file, options, manifests),
        Manifest::Broken(problem) => manifests.problems.push(problem),
        Manifest::Other => manifests.ignored += 1,
    }
}

/// Reads the elements of a list of objects, and of lists in it.
fn listed(tree: &Tree, file: &SourceFile, options: &Options, manifests: &mut Manifests) {
    let mut open = vec![Listed {
        node: NodeId::ROOT,
        steps: Vec::new(),
        list: None,
    }];
    while let Some(Listed { node, steps, list }) = open.pop() {
        let found = match (manifest(tree, node), list) {
            (Manifest::Other, Some((api_version, kind))) => untyped(api_version, &kind),
            (found, _) => found,
        };
        match found {
            Manifest::List { api_version, kind } => {
                let place = tree.get(node, "kind").unwrap_or(node);
                let step = Step {
                    span: tree.node(place).span,
                    role: Role::Wrapper,
                };
                let steps: Vec<Step> = steps.into_iter().chain([step]).collect();
                let items = tree
                    .get(node, "items")
                    .into_iter()
                    .flat_map(|items| tree.children(items));
                let start = open.len();
                open.extend(items.map(|node| Listed {
                    node,
                    steps: steps.clone(),
                    list: Some((api_version.clone(), kind.clone())),
                }));
                open[start..].reverse();
            }
            Manifest::Object { api_version, kind } => {
                let mut object = tree.subtree(node);
                object.passage_mut(NodeId::ROOT).steps.splice(0..0, steps);
                defaults::fill_type(&mut object, &api_version, &kind);
                let resource = resource(
                    object,
                    (api_version, kind),
                    file,
                    options,
                    &mut manifests.problems,
                );
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
        Some(kind) if !kind.is_empty() => Manifest::Object {
            api_version,
            kind: kind.into(),
        },
        _ => Manifest::Other,
    }
}

fn manifest(tree: &Tree, node: NodeId) -> Manifest {
    let (Some(api_version), Some(kind)) = (tree.get(node, "apiVersion"), tree.get(node, "kind"))
    else {
        return Manifest::Other;
    };
    let text = |key: &str, node: NodeId| match &tree.node(node).data {
        Data::String(text) => Ok(text.clone()),
        Data::Null => Err(Manifest::Other),
        data => {
            let message = format!(
                "`{key}` is {}; without it nothing is known of this object",
                type_name(data)
            );
            Err(Manifest::Broken(Problem::at(
                Level::Error,
                "kind-not-text",
                message,
                tree.node(node).span,
            )))
        }
    };
    match (text("apiVersion", api_version), text("kind", kind)) {
        (Ok(api_version), Ok(kind)) => typed(tree, node, api_version, kind),
        (Err(found), _) | (_, Err(found)) => found,
    }
}

/// Files of other tools borrow `apiVersion` and `kind`, but an object of the API has metadata, and a group that is served by
/// the API server or has a dot. Configuration files of Kubernetes itself have no metadata. Kustomizations are read elsewhere.
fn typed(tree: &Tree, node: NodeId, api_version: SmolStr, kind: SmolStr) -> Manifest {
    let group = kinds::group(&api_version);
    let has_metadata = tree
        .get(node, "metadata")
        .is_some_and(|metadata| tree.node(metadata).data != Data::Null);
    let is_served = kinds::is_served(group);
    let is_object = !kind.is_empty()
        && group != "kustomize.config.k8s.io"
        && (is_served || group.contains('.'));
    let items = || {
        tree.get(node, "items")
            .is_some_and(|items| matches!(tree.node(items).data, Data::List | Data::Null))
    };
    if is_object && kind.ends_with("List") && (items() || kind == "List") {
        return Manifest::List { api_version, kind };
    }
    let is_known = kinds::is_configuration(group) || is_served && kinds::is_served_kind(&kind);
    match is_object && (has_metadata || is_known) {
        true => Manifest::Object { api_version, kind },
        false => Manifest::Other,
    }
}

fn resource(
    mut tree: Tree,
    manifest: (SmolStr, SmolStr),
    file: &SourceFile,
    options: &Options,
    problems: &mut Vec<Problem>,
) -> Resource {
    let identity = Identity::read(&tree, manifest, file, problems);
    let pods = pods::find(&mut tree, &identity.kind_name, &options.pod_paths);
    defaults::fill(&mut tree, &identity, &pods, options.version);
    let certificates = certificates::find(&tree, &identity.kind_name);
    let managers = managers::written(&tree);
    let images = pods::running(&tree, &identity.kind_name);
    tree.shrink();
    let Identity {
        api_version,
        kind,
        kind_name,
        name,
        namespace,
        address,
    } = identity;
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
        facts: Facts {
            pods,
            certificates,
            managers,
            images,
            surrounds: kind_name == CLUSTER_KIND,
            ..Facts::default()
        },
        merge_key,
    }
}

fn subjects(kind_name: &str, has_pods: bool) -> Vec<SmolStr> {
    if kind_name == CLUSTER_KIND {
        return vec![SmolStr::new_static(CLUSTER)];
    }
    let any = SmolStr::new_static("kubernetes/any");
    let secret = (kind_name == "Secret").then(|| SmolStr::new_static(SECRET_MANIFEST));
    let workload = has_pods.then_some(SmolStr::new_static("kubernetes/workload"));
    [any, format_smolstr!("kubernetes/{kind_name}")]
        .into_iter()
        .chain(secret)
        .chain(workload)
        .collect()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::testing;

    /// Shows what is read: `address @ steps: subjects`, then the problems.
    #[track_caller]
    fn check(text: &str, expected: &Expect) {
        let (file, manifests) = testing::read(text);
        let mut out = String::new();
        for resource in &manifests.resources {
            let passage = resource.tree.passage(NodeId::ROOT);
            let steps: String = passage
                .iter()
                .flat_map(|p| &p.steps)
                .map(|step| format!(" @ {}", file.slice(step.span)))
                .collect();
            let subjects: Vec<&str> = resource
                .subjects
                .iter()
                .filter_map(|subject| subject.strip_prefix("kubernetes/"))
                .collect();
            out += &format!("{}{steps}: {}\n", resource.address, subjects.join(" "));
        }
        for problem in &manifests.problems {
            out += &format!("{}\n", testing::show_problem(&file, problem));
        }
        out += &format!("{} ignored\n", manifests.ignored);
        expected.assert_eq(&out);
    }

    #[test]
    fn objects_have_addresses_and_subjects() {
        check(
            "
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: shop}
spec: {template: {spec: {containers: [{name: a, image: a}]}}}
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web}
spec: {template: {spec: {containers: [{name: a, image: a}]}}}
---
apiVersion: v1
kind: Namespace
metadata: {name: shop, namespace: ignored}
---
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: {name: ca}
---
apiVersion: batch/v1
kind: Job
metadata: {generateName: import-, namespace: shop}
",
            &expect![[r#"
                Deployment/shop/api: any Deployment workload
                Rollout.argoproj.io/web: any Rollout.argoproj.io workload
                Namespace/shop: any Namespace
                ClusterIssuer.cert-manager.io/ca: any ClusterIssuer.cert-manager.io
                Job/shop/import-*: any Job
                0 ignored
            "#]],
        );
    }

    #[test]
    fn what_is_no_object_is_ignored() {
        check(
            "
replicas: 1
---
apiVersion: v1
---
kind: Pod
---
apiVersion: v2
name: chart
---
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
metadata: {name: x}
---
apiVersion: v1
kind: Config
clusters: []
---
apiVersion: kind.x-k8s.io/v1alpha4
kind: Cluster
---
apiVersion: skaffold/v4beta6
kind: Config
metadata: {name: x}
---
[1, 2]
---
text
",
            &expect![[r#"
                10 ignored
            "#]],
        );
    }

    #[test]
    fn configuration_files_of_kubernetes_are_objects_without_a_name() {
        check(
            "
apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins: []
---
apiVersion: audit.k8s.io/v1
kind: Policy
rules: []
---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
",
            &expect![[r#"
                AdmissionConfiguration.apiserver.config.k8s.io/(unnamed): any AdmissionConfiguration.apiserver.config.k8s.io
                Policy.audit.k8s.io/(unnamed): any Policy.audit.k8s.io
                KubeletConfiguration.kubelet.config.k8s.io/(unnamed): any KubeletConfiguration.kubelet.config.k8s.io
                ClusterConfiguration.kubeadm.k8s.io/(unnamed): any ClusterConfiguration.kubeadm.k8s.io
                0 ignored
            "#]],
        );
    }

    #[test]
    fn what_the_server_refuses_is_a_problem() {
        check(
            "
apiVersion: v1
kind: Pod
metadata: {labels: {a: b}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: 0123, namespace: true}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: [a]}
---
apiVersion: 1
kind: Pod
---
apiVersion: v1
kind: {a: b}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: !unknown x}
",
            &expect![[r#"
                Pod/(unnamed): any Pod
                ConfigMap/true/0123: any ConfigMap
                ConfigMap/(unnamed): any ConfigMap
                ConfigMap/?: any ConfigMap
                unnamed-object: this Pod has no name; the API server refuses it at "Pod"
                name-not-text: `metadata.name` is a number; the API server takes only text at "0123"
                name-not-text: `metadata.namespace` is a truth value; the API server takes only text at "true"
                name-not-text: `metadata.name` is a list; the API server takes only text at "[a]"
                kind-not-text: `apiVersion` is a number; without it nothing is known of this object at "1"
                kind-not-text: `kind` is a map; without it nothing is known of this object at "{a: b}"
                0 ignored
            "#]],
        );
    }

    #[test]
    fn lists_are_taken_apart() {
        check(
            "
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: ServiceAccount
  metadata: {name: a}
- apiVersion: v1
  kind: ConfigMapList
  items:
  - metadata: {name: b}
  - metadata: {name: c}
- text
- apiVersion: v1
  kind: Secret
  metadata: {name: d}
---
apiVersion: v1
kind: List
---
apiVersion: example.org/v1
kind: AllowList
metadata: {name: e}
",
            &expect![[r#"
                ServiceAccount/a @ List: any ServiceAccount
                ConfigMap/b @ List @ ConfigMapList: any ConfigMap
                ConfigMap/c @ List @ ConfigMapList: any ConfigMap
                Secret/d @ List: any Secret SecretManifest
                AllowList.example.org/e: any AllowList.example.org
                1 ignored
            "#]],
        );
    }

    #[test]
    fn elements_of_lists_have_their_type() {
        let (_, manifests) =
            testing::read("{apiVersion: v1, kind: PodList, items: [{metadata: {name: a}}]}");
        let tree = &manifests.resources[0].tree;
        assert_eq!(
            tree.text(NodeId::ROOT, "kind").map(SmolStr::as_str),
            Some("Pod")
        );
    }
}
