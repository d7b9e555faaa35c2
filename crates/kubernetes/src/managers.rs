//! Who set which fields of a live object.
//!
//! Source: <https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management>

use graph::{Data, Field, Fields, Manager, NodeId, Resource, SmolStr, Tree};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

/// How many fields are read of one manager; objects have some hundreds.
const FIELDS: usize = 20_000;

/// The managers that are written in an object, as `kubectl --show-managed-fields` prints it.
pub(crate) fn written(tree: &Tree) -> Vec<Manager> {
    let entries = tree.at(NodeId::ROOT, &["metadata", "managedFields"]);
    let entries = entries.into_iter().flat_map(|list| tree.children(list));
    let text = |entry, key| tree.text(entry, key).cloned().unwrap_or_default();
    let manager = |entry| Manager {
        name: text(entry, "manager"),
        operation: text(entry, "operation"),
        api_version: text(entry, "apiVersion"),
        time: text(entry, "time"),
        subresource: text(entry, "subresource"),
        fields: Fields::of(written_fields(tree, entry)),
    };
    entries.map(manager).collect()
}

/// An entry of `managedFields`, as servers give it.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ManagedFields<'a> {
    manager: SmolStr,
    operation: SmolStr,
    api_version: SmolStr,
    time: SmolStr,
    subresource: SmolStr,
    #[serde(borrow, rename = "fieldsV1")]
    fields: Option<&'a RawValue>,
}

impl ManagedFields<'_> {
    /// Who wrote it.
    #[must_use]
    pub fn manager(&self) -> Manager {
        Manager {
            name: self.manager.clone(),
            operation: self.operation.clone(),
            api_version: self.api_version.clone(),
            time: self.time.clone(),
            subresource: self.subresource.clone(),
            fields: Fields::new(self.fields.map_or("", RawValue::get)),
        }
    }
}

/// The fields of an entry.
fn written_fields(tree: &Tree, entry: NodeId) -> Vec<Field> {
    let below = |depth: usize, node| {
        let mut children: Vec<(usize, NodeId)> =
            tree.children(node).map(|child| (depth, child)).collect();
        children.reverse();
        children
    };
    let mut open: Vec<(usize, NodeId)> = Vec::new();
    open.extend(
        tree.get(entry, "fieldsV1")
            .into_iter()
            .flat_map(|node| below(0, node)),
    );
    let mut fields = Vec::new();
    while let Some((depth, node)) = open.pop() {
        let key = tree.node(node).key.as_ref();
        fields.extend(key.map(|key| (depth, key.text.clone())));
        open.extend(below(depth + 1, node));
    }
    fields
}

/// The managers that set what stands at a node, or the whole that it is a part of.
pub fn setters(resource: &Resource, node: NodeId) -> impl Iterator<Item = &Manager> {
    let tree = &resource.tree;
    let above = std::iter::successors(Some(node), |node| tree.parent(*node));
    let mut path: Vec<NodeId> = above.filter(|node| *node != NodeId::ROOT).collect();
    path.reverse();
    let managers = resource.facts.managers.iter();
    managers.filter(move |manager| has(manager.fields.read(fields), tree, &path))
}

/// The fields of `fieldsV1`. What is damaged or endless names none.
fn fields(text: &str) -> Vec<Field> {
    let mut fields = Vec::new();
    if let Ok(Value::Object(map)) = serde_json::from_str(text) {
        let mut open: Vec<(usize, String, Value)> = Vec::new();
        let below = |depth, map: serde_json::Map<String, Value>| {
            let fields = map.into_iter().rev();
            fields.map(move |(key, value)| (depth, key, value))
        };
        open.extend(below(0, map));
        while let Some((depth, key, value)) = open.pop() {
            if fields.len() == FIELDS {
                return Vec::new();
            }
            fields.push((depth, key.into()));
            if let Value::Object(map) = value {
                open.extend(below(depth + 1, map));
            }
        }
    }
    fields
}

/// Whether fields have the last node of a path, or end above it.
fn has(fields: &[Field], tree: &Tree, path: &[NodeId]) -> bool {
    let mut rest = fields;
    for (depth, node) in path.iter().enumerate() {
        if rest.is_empty() {
            return depth > 0;
        }
        let own = |(at, key): &Field| *at == depth && is_of(key, tree, *node);
        let Some(found) = rest.iter().position(own) else {
            return false;
        };
        let below = &rest[found + 1..];
        let end = below.iter().position(|(at, _)| *at <= depth);
        rest = &below[..end.unwrap_or(below.len())];
    }
    !path.is_empty()
}

