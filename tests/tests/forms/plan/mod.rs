//! What `terraform show -json` would print of a plan of an example, made from what the example evaluates to: no provider can be
//! asked. What providers decide, and what depends on it, is unknown as a whole, as it is for Terraform.
//!
//! Source: <https://developer.hashicorp.com/terraform/internals/json-format>.

mod configuration;
mod values;

use std::path::{Path, PathBuf};

use graph::{Data, NodeId, Tree};
use serde_json::{Value as Json, json};
use source::{FileId, Memory, Sources};
use terraform::module::{Mode, Modules};
use terraform::resource;
use terraform::root::{Instance, InstanceKey, Options, evaluate, evaluate_expressions};
use terraform::schema::{self, Body};
use terraform::syntax::{Places, read_expression};
use terraform::value::Value;

use values::Planned;

/// The plan of the module whose only file is the text. Of the modules that it calls, which are in no input, there is nothing.
pub(crate) fn document(text: &str) -> String {
    let system = Memory::new([("r/main.tf", text)]);
    let sources = Sources::default();
    let shown = |path: &Path| PathBuf::from(path);
    let modules = Modules::new(&system, &sources, &shown);
    let options = Options {
        modules: &modules,
        folder: Path::new("r"),
        boundary: Path::new("r"),
        inputs: &[],
        workspace: None,
    };
    let root = evaluate(&options);
    let module = modules.get(Path::new("r"));
    let declared = resource::resources(&root);
    let instances = root.resources.iter().map(AsRef::as_ref);
    let instances: Vec<(&Instance, Planned)> = instances
        .map(|instance| {
            let mut planned = planned(instance, &options);
            let address = format!("{}{}", instance.address, instance.key);
            let mut declared = declared.iter().map(|declared| &declared.resource);
            if let Some(declared) = declared.find(|declared| declared.address == address) {
                add_defaults(&declared.tree, NodeId::ROOT, &mut planned.after);
            }
            (instance, planned)
        })
        .collect();
    let is_read = |(instance, planned): &&(&Instance, Planned)| {
        instance.address.mode == Mode::Data && planned.is_known()
    };
    let changes = instances.iter().filter(|one| !is_read(one)).map(change);
    let values = |wanted: bool| -> Json {
        let wanted = instances.iter().filter(|one| is_read(one) == wanted);
        json!({ "root_module": { "resources": wanted.map(value).collect::<Json>() } })
    };
    let document = json!({
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "planned_values": values(false),
        "resource_changes": changes.collect::<Json>(),
        "prior_state": { "format_version": "1.0", "values": values(true) },
        "configuration": configuration::document(&module),
    });
    format!("{document:#}")
}

/// Adds what a provider sets where a configuration does not.
fn add_defaults(tree: &Tree, node: NodeId, values: &mut Json) {
    for (index, child) in tree.children(node).enumerate() {
        let found = tree.node(child);
        let is_default = tree
            .passage(child)
            .is_some_and(|passage| passage.default.is_some());
        let value = match &found.key {
            Some(key) if is_default => {
                values[key.text.as_str()] = match &found.data {
                    Data::Bool(bool) => (*bool).into(),
                    Data::String(text) => text.as_str().into(),
                    other => panic!("no provider sets {other:?}"),
                };
                continue;
            }
            Some(key) => values.get_mut(key.text.as_str()),
            None => values.get_mut(index),
        };
        if let Some(value) = value {
            add_defaults(tree, child, value);
        }
    }
}

/// What a plan says of an instance.
fn planned(instance: &Instance, options: &Options<'_>) -> Planned {
    let address = &instance.address;
    let schema = schema::of(address.mode, &address.ty);
    let mut planned = values::body(&instance.value, schema);
    if let (Mode::Data, Some(schema)) = (address.mode, schema) {
        for (name, value) in computed(instance, schema, options) {
            planned.set(&name, values::of(&value));
        }
    }
    planned
}

/// What a data source gives that follows from its arguments.
fn computed(instance: &Instance, schema: &Body, options: &Options<'_>) -> Vec<(String, Value)> {
    let names = schema
        .attributes()
        .filter(|(_, attribute)| attribute.is_computed());
    let names: Vec<&str> = names.map(|(name, _)| name).collect();
    let expressions: Vec<_> = (names.iter())
        .map(|name| format!("{}{}.{name}", instance.address, instance.key))
        .map(|text| read_expression(&text, &Places::verbatim(FileId(0), 0)).0)
        .collect();
    let values = evaluate_expressions(options, &expressions).into_iter();
    (names.into_iter().zip(values))
        .filter_map(|(name, value)| Some((name.to_owned(), value.ok()?)))
        .collect()
}

/// What an instance goes by.
fn head(instance: &Instance) -> Json {
    let address = &instance.address;
    let mut head = json!({
        "address": format!("{address}{}", instance.key),
        "mode": match address.mode {
            Mode::Data => "data",
            _ => "managed",
        },
        "type": address.ty.as_str(),
        "name": address.name.as_str(),
    });
    match &instance.key {
        InstanceKey::None => {}
        InstanceKey::Index(index) => head["index"] = (*index).into(),
        InstanceKey::Name(name) => head["index"] = name.as_str().into(),
        InstanceKey::Any => panic!("Terraform plans nothing whose number is unknown"),
    }
    head
}

fn value((instance, planned): &(&Instance, Planned)) -> Json {
    let mut resource = head(instance);
    resource["values"] = planned.after.clone();
    resource
}

fn change((instance, planned): &(&Instance, Planned)) -> Json {
    let mut change = head(instance);
    change["change"] = json!({
        "actions": [match instance.address.mode {
            Mode::Data => "read",
            _ => "create",
        }],
        "before": null,
        "after": planned.after,
        "after_unknown": planned.unknown,
        "before_sensitive": false,
        "after_sensitive": {},
    });
    change
}

/// What of a plan this makes as Terraform does: the changes, and what the configuration says of the resources.
fn comparable(document: &str) -> [Json; 2] {
    let mut document: Json = serde_json::from_str(document).expect("plans are JSON");
    let mut take = |pointer: &str, left_out: &[&str]| {
        let mut list = document
            .pointer_mut(pointer)
            .map(Json::take)
            .unwrap_or_default();
        for item in list.as_array_mut().into_iter().flatten() {
            for key in left_out {
                item.as_object_mut().map(|item| item.remove(*key));
            }
            item.pointer_mut("/change")
                .and_then(Json::as_object_mut)
                .map(|change| change.remove("after_sensitive"));
        }
        list
    };
    [
        take("/resource_changes", &["provider_name"]),
        take(
            "/configuration/root_module/resources",
            &["provider_config_key"],
        ),
    ]
}

/// `recorded.json` is of Terraform 1.11: in a folder with `recorded.tf` alone, `terraform init`, `terraform plan -out p`,
/// `terraform show -json p | python3 -m json.tool --indent 2`.
#[test]
fn plans_are_made_as_terraform_makes_them() {
    let made = comparable(&document(include_str!("recorded.tf")));
    assert_eq!(made, comparable(include_str!("recorded.json")));
}
