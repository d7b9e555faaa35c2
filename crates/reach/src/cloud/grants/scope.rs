//! What a resource is in.

use std::collections::HashMap;
use std::sync::Arc;

use graph::{Graph, NodeId, ResourceId, SmolStr, Unknown};

use super::{Scope, referred};
use crate::truth::{Truth, because};

/// Attributes that say in what a resource is, and the type of that; none where the name says it.
const WITHIN: [(&str, &str); 15] = [
    ("project", "google_project"),
    ("folder_id", "google_folder"),
    ("folder", "google_folder"),
    ("parent", ""),
    ("org_id", "google_organization"),
    ("resource_group_name", "azurerm_resource_group"),
    ("resource_group_id", "azurerm_resource_group"),
    ("storage_account_id", "azurerm_storage_account"),
    ("storage_account_name", "azurerm_storage_account"),
    ("key_vault_id", "azurerm_key_vault"),
    ("server_id", ""),
    ("bucket", "google_storage_bucket"),
    ("dataset_id", "google_bigquery_dataset"),
    ("topic", "google_pubsub_topic"),
    ("key_ring", "google_kms_key_ring"),
];

/// Attributes by which a resource is named.
const NAMES: [&str; 8] = [
    "id",
    "name",
    "project_id",
    "bucket",
    "folder_id",
    "account_id",
    "secret_id",
    "dataset_id",
];

/// Types that others are in of which it is not written in which.
const WIDE: [&str; 5] = [
    "google_project",
    "google_folder",
    "google_organization",
    "azurerm_subscription",
    "azurerm_management_group",
];

/// Resources by type and name.
pub(super) type Named = HashMap<(SmolStr, SmolStr), ResourceId>;

/// The resources of a graph by type and name.
pub(super) fn named(graph: &Graph) -> Named {
    let mut named = Named::new();
    for (id, resource) in graph.resources() {
        if kubernetes::is_object(resource) {
            continue;
        }
        for key in NAMES {
            if let Some(text) = resource.tree.text(NodeId::ROOT, key) {
                let key = (resource.kind.clone(), text.clone());
                named.entry(key).or_insert(id);
            }
        }
    }
    named
}

/// How many resources a chain may have.
const MOST: usize = 32;

/// A resource, and all that it is in.
pub(super) struct Scopes {
    resources: Vec<ResourceId>,
    /// Names of what it is in, and its own, with their types.
    names: Vec<(SmolStr, SmolStr)>,
    /// Why it may be in something else.
    unknown: Option<Arc<Unknown>>,
    /// Whether its project is known, so that it is in no other one.
    has_project: bool,
}

impl Scopes {
    pub(super) fn of(graph: &Graph, named: &Named, resource: ResourceId) -> Self {
        let mut scopes = Self {
            resources: vec![resource],
            names: Vec::new(),
            unknown: None,
            has_project: false,
        };
        let mut index = 0;
        while let Some(id) = scopes.resources.get(index).copied() {
            scopes.add(graph, named, id);
            index += 1;
        }
        scopes
    }

    fn add(&mut self, graph: &Graph, named: &Named, id: ResourceId) {
        let resource = graph.resource(id);
        let tree = &resource.tree;
        self.has_project |= resource.kind == "google_project";
        let names = NAMES.iter().filter_map(|key| tree.text(NodeId::ROOT, key));
        let names = names.map(|name| (resource.kind.clone(), name.clone()));
        self.names.extend(names);
        for (key, kind) in WITHIN {
            let Some(node) = tree.get(NodeId::ROOT, key) else {
                continue;
            };
            self.has_project |=
                key == "project" && kubernetes::unknown(&tree.node(node).data).is_none();
            let text = tree.as_text(node);
            let found = referred(graph, id, node)
                .or_else(|| named.get(&(kind.into(), text?.clone())).copied());
            if let Some(found) = found {
                self.has_project |= key == "project";
                if !self.resources.contains(&found) && self.resources.len() < MOST {
                    self.resources.push(found);
                }
            } else if let Some(text) = text {
                self.names.push((kind.into(), text.clone()));
                let cause =
                    || because("in what something is that is not in the input is not known");
                self.unknown.get_or_insert_with(cause);
            } else if let Some(cause) = kubernetes::unknown(&tree.node(node).data) {
                self.unknown.get_or_insert(cause);
            }
        }
        let needs_project = resource.kind.starts_with("google_")
            && tree.get(NodeId::ROOT, "project").is_none()
            && !WIDE.contains(&resource.kind.as_str());
        if needs_project {
            let cause = || because("the project is that of the provider");
            self.unknown.get_or_insert_with(cause);
        }
        // What is not told of Azure's subscriptions and their groups is not in the resources.
        if resource.kind.starts_with("azurerm_") {
            let cause = || because("the subscription is that of the provider");
            self.unknown.get_or_insert_with(cause);
        }
    }

    /// Whether a scope is one of them.
    pub(super) fn hold(&self, graph: &Graph, scope: &Scope) -> Truth {
        let may_be_in = |kind: &str| match kind == "google_project" && self.has_project {
            true => Truth::No,
            false => self.unknown.clone().map_or(Truth::No, Truth::Maybe),
        };
        match scope {
            Scope::Resource(id) if self.resources.contains(id) => Truth::Yes,
            Scope::Resource(id) => match graph.resource(*id).kind.as_str() {
                kind if WIDE.contains(&kind) => may_be_in(kind),
                _ => Truth::No,
            },
            Scope::Unknown(cause) => Truth::Maybe(Arc::clone(cause)),
            Scope::Named { kind, name } if self.is_named(kind, name) => Truth::Yes,
            Scope::Named { kind, name } => match WIDE.contains(&kind.as_str()) || is_wide(name) {
                true => may_be_in(kind),
                false => Truth::No,
            },
        }
    }

    /// Whether something of a type has a name, of which the last part counts; of the paths of Azure also the one before it.
    fn is_named(&self, kind: &str, name: &str) -> bool {
        let lower = name.to_ascii_lowercase();
        let kind = match lower.starts_with("/subscriptions/") {
            true => kind_of_path(&lower),
            false => kind,
        };
        self.names.iter().any(|(own, text)| {
            let is_kind = kind.is_empty() || own.is_empty() || own == kind;
            is_kind && last(&text.to_ascii_lowercase()) == last(&lower)
        })
    }
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The type of what a path of Azure in small letters leads to, where it is one that others are in.
fn kind_of_path(path: &str) -> &'static str {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    match parts[..] {
        ["subscriptions", _] => "azurerm_subscription",
        ["subscriptions", _, "resourcegroups", _] => "azurerm_resource_group",
        [.., "microsoft.storage", "storageaccounts", _] => "azurerm_storage_account",
        [.., "microsoft.keyvault", "vaults", _] => "azurerm_key_vault",
        _ => "",
    }
}

/// Whether a path of Azure leads to a subscription or a group of them.
fn is_wide(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    let parts: Vec<&str> = lower.trim_matches('/').split('/').collect();
    matches!(
        parts[..],
        ["subscriptions", _] | ["providers", "microsoft.management", "managementgroups", _]
    )
}
