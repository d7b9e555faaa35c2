//! Whole roots: files in, addresses and values out.

mod conditions;
mod data;
mod declarations;
mod documents;
mod providers;

use std::sync::Arc;

use super::Instance;
use super::testing::root;
use crate::module::Mode;
use crate::value::{Data, Entries, Shape, Value};

/// Evaluates the files of a root `r` and gives a line for each attribute of each resource.
fn lines(files: &[(&str, &str)]) -> Vec<String> {
    let root = root(files);
    let codes = root
        .problems
        .iter()
        .map(|problem| format!("problem {}", problem.code));
    let managed = root
        .resources
        .iter()
        .filter(|instance| instance.address.mode == Mode::Managed);
    let values = managed.flat_map(lines_of);
    values.chain(codes).collect()
}

fn lines_of(instance: &Arc<Instance>) -> Vec<String> {
    let address = instance
        .module
        .address(&format!("{}{}", instance.address, instance.key));
    let entries = instance
        .value
        .as_entries()
        .into_iter()
        .flat_map(|entries| entries.iter());
    let mut lines: Vec<String> = entries
        .map(|(name, value)| format!("{address}.{name} = {}", written(value)))
        .collect();
    if lines.is_empty() {
        lines.push(address);
    }
    lines
}

/// A value, short: what is unknown is `?`, with what is known of it behind.
fn written(value: &Value) -> String {
    let list = |items: &[Value]| items.iter().map(written).collect::<Vec<_>>().join(", ");
    match &value.data {
        Data::Null(_) => "null".to_owned(),
        Data::Bool(truth) => truth.to_string(),
        Data::Number(number) => number.to_string(),
        Data::String(text) => text.text.to_string(),
        Data::List(_, items) | Data::Set(_, items) | Data::Tuple(items) => {
            format!("[{}]", list(items))
        }
        Data::Map(_, entries) | Data::Object(entries) => written_entries(entries),
        Data::Unknown(unknown) => match &unknown.shape {
            Some(Shape::OneOf(values)) => format!("?({})", list(values)),
            Some(Shape::Items { items, rest }) => format!("?[{} … {}]", list(items), written(rest)),
            Some(Shape::Keyed(entries)) => format!("?{}", written_entries(entries)),
            _ => "?".to_owned(),
        },
    }
}

fn written_entries(entries: &Entries) -> String {
    let entries = entries.iter();
    let entries = entries.map(|(key, value)| format!("{key}: {}", written(value)));
    format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
}

#[track_caller]
fn check(main: &str, expected: &[&str]) {
    assert_eq!(lines(&[("main.tf", main)]), expected);
}

#[track_caller]
fn check_module(main: &str, module: &str, expected: &[&str]) {
    assert_eq!(lines(&[("main.tf", main), ("m/main.tf", module)]), expected);
}

#[test]
fn locals_and_variables_are_evaluated_in_any_order() {
    check(
        r#"
        resource "t" "a" { x = local.b }
        locals { b = "${local.a}-${var.v}" }
        locals { a = 1 + 1 }
        variable "v" { default = "x" }
        "#,
        &["t.a.x = 2-x"],
    );
}

#[test]
fn count_and_for_each_give_instances() {
    check(
        r#"
        resource "t" "a" {
          count = 2
          x     = count.index
        }
        resource "t" "b" {
          for_each = { k = "v" }
          x        = "${each.key}=${each.value}"
        }
        resource "t" "c" { x = [t.a[1].x, t.b["k"].x, t.a[*].x] }
        resource "t" "d" { count = 0 }
        "#,
        &[
            "t.a[0].x = 0",
            "t.a[1].x = 1",
            r#"t.b["k"].x = k=v"#,
            "t.c.x = [1, k=v, [0, 1]]",
        ],
    );
}

#[test]
fn an_unknown_number_of_instances_gives_one_that_stands_for_any() {
    check(
        r#"
        variable "n" {}
        resource "t" "a" {
          count = var.n
          x     = "same"
        }
        resource "t" "b" {
          for_each = var.n
          x        = "same"
          y        = each.key
        }
        resource "t" "c" { x = [t.a[0].x, t.b["k"].x] }
        "#,
        &[
            "t.a[*].x = same",
            "t.b[*].x = same",
            "t.b[*].y = ?",
            "t.c.x = [?(same), ?(same)]",
        ],
    );
}

