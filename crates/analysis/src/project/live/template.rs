//! Whether a pod, or a template of pods, is what another template says, but for what the API and its controllers always add.

use graph::{PodTemplate, Resource, Segment};
use serde_json::Value;

use super::head::Head;
use super::made::Fate;
use crate::compare::{Difference, Shape, TreeView, View, differences};
use crate::project::read::Manifests;

/// Where a pod runs and how it is scheduled, which is no matter of its template alone, and names that are mirrored or made.
const PLACED: [&str; 13] = [
    "affinity",
    "hostname",
    "nodeName",
    "nodeSelector",
    "overhead",
    "preemptionPolicy",
    "priority",
    "priorityClassName",
    "schedulerName",
    "schedulingGates",
    "serviceAccount",
    "subdomain",
    "topologySpreadConstraints",
];

/// Labels that controllers and admission give to pods.
const GIVEN: [&str; 10] = [
    "apps.kubernetes.io/pod-index",
    "controller-revision-hash",
    "controller-uid",
    "job-name",
    "pod-template-generation",
    "pod-template-hash",
    "rollouts-pod-template-hash",
    "statefulset.kubernetes.io/pod-name",
    "topology.kubernetes.io/region",
    "topology.kubernetes.io/zone",
];

/// What names of volumes with tokens of ServiceAccounts begin with.
///
/// Source: <https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#bound-service-account-token-volume>
const TOKEN: &str = "kube-api-access-";

/// Where they are mounted.
const MOUNTED: &str = "/var/run/secrets/kubernetes.io/serviceaccount";

/// Annotations by which pods are confined.
const CONFINING: [&str; 3] = [
    "container.apparmor.security.beta.kubernetes.io/",
    "container.seccomp.security.alpha.kubernetes.io/",
    "seccomp.security.alpha.kubernetes.io/",
];

/// An object that another one makes.
pub(super) struct Made<'a> {
    pub(super) head: &'a Head,
    pub(super) value: &'a Value,
}

type Found<'a> = Difference<TreeView<'a>, &'a Value>;

impl<'a> Made<'a> {
    /// Whether it is as another object says which makes it, or as that is.
    pub(super) fn is_as(&self, other: &'a Manifests) -> bool {
        let mut resources = other.resources.iter();
        let template = resources.find_map(|one| Some((one, one.facts.pods.first()?)));
        template.is_some_and(|(resource, template)| {
            let metadata = self.pod().get("metadata").unwrap_or(&Value::Null);
            let spec = self.pod().get("spec").unwrap_or(&Value::Null);
            has_spec(resource, template, spec) && has_metadata(resource, template, metadata)
        })
    }

    /// The pod, or the template of pods.
    fn pod(&self) -> &'a Value {
        match self.head.group_kind() {
            ("", "Pod") => self.value,
            _ => self.value.pointer("/spec/template").unwrap_or(&Value::Null),
        }
    }

    /// Whether nothing of it runs any more. Of pods, only what made them says that: any pod may be run again.
    pub(super) fn is_over(&self, maker: Option<&Fate>) -> bool {
        let number = |pointer: &str| self.value.pointer(pointer).and_then(Value::as_u64);
        match self.head.group_kind() {
            ("", "Pod") => {
                let phase = self.value.pointer("/status/phase").and_then(Value::as_str);
                matches!(maker, Some(Fate::Over(_)))
                    && matches!(phase, Some("Succeeded" | "Failed"))
            }
            ("batch", "Job") => is_finished(self.value),
            _ => number("/spec/replicas") == Some(0) && number("/status/replicas") == Some(0),
        }
    }
}

/// Whether a Job is finished.
fn is_finished(job: &Value) -> bool {
    let conditions = job.pointer("/status/conditions").and_then(Value::as_array);
    let mut conditions = conditions.into_iter().flatten();
    conditions.any(|condition| {
        let text = |key: &str| condition.get(key).and_then(Value::as_str);
        matches!(text("type"), Some("Complete" | "Failed")) && text("status") == Some("True")
    })
}

fn has_spec(resource: &Resource, template: &PodTemplate, spec: &Value) -> bool {
    let view = TreeView {
        tree: &resource.tree,
        node: template.spec,
    };
    let found = differences(view, spec);
    let is_claimed = resource.kind == "StatefulSet";
    let is_default =
        |one: &Found<'_>| one.other.is_none() && one.one.is_some_and(TreeView::is_default);
    let mut found = found.iter();
    found.all(|one| {
        is_default(one)
            || is_given_to_pod(one)
            || is_claimed && (is_claim(one) || is_own_claim(&resource.name, one))
    })
}

