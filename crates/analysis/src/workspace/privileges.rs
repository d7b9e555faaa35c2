//! Who is granted what by role bindings, as it is written.

use std::collections::BTreeMap;

use graph::{LinkKind, NodeId, Resource, ResourceId, Target, Tree};
use smol_str::SmolStr;
use source::{Span, neutral};

use super::{Known, Workspace};
use crate::project::Project;

/// Somebody to whom bindings grant something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// `User`, `Group` or `ServiceAccount`.
    pub kind: SmolStr,
    /// The namespace of a ServiceAccount.
    pub namespace: Option<SmolStr>,
    /// The name.
    pub name: SmolStr,
    /// What is granted, by binding.
    pub grants: Vec<Grant>,
}

/// What one binding grants.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grant {
    /// The address of the binding.
    pub binding: SmolStr,
    /// The binding, by its index in the survey.
    pub binding_index: Option<u32>,
    /// Where the binding names the subject.
    pub span: Span,
    /// The namespace in which it holds; in all where there is none.
    pub namespace: Option<SmolStr>,
    /// The kind and the name of the role.
    pub role: SmolStr,
    /// The role, by its index in the survey, where it is there.
    pub role_index: Option<u32>,
    /// Its rules as they are written, with their places.
    pub rules: Vec<(String, Span)>,
}

impl Workspace {
    /// All subjects of bindings in the last analysis, by kind, namespace and name.
    #[must_use]
    pub fn privileges(&self) -> Vec<Subject> {
        self.known
            .as_ref()
            .map(Known::privileges)
            .unwrap_or_default()
    }
}

/// What names a subject.
type Name = (SmolStr, Option<SmolStr>, SmolStr);

impl Known {
    fn privileges(&self) -> Vec<Subject> {
        let numbering = self.numbering();
        let mut subjects: BTreeMap<Name, Vec<Grant>> = BTreeMap::new();
        for (levels, id) in self.surveyed() {
            let project = levels.project;
            let binding = project.graph.resource(id);
            if !matches!(binding.kind.as_str(), "RoleBinding" | "ClusterRoleBinding") {
                continue;
            }
            let role = role(project, id);
            let named = binding.tree.get(NodeId::ROOT, "subjects").into_iter();
            for node in named.flat_map(|list| binding.tree.children(list)) {
                let grant = Grant {
                    binding: binding.address.clone(),
                    binding_index: numbering.of(project, id),
                    span: binding.tree.node(node).span,
                    namespace: binding.namespace.name().map(SmolStr::from),
                    role: role_name(&binding.tree),
                    role_index: role.and_then(|role| numbering.of(project, role)),
                    rules: role.map_or_else(Vec::new, |role| rules(project.graph.resource(role))),
                };
                subjects
                    .entry(subject(binding, node))
                    .or_default()
                    .push(grant);
            }
        }
        let all = subjects.into_iter();
        all.map(|((kind, namespace, name), grants)| Subject {
            kind,
            namespace,
            name,
            grants,
        })
        .collect()
    }
}

fn subject(binding: &Resource, node: NodeId) -> Name {
    let text = |key| binding.tree.text(node, key).map(|text| harmless(text));
    let kind = text("kind").unwrap_or_else(|| "?".into());
    let namespace = match kind.as_str() {
        "ServiceAccount" => text("namespace"),
        _ => None,
    };
    (kind, namespace, text("name").unwrap_or_else(|| "?".into()))
}

/// The role that a binding grants, where it is there.
fn role(project: &Project, binding: ResourceId) -> Option<ResourceId> {
    let mut links = project.graph.links_from(binding).iter();
    links.find_map(|link| match link.target {
        Target::Resource(id) if link.kind == LinkKind::Grants => Some(id),
        _ => None,
    })
}

fn role_name(binding: &Tree) -> SmolStr {
    let reference = binding.get(NodeId::ROOT, "roleRef");
    let text = |key| reference.and_then(|node| binding.text(node, key));
    let parts = [text("kind"), text("name")].map(|part| part.map_or("?", SmolStr::as_str));
    harmless(&parts.join("/"))
}

/// The rules of a role, a line each.
fn rules(role: &Resource) -> Vec<(String, Span)> {
    let tree = &role.tree;
    let rules = tree.get(NodeId::ROOT, "rules").into_iter();
    let rules = rules.flat_map(|list| tree.children(list));
    rules
        .map(|rule| (words(tree, rule), tree.node(rule).span))
        .collect()
}

/// A rule in the words of `kubectl`: verbs, resources with their groups, and what narrows them.
fn words(tree: &Tree, rule: NodeId) -> String {
    let all = |key| {
        let list = tree.get(rule, key).into_iter();
        let items = list.flat_map(|list| tree.children(list));
        let texts = items.map(|item| match tree.as_text(item) {
            Some(text) if text.is_empty() => "core".into(),
            Some(text) => harmless(text),
            None => SmolStr::new_static("…"),
        });
        texts.collect::<Vec<SmolStr>>().join(", ")
    };
    let groups = all("apiGroups");
    let parts = [
        (all("verbs"), ""),
        (all("resources"), "on "),
        (all("nonResourceURLs"), "on "),
        (all("resourceNames"), "named "),
        (
            if groups == "core" {
                String::new()
            } else {
                groups
            },
            "of ",
        ),
    ];
    let parts = parts.into_iter().filter(|(text, _)| !text.is_empty());
    let parts: Vec<String> = parts.map(|(text, lead)| format!("{lead}{text}")).collect();
    parts.join(" ")
}

fn harmless(text: &str) -> SmolStr {
    neutral(text).as_ref().into()
}
