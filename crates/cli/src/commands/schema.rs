//! `scantling schema` and `scantling checks schema`: JSON schemas for consumers and editors.

use std::collections::BTreeMap;
use std::io::Write as _;

use schemars::{JsonSchema, Schema, schema_for};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::args::SchemaOf;
use crate::error::Error;
use crate::exit::Exit;
use crate::output;
use crate::terminal;

/// Prints the schema of what is asked for.
pub(super) fn run(of: SchemaOf) -> Result<Exit, Error> {
    match of {
        SchemaOf::Report => print(&output::schema()),
        SchemaOf::Drift => print(&output::drift::schema()),
        SchemaOf::WhoCan => print(&output::access::who_can_schema()),
        SchemaOf::Can => print(&output::access::can_schema()),
        SchemaOf::Paths => print(&output::access::paths_schema()),
        SchemaOf::Graph => print(&output::access::graph_schema()),
        SchemaOf::Diff => print(&output::access::diff_schema()),
        SchemaOf::Reach => print(&output::access::reach_schema()),
        SchemaOf::LeastPrivilege => print(&output::access::least_schema()),
        SchemaOf::Configuration => print_text(analysis::configuration_schema()),
        SchemaOf::Preferences => print_text(analysis::preferences_schema()),
    }
}

fn print_text(schema: &str) -> Result<Exit, Error> {
    let mut out = terminal::stdout();
    out.write_all(schema.as_bytes())?;
    out.flush()?;
    Ok(Exit::Clean)
}

/// Prints the schema of check files.
pub(super) fn check_file() -> Result<Exit, Error> {
    print(&schema_for!(CheckFile))
}

fn print(schema: &Schema) -> Result<Exit, Error> {
    let mut out = terminal::stdout();
    output::harmless::write(schema, "json", &mut out)?;
    out.flush()?;
    Ok(Exit::Clean)
}

/// A check: one file, whose stem is its id.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Check of scantling")]
struct CheckFile {
    /// One line for people.
    title: String,
    /// How bad a fail is.
    severity: Severity,
    /// What is judged: `kubernetes/workload`, `kubernetes/any`, a core kind such as `kubernetes/Service`, a custom kind with
    /// its group, such as `kubernetes/Rollout.argoproj.io`, or a type of Terraform resource, such as `terraform/aws_s3_bucket`, or
    /// `helm/chart`.
    #[schemars(length(min = 1))]
    resources: Vec<String>,
    /// The security principle that the check serves.
    principle: String,
    /// The STRIDE threats.
    threats: Vec<Threat>,
    /// The controls that the check gives evidence for, by framework.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    controls: Option<Controls>,
    /// The same check in other tools.
    #[serde(default)]
    aliases: Vec<String>,
    /// The names of settings with their defaults; the query reads them as `$settings.NAME`.
    #[serde(default)]
    settings: BTreeMap<String, Value>,
    /// Whether the check runs without being selected.
    #[serde(default = "on")]
    default: bool,
    /// Whether the found places hold secrets, whose text no output shows.
    #[serde(default)]
    secret: bool,
    /// Why a fail is bad, for somebody who meets it for the first time.
    why: String,
    /// A jq expression whose outputs are the places of findings.
    query: String,
    /// What is wrong at a place, as text with jq's `\(…)`.
    message: String,
    /// A jq expression whose outputs are related places.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    evidence: Option<String>,
    /// What a person does about it.
    remedy: String,
    /// What to do at the found place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fix: Option<Fix>,
    /// Pages to read.
    #[serde(default)]
    references: Vec<String>,
    /// Inputs with a finding on each line that ends with `# finding`.
    #[schemars(length(min = 1))]
    fail: Vec<Example>,
    /// Inputs without a finding.
    #[schemars(length(min = 1))]
    pass: Vec<Example>,
    /// Inputs of which it can't be known.
    #[serde(default)]
    unknown: Vec<Example>,
}

fn on() -> bool {
    true
}

#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Severity {
    Critical,
    High,
    Medium,
    Low,
    Info,
}

#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Threat {
    Spoofing,
    Tampering,
    Repudiation,
    InformationDisclosure,
    DenialOfService,
    ElevationOfPrivilege,
}

#[derive(Debug, Serialize, Deserialize, JsonSchema)]
struct Controls {
    /// At which versions of Kubernetes a fail breaks a level of the Pod Security Standards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pss: Option<PodSecurity>,
    /// The ids of the controls of each framework.
    #[serde(flatten)]
    frameworks: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PodSecurity {
    /// The level Baseline, such as `">=1.0"`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    baseline: Option<String>,
    /// The level Restricted, such as `">=1.22 <1.35"`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    restricted: Option<String>,
}

/// One of `set`, `remove` and `insert` says what the fix does.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(extend("minProperties" = 1))]
struct Fix {
    /// The value becomes this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    set: Option<Value>,
    /// The key or list element goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    remove: Option<bool>,
    /// This value is added to the found list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    insert: Option<Value>,
    /// Whether the fix may break what works, so that somebody is to look at it first.
    #[serde(default)]
    r#unsafe: bool,
}

#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Example {
    /// What it shows.
    name: String,
    /// The manifests; an example has this, `terraform` or `helm`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kubernetes: Option<String>,
    /// The configuration of a root module.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    terraform: Option<String>,
    /// The files of a chart: texts by their paths in its folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    helm: Option<BTreeMap<String, String>>,
    /// Settings that differ from the defaults.
    #[serde(default)]
    settings: BTreeMap<String, Value>,
    /// The version of Kubernetes, such as `"1.29"`; else the newest known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kubernetes_version: Option<String>,
    /// Whether everything that exists is in the example.
    #[serde(default)]
    complete: bool,
    /// The date, `YYYY-MM-DD`, if it matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    now: Option<String>,
}

#[cfg(test)]
mod tests {
    use analysis::Options;
    use source::Memory;

    use super::*;
    use crate::page;

    #[test]
    fn every_built_in_check_fits_the_schema_of_check_files() {
        let validator = jsonschema::validator_for(schema_for!(CheckFile).as_value()).unwrap();
        let system = Memory::new(Vec::<(&str, &str)>::new());
        let checks = analysis::catalogue(&system, &Options::default())
            .unwrap()
            .checks;
        for check in checks {
            let file = page::file_value(&check);
            let errors: Vec<String> = validator
                .iter_errors(&file)
                .map(|error| format!("{error} at {}", error.instance_path()))
                .collect();
            assert!(errors.is_empty(), "{}: {errors:?}", check.id);
        }
    }
}
