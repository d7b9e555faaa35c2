//! The table, and resources that become the same in every notation.

use super::{Body, Nesting, Setting, of, table};
use crate::module::Mode;
use crate::root::testing::root;
use crate::value::testing::show;
use crate::value::{Type, Value};

/// The value of the one resource of a configuration without problems.
fn resource(name: &str, text: &str) -> String {
    let root = root(&[(name, text)]);
    let codes: Vec<_> = root.problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, Vec::<&str>::new(), "{text}");
    let [instance] = &root.resources[..] else {
        panic!("one resource in {text}");
    };
    show(&instance.value)
}

/// What an output says, and why, where it is unknown.
fn output(text: &str) -> String {
    let root = root(&[("main.tf", text)]);
    let [(_, value)] = &root.outputs[..] else {
        panic!("one output in {text}");
    };
    match value.unknown() {
        Some(unknown) => format!("{} because {:?}", show(value), unknown.cause),
        None => show(value),
    }
}

#[test]
fn the_table_is_understood_to_the_last_item() {
    let (names, shapes) = table::all();
    let bodies = names.iter().map(|name| match name.strip_prefix("data.") {
        Some(name) => of(Mode::Data, name).unwrap(),
        None => of(Mode::Managed, name).unwrap(),
    });
    let items: usize = bodies
        .chain((0..shapes).map(table::shape))
        .map(checked)
        .sum();
    let text = include_str!("types.txt");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let written: usize = lines
        .map(|line| line.split_ascii_whitespace().count() - 1)
        .sum();
    assert_eq!(items, written);
}

/// Checks that names are in order and that what they refer to is there, and counts them.
fn checked(body: &Body) -> usize {
    let (_, shapes) = table::all();
    assert!(body.attributes.is_sorted_by(|one, other| one.0 < other.0));
    assert!(body.blocks.is_sorted_by(|one, other| one.0 < other.0));
    assert!(body.blocks.iter().all(|(_, block)| block.number < shapes));
    body.names().count()
}

#[test]
fn types_have_the_attributes_and_blocks_of_their_provider() {
    let bucket = of(Mode::Managed, "aws_s3_bucket").unwrap();
    let acl = bucket.attribute("acl").unwrap();
    assert_eq!(
        (&acl.ty, acl.setting),
        (&Type::String, Setting::OptionalComputed)
    );
    assert_eq!(bucket.attribute("arn").unwrap().setting, Setting::Computed);
    assert_eq!(
        bucket.attribute("tags").unwrap().ty,
        Type::map(Type::String)
    );
    let versioning = bucket.block("versioning").unwrap();
    assert_eq!(
        (versioning.nesting, versioning.at_most_one),
        (Nesting::List, true)
    );
    let enabled = versioning.body().attribute("enabled").unwrap();
    assert_eq!(
        (&enabled.ty, enabled.setting),
        (&Type::Bool, Setting::Optional)
    );
    assert_eq!(bucket.block("grant").unwrap().nesting, Nesting::Set);
    assert_eq!(bucket.block("timeouts").unwrap().nesting, Nesting::Single);
    assert!(of(Mode::Managed, "nobody_knows").is_none());
    assert!(of(Mode::Data, "aws_ami").unwrap().block("filter").is_some());
}

#[test]
fn a_block_is_the_same_as_hcl_and_as_json_of_either_form() {
    let hcl = r#"resource "aws_s3_bucket" "b" {
        versioning { enabled = "true" }
        cors_rule {
          allowed_methods = ["GET"]
          allowed_origins = ["*"]
          max_age_seconds = "22"
        }
    }"#;
    let expected = r#"{cors_rule = [{allowed_methods = list(string)["GET"], allowed_origins = list(string)["*"], max_age_seconds = 22}], versioning = [{enabled = true}]}"#;
    assert_eq!(resource("main.tf", hcl), expected);
    let cors = r#"{"allowed_methods": ["GET"], "allowed_origins": ["*"], "max_age_seconds": "22"}"#;
    for (cors, versioning) in [
        (cors.to_owned(), r#"{"enabled": true}"#),
        (format!("[{cors}]"), r#"[{"enabled": "true"}]"#),
    ] {
        let body = format!(r#"{{"cors_rule": {cors}, "versioning": {versioning}}}"#);
        let json = format!(r#"{{"resource": {{"aws_s3_bucket": {{"b": {body}}}}}}}"#);
        assert_eq!(resource("main.tf.json", &json), expected);
    }
}

#[test]
fn dynamic_blocks_of_json_are_expanded_at_any_depth() {
    let json = r#"{"resource": {"aws_s3_bucket": {"b": {"lifecycle_rule": {
        "enabled": true,
        "dynamic": {"transition": {"for_each": [30, 60], "content": {"days": "${transition.value}", "storage_class": "GLACIER"}}}
    }}}}}"#;
    let transition = |days: u8| format!(r#"{{days = {days}, storage_class = "GLACIER"}}"#);
    let expected = format!(
        "{{lifecycle_rule = [{{enabled = true, transition = [{}, {}]}}]}}",
        transition(30),
        transition(60)
    );
    assert_eq!(resource("main.tf.json", json), expected);
}