#[test]
fn dynamic_blocks_are_lists_of_objects_like_written_ones() {
    check(
        r#"
        variable "u" {}
        resource "t" "a" {
          rule { p = 1 }
          dynamic "rule" {
            for_each = [2, 3]
            iterator = it
            content { p = it.value }
          }
          dynamic "open" {
            for_each = var.u
            content { p = "any" }
          }
        }
        "#,
        &[
            "t.a.open = ?[ … {p: any}]",
            "t.a.rule = [{p: 1}, {p: 2}, {p: 3}]",
        ],
    );
}

#[test]
fn modules_pass_values_in_and_out_for_each_instance() {
    check_module(
        r#"
        module "m" {
          source   = "./m"
          for_each = { a = 1, b = 2 }
          in       = each.value
        }
        resource "t" "out" { x = module.m["b"].out }
        "#,
        r#"
        variable "in" { type = number }
        resource "t" "r" { x = var.in }
        output "out" { value = t.r.x * 10 }
        "#,
        &[
            "t.out.x = 20",
            r#"module.m["a"].t.r.x = 1"#,
            r#"module.m["b"].t.r.x = 2"#,
        ],
    );
}

#[test]
fn outputs_of_a_module_may_feed_the_module_that_feeds_it() {
    check_module(
        r#"
        module "a" {
          source = "./m"
          in     = 1
          late   = module.b.out
        }
        module "b" {
          source = "./m"
          in     = module.a.out
          late   = 0
        }
        "#,
        r#"
        variable "in" {}
        variable "late" {}
        resource "t" "r" { x = var.late }
        output "out" { value = var.in }
        "#,
        &["module.a.t.r.x = 1", "module.b.t.r.x = 0"],
    );
}

#[test]
fn what_a_provider_decides_is_unknown_and_what_is_set_is_known() {
    check(
        r#"
        resource "t" "a" { set = "s" }
        resource "t" "b" {
          x = t.a.set
          y = t.a.id
        }
        "#,
        &["t.a.set = s", "t.b.x = s", "t.b.y = ?"],
    );
}

#[test]
fn blocks_have_computed_attributes_beside_what_is_set() {
    check(
        r#"
        variable "any" {}
        resource "t" "a" {
          identity {
            type = "system"
            inner { set = 1 }
          }
          dynamic "rule" {
            for_each = var.any
            content { set = 2 }
          }
          unset = null
        }
        resource "t" "b" {
          unset    = t.a.unset
          set      = [t.a.identity[0].type, t.a.identity[0].inner[0].set, t.a.rule[0].set]
          computed = [t.a.identity[0].principal_id, t.a.identity[0].inner[0].id, t.a.rule[0].id]
        }
        "#,
        &[
            "t.a.identity = [{inner: [{set: 1}], type: system}]",
            "t.a.rule = ?[ … {set: 2}]",
            "t.a.unset = null",
            "t.b.computed = [?, ?, ?(?)]",
            "t.b.set = [system, 1, ?(2)]",
            "t.b.unset = ?",
        ],
    );
}

#[test]
fn what_is_wrong_is_a_problem_and_the_rest_stands() {
    check(
        r#"
        locals {
          a = local.b
          b = local.a
        }
        resource "t" "a" {
          x = local.a
          y = var.missing
          z = 1
        }
        "#,
        &[
            "t.a.x = ?",
            "t.a.y = ?",
            "t.a.z = 1",
            "problem cycle",
            "problem reference-to-undeclared-input-variable",
        ],
    );
    check(
        r#"resource "t" "a" { count = 1000000 }"#,
        &["t.a[*]", "problem too-many-instances"],
    );
}

