//! Half-typed and damaged configurations: the rest is judged, and no file is lost.

use std::path::PathBuf;

use analysis::{Fixes, NoProgress, Options, Report, Status};
use source::Memory;

fn scan(text: &str) -> Report {
    let system = Memory::new([("main.tf", text)]);
    let options = Options {
        paths: vec![PathBuf::from(".")],
        fixes: Fixes::None,
        select: vec!["aws".to_owned()],
        ..Options::default()
    };
    analysis::scan(&system, &options, &NoProgress).expect("any text can be scanned")
}

const WHOLE: &str = r#"resource "aws_db_instance" "first" {
  storage_encrypted = false
}

locals {
  rule = { for name in ["a", "b"] : name => "${name}-${1 + 2}" if name != "c" }
  text = <<-EOT
    %{for key, value in local.rule~}
    ${key} = ${jsonencode({ "x" = [value, null] })}
    %{endfor~}
  EOT
}

resource "aws_security_group" "web" {
  for_each = local.rule
  dynamic "ingress" {
    for_each = [22]
    content {
      protocol    = "tcp"
      from_port   = ingress.value
      to_port     = ingress.value
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}

resource "aws_db_instance" "last" {
  storage_encrypted = false
}
"#;

#[test]
fn a_file_that_ends_anywhere_gives_what_stands_before() {
    let start = WHOLE.find("locals").expect("it is there");
    for end in (start..WHOLE.len()).step_by(9) {
        let report = scan(&WHOLE[..end]);
        assert_eq!(report.inputs.len(), 1, "at {end}");
        assert_ne!(report.inputs[0].status, Status::Failed, "at {end}");
        let line = report
            .findings
            .get(0)
            .map(|finding| finding.resource.address.clone());
        assert_eq!(line.as_deref(), Some("aws_db_instance.first"), "at {end}");
    }
}

#[test]
fn a_damaged_block_loses_no_other() {
    let blocks = WHOLE.find("locals").expect("it is there")
        ..WHOLE
            .find("resource \"aws_db_instance\" \"last\"")
            .expect("it is there");
    for at in blocks.step_by(9) {
        let mut damaged = WHOLE.to_owned();
        damaged.replace_range(at..=at, "\u{1}");
        let report = scan(&damaged);
        let found = |address: &str| {
            let mut findings = report.findings.iter();
            findings.any(|finding| finding.resource.address == address)
        };
        assert!(found("aws_db_instance.first"), "at {at}");
        assert_eq!(report.inputs.len(), 1, "at {at}");
    }
}
