//! Annotations that hold directives, ours and those of other tools. Each is for a whole resource.

use graph::{Data, NodeId, Resource, ResourceId};
use source::{Place, Span};

use super::directive::{Written, plain_reason};
use super::names::{CheckIds, Tool};
use super::reading::{Foreign, Ours, Reading};
use super::scope::Scope;
use crate::project::Project;

/// An annotation of a resource or of a pod that it makes.
struct Annotation<'a> {
    key: &'a str,
    /// The text; empty for anything else.
    value: &'a str,
    data: &'a Data,
    span: Span,
    resource: ResourceId,
    /// Whether it is the object's own, and not that of its pods.
    is_own: bool,
}

/// What keys of annotations that hold directives have in them.
const MARKS: [&str; 8] = [
    "scantling.dev/ignore",
    "checkov.io/skip",
    "bridgecrew.io/skip",
    "cortex.io/skip",
    "kube-score/ignore",
    "kube-linter.io/",
    "polaris.fairwinds.com/",
    "kubescape.io/skip-",
];

/// Whether a resource has annotations that may hold directives.
pub(crate) fn is_annotated(resource: &Resource) -> bool {
    let tree = &resource.tree;
    let annotations = |(metadata, _)| tree.get(metadata, "annotations");
    let maps = metadata(resource).into_iter().filter_map(annotations);
    let mut keys = maps.flat_map(|map| tree.children(map));
    keys.any(|node| {
        let key = tree.node(node).key.as_ref();
        key.is_some_and(|key| MARKS.iter().any(|mark| key.text.contains(mark)))
    })
}

/// Reads the directives in the annotations of all resources.
pub(super) fn read(reading: &mut Reading<'_>, project: &Project) {
    for id in project.annotated.ids(&project.graph) {
        let resource = project.graph.resource(id);
        for (metadata, is_own) in metadata(resource) {
            let tree = &resource.tree;
            let annotations = tree
                .get(metadata, "annotations")
                .into_iter()
                .flat_map(|map| tree.children(map));
            for node in annotations {
                read_node(reading, resource, (id, is_own), node);
            }
        }
    }
}

/// The `metadata` of the object, and those of its pods where they are others.
fn metadata(resource: &Resource) -> Vec<(NodeId, bool)> {
    let own = resource.tree.get(NodeId::ROOT, "metadata");
    let pods = resource
        .facts
        .pods
        .iter()
        .filter_map(|pod| pod.metadata)
        .filter(|pod| Some(*pod) != own);
    own.map(|node| (node, true))
        .into_iter()
        .chain(pods.map(|node| (node, false)))
        .collect()
}

fn read_node(
    reading: &mut Reading<'_>,
    object: &Resource,
    (resource, is_own): (ResourceId, bool),
    node: NodeId,
) {
    let tree = &object.tree;
    let node = tree.node(node);
    let Some(key) = &node.key else { return };
    let value = match &node.data {
        Data::String(text) => text.as_str(),
        _ => "",
    };
    let span = if node.span.is_empty() {
        key.span
    } else {
        node.span
    };
    let annotation = Annotation {
        key: &key.text,
        value,
        data: &node.data,
        span,
        resource,
        is_own,
    };
    if let Some(rest) = annotation.key.strip_prefix("scantling.dev/ignore") {
        read_ours(reading, &annotation, rest);
    } else if let Some((tool, checks, reason)) = foreign(reading, &annotation, object) {
        let scope = Scope::Resource(resource);
        reading.take_foreign(Foreign {
            tool,
            checks,
            reason: reason.as_deref(),
            span,
            scope,
        });
    }
}

/// `scantling.dev/ignore: "CHECK[,CHECK] [until=YYYY-MM-DD] reason; …"`, or
/// `scantling.dev/ignore.CHECK: "reason"`.
fn read_ours(reading: &mut Reading<'_>, annotation: &Annotation<'_>, rest: &str) {
    let place = Place::Span(annotation.span);
    if !matches!(annotation.data, Data::String(_)) {
        // An unknown text may be a good directive.
        if annotation.data.kind().is_some() && !matches!(annotation.data, Data::Partial(_)) {
            let help = Some("write the reason as a text in quotes".to_owned());
            reading.invalid("the suppression is no text".to_owned(), help, place);
        }
        return;
    }
    let texts: Vec<String> = match rest.strip_prefix('.') {
        Some(check) => vec![format!("{check} {}", annotation.value)],
        None if rest.is_empty() => annotation
            .value
            .split([';', '\n'])
            .map(str::to_owned)
            .collect(),
        None => {
            let help =
                Some("write `scantling.dev/ignore`, or `scantling.dev/ignore.CHECK`".to_owned());
            return reading.invalid(
                format!(
                    "there is no annotation `scantling.dev/ignore{}`",
                    source::neutral(rest)
                ),
                help,
                place,
            );
        }
    };
    let (scope, is_empty) = (
        Scope::Resource(annotation.resource),
        annotation.value.trim().is_empty(),
    );
    for text in texts
        .iter()
        .filter(|text| is_empty || !text.trim().is_empty())
    {
        let written = Written::read(text);
        reading.take(&Ours {
            written,
            place: place.clone(),
            names: Vec::new(),
            scope,
            whereabouts: String::new(),
        });
    }
}

