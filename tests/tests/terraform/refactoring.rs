//! Blocks that tell what became of resources: findings keep their names, and nothing is taken for a mistake.

use std::path::PathBuf;

use analysis::{NoProgress, Options, Report};
use source::Memory;

fn scan(files: &[(&str, String)]) -> Report {
    let options = Options {
        paths: vec![PathBuf::from(".")],
        select: vec!["database-not-encrypted".to_owned()],
        ..Options::default()
    };
    let files = files.iter().map(|(path, text)| (*path, text.as_str()));
    analysis::scan(&Memory::new(files), &options, &NoProgress).expect("any text can be scanned")
}

fn fingerprints(text: &str) -> Vec<String> {
    fingerprints_of(&[("main.tf", text.to_owned())])
}

fn fingerprints_of(files: &[(&str, String)]) -> Vec<String> {
    let findings = scan(files).findings.into_iter();
    findings
        .map(|finding| finding.fingerprint.clone())
        .collect()
}

fn database(name: &str) -> String {
    format!("resource \"aws_db_instance\" \"{name}\" {{\n  storage_encrypted = false\n}}\n")
}

fn moved(from: &str, to: &str) -> String {
    format!("moved {{\n  from = aws_db_instance.{from}\n  to   = aws_db_instance.{to}\n}}\n")
}

#[test]
fn a_moved_resource_keeps_its_fingerprint() {
    let before = fingerprints(&database("a"));
    assert_eq!(before.len(), 1);
    let after = |moves: &[String]| fingerprints(&(database("c") + &moves.concat()));
    assert_eq!(after(&[moved("a", "c")]), before);
    assert_eq!(after(&[moved("a", "b"), moved("b", "c")]), before);
    assert_eq!(after(&[moved("a[0]", "c[\"x\"]")]), before);
    assert_ne!(after(&[]), before);
    assert_ne!(after(&[moved("a", "b")]), before);
}

/// The call of the module in a folder of the same name.
fn called(name: &str) -> String {
    format!("module \"{name}\" {{\n  source = \"./{name}\"\n}}\n")
}

#[test]
fn a_resource_that_is_moved_to_another_module_keeps_its_fingerprint() {
    let into = "moved {\n  from = aws_db_instance.a\n  to = module.m[\"x\"].aws_db_instance.c\n}\n";
    let inside = ("m/main.tf", database("c"));
    let after = |main: String| fingerprints_of(&[("main.tf", main), inside.clone()]);
    let before = fingerprints(&database("a"));
    assert_eq!(after(called("m") + into), before);
    assert_ne!(after(called("m")), before);

    let between =
        "moved {\n  from = module.n.aws_db_instance.b\n  to = module.m.aws_db_instance.c\n}\n";
    let other = ("n/main.tf", database("b"));
    let before = fingerprints_of(&[("main.tf", called("n")), other]);
    let files = [
        ("main.tf", called("m") + &called("n") + between),
        ("n/main.tf", "locals {}\n".to_owned()),
        inside.clone(),
    ];
    assert_eq!(fingerprints_of(&files), before);
}

#[test]
fn a_move_from_what_is_declared_again_counts_for_nothing() {
    let text = database("a") + &database("b");
    assert_eq!(
        fingerprints(&(text.clone() + &moved("a", "b"))),
        fingerprints(&text)
    );
}

#[test]
fn moves_in_a_circle_end() {
    let text = database("a") + &moved("b", "a") + &moved("c", "b") + &moved("b", "c");
    assert_eq!(fingerprints(&text).len(), 1);
}

#[test]
fn blocks_about_the_past_and_the_future_are_no_problems() {
    let text = r#"
resource "aws_db_instance" "a" {
  storage_encrypted = true
  lifecycle {
    ignore_changes = [tags, password]
    precondition {
      condition     = var.size > 0
      error_message = "too small"
    }
  }
}

variable "size" {
  default = 1
}

moved {
  from = module.old
  to   = module.new
}

moved {
  from = aws_db_instance.b
  to   = module.new.aws_db_instance.b
}

removed {
  from = aws_db_instance.gone
  lifecycle {
    destroy = false
  }
}

import {
  for_each = toset(["x"])
  to       = aws_db_instance.a
  id       = "db-${each.key}"
}

check "reachable" {
  data "http" "page" {
    url = "https://example.org"
  }
  assert {
    condition     = data.http.page.status_code == 200
    error_message = "not reachable: ${data.http.page.status_code}"
  }
}
"#;
    let report = scan(&[("main.tf", text.to_owned())]);
    assert_eq!(report.problems, []);
    assert_eq!(report.findings.len(), 0);
}
