//! Plans and state in a scan: judged as the configuration is, and not twice.

use std::path::PathBuf;

use analysis::{NoProgress, Options, Report, Verdict};
use expect_test::{Expect, expect};
use source::Memory;

use crate::told;

/// A change to a database with a password, of which nothing but the name is known before it is applied.
const PLAN: &str = r#"{
  "format_version": "1.2",
  "variables": {"password": {"value": "hunter2hunter2"}},
  "planned_values": {"outputs": {"login": {"sensitive": true, "value": "hunter2hunter2"}}, "root_module": {}},
  "resource_changes": [
    {
      "address": "module.db[\"a\"].aws_db_instance.this", "module_address": "module.db[\"a\"]",
      "mode": "managed", "type": "aws_db_instance", "name": "this",
      "change": {
        "actions": ["create"], "before": null,
        "after": {"identifier": "a", "storage_encrypted": false, "password": "hunter2hunter2"},
        "after_unknown": {"id": true, "arn": true}, "after_sensitive": {"password": true}
      }
    },
    {
      "address": "aws_db_instance.open", "mode": "managed", "type": "aws_db_instance", "name": "open",
      "change": {
        "actions": ["update"], "before": {"password": "old-hunter", "storage_encrypted": true},
        "after": {"identifier": "open"},
        "after_unknown": {"storage_encrypted": true}, "after_sensitive": {},
        "before_sensitive": {"password": true}
      }
    }
  ],
  "configuration": {"root_module": {"variables": {"password": {"sensitive": true}}}}
}
"#;

const STATE: &str = r#"{
  "version": 4, "terraform_version": "1.11.4", "serial": 3, "lineage": "x",
  "resources": [
    {
      "mode": "managed", "type": "aws_db_instance", "name": "old",
      "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]",
      "instances": [{"attributes": {"identifier": "old", "storage_encrypted": false, "password": "hunter2hunter2"},
        "sensitive_attributes": [[{"type": "get_attr", "value": "password"}]]}]
    },
    {
      "mode": "managed", "type": "aws_db_instance", "name": "open",
      "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]",
      "instances": [{"attributes": {"identifier": "open", "storage_encrypted": false}}]
    }
  ]
}
"#;

const CONFIGURATION: &str = r#"resource "aws_db_instance" "open" {
  storage_encrypted = false
}

module "db" {
  source   = "./db"
  for_each = toset(["a"])
}
"#;

const MODULE: &str = "resource \"aws_db_instance\" \"this\" {\n  storage_encrypted = true\n}\n";

const ENCRYPTED: &str = r#"{"meta": {}, "encrypted_data": "eA==", "encryption_version": "v0"}"#;

/// A plan of `terraform_data`, as Terraform saves it.
const ARCHIVE: &[u8] = include_bytes!("../../../crates/terraform/tests/plans/data/tfplan");

fn scan(files: &[(&str, &[u8])], paths: &[&str]) -> Report {
    let options = Options {
        paths: paths.iter().map(PathBuf::from).collect(),
        select: vec!["database-not-encrypted".to_owned()],
        ..Options::default()
    };
    let system = Memory::new(files.iter().map(|(path, bytes)| (*path, *bytes)));
    analysis::scan(&system, &options, &NoProgress).expect("any input can be scanned")
}

/// What is found, what is unknown, and what became of the files.
fn check(files: &[(&str, &[u8])], paths: &[&str], expected: &Expect) -> Report {
    let report = scan(files, paths);
    let mut out = String::new();
    for finding in &report.findings {
        let file = report.sources.get(finding.span.file);
        let text = report.masked(&file);
        let text = text.get(finding.span.range()).unwrap_or_default();
        let address = &finding.resource.address;
        out += &format!("{address}: {} {text}\n", file.path.display());
    }
    for row in &report.verdicts {
        let Verdict::Unknown(causes) = &row.verdict else {
            continue;
        };
        let causes: Vec<&str> = causes.iter().map(|(cause, _)| cause.as_str()).collect();
        out += &format!("{}: {}\n", row.resource.address, causes.join(", "));
    }
    expected.assert_eq(&(out + &told(&report)));
    report
}