/// What an annotation of another tool hides, and why.
fn foreign(
    reading: &Reading<'_>,
    annotation: &Annotation<'_>,
    object: &Resource,
) -> Option<(Tool, CheckIds, Option<String>)> {
    if ["checkov.io/skip", "bridgecrew.io/skip", "cortex.io/skip"]
        .iter()
        .any(|mark| annotation.key.contains(mark))
    {
        return Some(checkov(reading, annotation));
    }
    if annotation.key == "kube-score/ignore" {
        return Some((Tool::KubeScore, kube_score(reading, annotation.value), None));
    }
    // The other tools look at the object itself only.
    if !annotation.is_own {
        return None;
    }
    let (tool, checks) =
        if let Some(name) = annotation.key.strip_prefix("ignore-check.kube-linter.io/") {
            (
                Tool::KubeLinter,
                reading.names().theirs(Tool::KubeLinter, name),
            )
        } else if annotation.key == "kube-linter.io/ignore-all" {
            (Tool::KubeLinter, reading.names().shared(Tool::KubeLinter))
        } else if let Some(name) = annotation.key.strip_prefix("polaris.fairwinds.com/") {
            return Some((Tool::Polaris, polaris(reading, name, annotation)?, None));
        } else if annotation.key == "kubescape.io/skip-controls" {
            return kubescape(reading, annotation, object);
        } else {
            return None;
        };
    Some((tool, checks, Some(plain_reason(annotation.value))))
}

/// `checkov.io/skip1: ID=reason`.
/// <https://www.checkov.io/2.Basics/Suppressing%20and%20Skipping%20Policies.html>
fn checkov(reading: &Reading<'_>, annotation: &Annotation<'_>) -> (Tool, CheckIds, Option<String>) {
    let (id, reason) = annotation
        .value
        .split_once('=')
        .unwrap_or((annotation.value, ""));
    (
        Tool::Checkov,
        reading.names().theirs(Tool::Checkov, id.trim()),
        Some(reason.trim().to_owned()),
    )
}

/// `kube-score/ignore: test,test`. <https://github.com/zegl/kube-score#ignoring-a-test>
fn kube_score(reading: &Reading<'_>, value: &str) -> CheckIds {
    let mut tests: Vec<&str> = value.split(',').map(str::trim).collect();
    // kube-score's own rule: its test of resources was parted once.
    if tests.contains(&"container-resources") {
        tests.push("container-ephemeral-storage-request-and-limit");
    }
    reading.names().any_of(Tool::KubeScore, &tests)
}

/// `polaris.fairwinds.com/exempt: "true"` and `polaris.fairwinds.com/CHECK-exempt: "true"`.
/// <https://polaris.docs.fairwinds.com/customization/exemptions/>
fn polaris(reading: &Reading<'_>, name: &str, annotation: &Annotation<'_>) -> Option<CheckIds> {
    if !(annotation.value.eq_ignore_ascii_case("true") || *annotation.data == Data::Bool(true)) {
        return None;
    }
    match name.strip_suffix("-exempt") {
        Some(check) => Some(reading.names().theirs(Tool::Polaris, check)),
        None => (name == "exempt").then(|| reading.names().shared(Tool::Polaris)),
    }
}

/// `kubescape.io/skip-controls: ID,ID` with `skip-reason` and `skip-expiry` beside it.
/// <https://github.com/kubescape/kubescape/pull/3392>
fn kubescape(
    reading: &Reading<'_>,
    annotation: &Annotation<'_>,
    object: &Resource,
) -> Option<(Tool, CheckIds, Option<String>)> {
    let text = |key: &str| {
        let node = object
            .tree
            .at(NodeId::ROOT, &["metadata", "annotations", key])?;
        object.tree.as_text(node)
    };
    let expiry = text("kubescape.io/skip-expiry").filter(|expiry| !expiry.is_empty());
    if expiry.is_some_and(|expiry| !is_ahead(expiry, reading.today())) {
        return None;
    }
    let controls: Vec<&str> = annotation.value.split(',').map(str::trim).collect();
    let reason = text("kubescape.io/skip-reason").map(ToString::to_string);
    Some((
        Tool::Kubescape,
        reading.names().any_of(Tool::Kubescape, &controls),
        reason,
    ))
}

/// Whether a moment, as RFC 3339 writes it, is behind the beginning of a day. What is no moment
/// never is, as in Kubescape.
fn is_ahead(moment: &str, day: &str) -> bool {
    let beginning = format!("{day}T00:00:00Z").parse::<jiff::Timestamp>();
    match (moment.parse::<jiff::Timestamp>(), beginning) {
        (Ok(moment), Ok(beginning)) => beginning < moment,
        _ => false,
    }
}
