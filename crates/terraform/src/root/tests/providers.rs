//! What providers give to their resources, and compute in their data sources.

use graph::NodeId;

use super::{check, lines};
use crate::provider::LOCK_FILE;
use crate::resource::resources;
use crate::root::testing::root;

/// The tags and labels that resources have with those of their providers.
#[track_caller]
fn check_all_tags(main: &str, module: &str, expected: &[&str]) {
    let lines = lines(&[("main.tf", main), ("m/main.tf", module)]);
    let of_all = |line: &&String| line.contains("tags_all") || line.contains("terraform_labels");
    let all: Vec<&String> = lines.iter().filter(of_all).collect();
    assert_eq!(all, expected);
    assert!(!lines.iter().any(|line| line.starts_with("problem")));
}

#[test]
fn providers_give_tags_and_labels_to_their_resources() {
    check_all_tags(
        r#"
        variable "team" {}
        provider "aws" {
          default_tags { tags = { team = "a", tier = local.tier } }
        }
        provider "aws" {
          alias = "west"
          default_tags { tags = { team = "west" } }
        }
        provider "aws" { alias = "plain" }
        provider "google" { default_labels = { team = var.team } }
        locals { tier = "x" }
        resource "aws_s3_bucket" "a" { tags = { team = "b" } }
        resource "aws_s3_bucket" "b" { provider = aws.west }
        resource "aws_s3_bucket" "c" { provider = aws.plain }
        resource "aws_s3_bucket_policy" "d" {}
        resource "google_storage_bucket" "e" { labels = { own = "1" } }
        "#,
        "",
        &[
            "aws_s3_bucket.a.tags_all = {team: b, tier: x}",
            "aws_s3_bucket.b.tags_all = {team: west}",
            "google_storage_bucket.e.terraform_labels = {own: 1, team: ?}",
        ],
    );
}

#[test]
fn modules_take_providers_from_their_callers() {
    check_all_tags(
        r#"
        provider "aws" {
          default_tags { tags = { from = "default" } }
        }
        provider "aws" {
          alias = "west"
          default_tags { tags = { from = "west" } }
        }
        module "a" { source = "./m" }
        module "b" {
          source    = "./m"
          providers = { aws = aws.west, aws.peer = aws }
        }
        "#,
        r#"
        terraform {
          required_providers {
            aws = { source = "hashicorp/aws", configuration_aliases = [aws.peer] }
          }
        }
        resource "aws_s3_bucket" "own" {}
        resource "aws_s3_bucket" "peer" { provider = aws.peer }
        "#,
        &[
            "module.a.aws_s3_bucket.own.tags_all = {from: default}",
            "module.b.aws_s3_bucket.own.tags_all = {from: west}",
            "module.b.aws_s3_bucket.peer.tags_all = {from: default}",
        ],
    );
}

#[test]
fn policy_documents_are_evaluated_as_the_provider_does() {
    check(
        r#"
        variable "bucket" {}
        data "aws_iam_policy_document" "base" {
          statement {
            sid       = "Read"
            actions   = ["s3:Get", "s3:List"]
            resources = ["arn:${var.bucket}"]
          }
        }
        data "aws_iam_policy_document" "all" {
          source_policy_documents = [data.aws_iam_policy_document.known.json]
          statement {
            effect  = "Deny"
            actions = ["*"]
            principals {
              type        = "*"
              identifiers = ["*"]
            }
          }
        }
        data "aws_iam_policy_document" "known" {
          statement {
            actions   = ["s3:*"]
            resources = ["*"]
            condition {
              test     = "StringEquals"
              variable = "aws:user"
              values   = ["&{x}"]
            }
          }
        }
        resource "t" "a" {
          known   = jsondecode(data.aws_iam_policy_document.all.json)
          partial = jsondecode(data.aws_iam_policy_document.base.json)
        }
        "#,
        &[
            "t.a.known = {Statement: [{Action: s3:*, Condition: {StringEquals: {aws:user: ${x}}}, Effect: Allow, Resource: *}, {Action: *, Effect: Deny, Principal: *}], Version: 2012-10-17}",
            "t.a.partial = ?({Statement: [{Action: [s3:List, s3:Get], Effect: Allow, Resource: ?, Sid: Read}], Version: 2012-10-17})",
        ],
    );
}

#[test]
fn conditions_keep_what_is_known_of_their_variables() {
    check(
        r#"
        resource "aws_eks_cluster" "c" {}
        locals { issuer = replace(aws_eks_cluster.c.identity[0].oidc[0].issuer, "https://", "") }
        data "aws_iam_policy_document" "d" {
          statement {
            condition {
              test     = "StringEquals"
              variable = "${local.issuer}:sub"
              values   = ["a"]
            }
            condition {
              test     = "StringEquals"
              variable = "${local.issuer}:aud"
              values   = ["b"]
            }
            condition {
              test     = "Null"
              variable = "aws:user"
              values   = ["true"]
            }
          }
        }
        resource "t" "a" {
          x = jsondecode(data.aws_iam_policy_document.d.json).Statement[0].Condition
        }
        "#,
        &[
            "aws_eks_cluster.c",
            "t.a.x = ?({Null: {aws:user: true}, StringEquals: ?{${…}:aud: b, ${…}:sub: a}})",
        ],
    );
}

/// What the storage account of a root asks for, and who says so.
fn tls(files: &[(&str, &str)]) -> (String, String) {
    let account = (
        "account.tf",
        "resource \"azurerm_storage_account\" \"a\" {}\n",
    );
    let root = root(&[&[account], files].concat());
    let declared = resources(&root);
    let tree = &declared[0].resource.tree;
    let node = tree
        .get(NodeId::ROOT, "min_tls_version")
        .expect("a default");
    let default = tree
        .passage(node)
        .and_then(|passage| passage.default.clone());
    let by = default.expect("nobody wrote it").by;
    (
        tree.as_text(node).expect("a text").to_string(),
        by.to_string(),
    )
}

#[test]
fn defaults_are_those_of_the_newest_version_that_a_root_may_use() {
    let new = ("TLS1_2".to_owned(), "azurerm since 3.0".to_owned());
    let old = ("TLS1_0".to_owned(), "azurerm since 0".to_owned());
    let required = (
        "versions.tf",
        "terraform {\n  required_providers {\n    azurerm = {\n      source = \"hashicorp/azurerm\"\n      version = \">= 2.0, < 3.0\"\n    }\n  }\n}\n",
    );
    let lock = |version: &str| {
        format!(
            "provider \"registry.terraform.io/hashicorp/azurerm\" {{\n  version = \"{version}\"\n}}\n"
        )
    };
    let (locked_old, locked_new) = (lock("2.99.0"), lock("4.1.0"));
    assert_eq!(tls(&[]), new);
    assert_eq!(tls(&[required]), old);
    assert_eq!(tls(&[(LOCK_FILE, &locked_old)]), old);
    assert_eq!(tls(&[required, (LOCK_FILE, &locked_new)]), new);
    assert_eq!(tls(&[(LOCK_FILE, "provider {\n")]), new);
}
