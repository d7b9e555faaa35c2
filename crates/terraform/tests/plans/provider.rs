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
    // The plan leaves the key out.
    expected.retain(|instance| instance.address.name != "k");
    assert_eq!(lines(&planned.instances), lines(&expected));
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
fn elements_that_a_call_is_repeated_for_lead_to_their_resources() {
    let change = |module: &str, ty: &str, key: &str, unknown: &str| {
        format!(
            r#"{{"mode": "managed", "type": "{ty}", "name": "x", {module}{key}
              "change": {{"actions": ["create"], "after": {{}}, "after_unknown": {{"{unknown}": true}}}}}}"#
        )
    };
    let [a, b] = ["a", "b"].map(|key| {
        let bucket = change("", "aws_s3_bucket", &format!(r#""index": "{key}","#), "arn");
        let module = format!(r#""module_address": "module.m[\"{key}\"]","#);
        let policy = change(&module, "aws_s3_bucket_policy", "", "bucket");
        format!("{bucket}, {policy}")
    });
    let text = format!(
        r#"{{"format_version": "1.2", "resource_changes": [{a}, {b}], "configuration": {{"root_module": {{
          "module_calls": {{"m": {{
            "for_each_expression": {{"references": ["aws_s3_bucket.x"]}},
            "expressions": {{"bucket": {{"references": ["each.value.id", "each.value"]}}}},
            "module": {{"resources": [
              {{"address": "aws_s3_bucket_policy.x", "expressions": {{"bucket": {{"references": ["var.bucket"]}}}}}}]}}}}}}}}}}}}"#
    );
    let planned = read(&file(&text)).unwrap();
    let expected = r#"aws_s3_bucket.x["a"]
aws_s3_bucket.x["b"]
module.m["a"].aws_s3_bucket_policy.x
  bucket = ?Computed("aws_s3_bucket.x[\"a\"].id")
module.m["b"].aws_s3_bucket_policy.x
  bucket = ?Computed("aws_s3_bucket.x[\"b\"].id")
"#;
    assert_eq!(lines(&planned.instances), expected);
}

#[test]
fn blocks_of_a_set_are_told_apart_by_their_constants() {
    let text = r#"{"format_version": "1.2", "resource_changes": [
        {"mode": "managed", "type": "aws_cloudfront_distribution", "name": "c", "change": {"actions": ["create"],
          "after": {"origin": [{"origin_id": "b"}, {"origin_id": "a"}]},
          "after_unknown": {"origin": [{"domain_name": true, "origin_path": true}, {"domain_name": true}]}}}],
      "configuration": {"root_module": {"resources": [
        {"address": "aws_cloudfront_distribution.c", "expressions": {"origin": [
          {"origin_id": {"constant_value": "a"}, "domain_name": {"references": ["aws_lb.a.dns_name"]}},
          {"origin_id": {"constant_value": "b"}, "domain_name": {"references": ["var.b"]}}]}}]}}}"#;
    let planned = read(&file(text)).unwrap();
    let expected = r#"aws_cloudfront_distribution.c
  origin = [{domain_name: ?Plan("var.b"), origin_id: "b"}, {domain_name: ?Computed("aws_lb.a.dns_name"), origin_id: "a"}]
"#;
    assert_eq!(lines(&planned.instances), expected);
}

#[test]
fn parts_of_a_policy_have_their_places() {
    let policy = r#"{\"Statement\":[{\"Action\":[\"s3:Get*\",\"s3:\u002a\"],\"Sid\":\"é\"}]}"#;
    let text = format!(
        r#"{{"format_version": "1.2", "resource_changes": [
            {{"mode": "managed", "type": "aws_sqs_queue_policy", "name": "q",
              "change": {{"actions": ["create"], "after": {{"policy": "{policy}"}}}}}}]}}"#
    );
    let file = file(&text);
    let planned = read(&file).unwrap();
    let declared = terraform::resource::planned(&planned).remove(0);
    let tree = &declared.resource.tree;
    let mut open = vec![graph::NodeId::ROOT];
    let mut texts = Vec::new();
    while let Some(node) = open.pop() {
        open.extend(tree.children(node));
        if tree.first(node).is_none() {
            texts.push(file.slice(tree.node(node).span));
        }
    }
    texts.reverse();
    assert_eq!(texts, [r#"\"s3:Get*\""#, r#"\"s3:\u002a\""#, r#"\"é\""#]);
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

/// A plan of one change of `a_b.c`, with what stands in the change and beside it.
fn changed(change: &str, beside: &str) -> String {
    let text = format!(
        r#"{{"format_version": "1.2", "resource_changes": [
            {{"address": "a_b.c", "mode": "managed", "type": "a_b", "name": "c"{beside}, "change": {{{change}}}}}]}}"#
    );
    let planned = read(&file(&text)).expect("this is a plan");
    assert!(planned.problems.is_empty());
    lines(&planned.instances)
}

