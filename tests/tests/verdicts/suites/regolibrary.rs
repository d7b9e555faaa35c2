//! Kubescape's library: each case of a rule is a folder of objects, with alerts on some of them.

use std::path::Path;

use serde_json::{Value, json};
use tests::corpora::{self, Line};

use crate::suite::{Inputs, Suite, Target};

pub(crate) struct Regolibrary;

/// The folder of a case.
fn case(line: &Line) -> &str {
    line.path
        .rsplit_once("/input/")
        .map_or(line.path.as_str(), |(case, _)| case)
}

impl Suite for Regolibrary {
    fn name(&self) -> &'static str {
        "regolibrary"
    }

    fn alias(&self, line: &Line) -> String {
        format!("regolibrary:{}", line.check)
    }

    fn inputs(&self, line: &Line) -> Inputs {
        Inputs::complete(&format!("{}/input", case(line)))
    }

    fn target(&self, line: &Line) -> Target {
        Target::slashed(&line.resource)
    }

    fn settings(&self, folder: &Path, line: &Line) -> Value {
        if line.extra["needs_config"] == true {
            let text = corpora::text(&folder.join(case(line)).join("data.json"));
            let data: Value =
                serde_json::from_str(&text).expect("the configuration of a case is JSON");
            return settings(&line.check, &data["postureControlInputs"]);
        }
        match line.check.as_str() {
            // This rule asks for a group in each pod.
            "set-fsgroup-value" => {
                json!({ "fs-group-outside-policy": { "minimum": 0, "required": true } })
            }
            _ => Value::Null,
        }
    }
}

/// The configuration of a rule, where we have a setting for it.
fn settings(rule: &str, inputs: &Value) -> Value {
    match rule {
        "agent-sandbox-hardened-runtime-class" => {
            json!({ "sandbox-without-hardened-runtime": { "runtimes": inputs["hardenedSandboxRuntimeClasses"] } })
        }
        "agent-sandbox-image-registry-allowlist" => {
            json!({ "sandbox-image-from-elsewhere": { "registries": inputs["imageRepositoryAllowList"] } })
        }
        "agent-sandbox-image-tag-provenance" => {
            json!({ "sandbox-image-not-pinned": { "moving": inputs["floatingImageTags"] } })
        }
        "image-not-pinned-to-digest" => {
            json!({ "image-without-digest": { "exempt": inputs["imageDigestExemptRepositories"] } })
        }
        "resources-sandbox-cpu-limits" => {
            json!({ "sandbox-without-cpu-ceiling": { "ceiling": inputs["sandbox_cpu_limit_max"][0] } })
        }
        "resources-sandbox-memory-limits" => {
            json!({ "sandbox-without-memory-ceiling": { "ceiling": inputs["sandbox_memory_limit_max"][0] } })
        }
        _ => Value::Null,
    }
}