#[test]
fn references_are_wrong_even_where_no_value_depends_on_them() {
    for wrong in [
        "[for x in [] : nosuch]",
        "true ? 1 : local.nosuch",
        "try(var.nosuch, 1)",
        "can(each.value)",
        "try(t.many.x, 1)",
        "try(t.one[0], 1)",
        "try(self.x, 1)",
    ] {
        let blocks = r#"
            resource "t" "one" { x = 1 }
            resource "t" "many" {
              count = 1
              x     = 1
            }
            resource "t" "wrong" { x = "#;
        let lines = lines(&[("main.tf", &format!("{blocks}{wrong} }}"))]);
        assert_eq!(lines[2], "t.wrong.x = ?", "{wrong}");
        assert_eq!(lines.len(), 4, "{wrong}: {lines:?}");
    }
}

#[test]
fn conditions_refer_to_something() {
    check(
        r#"
        variable "v" {
          validation { condition = 1 == 1 }
        }
        output "o" {
          value = 1
          precondition { condition = true }
        }
        resource "t" "a" {
          lifecycle {
            precondition { condition = true }
            postcondition { condition = self.x }
          }
        }
        check "c" {
          assert { condition = false }
        }
        "#,
        &[
            "t.a",
            "problem constant-condition",
            "problem constant-condition",
            "problem constant-condition",
            "problem constant-condition",
        ],
    );
}

#[test]
fn what_may_not_exist_is_not_wrong() {
    check(
        r#"
        variable "n" {}
        variable "list" { default = null }
        resource "t" "a" {
          count = var.n
          x     = var.list[0]
          y     = var.missing
        }
        "#,
        &[
            "t.a[*].x = ?",
            "t.a[*].y = ?",
            "problem reference-to-undeclared-input-variable",
        ],
    );
}

#[test]
fn outputs_of_the_root_say_that_they_are_sensitive() {
    let module = r#"
        variable "v" { sensitive = true }
        output "o" { value = var.v }
        output "said" {
          value     = 1
          sensitive = true
        }
        "#;
    let main = |outputs: &str| format!("module \"m\" {{\n source = \"./m\"\n v = 1\n}}\n{outputs}");
    let hidden = r#"output "o" { value = [module.m.o] }"#;
    check_module(&main(hidden), module, &["problem sensitive-output"]);
    let open = r#"output "o" { value = module.m.said }"#;
    check_module(&main(open), module, &[]);
}

#[test]
fn the_default_of_a_variable_in_json_is_no_template() {
    let main = r#"{
      "variable": {"v": {"default": {"a": "${x}"}}},
      "resource": {"t": {"a": {"default": "${var.v.a}!"}}}
    }"#;
    let lines = lines(&[("main.tf.json", main)]);
    assert_eq!(lines, ["t.a.default = ${x}!"]);
}

#[test]
fn provisioners_may_refer_to_their_resource() {
    check(
        r#"
        resource "t" "a" {
          provisioner "local-exec" { command = "echo ${self.id}" }
        }
        "#,
        &["t.a.provisioner = [{command: ?, type: local-exec}]"],
    );
}

#[test]
fn a_module_that_calls_itself_is_a_problem() {
    check_module(
        r#"module "m" { source = "./m" }"#,
        r#"
        module "again" { source = "../m" }
        resource "t" "r" { x = 1 }
        "#,
        &["module.m.t.r.x = 1", "problem recursive-module"],
    );
}

#[test]
fn override_files_change_what_the_others_declare() {
    let main = r#"
        resource "t" "a" {
          x = 1
          y = 2
          b { p = 1 }
        }
        "#;
    let over = r#"
        resource "t" "a" {
          y = 3
          b { q = 2 }
        }
        "#;
    let files = [("main.tf", main), ("x_override.tf", over)];
    assert_eq!(
        lines(&files),
        ["t.a.b = [{q: 2}]", "t.a.x = 1", "t.a.y = 3"]
    );
}

#[test]
fn a_file_of_opentofu_stands_for_that_of_terraform() {
    let files = [
        ("a.tf", r#"resource "t" "a" { x = "terraform" }"#),
        ("a.tofu", r#"resource "t" "a" { x = "tofu" }"#),
    ];
    assert_eq!(lines(&files), ["t.a.x = tofu"]);
}

#[test]
fn lists_of_ids_of_nothing_are_empty() {
    let coalesced = |count: usize| {
        let main = format!(
            "resource \"aws_route_table\" \"a\" {{ count = {count} }}\nresource \"aws_route_table\" \"b\" {{ count = 0 }}\n\
             resource \"t\" \"a\" {{ x = length(coalescelist(aws_route_table.a[*].id, aws_route_table.b[*].id)) }}"
        );
        let mut lines = lines(&[("main.tf", &main)]);
        lines.retain(|line| !line.starts_with("aws_"));
        lines
    };
    assert_eq!(coalesced(2), ["t.a.x = 2"]);
    assert_eq!(
        coalesced(0),
        ["t.a.x = ?", "problem error-in-function-call"]
    );
}