#[test]
fn a_plan_is_judged_by_what_it_says() {
    let report = check(
        &[("plan.json", PLAN.as_bytes())],
        &["."],
        &expect![[r#"
            module.db["a"].aws_db_instance.this: plan.json false
            aws_db_instance.open: the provider decides `aws_db_instance.open.storage_encrypted` when it applies
            scanned plan.json (2)
        "#]],
    );
    let file = report.sources.get(report.findings[0].span.file);
    let shown = report.masked(&file);
    assert!(!shown.contains("hunter"), "{shown}");
}

#[test]
fn a_state_adds_what_a_plan_of_its_folder_does_not_have() {
    let files = [
        ("plan.json", PLAN.as_bytes()),
        ("terraform.tfstate", STATE.as_bytes()),
    ];
    let report = check(
        &files,
        &["."],
        &expect![[r#"
            module.db["a"].aws_db_instance.this: plan.json false
            aws_db_instance.old: terraform.tfstate false
            aws_db_instance.open: the provider decides `aws_db_instance.open.storage_encrypted` when it applies
            scanned plan.json (2)
            scanned terraform.tfstate (1): 1 of 2 resources are judged in `plan.json`
        "#]],
    );
    for file in ["plan.json", "terraform.tfstate"] {
        let mut findings = report.findings.iter();
        let found =
            findings.find(|finding| report.sources.path(finding.span.file).as_os_str() == file);
        let file = report
            .sources
            .get(found.expect("each has a finding").span.file);
        let shown = report.masked(&file);
        assert!(!shown.contains("hunter"), "{shown}");
    }
}

#[test]
fn what_the_configuration_declares_is_judged_there() {
    let files = [
        ("prod/main.tf", CONFIGURATION.as_bytes()),
        ("prod/db/main.tf", MODULE.as_bytes()),
        ("plans/prod.json", PLAN.as_bytes()),
        ("prod/terraform.tfstate", STATE.as_bytes()),
        ("other/main.tf", b"resource \"aws_s3_bucket\" \"b\" {}\n"),
    ];
    check(
        &files,
        &["."],
        &expect![[r#"
            aws_db_instance.open: prod/main.tf false
            aws_db_instance.old: prod/terraform.tfstate false
            scanned other/main.tf (1)
            skipped plans/prod.json (0): its resources are judged in the configuration in `prod`
            scanned prod/db/main.tf (1)
            scanned prod/main.tf (1)
            scanned prod/terraform.tfstate (1): 1 of 2 resources are judged in the configuration in `prod`
        "#]],
    );
}

#[test]
fn plans_of_one_folder_may_be_of_different_environments() {
    let other = PLAN
        .replace("\"open\"", "\"other\"")
        .replace(".open", ".other");
    let files = [
        ("dev.json", PLAN.as_bytes()),
        ("prod.json", other.as_bytes()),
        ("terraform.tfstate", STATE.as_bytes()),
    ];
    check(
        &files,
        &["."],
        &expect![[r#"
        module.db["a"].aws_db_instance.this: dev.json false
        module.db["a"].aws_db_instance.this: prod.json false
        aws_db_instance.old: terraform.tfstate false
        aws_db_instance.open: the provider decides `aws_db_instance.open.storage_encrypted` when it applies
        aws_db_instance.other: the provider decides `aws_db_instance.other.storage_encrypted` when it applies
        scanned dev.json (2)
        scanned prod.json (2)
        scanned terraform.tfstate (1): 1 of 2 resources are judged in `dev.json`
    "#]],
    );
}

#[test]
fn saved_plans_are_archives() {
    let files: [(&str, &[u8]); 6] = [
        ("a/tfplan", ARCHIVE),
        (
            "a/plan.tfplan",
            b"Terraform will perform the following actions",
        ),
        ("a/cut.tfplan", &ARCHIVE[..ARCHIVE.len() / 2]),
        ("a/encrypted.tfstate", ENCRYPTED.as_bytes()),
        ("a/plan.out", ARCHIVE),
        ("a/lib.zip", ARCHIVE),
    ];
    check(
        &files,
        &["a", "a/plan.out"],
        &expect![[r#"
        failed a/cut.tfplan (0): this is no plan that can be read: the archive is cut off
        failed a/encrypted.tfstate (0): this plan or state is encrypted, so nothing of it is judged
        scanned a/plan.out (10)
        skipped a/plan.tfplan (0): no plan or state of Terraform in it
        scanned a/tfplan (10)
        a/cut.tfplan:1: invalid-plan: this is no plan that can be read: the archive is cut off
          write it as JSON with `terraform show -json`
        a/encrypted.tfstate:1: encrypted: this plan or state is encrypted, so nothing of it is judged
          decrypt it with `tofu show -json`
    "#]],
    );
}

#[test]
fn what_a_configuration_leaves_open_is_what_its_plan_knows() {
    let main = "variable \"encrypted\" {}\n\
        resource \"aws_db_instance\" \"open\" {\n  storage_encrypted = var.encrypted\n}\n";
    let plan = PLAN.replace(
        r#""after_unknown": {"storage_encrypted": true}"#,
        r#""after_unknown": {}"#,
    );
    let known = |encrypted: &str| {
        let after = format!(r#"{{"identifier": "open", "storage_encrypted": {encrypted}}}"#);
        plan.replace(r#"{"identifier": "open"}"#, &after)
    };
    let report = check(
        &[
            ("main.tf", main.as_bytes()),
            ("plan.json", known("false").as_bytes()),
        ],
        &["."],
        &expect![[r#"
            aws_db_instance.open: main.tf "encrypted"
            module.db["a"].aws_db_instance.this: plan.json false
            scanned main.tf (1)
            scanned plan.json (1): 1 of 2 resources are judged in the configuration beside it
        "#]],
    );
    let related = report.findings[0].related.iter();
    let places: Vec<&str> = related.map(|related| related.message.as_str()).collect();
    assert_eq!(places, ["referred to here", "known from here"]);
    check(
        &[
            ("main.tf", main.as_bytes()),
            ("plan.json", known("true").as_bytes()),
        ],
        &["."],
        &expect![[r#"
            module.db["a"].aws_db_instance.this: plan.json false
            scanned main.tf (1)
            scanned plan.json (1): 1 of 2 resources are judged in the configuration beside it
        "#]],
    );
}
