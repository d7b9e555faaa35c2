//! Asks `terraform` for the plans.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;
use serde_json::value::RawValue;

use super::case::Case;
use crate::terraform::Folder;
use crate::value::{Value, parse, planned, quote};

/// Rewrites what is expected of a case.
pub(crate) fn record(case: &Case) {
    let folder = Folder::copy_of(&case.folder());
    let plan = folder.init().and_then(|()| folder.plan());
    let expected = match plan {
        Ok(plan) => of_plan(&plan),
        Err(errors) => of_errors(&errors),
    };
    case.write_expected(&expected);
}

fn of_plan(plan: &str) -> String {
    let plan: BTreeMap<&str, &RawValue> = parse(plan);
    let changes: Vec<BTreeMap<&str, &RawValue>> = plan
        .get("resource_changes")
        .map(|changes| parse(changes.get()))
        .unwrap_or_default();
    let resources = changes.iter().map(|change| {
        (
            parse(change["address"].get()),
            set(planned(change["change"])),
        )
    });
    let outputs: BTreeMap<String, &RawValue> = plan
        .get("output_changes")
        .map(|outputs| parse(outputs.get()))
        .unwrap_or_default();
    let outputs = outputs
        .into_iter()
        .map(|(name, change)| (name, planned(change)));
    format!(
        "{{\n\"resources\": {},\n\"outputs\": {}\n}}\n",
        lines(resources.collect()),
        lines(outputs.collect())
    )
}

/// The attributes that the configuration sets; `id` and `output` are unknown in every plan.
fn set(resource: Value) -> Value {
    match resource {
        Value::Entries(mut attributes) => {
            attributes.retain(|name, value| match name.as_str() {
                "id" | "output" => false,
                _ => *value != Value::null(),
            });
            Value::Entries(attributes)
        }
        resource => resource,
    }
}

/// An object with an entry on each line.
fn lines(entries: BTreeMap<String, Value>) -> String {
    let lines: Vec<String> = entries
        .into_iter()
        .map(|(key, value)| format!("{}: {}", quote(&key), value.json()))
        .collect();
    match lines.is_empty() {
        true => "{}".to_owned(),
        false => format!("{{\n{}\n}}", lines.join(",\n")),
    }
}

fn of_errors(errors: &[Json]) -> String {
    let classes: BTreeSet<String> = errors
        .iter()
        .map(|error| error["summary"].to_string())
        .collect();
    let classes: Vec<String> = classes.into_iter().collect();
    format!("{{\n\"errors\": [{}]\n}}\n", classes.join(", "))
}
