//! Conditions that a configuration states, and what is said of those that do not hold.

use source::{Level, Place};

use crate::root::testing::root;

/// The problems, each with what its place says.
#[track_caller]
fn check(files: &[(&str, &str)], expected: &[&str]) {
    let root = root(files);
    let line = |problem: &source::Problem| {
        let level = match problem.level {
            Level::Error => "error",
            _ => "warning",
        };
        let said = match problem.place {
            Place::Span(span) => files.iter().find_map(|(_, text)| {
                let text = text.get(span.start as usize..span.end as usize)?;
                text.contains("==").then_some(text)
            }),
            Place::Path(_) => None,
        };
        format!(
            "{level} {}: {} at {}",
            problem.code,
            problem.message,
            said.unwrap_or_default()
        )
    };
    let found: Vec<String> = root.problems.iter().map(line).collect();
    assert_eq!(found, expected);
}

#[test]
fn conditions_of_resources_are_refused_where_they_are_known_not_to_hold() {
    check(
        &[(
            "main.tf",
            r#"
            variable "u" {}
            resource "terraform_data" "a" {
              for_each = toset(["x", "y"])
              input    = each.key
              lifecycle {
                precondition {
                  condition     = each.key == "x"
                  error_message = "not ${each.key}"
                }
                postcondition {
                  condition     = self.input == "y"
                  error_message = "self is ${self.input}"
                }
                postcondition {
                  condition     = self.output == "z"
                  error_message = "nobody knows"
                }
              }
            }
            resource "terraform_data" "maybe" {
              count = var.u
              lifecycle {
                precondition {
                  condition     = local.later == 2
                  error_message = "maybe it is not there"
                }
              }
            }
            data "terraform_remote_state" "s" {
              backend = "local"
              lifecycle {
                precondition {
                  condition     = local.later == 2
                  error_message = "later is ${local.later}"
                }
              }
            }
            locals { later = 1 }
            "#,
        )],
        &[
            r#"warning condition-failed: terraform_data.a["x"] is refused: self is x at self.input == "y""#,
            r#"warning condition-failed: terraform_data.a["y"] is refused: not y at each.key == "x""#,
            "warning condition-failed: data.terraform_remote_state.s is refused: later is 1 at local.later == 2",
        ],
    );
}

#[test]
fn outputs_are_refused_and_checks_warn() {
    let module = r#"
        variable "n" {}
        output "n" {
          value = var.n
          precondition {
            condition     = var.n == 2
            error_message = "n is ${var.n}"
          }
        }
        check "n" {
          data "http" "a" { url = "https://example.org" }
          assert {
            condition     = var.n == 3
            error_message = "n should be 3"
          }
          assert {
            condition     = data.http.a.status_code == 200
            error_message = "nobody knows"
          }
        }
    "#;
    let main = r#"
        variable "u" {}
        variable "secret" {
          default   = "hidden"
          sensitive = true
        }
        module "one" {
          source = "./m"
          n      = 1
        }
        module "maybe" {
          source = "./m"
          count  = var.u
          n      = 1
        }
        check "secret" {
          assert {
            condition     = var.secret == ""
            error_message = "it is ${var.secret}"
          }
        }
    "#;
    check(
        &[("main.tf", main), ("m/main.tf", module)],
        &[
            r#"warning check-failed: check.secret is refused: a condition does not hold at var.secret == """#,
            "warning condition-failed: module.one.output.n is refused: n is 1 at var.n == 2",
            "warning check-failed: module.one.check.n is refused: n should be 3 at var.n == 3",
        ],
    );
}
