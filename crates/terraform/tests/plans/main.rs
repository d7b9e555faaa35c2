//! Plans and state that Terraform wrote, beside the configuration that they are of.
//!
//! `data/` was written by Terraform 1.11 in a copy of the folder: `terraform plan -out=tfplan`, `terraform show -json tfplan`
//! (`plan.json`), `terraform apply tfplan` (`terraform.tfstate`), `terraform show -json` (`state.json`); then, with one element
//! fewer in each `count` and `for_each`, and another `size`, the plan again (`changes.json`).

mod hostile;
mod invariants;
mod provider;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use expect_test::{Expect, expect};
use source::{FileId, Memory, SourceFile, Sources};
use terraform::module::Modules;
use terraform::plan::{Content, Planned, content, read, read_archive};
use terraform::root::{Instance, Options, evaluate};
use terraform::value::{Data, Value};

pub(crate) fn file(text: &str) -> SourceFile {
    SourceFile::new(FileId(0), "r/plan.json", text)
}

/// A line for each attribute of each instance; what is unknown tells its cause.
pub(crate) fn lines(instances: &[Instance]) -> String {
    let mut lines = String::new();
    for instance in instances {
        let inner = format!("{}{}", instance.address, instance.key);
        let address = instance.module.address(&inner);
        let _ = writeln!(lines, "{address}");
        for (name, value) in instance
            .value
            .as_entries()
            .into_iter()
            .flat_map(|entries| entries.iter())
        {
            let _ = writeln!(lines, "  {name} = {}", written(value));
        }
    }
    lines
}