#[test]
fn a_list_of_objects_is_the_same_as_blocks_and_as_attribute() {
    let block = r#"resource "aws_security_group" "g" {
        ingress {
          from_port = "22"
          cidr_blocks = ["0.0.0.0/0"]
        }
    }"#;
    let attribute = r#"resource "aws_security_group" "g" {
        ingress = [{ from_port = 22, cidr_blocks = ["0.0.0.0/0"] }]
    }"#;
    let expected = r#"{ingress = [{cidr_blocks = list(string)["0.0.0.0/0"], from_port = 22}]}"#;
    assert_eq!(resource("main.tf", block), expected);
    assert_eq!(resource("main.tf", attribute), expected);
}

#[test]
fn a_map_is_the_same_as_block_and_as_attribute() {
    for tags in ["tags = { port = 22 }", "tags { port = 22 }"] {
        let text = format!("resource \"aws_s3_bucket\" \"b\" {{\n{tags}\n}}");
        let expected = r#"{tags = map(string){port = "22"}}"#;
        assert_eq!(resource("main.tf", &text), expected);
    }
}

#[test]
fn blocks_that_are_not_there_are_left_out() {
    let none = r#"resource "aws_s3_bucket" "b" {
        dynamic "versioning" {
          for_each = []
          content { enabled = true }
        }
    }"#;
    assert_eq!(resource("main.tf", none), "{}");
    let null = r#"{"resource": {"aws_s3_bucket": {"b": {"versioning": null, "cors_rule": []}}}}"#;
    assert_eq!(resource("main.tf.json", null), "{}");
}

#[test]
fn an_unknown_number_of_blocks_has_the_types_of_one() {
    let text = r#"
        variable "rules" {}
        resource "aws_s3_bucket" "b" {
          dynamic "versioning" {
            for_each = var.rules
            content { enabled = "true" }
          }
        }"#;
    let root = root(&[("main.tf", text)]);
    let versioning = root.resources[0].value.as_entries().unwrap()["versioning"].clone();
    let Some(crate::value::Shape::Items { rest, .. }) = &versioning.unknown().unwrap().shape else {
        panic!("a list of unknown length");
    };
    assert_eq!(show(rest), "{enabled = true}");
}

#[test]
fn values_that_do_not_fit_stay_as_they_are() {
    let text = r#"resource "aws_s3_bucket" "b" { force_destroy = "perhaps" }"#;
    assert_eq!(resource("main.tf", text), r#"{force_destroy = "perhaps"}"#);
}

#[test]
fn what_is_not_set_or_null_is_unknown_for_references_where_a_provider_may_decide_it() {
    let bucket = r#"resource "aws_s3_bucket" "b" {
        region = null
        versioning { enabled = true }
        timeouts { create = "1m" }
    }
    "#;
    for (expression, expected) in [
        (
            "arn",
            r#"unknown(string) because Computed("aws_s3_bucket.b.arn")"#,
        ),
        (
            "acl",
            r#"unknown(string) because Computed("aws_s3_bucket.b.acl")"#,
        ),
        // The provider may have a default for it.
        (
            "force_destroy",
            r#"unknown(bool) because Computed("aws_s3_bucket.b.force_destroy")"#,
        ),
        ("tags", "null(map(string))"),
        (
            "tags_all",
            r#"unknown(map(string)) because Computed("aws_s3_bucket.b.tags_all")"#,
        ),
        (
            "cors_rule",
            r#"unknown(any) because Computed("aws_s3_bucket.b.cors_rule")"#,
        ),
        (
            "region",
            r#"unknown(string) because Computed("aws_s3_bucket.b.region")"#,
        ),
        ("timeouts.create", r#""1m""#),
        ("versioning[0].enabled", "true"),
        (
            "versioning[0].mfa_delete",
            r#"unknown(bool) because Computed("aws_s3_bucket.b.versioning[0].mfa_delete")"#,
        ),
        (
            "nobody_knows",
            r#"unknown(any) because Computed("aws_s3_bucket.b.nobody_knows")"#,
        ),
    ] {
        let text = format!("{bucket}output \"o\" {{ value = aws_s3_bucket.b.{expression} }}");
        assert_eq!(output(&text), expected, "{expression}");
    }
}

#[test]
fn what_a_data_source_reads_has_its_type() {
    let text = r#"
        data "aws_ami" "a" {}
        output "o" { value = data.aws_ami.a.image_id }"#;
    assert_eq!(
        output(text),
        r#"unknown(string) because DataSource("data.aws_ami.a.image_id")"#
    );
}

#[test]
fn deep_values_are_conformed_to_the_depth_of_the_provider() {
    let mut value: Value = crate::value::testing::object([]);
    for _ in 0..1_000 {
        value = crate::value::testing::object([("versioning", value)]);
    }
    let bucket = of(Mode::Managed, "aws_s3_bucket").unwrap();
    let conformed = super::conform(value, bucket);
    assert!(
        conformed.as_entries().unwrap()["versioning"]
            .as_items()
            .is_some()
    );
}
