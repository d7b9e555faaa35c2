//! Our evaluation beside the recorded plans.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::value::RawValue;
use source::Level;
use terraform::root::{Instance, Root};

use super::case::Case;
use crate::ours;
use crate::value::{Value, parse};

/// The attributes of a `terraform_data` that a configuration sets.
const ATTRIBUTES: &[&str] = &["input", "triggers_replace"];

/// What is said of a configuration: attributes by address, outputs by name.
#[derive(Default)]
struct Plan(BTreeMap<String, String>);

/// A text that tells all differences.
pub(crate) fn differences(case: &Case) -> String {
    let expected = case.expected().expect("every case has a plan");
    let expected: BTreeMap<&str, &RawValue> = parse(&expected);
    let root = ours::evaluate(&case.folder());
    let errors = errors(&root);
    let mut told = String::new();
    let is_refused = expected.contains_key("errors");
    if is_refused && errors.is_empty() {
        let classes = expected["errors"];
        let _ = writeln!(told, "{}: Terraform refuses it: {classes}", case.name);
    }
    if is_refused {
        return told;
    }
    for error in errors {
        let _ = writeln!(told, "{}: {error}", case.name);
    }
    let (expected, ours) = (Plan::recorded(&expected), Plan::of(&root));
    let names: BTreeSet<&String> = expected.0.keys().chain(ours.0.keys()).collect();
    for name in names {
        let (theirs, ours) = (expected.0.get(name), ours.0.get(name));
        if theirs != ours {
            let show = |value: Option<&String>| value.cloned().unwrap_or("nothing".to_owned());
            let _ = writeln!(
                told,
                "{}: {name}\n    terraform: {}\n    ours:      {}",
                case.name,
                show(theirs),
                show(ours)
            );
        }
    }
    told
}

fn errors(root: &Root) -> Vec<String> {
    let errors = root
        .problems
        .iter()
        .filter(|problem| problem.level == Level::Error);
    errors
        .map(|problem| format!("{}: {}", problem.code, problem.message))
        .collect()
}

impl Plan {
    fn recorded(expected: &BTreeMap<&str, &RawValue>) -> Self {
        let mut plan = Self::default();
        for kind in ["resources", "outputs"] {
            let values: BTreeMap<String, &RawValue> = parse(expected[kind].get());
            for (name, value) in values {
                plan.0
                    .insert(format!("{kind} {name}"), Value::read(value).json());
            }
        }
        plan
    }

    fn of(root: &Root) -> Self {
        let resources = root.resources.iter().map(|one| resource(one));
        let outputs = root.outputs.iter();
        let outputs = outputs.map(|(name, value)| (format!("outputs {name}"), ours::value(value)));
        let all = resources.chain(outputs);
        Self(all.map(|(name, value)| (name, value.json())).collect())
    }
}

fn resource(instance: &Instance) -> (String, Value) {
    let inner = format!("{}{}", instance.address, instance.key);
    let address = instance.module.address(&inner);
    let entries = instance
        .value
        .as_entries()
        .into_iter()
        .flat_map(|entries| entries.iter());
    let set = entries
        .filter(|(name, value)| ATTRIBUTES.contains(&name.as_str()) && !value.is_null())
        .map(|(name, value)| (name.to_string(), ours::value(value)));
    (
        format!("resources {address}"),
        Value::Entries(set.collect()),
    )
}
