//! `google_iam_policy`.
//!
//! Source: <https://registry.terraform.io/providers/hashicorp/google/latest/docs/data-sources/iam_policy>. The provider
//! merges bindings of one role and condition, and sorts bindings by role and members by name; what has no value is left out.

use super::{entry, json, set};
use crate::value::{Data, Entries, Origin, Value, raw_equals};

/// The attributes that the data source computes.
pub(super) fn policy(arguments: &Entries, origin: &Origin) -> Entries {
    let audit_configs = set(arguments, "audit_config").map(|blocks| blocks.map_items(audit_config));
    let bindings = set(arguments, "binding").map(bindings);
    let members = [("auditConfigs", audit_configs), ("bindings", bindings)];
    let policy = Value::new(object(members), origin.clone());
    Entries::from([entry("policy_data", json::encoded(policy, false))])
}

/// An object of those members that are there.
fn object<const N: usize>(members: [(&'static str, Option<Value>); N]) -> Data {
    let there = members.into_iter();
    let there = there.filter_map(|(name, value)| Some(entry(name, value?)));
    Data::Object(there.collect::<Entries>().into())
}

fn audit_config(block: &Value) -> Value {
    renamed(
        block,
        [
            ("audit_log_configs", "auditLogConfigs"),
            ("service", "service"),
        ],
        |_, value| value.map_items(audit_log_config),
    )
}

fn audit_log_config(block: &Value) -> Value {
    let names = [
        ("exempted_members", "exemptedMembers"),
        ("log_type", "logType"),
    ];
    renamed(block, names, |_, value| value.clone())
}

/// A block with the arguments that have a value, under the names that the API has for them.
fn renamed<const N: usize>(
    block: &Value,
    names: [(&'static str, &'static str); N],
    change: impl Fn(&str, &Value) -> Value,
) -> Value {
    let Some(arguments) = block.as_entries() else {
        return block.clone();
    };
    let members = names.map(|(argument, member)| {
        let value = set(arguments, argument).filter(|value| !is_empty(value));
        (member, value.map(|value| change(argument, value)))
    });
    block.with_data(object(members))
}

fn is_empty(value: &Value) -> bool {
    value.as_str() == Some("") || value.as_items().is_some_and(|items| items.is_empty())
}

fn bindings(blocks: &Value) -> Value {
    let listed = blocks.map_items(binding);
    let Some(items) = listed.as_items() else {
        return listed;
    };
    let mut merged: Vec<Value> = Vec::new();
    for binding in items.iter() {
        match merged.iter_mut().find(|other| is_same(other, binding)) {
            Some(same) => *same = with_members(same, binding),
            None => merged.push(binding.clone()),
        }
    }
    let role = |binding: &Value| member(binding, "role")?.as_str().map(str::to_owned);
    if merged.iter().all(|binding| role(binding).is_some()) {
        merged.sort_by_key(role);
    }
    listed.with_data(Data::Tuple(merged.into()))
}

fn binding(block: &Value) -> Value {
    let names = ["condition", "members", "role"].map(|name| (name, name));
    renamed(block, names, |name, value| match (name, value.as_items()) {
        ("condition", Some(items)) => items.first().map_or_else(|| value.clone(), condition),
        ("members", Some(_)) => sorted(value),
        _ => value.clone(),
    })
}

fn condition(block: &Value) -> Value {
    let names = ["description", "expression", "title"].map(|name| (name, name));
    renamed(block, names, |_, value| value.clone())
}

fn member<'v>(object: &'v Value, name: &str) -> Option<&'v Value> {
    object.as_entries()?.get(name)
}

/// Whether two bindings are of one role under one condition.
fn is_same(one: &Value, other: &Value) -> bool {
    let known = |binding: &Value, name| {
        let value = member(binding, name).cloned();
        value.filter(Value::is_wholly_known)
    };
    let is_equal = |name| match (known(one, name), known(other, name)) {
        (Some(one), Some(other)) => raw_equals(&one, &other),
        _ => member(one, name).is_none() && member(other, name).is_none(),
    };
    let lists = |binding| member(binding, "members").is_some_and(|list| list.as_items().is_some());
    is_equal("role") && is_equal("condition") && lists(one) && lists(other)
}

/// A binding with the members of another one too.
fn with_members(binding: &Value, other: &Value) -> Value {
    let members = |binding: &Value| {
        member(binding, "members")
            .and_then(Value::as_items)
            .cloned()
    };
    let (Some(entries), Some(own), Some(more)) =
        (binding.as_entries(), members(binding), members(other))
    else {
        return binding.clone();
    };
    let all = own.iter().chain(more.iter()).cloned().collect();
    let all = sorted(&Value::new(Data::Tuple(all), binding.origin.clone()));
    let mut entries = Entries::clone(entries);
    entries.extend([entry("members", all)]);
    binding.with_data(Data::Object(entries.into()))
}

/// A list in the order of its texts.
fn sorted(list: &Value) -> Value {
    let Some(items) = list.as_items() else {
        return list.clone();
    };
    let mut items: Vec<Value> = items.iter().map(|item| item.within(list)).collect();
    items.sort_by(|one, other| one.as_str().cmp(&other.as_str()));
    list.with_data(Data::Tuple(items.into()))
}