#[test]
fn what_is_there_after_a_change_is_read() {
    let values = r#""before": {"x": 1}, "after": {"x": 2}"#;
    let gone = r#""before": {"x": 1}, "after": null"#;
    for (actions, values, beside, expected) in [
        (r#"["create"]"#, values, "", "a_b.c\n  x = 2\n"),
        (r#"["update"]"#, values, "", "a_b.c\n  x = 2\n"),
        (r#"["delete", "create"]"#, values, "", "a_b.c\n  x = 2\n"),
        (
            r#"["create", "delete"]"#,
            values,
            r#", "index": "k""#,
            "a_b.c[\"k\"]\n  x = 2\n",
        ),
        (
            r#"["no-op"]"#,
            values,
            r#", "module_address": "module.m[0]""#,
            "module.m[0].a_b.c\n  x = 2\n",
        ),
        (r#"["delete"]"#, gone, "", ""),
        (r#"["forget"]"#, gone, "", ""),
        (r#"["create"]"#, values, r#", "deposed": "0a1b2c3d""#, ""),
    ] {
        let change = format!(r#""actions": {actions}, {values}"#);
        assert_eq!(changed(&change, beside), expected, "{actions}{beside}");
    }
}

#[test]
fn what_is_unknown_or_sensitive_is_so_at_its_place() {
    let change = |after: &str, unknown: &str, sensitive: &str| {
        let change = format!(
            r#""actions": ["create"], "after": {after}, "after_unknown": {unknown}, "after_sensitive": {sensitive}"#
        );
        changed(&change, "")
    };
    let expected = "a_b.c\n  x = [1, ?Computed(\"a_b.c.x[1]\"), sensitive(3)]\n  y = sensitive({z: ?Computed(\"a_b.c.y.z\")})\n";
    let after = r#"{"x": [1, null, 3], "y": {}, "n": null}"#;
    let unknown = r#"{"x": [false, true, false], "y": {"z": true}}"#;
    let sensitive = r#"{"x": [false, false, true], "y": true}"#;
    assert_eq!(change(after, unknown, sensitive), expected);
    assert_eq!(change(r#"{"x": 1}"#, "{}", "false"), "a_b.c\n  x = 1\n");
    assert_eq!(
        change(r#"{"x": 12345678901234567890.5}"#, "{}", "{}"),
        "a_b.c\n  x = 12345678901234567890.5\n"
    );
}

#[test]
fn a_raw_state_hides_what_it_calls_sensitive_and_leaves_out_what_is_deposed() {
    let text = r#"{"version": 4, "serial": 1, "lineage": "x", "resources": [
        {"module": "module.m[\"k\"]", "mode": "managed", "type": "aws_db_instance", "name": "d", "instances": [
          {"index_key": 0, "attributes": {"id": "d-1", "password": "p", "port": 3306, "tags": {"value": "v", "type": "string"}, "timeouts": null},
           "sensitive_attributes": [[{"type": "get_attr", "value": "password"}],
             [{"type": "get_attr", "value": "tags"}, {"type": "index", "value": {"value": "value", "type": "string"}}]]},
          {"index_key": 1, "deposed": "0a1b2c3d", "attributes": {"id": "d-2"}}
        ]}]}"#;
    let planned = read(&file(text)).unwrap();
    let expected = "module.m[\"k\"].aws_db_instance.d[0]\n  id = \"d-1\"\n  password = sensitive(\"p\")\n  port = 3306\n  tags = {type: \"string\", value: sensitive(\"v\")}\n";
    assert_eq!(lines(&planned.instances), expected);
}