pub(crate) fn written(value: &Value) -> String {
    let items = |items: &[Value]| items.iter().map(written).collect::<Vec<_>>().join(", ");
    let text = match &value.data {
        Data::Null(_) => "null".to_owned(),
        Data::Bool(truth) => truth.to_string(),
        Data::Number(number) => number.to_string(),
        Data::String(text) => format!("{:?}", text.text),
        Data::List(_, parts) | Data::Set(_, parts) | Data::Tuple(parts) => {
            format!("[{}]", items(parts))
        }
        Data::Map(_, entries) | Data::Object(entries) => {
            let entries = entries
                .iter()
                .map(|(key, part)| format!("{key}: {}", written(part)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        Data::Unknown(unknown) => format!("?{:?}", unknown.cause),
    };
    match value.marks.sensitive {
        true => format!("sensitive({text})"),
        false => text,
    }
}

fn check(planned: &Planned, expected: &Expect) {
    let codes: Vec<_> = planned
        .problems
        .iter()
        .map(|problem| problem.code)
        .collect();
    assert_eq!(codes, Vec::<&str>::new());
    expected.assert_eq(&lines(&planned.instances));
}

pub(crate) const PLAN: &str = include_str!("data/plan.json");
pub(crate) const CHANGES: &str = include_str!("data/changes.json");
pub(crate) const STATE: &str = include_str!("data/state.json");
pub(crate) const RAW_STATE: &str = include_str!("data/terraform.tfstate");
pub(crate) const ARCHIVE: &[u8] = include_bytes!("data/tfplan");

#[test]
fn a_plan_has_what_will_be_there() {
    let planned = read(&file(PLAN)).unwrap();
    check(
        &planned,
        &expect![[r#"
            terraform_data.first
              input = {enabled: true, name: "logs", nothing: null, size: 20, tags: ["a", "b"]}
            terraform_data.last
              input = ?Computed("module.m[\"c\"].terraform_data.inner[\"key\"].output")
            terraform_data.second[0]
              input = ?Computed("terraform_data.first.id")
              triggers_replace = [?Computed("terraform_data.first.id"), 0]
            terraform_data.second[1]
              input = ?Computed("terraform_data.first.id")
              triggers_replace = [?Computed("terraform_data.first.id"), 1]
            terraform_data.secret
              input = {password: sensitive("for-tests-only"), user: "admin"}
            terraform_data.third[0]
              input = ?Computed("terraform_data.second[0]")
            terraform_data.third[1]
              input = ?Computed("terraform_data.second[1]")
            data.terraform_remote_state.before
              backend = "local"
              config = {path: "before.tfstate"}
              outputs = {region: "eu-west-1"}
            module.m["a.b"].terraform_data.inner["key"]
              input = {id: ?Computed("terraform_data.first.id"), name: "a.b", nested: [{id: ?Computed("terraform_data.first.id")}]}
            module.m["c"].terraform_data.inner["key"]
              input = {id: ?Computed("terraform_data.first.id"), name: "c", nested: [{id: ?Computed("terraform_data.first.id")}]}
        "#]],
    );
}

#[test]
fn what_a_plan_deletes_is_left_out() {
    let planned = read(&file(CHANGES)).unwrap();
    let addresses: Vec<String> = planned
        .instances
        .iter()
        .map(|instance| {
            instance
                .module
                .address(&format!("{}{}", instance.address, instance.key))
        })
        .collect();
    expect![[r#"
        terraform_data.first
        terraform_data.last
        terraform_data.second[0]
        terraform_data.secret
        terraform_data.third[0]
        data.terraform_remote_state.before
        module.m["c"].terraform_data.inner["key"]"#]]
    .assert_eq(&addresses.join("\n"));
}

#[test]
fn a_state_has_what_is_there() {
    let planned = read(&file(STATE)).unwrap();
    check(
        &planned,
        &expect![[r#"
        terraform_data.first
          id = "fd793a94-cf06-4e2a-eb05-a55867aeac83"
          input = {enabled: true, name: "logs", nothing: null, size: 20, tags: ["a", "b"]}
          output = {enabled: true, name: "logs", nothing: null, size: 20, tags: ["a", "b"]}
        terraform_data.last
          id = "98175d17-083b-4b91-0518-9430efb1854f"
          input = {id: "fd793a94-cf06-4e2a-eb05-a55867aeac83", name: "c", nested: [{id: "fd793a94-cf06-4e2a-eb05-a55867aeac83"}]}
          output = {id: "fd793a94-cf06-4e2a-eb05-a55867aeac83", name: "c", nested: [{id: "fd793a94-cf06-4e2a-eb05-a55867aeac83"}]}
        terraform_data.second[0]
          id = "89293511-36a3-95b2-29b5-9219ddd48e57"
          input = "fd793a94-cf06-4e2a-eb05-a55867aeac83"
          output = "fd793a94-cf06-4e2a-eb05-a55867aeac83"
          triggers_replace = ["fd793a94-cf06-4e2a-eb05-a55867aeac83-x", 0]
        terraform_data.second[1]
          id = "04c4a6e5-6f21-5754-2ae4-c52a6fec82d0"
          input = "fd793a94-cf06-4e2a-eb05-a55867aeac83"
          output = "fd793a94-cf06-4e2a-eb05-a55867aeac83"
          triggers_replace = ["fd793a94-cf06-4e2a-eb05-a55867aeac83-x", 1]
        terraform_data.secret
          id = "eee8b0ef-3509-7cd2-b708-8ae5e35c86d6"
          input = {password: sensitive("for-tests-only"), user: "admin"}
          output = {password: "for-tests-only", user: "admin"}
        terraform_data.third[0]
          id = "1a56716e-260d-9b79-19b8-de77e72a7cec"
          input = "89293511-36a3-95b2-29b5-9219ddd48e57"
          output = "89293511-36a3-95b2-29b5-9219ddd48e57"
        terraform_data.third[1]
          id = "13421e44-ee10-b2d3-d9f7-8e84d5b016b7"
          input = "04c4a6e5-6f21-5754-2ae4-c52a6fec82d0"
          output = "04c4a6e5-6f21-5754-2ae4-c52a6fec82d0"
        data.terraform_remote_state.before
          backend = "local"
          config = {path: "before.tfstate"}
          outputs = {region: "eu-west-1"}
        module.m["a.b"].terraform_data.inner["key"]
          id = "941f925f-4d8e-0e49-5b2a-92be56906b67"
          input = {id: "fd793a94-cf06-4e2a-eb05-a55867aeac83", name: "a.b", nested: [{id: "fd793a94-cf06-4e2a-eb05-a55867aeac83"}]}
          output = {id: "fd793a94-cf06-4e2a-eb05-a55867aeac83", name: "a.b", nested: [{id: "fd793a94-cf06-4e2a-eb05-a55867aeac83"}]}
        module.m["c"].terraform_data.inner["key"]
          id = "adcb3cdd-805f-e838-3794-144e6dd62252"
          input = {id: "fd793a94-cf06-4e2a-eb05-a55867aeac83", name: "c", nested: [{id: "fd793a94-cf06-4e2a-eb05-a55867aeac83"}]}
          output = {id: "fd793a94-cf06-4e2a-eb05-a55867aeac83", name: "c", nested: [{id: "fd793a94-cf06-4e2a-eb05-a55867aeac83"}]}
    "#]],
    );
}

#[test]
fn a_raw_state_says_the_same_as_the_shown_one() {
    let shown = read(&file(STATE)).unwrap();
    let raw = read(&file(RAW_STATE)).unwrap();
    assert_eq!(lines(&raw.instances), lines(&shown.instances));
}

#[test]
fn an_archive_says_the_same_as_the_shown_plan_but_for_links() {
    let archive = SourceFile::new(FileId(0), "r/tfplan", "");
    let planned = read_archive(ARCHIVE, &archive);
    check(
        &planned,
        &expect![[r#"
            terraform_data.first
              input = {enabled: true, name: "logs", nothing: null, size: 20, tags: ["a", "b"]}
            terraform_data.last
              input = ?Computed("terraform_data.last.input")
            terraform_data.second[0]
              input = ?Computed("terraform_data.second[0].input")
              triggers_replace = [?Computed("terraform_data.second[0].triggers_replace[0]"), 0]
            terraform_data.second[1]
              input = ?Computed("terraform_data.second[1].input")
              triggers_replace = [?Computed("terraform_data.second[1].triggers_replace[0]"), 1]
            terraform_data.secret
              input = {password: sensitive("for-tests-only"), user: "admin"}
            terraform_data.third[0]
              input = ?Computed("terraform_data.third[0].input")
            terraform_data.third[1]
              input = ?Computed("terraform_data.third[1].input")
            data.terraform_remote_state.before
              backend = "local"
              config = {path: "before.tfstate"}
              outputs = {region: "eu-west-1"}
            module.m["a.b"].terraform_data.inner["key"]
              input = {id: ?Computed("module.m[\"a.b\"].terraform_data.inner[\"key\"].input.id"), name: "a.b", nested: [{id: ?Computed("module.m[\"a.b\"].terraform_data.inner[\"key\"].input.nested[0].id")}]}
            module.m["c"].terraform_data.inner["key"]
              input = {id: ?Computed("module.m[\"c\"].terraform_data.inner[\"key\"].input.id"), name: "c", nested: [{id: ?Computed("module.m[\"c\"].terraform_data.inner[\"key\"].input.nested[0].id")}]}
        "#]],
    );
}

/// The instances of a configuration in the folder `r`.
pub(crate) fn evaluated(files: &[(&str, &str)]) -> Vec<Instance> {
    let at = |(path, text): &(&str, &str)| (PathBuf::from(path), (*text).to_owned());
    let system = Memory::new(files.iter().map(at));
    let sources = Sources::default();
    let shown = |path: &Path| path.to_path_buf();
    let modules = Modules::new(&system, &sources, &shown);
    let root = evaluate(&Options {
        modules: &modules,
        folder: Path::new("r"),
        boundary: Path::new("r"),
        inputs: &[],
        workspace: None,
    });
    root.resources
        .into_iter()
        .map(Arc::unwrap_or_clone)
        .collect()
}

#[test]
fn a_plan_says_the_same_as_its_configuration() {
    let planned = read(&file(PLAN)).unwrap();
    let files = [
        ("r/main.tf", include_str!("data/main.tf")),
        ("r/m/main.tf", include_str!("data/m/main.tf")),
        ("r/before.tfstate", include_str!("data/before.tfstate")),
    ];
    // What a data source was read as is only in the plan, and a plan does not say which attribute of `second[count.index]` an
    // expression uses.
    let comparable = |lines: String| -> Vec<String> {
        let lines = lines
            .lines()
            .filter(|line| !line.starts_with("  outputs ="));
        lines.map(|line| line.replace("].id\")", "]\")")).collect()
    };
    let (planned, evaluated) = (lines(&planned.instances), lines(&evaluated(&files)));
    assert_eq!(comparable(planned), comparable(evaluated));
}

#[test]
fn values_stand_where_the_file_has_them() {
    let source = file(PLAN);
    let planned = read(&source).unwrap();
    let first = planned
        .instances
        .iter()
        .find(|instance| instance.address.name == "first");
    let input = &first.unwrap().value.as_entries().unwrap()["input"];
    let name = &input.as_entries().unwrap()["name"];
    assert_eq!(source.slice(name.origin.span), "\"logs\"");
    assert_eq!(
        source.slice(planned.keys.before(name.origin.span).unwrap()),
        "\"name\""
    );
}

#[test]
fn files_of_json_are_told_apart_by_content() {
    for (text, expected) in [
        (PLAN, Some(Content::Plan)),
        (CHANGES, Some(Content::Plan)),
        (STATE, Some(Content::ShownState)),
        (RAW_STATE, Some(Content::RawState)),
        (r#"{"format_version": "1.0"}"#, Some(Content::ShownState)),
        (
            r#"{"meta": {}, "encrypted_data": "eA==", "encryption_version": "v0"}"#,
            Some(Content::Encrypted),
        ),
        (r#"{"format_version": "1.0", "provider_schemas": {}}"#, None),
        (
            r#"{"format_version": "1.0", "valid": true, "diagnostics": []}"#,
            None,
        ),
        (r#"{"version": 4, "lineage": "x"}"#, None),
        (r#"{"version": 1, "serial": 1, "lineage": "x"}"#, None),
        (r#"[{"format_version": "1.0", "planned_values": {}}]"#, None),
        (r#"{"name": "app", "version": "1.0.0"}"#, None),
        ("format_version: '1.0'\nplanned_values: {}\n", None),
        ("", None),
    ] {
        assert_eq!(content(&file(text)), expected, "{text}");
        assert_eq!(read(&file(text)).is_some(), expected.is_some());
    }
}
