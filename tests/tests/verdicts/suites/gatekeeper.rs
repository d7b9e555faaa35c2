//! Gatekeeper's library: each sample is judged by a constraint, whose parameters are settings of our check.

use std::path::Path;

use serde_json::{Map, Value, json};
use tests::corpora::{self, Line};
use tests::json;

use crate::suite::{Inputs, Suite, Target};

pub(crate) struct Gatekeeper;

impl Suite for Gatekeeper {
    fn name(&self) -> &'static str {
        "gatekeeper"
    }

    fn alias(&self, line: &Line) -> String {
        format!("gatekeeper:{}", line.check)
    }

    fn inputs(&self, line: &Line) -> Inputs {
        let inventory = line.extra["inventory"].as_array().into_iter().flatten();
        let paths = inventory.filter_map(Value::as_str).map(str::to_owned);
        Inputs {
            paths: std::iter::once(line.path.clone()).chain(paths).collect(),
            alone: Vec::new(),
            complete: true,
        }
    }

    fn target(&self, line: &Line) -> Target {
        Target::slashed(&line.resource)
    }

    fn settings(&self, folder: &Path, line: &Line) -> Value {
        let constraint = line.extra["constraint"]
            .as_str()
            .expect("a line has a constraint");
        let constraint = json::of_yaml(&corpora::text(&folder.join(constraint))).swap_remove(0);
        settings(&line.check, &constraint["spec"]["parameters"])
    }
}

fn settings(template: &str, parameters: &Value) -> Value {
    let list = |key: &str| parameters[key].as_array().cloned().unwrap_or_default();
    match template {
        "allowedrepos" => json!({ "registry-not-allowed": { "allowed": list("repos") } }),
        "allowedreposv2" => json!({ "registry-not-allowed": { "allowed": list("allowedImages") } }),
        "disallowedrepos" => json!({ "forbidden-registry": { "forbidden": list("repos") } }),
        "capabilities" => {
            let (allowed, dropped) = (
                list("allowedCapabilities"),
                list("requiredDropCapabilities"),
            );
            json!({ "capability-outside-policy": { "allowed": allowed, "dropped": dropped } })
        }
        "host-filesystem" => {
            let rule = |path: &Value| json!({ "path": path["pathPrefix"], "readOnly": path["readOnly"] == true });
            let allowed: Vec<Value> = list("allowedHostPaths").iter().map(rule).collect();
            json!({ "host-path-outside-policy": { "allowed": allowed } })
        }
        "host-network-ports" => json!({ "host-port-outside-policy": {
            "minimum": number(&parameters["min"]), "maximum": number(&parameters["max"]),
            "hostNetwork": parameters["hostNetwork"] == true, "exempt": list("exemptImages"),
        } }),
        "fsgroup" => json!({ "fs-group-outside-policy": groups(parameters) }),
        "seccomp" | "seccompv2" => json!({ "seccomp-outside-policy": profiles(parameters) }),
        _ => Value::Null,
    }
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_default()
}

/// Without a rule, every group is allowed.
fn groups(parameters: &Value) -> Value {
    let range = &parameters["ranges"][0];
    let (minimum, maximum) = match &parameters["rule"] {
        Value::Null => (0, u64::from(u32::MAX)),
        _ => (number(&range["min"]), number(&range["max"])),
    };
    json!({ "minimum": minimum, "maximum": maximum, "required": parameters["rule"] == "MustRunAs" })
}

/// The older template names profiles as annotations do: `runtime/default`, `localhost/profile.json`.
fn profiles(parameters: &Value) -> Value {
    let mut types = Vec::new();
    let mut localhost: Vec<Value> = parameters["allowedLocalhostFiles"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let mut settings = Map::new();
    let exempt = parameters["exemptImages"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    settings.insert("exempt".to_owned(), exempt.into());
    settings.insert("unset".to_owned(), false.into());
    for profile in parameters["allowedProfiles"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
    {
        match (profile, profile.strip_prefix("localhost/")) {
            ("not configured", _) => _ = settings.insert("unset".to_owned(), true.into()),
            ("runtime/default" | "docker/default", _) => types.push("RuntimeDefault"),
            (_, Some(file)) => localhost.push(file.into()),
            // Which files of the node are allowed stands in a parameter of its own.
            ("Localhost", _) => {}
            (other, _) => types.push(other),
        }
    }
    settings.insert("types".to_owned(), types.into());
    settings.insert("localhost".to_owned(), localhost.into());
    Value::Object(settings)
}
