//! Blocks that are no resources, as checks judge them.

use super::written;
use crate::root::testing::root;

#[track_caller]
fn check(files: &[(&str, &str)], expected: &[&str]) {
    let root = root(files);
    assert_eq!(root.problems, []);
    let line = |declaration: &crate::root::Declaration| {
        let ty = declaration
            .ty
            .as_ref()
            .map_or(String::new(), |ty| format!(".{ty}"));
        let inner = format!("{}{}", declaration.address, declaration.key);
        let open = declaration.value.unknown().map_or("", |_| " …");
        let value = match declaration.value.unknown().map(|unknown| &unknown.shape) {
            Some(Some(crate::value::Shape::Entries { entries, .. })) => written(
                &declaration
                    .value
                    .with_data(crate::value::Data::Object(entries.clone())),
            ),
            _ => written(&declaration.value),
        };
        let maybe = if declaration.conditional.is_some() {
            " maybe"
        } else {
            ""
        };
        format!(
            "{}{ty} {}{maybe} {value}{open}",
            declaration.kind,
            declaration.module.address(&inner)
        )
    };
    let lines: Vec<String> = root.declarations.iter().map(line).collect();
    assert_eq!(lines, expected);
}

#[test]
fn blocks_of_the_root_have_their_values() {
    check(
        &[(
            "main.tf",
            r#"
            terraform {
              required_version = ">= 1.5"
              required_providers {
                amazon = {
                  source                = "hashicorp/aws"
                  version               = "~> 5.0"
                  configuration_aliases = [amazon.west]
                }
              }
              backend "s3" {
                bucket  = "b"
                key     = "k"
                encrypt = true
              }
            }
            provider "amazon" {
              alias  = "west"
              region = var.region
              assume_role { role_arn = "arn" }
            }
            provider "random" {}
            variable "region" {
              type        = string
              default     = "eu"
              description = "d"
              validation {
                condition     = var.region != ""
                error_message = "no"
              }
            }
            variable "rules" {
              type      = list(object({ port = number, open = optional(bool, false) }))
              sensitive = true
            }
            output "region" {
              value      = upper(var.region)
              depends_on = [random_id.a]
            }
            resource "random_id" "a" {}
            "#,
        )],
        &[
            "provider.aws provider.amazon.west {alias: west, assume_role: [{role_arn: arn}], region: eu}",
            "provider.random provider.random {}",
            "output output.region {value: EU}",
            "backend.s3 backend.s3 {bucket: b, encrypt: true, key: k}",
            "terraform terraform {required_providers: [{amazon: {source: hashicorp/aws, version: ~> 5.0}}], required_version: >= 1.5}",
            "variable var.region {default: eu, description: d, type: string}",
            "variable var.rules {sensitive: true, type: list(object({open = optional(bool), port = number}))}",
        ],
    );
}

#[test]
fn calls_and_outputs_have_instances_and_variables_have_none() {
    let call = r#"
        variable "u" {}
        module "a" {
          source   = "./m"
          for_each = { x = 1, y = 2 }
          size     = each.value
        }
        module "far" {
          source  = "org/far/aws"
          version = "1.0"
          count   = var.u
          name    = count.index
        }
    "#;
    let module = r#"
        variable "size" {}
        output "size" { value = var.size }
    "#;
    check(
        &[("main.tf", call), ("m/main.tf", module)],
        &[
            r#"module module.a["x"] {size: 1, source: ./m}"#,
            r#"module module.a["y"] {size: 2, source: ./m}"#,
            "module module.far[*] maybe {name: ?, source: org/far/aws, version: 1.0}",
            "variable var.u {}",
            r#"output module.a["x"].output.size {value: 1}"#,
            r#"variable module.a["x"].var.size {}"#,
            r#"output module.a["y"].output.size {value: 2}"#,
        ],
    );
}

#[test]
fn a_backend_that_needs_more_may_be_given_more() {
    for (backend, expected) in [
        (r#"backend "s3" {}"#, "backend.s3 backend.s3 {} …"),
        (
            r#"backend "s3" { key = "k" }"#,
            "backend.s3 backend.s3 {key: k} …",
        ),
        (r#"backend "local" {}"#, "backend.local backend.local {}"),
        (r#"backend "pg" {}"#, "backend.pg backend.pg {} …"),
        (
            r#"cloud { organization = "o" }"#,
            "backend.cloud backend.cloud {organization: o}",
        ),
    ] {
        let text = format!("terraform {{\n{backend}\n}}");
        check(&[("main.tf", &text)], &[expected, "terraform terraform {}"]);
    }
}

#[test]
fn json_has_the_same_blocks() {
    check(
        &[(
            "main.tf.json",
            r#"{"terraform": {"backend": {"gcs": {"bucket": "b"}}}, "provider": {"aws": {"region": "eu"}},
               "variable": {"a": {"default": 1}}, "output": {"a": {"value": "${var.a}"}}, "module": {}}"#,
        )],
        &[
            "provider.aws provider.aws {region: eu}",
            "output output.a {value: 1}",
            "backend.gcs backend.gcs {bucket: b}",
            "terraform terraform {}",
            "variable var.a {default: 1}",
        ],
    );
}