fn has_metadata(resource: &Resource, template: &PodTemplate, metadata: &Value) -> bool {
    let tree = &resource.tree;
    ["labels", "annotations"].into_iter().all(|key| {
        let own = template
            .metadata
            .and_then(|metadata| tree.get(metadata, key));
        let theirs = metadata.get(key).unwrap_or(&Value::Null);
        let keys: Vec<String> = match own {
            Some(node) => {
                let found = differences(TreeView { tree, node }, theirs);
                found
                    .into_iter()
                    .filter_map(|one| key_of(&one.path))
                    .collect()
            }
            None => theirs
                .as_object()
                .into_iter()
                .flat_map(|map| map.keys().cloned())
                .collect(),
        };
        keys.iter().all(|name| is_given_name(key, name))
    })
}

fn key_of(path: &[Segment]) -> Option<String> {
    match path.first()? {
        Segment::Key(key) => Some(key.to_string()),
        Segment::Item { .. } | Segment::Index(_) => None,
    }
}

/// Whether a label or an annotation says nothing of the pod that its template does not say.
fn is_given_name(map: &str, name: &str) -> bool {
    match map {
        "labels" => is_given_label(name),
        _ => !CONFINING.iter().any(|start| name.starts_with(start)),
    }
}

/// Whether controllers or admission give a label to pods.
pub(crate) fn is_given_label(name: &str) -> bool {
    GIVEN.contains(&name) || name.starts_with("batch.kubernetes.io/")
}

/// Whether a difference in the spec of a pod is what the API and its admission always make of it.
pub(crate) fn is_given_to_pod<'v, A: View<'v>, B: View<'v>>(found: &Difference<A, B>) -> bool {
    let steps: Vec<&str> = found.path.iter().map(step).collect();
    match steps.as_slice() {
        [key, ..] if PLACED.contains(key) => true,
        ["serviceAccountName"] => found.one.is_none() && is_text(found.other, "default"),
        ["imagePullSecrets", ..] => found.one.is_none(),
        ["tolerations", key] => key.starts_with("node.kubernetes.io/"),
        ["volumes", _] => found.one.is_some_and(is_token) || found.other.is_some_and(is_token),
        [_, _, "volumeMounts", MOUNTED, ..] => is_of_token(found.one) && is_of_token(found.other),
        [_, _, "env", "JOB_COMPLETION_INDEX"] => found.one.is_none(),
        [_, _, "imagePullPolicy"] => is_text(found.other, "Always"),
        [_, _, "resources", ..] | ["resources", ..] => found.other.is_some(),
        _ => false,
    }
}

fn is_text<'v>(view: Option<impl View<'v>>, expected: &str) -> bool {
    matches!(view.map(View::shape), Some(Shape::Text(text)) if text == expected)
}

fn step(segment: &Segment) -> &str {
    match segment {
        Segment::Key(key) => key,
        Segment::Item { value, .. } => value,
        Segment::Index(_) => "",
    }
}

/// Whether a difference is the claim that a StatefulSet makes for a pod.
fn is_claim(found: &Found<'_>) -> bool {
    let is_volume = matches!(found.path.as_slice(), [Segment::Key(key), _] if key == "volumes");
    let claim = |volume: &Value| volume.get("persistentVolumeClaim").is_some();
    is_volume && found.one.is_none() && found.other.is_some_and(claim)
}

/// Whether a difference is the claim that a StatefulSet puts in place of one of its template, as the claims that it makes have the name
/// of that volume.
fn is_own_claim(set: &str, found: &Found<'_>) -> bool {
    let steps: Vec<&str> = found.path.iter().map(step).collect();
    match (steps.as_slice(), found.other.map(View::shape)) {
        (["volumes", volume, "persistentVolumeClaim", "claimName"], Some(Shape::Text(claim))) => {
            let rest = claim
                .strip_prefix(volume)
                .and_then(|rest| rest.strip_prefix('-'));
            rest.is_some_and(|rest| rest.starts_with(set))
        }
        _ => false,
    }
}

/// Whether a volume holds the token of the ServiceAccount, as it is given to each pod, and nothing else.
fn is_token<'v>(volume: impl View<'v>) -> bool {
    let is_named = volume
        .text("name")
        .is_some_and(|name| name.starts_with(TOKEN));
    let projected = volume
        .get("projected")
        .and_then(|projected| projected.get("sources"));
    let Some(Shape::List(sources)) = projected.map(View::shape) else {
        return false;
    };
    is_named && sources.into_iter().all(is_source_of_token)
}

fn is_source_of_token<'v>(source: impl View<'v>) -> bool {
    let Shape::Map(parts) = source.shape() else {
        return false;
    };
    parts.into_iter().all(|(key, part)| match key {
        "serviceAccountToken" => part.get("audience").is_none(),
        "configMap" => part.text("name") == Some("kube-root-ca.crt"),
        "downwardAPI" => true,
        _ => false,
    })
}

/// Whether a mount, or its name, is that of such a volume, where there is one.
fn is_of_token<'v>(mount: Option<impl View<'v>>) -> bool {
    mount.is_none_or(|mount| match mount.shape() {
        Shape::Text(name) => name.starts_with(TOKEN),
        _ => mount
            .text("name")
            .is_some_and(|name| name.starts_with(TOKEN)),
    })
}
