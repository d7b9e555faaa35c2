//! State as Terraform keeps it, version 4.
//!
//! Source: <https://github.com/hashicorp/terraform/blob/v1.11/internal/states/statefile/version4.go>.

use std::sync::Arc;

use graph::{Data as Node, NodeId};
use smol_str::SmolStr;
use source::{Level, Problem};

use super::Planned;
use super::address::{self, Address};
use super::instance::{Found, instances};
use super::json::Json;
use super::values::Said;
use crate::schema::{self, Body};
use crate::value::{Data, Origin, Value};

pub(super) fn read(json: &Json<'_>) -> Planned {
    let mut planned = Planned::default();
    let mut found = Vec::new();
    for resource in json.items(json.get(NodeId::ROOT, "resources")) {
        let module = json.text(resource, "module").map_or("", SmolStr::as_str);
        let (Some(module), Some(address)) = (address::module(module), json.resource(resource))
        else {
            planned.problems.push(invalid(json, resource));
            continue;
        };
        for instance in json.items(json.get(resource, "instances")) {
            if json.get(instance, "deposed").is_some() {
                continue;
            }
            let address = Address {
                module: module.clone(),
                resource: address.clone(),
                key: json.key(instance, "index_key"),
            };
            let schema = schema::of(address.resource.mode, &address.resource.ty);
            let value = value(json, instance, schema);
            found.push(Found { address, value });
        }
    }
    planned.instances = instances(*json, found);
    planned
}

fn invalid(json: &Json<'_>, resource: NodeId) -> Problem {
    let message = "this is no resource of a state";
    Problem::at(
        Level::Warning,
        "invalid-resource",
        message,
        json.span(resource),
    )
}

fn value(json: &Json<'_>, instance: NodeId, schema: Option<&Body>) -> Value {
    let said = Said {
        value: json.get(instance, "attributes"),
        unknown: None,
        sensitive: None,
    };
    let mut entries = json.object(said, "");
    for (name, value) in &mut entries {
        let attribute = schema.and_then(|schema| schema.attribute(name));
        if attribute.is_none_or(|attribute| attribute.ty.has_dynamic()) {
            unwrap(value);
        }
    }
    let origin = Origin::new(json.span(instance));
    let mut value = Value::new(Data::Object(entries.into()), origin);
    for path in json.items(json.get(instance, "sensitive_attributes")) {
        let steps: Vec<Step> = json
            .items(Some(path))
            .filter_map(|node| step(json, node))
            .collect();
        hide(&mut value, &steps);
    }
    value
}

/// Takes `{"value": …, "type": "string"}` for the value: so it is written where the provider leaves the type to the
/// configuration.
fn unwrap(value: &mut Value) {
    let Data::Object(entries) = &value.data else {
        return;
    };
    if let (2, Some(inner), Some(ty)) = (entries.len(), entries.get("value"), entries.get("type"))
        && is_type(ty)
    {
        *value = inner.clone();
    }
}

/// Whether a value is a type of go-cty in JSON: `"string"`, `["list", "string"]`.
fn is_type(value: &Value) -> bool {
    const PRIMITIVE: [&str; 4] = ["string", "number", "bool", "dynamic"];
    const OTHERS: [&str; 5] = ["list", "set", "map", "tuple", "object"];
    let is_one =
        |value: &Value, names: &[&str]| value.as_str().is_some_and(|text| names.contains(&text));
    match value.as_items().map(|items| &items[..]) {
        Some([name, _]) => is_one(name, &OTHERS),
        Some(_) => false,
        None => is_one(value, &PRIMITIVE),
    }
}

/// A step to a sensitive part.
pub(super) enum Step {
    Name(SmolStr),
    Index(usize),
}

/// `{"type": "get_attr", "value": "password"}`, or `index` with the value and its type.
fn step(json: &Json<'_>, node: NodeId) -> Option<Step> {
    let value = json.get(node, "value")?;
    let value = json.get(value, "value").unwrap_or(value);
    match &json.tree.node(value).data {
        Node::String(name) => Some(Step::Name(name.clone())),
        Node::Int(index) => usize::try_from(*index).ok().map(Step::Index),
        _ => None,
    }
}

/// Marks the part that a path leads to; the last part that is there, where it leads on.
pub(super) fn hide(value: &mut Value, path: &[Step]) {
    let Some((step, rest)) = path.split_first() else {
        value.marks.sensitive = true;
        return;
    };
    match (&mut value.data, step) {
        (Data::Object(entries), Step::Name(name)) => {
            if let Some(part) = Arc::make_mut(entries).get_mut(name) {
                return hide(part, rest);
            }
        }
        (Data::Tuple(items), Step::Index(index)) => {
            if let Some(part) = Arc::make_mut(items).get_mut(*index) {
                return hide(part, rest);
            }
        }
        _ => {}
    }
    value.marks.sensitive = true;
}
