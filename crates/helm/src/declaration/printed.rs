//! What the templates print into fields where it matters how: selectors that must stay, texts without quotes, namespaces.

use graph::{Data, Node, NodeId, Resource, Role, Tree};
use smol_str::SmolStr;
use source::{FileId, SourceFile, Sources, Span};

/// What stands in a field of a rendered resource, and the place in a template where it is written or printed.
pub(super) struct Printed {
    pub(super) place: Span,
    /// What is printed, or the field that it is printed to.
    pub(super) text: SmolStr,
    /// Where the value stands.
    pub(super) value: Span,
}

/// The most actions of one scalar that are looked at.
const MOST: usize = 8;

/// The kinds whose `spec.selector` can't be changed.
const SELECTING: [&str; 4] = ["DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"];

/// The fields that tell which version of something a chart or its values ask for.
const VERSIONS: [&str; 4] = ["appVersion", "imageTag", "tag", "version"];

/// The functions that answer differently each time, beside those that begin with `rand`.
const CHANGING: [&str; 4] = ["now", "shuffle", "unixEpoch", "uuidv4"];

/// The labels of selectors that other versions of the chart or its values print otherwise; what they come from.
pub(super) fn changing_selectors(resource: &Resource, sources: &Sources) -> Vec<Printed> {
    let tree = &resource.tree;
    let labels = tree.at(NodeId::ROOT, &["spec", "selector", "matchLabels"]);
    let labels = labels.filter(|_| SELECTING.contains(&resource.kind.as_str()));
    let labels = labels.into_iter().flat_map(|labels| tree.children(labels));
    let found = labels.filter_map(|label| {
        // What a function gives that answers differently each time stands at the action itself.
        let own = [tree.node(label).span];
        let all = actions(tree, label).chain(own);
        let mut all = all.flat_map(|action| beside(action, sources));
        all.find_map(|(place, action)| {
            let text = changing(action.strip_prefix("{{")?)?;
            let value = tree.node(label).span;
            Some(Printed { place, text, value })
        })
    });
    found.collect()
}

/// An action, and those that follow it in the same scalar, with their texts: only the first part of a text tells by which it was printed.
fn beside(action: Span, sources: &Sources) -> Vec<(Span, String)> {
    let file = sources.get(action.file);
    let mut found = vec![(action, file.slice(action).to_owned())];
    let mut at = action.range().end;
    let line = file.text.get(at..).and_then(|rest| rest.lines().next());
    let line_end = at + line.map_or(0, str::len);
    while let Some((between, rest)) = file
        .text
        .get(at..line_end)
        .and_then(|rest| rest.split_once("{{"))
    {
        let Some((inner, _)) = rest.split_once("}}") else {
            break;
        };
        if between.contains([',', '}']) || found.len() == MOST {
            break;
        }
        let start = at + between.len();
        let end = start + inner.len() + 4;
        let text = file.text.get(start..end).unwrap_or_default().to_owned();
        found.push((span(action.file, start, end), text));
        at = end;
    }
    found
}

fn span(file: FileId, start: usize, end: usize) -> Span {
    let position = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(file, position(start), position(end))
}

/// What an action refers to that changes from one upgrade to the next.
fn changing(action: &str) -> Option<SmolStr> {
    // What stands between quotes is every second piece.
    let code = action.split(['"', '`']).step_by(2);
    let is_inner = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '$' | '_');
    let mut words = code.flat_map(|code| code.split(move |letter| !is_inner(letter)));
    words.find(|word| is_changing(word)).map(SmolStr::new)
}

fn is_changing(word: &str) -> bool {
    let (holder, last) = word.rsplit_once('.').unwrap_or(("", word));
    match holder {
        "" => CHANGING.contains(&last) || last.starts_with("rand"),
        _ if holder.ends_with(".Chart") => ["AppVersion", "Version"].contains(&last),
        _ => holder.contains(".Values") && VERSIONS.contains(&last),
    }
}

