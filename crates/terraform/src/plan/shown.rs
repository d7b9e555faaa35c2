//! What `terraform show -json` prints of plans and states.
//!
//! Source: <https://developer.hashicorp.com/terraform/internals/json-format>.

use foldhash::{HashSet, HashSetExt};
use graph::NodeId;
use smol_str::SmolStr;
use source::{Level, Problem};

use super::instance::{Found, instances};
use super::json::{Json, Members};
use super::values::Said;
use super::{Planned, Provider, address};
use crate::root::ModulePath;
use crate::value::{Cause, Data, Entries, Origin, Type, Unknown, Value};

pub(super) fn read(json: &Json<'_>) -> Planned {
    let mut reader = Reader {
        json: *json,
        found: Vec::new(),
        seen: HashSet::new(),
        problems: Vec::new(),
    };
    reader.changes();
    let root = |keys: &[&str]| json.at(NodeId::ROOT, keys);
    // A plan names all that it changes or leaves as changes; without them, it has at least the values.
    if root(&["resource_changes"]).is_none() {
        reader.modules(root(&["planned_values", "root_module"]), Wanted::All);
    }
    reader.modules(root(&["values", "root_module"]), Wanted::All);
    // What data sources were read as is no change.
    let prior = root(&["prior_state", "values", "root_module"]);
    reader.modules(prior, Wanted::Data);
    Planned {
        instances: instances(*json, reader.found),
        providers: providers(json),
        problems: reader.problems,
        ..Planned::default()
    }
}

struct Reader<'a> {
    json: Json<'a>,
    found: Vec<Found>,
    seen: HashSet<String>,
    problems: Vec<Problem>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    All,
    Data,
}

impl Reader<'_> {
    fn changes(&mut self) {
        let changes = self.json.get(NodeId::ROOT, "resource_changes");
        for resource in self.json.items(changes) {
            let change = self.json.get(resource, "change");
            let is_deposed = self.json.get(resource, "deposed").is_some();
            let Some(change) = change.filter(|change| !is_deposed && !self.is_gone(*change)) else {
                continue;
            };
            let module = self.json.text(resource, "module_address");
            let module = module.map_or("", SmolStr::as_str).to_owned();
            let said = Said {
                value: self.json.get(change, "after"),
                unknown: self.json.get(change, "after_unknown"),
                sensitive: self.json.get(change, "after_sensitive"),
            };
            self.find(resource, &module, said);
        }
    }

    /// Whether nothing is there afterwards, or Terraform knows no longer of it.
    fn is_gone(&self, change: NodeId) -> bool {
        let actions = self.json.items(self.json.get(change, "actions"));
        let actions: Vec<&str> = actions
            .filter_map(|action| self.json.tree.as_text(action))
            .map(SmolStr::as_str)
            .collect();
        matches!(actions[..], ["delete" | "forget"])
    }

    fn modules(&mut self, root: Option<NodeId>, wanted: Wanted) {
        let mut open: Vec<NodeId> = root.into_iter().collect();
        while let Some(module) = open.pop() {
            let address = self.json.text(module, "address");
            let address = address.map_or("", SmolStr::as_str).to_owned();
            for resource in self.json.items(self.json.get(module, "resources")) {
                let mode = self.json.text(resource, "mode");
                let is_data = mode.is_some_and(|mode| mode == "data");
                if wanted == Wanted::All || is_data {
                    let said = Said {
                        value: self.json.get(resource, "values"),
                        unknown: None,
                        sensitive: self.json.get(resource, "sensitive_values"),
                    };
                    self.find(resource, &address, said);
                }
            }
            open.extend(self.json.items(self.json.get(module, "child_modules")));
        }
    }

    fn find(&mut self, resource: NodeId, module: &str, said: Said) {
        let Some(address) = self.json.address(resource, module) else {
            let message = "this is no resource of a plan or state";
            let span = self.json.span(resource);
            let problem = Problem::at(Level::Warning, "invalid-resource", message, span);
            self.problems.push(problem);
            return;
        };
        let inner = format!("{}{}", address.resource, address.key);
        let text = address.module.address(&inner);
        let value = self.json.value(said, &text);
        if self.seen.insert(text) {
            let origin = Origin::new(self.json.span(resource));
            let value = value.at(origin);
            self.found.push(Found { address, value });
        }
    }
}

/// How the providers are configured, as far as a plan says it.
fn providers(json: &Json<'_>) -> Vec<Provider> {
    let configured = json.at(NodeId::ROOT, &["configuration", "provider_config"]);
    let variables = json.members(json.get(NodeId::ROOT, "variables"));
    json.entries(configured)
        .filter_map(|(_, node)| {
            let module = json.text(node, "module_address");
            Some(Provider {
                name: json.text(node, "name")?.clone(),
                alias: json.text(node, "alias").cloned(),
                module: module.map_or(Some(ModulePath::default()), |text| address::module(text))?,
                value: expressions(json, &variables, node, json.get(node, "expressions")),
            })
        })
        .collect()
}

/// What expressions give: constants, and values of the root's variables.
fn expressions(
    json: &Json<'_>,
    variables: &Members<'_>,
    place: NodeId,
    node: Option<NodeId>,
) -> Value {
    let entries: Entries = json
        .entries(node)
        .map(|(name, expression)| (name.clone(), expression_value(json, variables, expression)))
        .collect();
    let span = json.span(node.unwrap_or(place));
    Value::new(Data::Object(entries.into()), Origin::new(span))
}

fn expression_value(json: &Json<'_>, variables: &Members<'_>, expression: NodeId) -> Value {
    let said = |value| Said {
        value: Some(value),
        unknown: None,
        sensitive: None,
    };
    if let Some(constant) = json.get(expression, "constant_value") {
        return json.value(said(constant), "");
    }
    let origin = Origin::new(json.span(expression));
    if let Some(references) = json.get(expression, "references") {
        let first = json.items(Some(references)).next();
        let first = first.and_then(|first| json.tree.as_text(first));
        let text = first.map_or("", SmolStr::as_str);
        let variable = text
            .strip_prefix("var.")
            .and_then(|name| variables.get(name));
        let variable = variable.and_then(|variable| json.get(*variable, "value"));
        let is_one = json.items(Some(references)).count() == 1;
        return match variable.filter(|_| is_one) {
            Some(value) => json.value(said(value), ""),
            None => {
                let cause = Cause::Plan(text.into());
                let unknown = Unknown::new(Type::Dynamic, cause, Some(origin.span));
                Value::new(Data::Unknown(unknown.into()), origin)
            }
        };
    }
    if json.is_map(expression) {
        return expressions(json, variables, expression, Some(expression));
    }
    let items = json.items(Some(expression));
    let items = items.map(|item| expressions(json, variables, item, Some(item)));
    Value::new(Data::Tuple(items.collect()), origin)
}
