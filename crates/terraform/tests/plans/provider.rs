//! Plans of resources of providers: they say the same as the configuration, through the table of their attributes and blocks.

use terraform::plan::read;

use crate::{evaluated, file, lines};

/// A plan of a bucket and a policy, as the provider of AWS makes it.
const PLAN: &str = r#"{
  "format_version": "1.2",
  "terraform_version": "1.11.4",
  "variables": {"region": {"value": "eu-west-1"}},
  "resource_changes": [
    {
      "address": "aws_s3_bucket.logs",
      "mode": "managed", "type": "aws_s3_bucket", "name": "logs",
      "change": {
        "actions": ["create"],
        "after": {
          "bucket": "logs", "bucket_prefix": null, "force_destroy": true, "tags": null, "timeouts": null,
          "cors_rule": [],
          "lifecycle_rule": [{"enabled": true, "prefix": null, "transition": [{"days": 30, "storage_class": "GLACIER", "date": null}], "expiration": []}],
          "server_side_encryption_configuration": [{"rule": [{"apply_server_side_encryption_by_default": [{"sse_algorithm": "aws:kms"}], "bucket_key_enabled": null}]}]
        },
        "after_unknown": {
          "arn": true, "id": true, "acl": true, "grant": true, "versioning": true, "cors_rule": [],
          "lifecycle_rule": [{"id": true, "transition": [{}], "expiration": []}],
          "server_side_encryption_configuration": [{"rule": [{"apply_server_side_encryption_by_default": [{"kms_master_key_id": true}]}]}]
        },
        "after_sensitive": {}
      }
    },
    {
      "address": "aws_s3_bucket_policy.logs",
      "mode": "managed", "type": "aws_s3_bucket_policy", "name": "logs",
      "change": {
        "actions": ["create"],
        "after": {},
        "after_unknown": {"bucket": true, "id": true, "policy": true},
        "after_sensitive": {}
      }
    },
    {
      "address": "aws_security_group.web",
      "mode": "managed", "type": "aws_security_group", "name": "web",
      "change": {
        "actions": ["delete", "create"],
        "after": {
          "description": "Managed by Terraform",
          "ingress": [{"cidr_blocks": ["0.0.0.0/0"], "description": "", "from_port": 22, "protocol": "tcp", "self": false, "to_port": 22, "prefix_list_ids": null}]
        },
        "after_unknown": {"egress": true, "ingress": [{"cidr_blocks": [false]}], "vpc_id": true},
        "after_sensitive": {}
      }
    }
  ],
  "configuration": {
    "provider_config": {
      "aws": {"name": "aws", "expressions": {
        "region": {"references": ["var.region"]},
        "profile": {"references": ["local.profile"]},
        "default_tags": [{"tags": {"constant_value": {"team": "shop"}}}]
      }},
      "module.m:aws.other": {"name": "aws", "alias": "other", "module_address": "module.m"}
    },
    "root_module": {"resources": [
      {"address": "aws_s3_bucket.logs", "expressions": {
        "bucket": {"constant_value": "logs"},
        "force_destroy": {"constant_value": true},
        "lifecycle_rule": [{"enabled": {"constant_value": true}, "transition": [{"days": {"constant_value": 30}}]}],
        "server_side_encryption_configuration": [{"rule": [{"apply_server_side_encryption_by_default": [{
          "kms_master_key_id": {"references": ["aws_kms_key.k.arn", "aws_kms_key.k"]},
          "sse_algorithm": {"constant_value": "aws:kms"}
        }]}]}]
      }},
      {"address": "aws_s3_bucket_policy.logs", "expressions": {
        "bucket": {"references": ["aws_s3_bucket.logs.id", "aws_s3_bucket.logs"]},
        "policy": {"references": ["aws_s3_bucket.logs.arn", "aws_s3_bucket.logs"]}
      }},
      {"address": "aws_security_group.web", "expressions": {"ingress": {"constant_value": []}}}
    ]}
  }
}"#;

const CONFIGURATION: &str = r#"
    resource "aws_s3_bucket" "logs" {
      bucket        = "logs"
      force_destroy = "true"
      lifecycle_rule {
        enabled = true
        transition {
          days          = "30"
          storage_class = "GLACIER"
        }
      }
      server_side_encryption_configuration {
        rule {
          apply_server_side_encryption_by_default {
            kms_master_key_id = aws_kms_key.k.arn
            sse_algorithm     = "aws:kms"
          }
        }
      }
    }

    resource "aws_s3_bucket_policy" "logs" {
      bucket = aws_s3_bucket.logs.id
      policy = aws_s3_bucket.logs.arn
    }

    resource "aws_security_group" "web" {
      description = "Managed by Terraform"
      ingress {
        from_port   = 22
        to_port     = 22
        protocol    = "tcp"
        cidr_blocks = ["0.0.0.0/0"]
        description = ""
        self        = false
      }
    }

    resource "aws_kms_key" "k" {}
"#;

#[test]
fn a_plan_of_a_provider_says_the_same_as_its_configuration() {
    let planned = read(&file(PLAN)).unwrap();
    let mut expected = evaluated(&[("r/main.tf", CONFIGURATION)]);
    // The plan leaves the key out, so that what it computes is known only by the place where it is missing.
    expected.retain(|instance| instance.address.name != "k");
    let expected = lines(&expected).replace(
        "aws_kms_key.k.arn",
        "aws_s3_bucket.logs.server_side_encryption_configuration[0].rule[0].apply_server_side_encryption_by_default[0].kms_master_key_id",
    );
    assert_eq!(lines(&planned.instances), expected);
}

#[test]
fn resources_of_a_plan_tell_what_they_refer_to() {
    let planned = read(&file(PLAN)).unwrap();
    let declared = terraform::resource::planned(&planned);
    let policy = declared
        .iter()
        .find(|row| row.resource.kind == "aws_s3_bucket_policy")
        .unwrap();
    let tree = &policy.resource.tree;
    let references: Vec<(String, &str)> = policy
        .references
        .iter()
        .map(|(node, address)| (policy.resource.path(*node).to_string(), address.as_str()))
        .collect();
    let bucket = "aws_s3_bucket.logs";
    assert_eq!(
        references,
        [("bucket".to_owned(), bucket), ("policy".to_owned(), bucket)]
    );
    let data = &tree
        .node(tree.get(graph::NodeId::ROOT, "bucket").unwrap())
        .data;
    assert!(matches!(data, graph::Data::Unknown(_)), "{data:?}");
}

#[test]
fn providers_are_configured_with_constants_and_variables() {
    let planned = read(&file(PLAN)).unwrap();
    let providers: Vec<String> = planned
        .providers
        .iter()
        .map(|provider| {
            let alias = provider.alias.as_deref().unwrap_or_default();
            let value = crate::written(&provider.value);
            format!("{}:{}:{alias}:{value}", provider.module, provider.name)
        })
        .collect();
    assert_eq!(
        providers,
        [
            r#":aws::{default_tags: [{tags: {team: "shop"}}], profile: ?Plan("local.profile"), region: "eu-west-1"}"#,
            "module.m:aws:other:{}",
        ]
    );
}