/// The texts that a template prints without quotes, so that YAML takes them for something else; the fields.
pub(super) fn unquoted(resource: &Resource, sources: &Sources) -> Vec<Printed> {
    let tree = &resource.tree;
    let mut found = Vec::new();
    let mut open = vec![NodeId::ROOT];
    while let Some(id) = open.pop() {
        open.extend(tree.children(id));
        let node = tree.node(id);
        let is_other = matches!(node.data, Data::Bool(_) | Data::Int(_) | Data::Float(_));
        if is_other
            && is_text(resource, id)
            && let Some((action, file)) = action(tree, id, sources)
            && is_bare(&file, action)
        {
            found.push(Printed {
                place: action,
                text: name(tree, id),
                value: node.span,
            });
        }
    }
    found
}

/// Whether an action stands between braces, and prints just one value as it is.
pub(super) fn is_bare(file: &SourceFile, action: Span) -> bool {
    let inner = file.slice(action).trim_matches(['{', '}', '-', ' ']);
    inner.starts_with(['.', '$']) && !inner.contains([' ', '|', '='])
}

/// Whether a field takes only text.
fn is_text(resource: &Resource, id: NodeId) -> bool {
    let tree = &resource.tree;
    let key = |id: NodeId| tree.node(id).key.as_ref().map(|key| key.text.as_str());
    let Some(parent) = tree.parent(id) else {
        return false;
    };
    let above = tree.parent(parent);
    match (key(parent), above.and_then(key)) {
        (Some("annotations" | "labels"), Some("metadata")) => true,
        (Some("data"), None) => resource.kind == "ConfigMap",
        (Some("stringData"), None) => resource.kind == "Secret",
        (Some("args" | "command"), None) => is_workload(resource),
        (None, Some("env")) => key(id) == Some("value") && is_workload(resource),
        _ => false,
    }
}

pub(super) fn is_workload(resource: &Resource) -> bool {
    let mut subjects = resource.subjects.iter();
    subjects.any(|subject| subject == "kubernetes/workload")
}

/// The namespaces of a cluster itself: what is written there belongs there.
const OF_CLUSTER: [&str; 2] = ["kube-", "openshift-"];

/// The namespace of a resource, if it is written in a template as it is.
pub(super) fn fixed_namespace(resource: &Resource, sources: &Sources) -> Option<Printed> {
    let tree = &resource.tree;
    let id = tree.at(NodeId::ROOT, &["metadata", "namespace"])?;
    let node: &Node = tree.node(id);
    let Data::String(text) = &node.data else {
        return None;
    };
    let written = sources.get(node.span.file);
    let is_written = written.slice(node.span).trim_matches(['"', '\'']) == text;
    let is_of_cluster = OF_CLUSTER.iter().any(|prefix| text.starts_with(prefix));
    let of_template = written
        .path
        .components()
        .any(|part| part.as_os_str() == "templates");
    let is_plain = is_written && of_template && !is_of_action(&written, node.span);
    (is_plain && !is_of_cluster).then(|| Printed {
        place: node.span,
        text: text.clone(),
        value: node.span,
    })
}

/// Whether a place stands between the braces of an action that begins on its line.
fn is_of_action(file: &SourceFile, place: Span) -> bool {
    let before = file.text.get(..place.range().start).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.rfind("{{") > line.rfind("}}")
}

/// The action that printed a value, the innermost of several.
pub(super) fn action(
    tree: &Tree,
    id: NodeId,
    sources: &Sources,
) -> Option<(Span, std::sync::Arc<SourceFile>)> {
    let action = actions(tree, id).last()?;
    Some((action, sources.get(action.file)))
}

fn actions(tree: &Tree, id: NodeId) -> impl Iterator<Item = Span> {
    let steps = tree.passage(id).into_iter().flat_map(|one| &one.steps);
    let steps = steps.filter(|step| step.role == Role::Template);
    steps.map(|step| step.span)
}

/// A field in messages: its key, or that of the list which it stands in.
fn name(tree: &Tree, id: NodeId) -> SmolStr {
    let mut up = std::iter::successors(Some(id), |id| tree.parent(*id));
    let key = up.find_map(|id| tree.node(id).key.as_ref());
    key.map(|key| key.text.clone()).unwrap_or_default()
}