/// Whether the name of a field means a node: `f:key`, `k:{"name":"api"}`, `v:"text"` or `i:0`.
fn is_of(field: &SmolStr, tree: &Tree, node: NodeId) -> bool {
    let key = tree.node(node).key.as_ref();
    match (field.split_once(':'), key) {
        (Some(("f", name)), Some(key)) => key.text == name,
        (Some(("k", keys)), None) => {
            let keys = serde_json::from_str::<serde_json::Map<String, Value>>(keys);
            let is_item = |(key, value): (&String, &Value)| {
                let own = tree.get(node, key);
                own.is_some_and(|own| is_equal(&tree.node(own).data, value))
            };
            keys.is_ok_and(|keys| !keys.is_empty() && keys.iter().all(is_item))
        }
        (Some(("v", value)), None) => {
            let value = serde_json::from_str(value);
            value.is_ok_and(|value| is_equal(&tree.node(node).data, &value))
        }
        (Some(("i", index)), None) => {
            let list = tree.parent(node);
            let mut items = list.into_iter().flat_map(|list| tree.children(list));
            index.parse().ok() == items.position(|item| item == node)
        }
        _ => false,
    }
}

fn is_equal(data: &Data, value: &Value) -> bool {
    match (data, value) {
        (Data::String(one), Value::String(other)) => one == other,
        (Data::Bool(one), Value::Bool(other)) => one == other,
        (Data::Int(one), Value::Number(other)) => other.as_i64() == Some(*one),
        (Data::Null, Value::Null) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    const POD: &str = "
apiVersion: v1
kind: Pod
metadata: {name: api, labels: {app: api}, finalizers: [a.example.org/b]}
spec:
  hostNetwork: true
  containers:
  - {name: api, image: a, ports: [{containerPort: 80, protocol: TCP}]}
  - {name: side, image: b}
";

    /// Whether fields have the node at a path, whose numbers are indexes.
    #[track_caller]
    fn check(text: &str, path: &[&str], expected: bool) {
        let (_, manifests) = testing::read(POD);
        let mut resource = manifests.resources.into_iter().next().expect("a pod");
        resource.facts.managers = vec![Manager {
            name: "kubectl".into(),
            operation: "Apply".into(),
            api_version: "v1".into(),
            time: SmolStr::default(),
            subresource: SmolStr::default(),
            fields: Fields::new(text),
        }];
        let tree = &resource.tree;
        let node = path.iter().fold(NodeId::ROOT, |node, step| {
            let child = match step.parse::<usize>() {
                Ok(index) => tree.children(node).nth(index),
                Err(_) => tree.get(node, step),
            };
            child.expect("a node")
        });
        assert_eq!(
            setters(&resource, node).count(),
            usize::from(expected),
            "{path:?}"
        );
    }

    #[test]
    fn fields_are_those_that_a_manager_set() {
        let set = r#"{
            "f:metadata": {"f:labels": {".": {}, "f:app": {}}, "f:finalizers": {".": {}, "v:\"a.example.org/b\"": {}}},
            "f:spec": {"f:containers": {"k:{\"name\":\"api\"}": {
                ".": {}, "f:image": {}, "f:ports": {"k:{\"containerPort\":80,\"protocol\":\"TCP\"}": {"f:containerPort": {}}}
            }}}
        }"#;
        for path in [
            &["metadata", "labels", "app"][..],
            &["metadata", "finalizers", "0"],
            &["spec", "containers", "0"],
            &["spec", "containers", "0", "image"],
            &["spec", "containers", "0", "ports", "0", "containerPort"],
        ] {
            check(set, path, true);
        }
        for path in [
            &["spec", "hostNetwork"][..],
            &["spec", "containers", "1"],
            &["spec", "containers", "1", "image"],
            &["spec", "containers", "0", "name"],
            &[],
        ] {
            check(set, path, false);
        }
    }

    #[test]
    fn what_is_set_as_a_whole_is_set_in_its_parts() {
        let whole = r#"{"f:spec": {"f:containers": {}}}"#;
        check(whole, &["spec", "containers", "1", "image"], true);
        check(whole, &["spec", "hostNetwork"], false);
    }

    #[test]
    fn hostile_fields_name_nothing() {
        let deep = format!("{}{{}}{}", "{\"f:spec\":".repeat(5000), "}".repeat(5000));
        let wide: String = (0..30_000)
            .map(|index| format!("\"f:{index}\":{{}},"))
            .collect();
        let wide = format!("{{{wide}\"f:spec\":{{}}}}");
        for text in [
            "",
            "[]",
            "{\"f:spec\"",
            "{\"k:{\":{}}",
            "{\"\":{}}",
            &deep,
            &wide,
        ] {
            check(text, &["spec", "hostNetwork"], false);
        }
    }
}
