//! Terraform on the command line: values for variables, and `scantling eval`.

use crate::support::{Folder, Told};

const MAIN: &str = r#"variable "size" { type = number }

variable "secret" {
  default   = "staple-battery-71"
  sensitive = true
}

locals { double = var.size * 2 }

resource "aws_db_instance" "shop" {
  storage_encrypted = var.size > 1
  password          = var.secret
}
"#;

fn folder(name: &str) -> Folder {
    Folder::new(
        name,
        &[("live/main.tf", MAIN), ("two.tfvars", "size = 2\n")],
    )
}

#[track_caller]
fn check(told: &Told, code: i32, out: &str, err: &str) {
    assert_eq!(
        (told.code, told.stdout.as_str(), told.stderr.as_str()),
        (Some(code), out, err)
    );
}

#[test]
fn an_expression_has_the_value_that_the_last_variable_gives() {
    let folder = folder("eval-variables");
    let eval = |arguments: &[&str]| {
        let all = [&["eval", "live", "local.double"], arguments].concat();
        folder.run(&all)
    };
    let unknown =
        "unknown: variable `size` has neither a value nor a default (live/main.tf:1:10)\n";
    check(&eval(&[]), 0, "(known after apply)\n", unknown);
    let (file, value) = ("--var-file=two.tfvars", "--var=size=3");
    check(&eval(&[file, value]), 0, "6\n", "");
    check(&eval(&[value, file]), 0, "4\n", "");
}

#[test]
fn expressions_come_from_the_standard_input() {
    let told = folder("eval-input").run_with_input(
        &["eval", "live", "-"],
        b"[var.secret]\n\nupper(\"a\nupper(\"b\")\nvar.none\n",
    );
    check(
        &told,
        1,
        "[\n  (sensitive value),\n]\n\"B\"\n",
        "error: the string has no closing quote on its line (<expression>:1:7)\n\
         error: no variable `none` is declared in this module (<expression>:1:1)\n",
    );
}

#[test]
fn what_can_not_be_evaluated_is_told() {
    let folder = folder("eval-wrong");
    for (arguments, error) in [
        (&["eval", "none", "1"][..], "cannot read none"),
        (
            &["eval", ".", "1"],
            "there is no Terraform or OpenTofu in .",
        ),
        (
            &["scan", "live", "--var", "size"],
            "write it as `NAME=VALUE`",
        ),
        (
            &["scan", "live", "--var", "1=2"],
            "`1` is no name of a variable",
        ),
        (
            &["scan", "live", "--var-file", "no.tfvars"],
            "cannot read no.tfvars",
        ),
    ] {
        let told = folder.run(arguments);
        assert_eq!(told.code, Some(2), "{told:?}");
        assert!(told.stderr.contains(error), "{told:?}");
    }
}

#[test]
fn no_output_shows_a_sensitive_value() {
    let folder = folder("sensitive-value");
    for format in ["human", "json", "sarif", "github", "junit"] {
        let told = folder.run(&["scan", "live", "-v", "-o", format, "--var=size=1"]);
        assert_eq!(told.code, Some(1), "{told:?}");
        assert!(told.stdout.contains("database-not-encrypted"), "{told:?}");
        assert!(
            !told.stdout.contains("staple-battery-71") && !told.stderr.contains("hunter2"),
            "{told:?}"
        );
    }
}

#[test]
fn the_configuration_gives_values_too() {
    let folder = folder("configured-variables");
    folder.write(
        "live/any.tf",
        "variable \"any\" {}\nvariable \"list\" {\n  type = list(any)\n}\n",
    );
    folder.write(
        "scantling.yaml",
        "terraform:\n  vars: { size: 1, any: { a.b: [null, \"$${x}\\n\"] }, list: \"[1]\" }\n",
    );
    let told = folder.run(&["eval", "live", "[var.any, var.list]", "--var", "any=007"]);
    check(
        &told,
        0,
        "[\n  \"007\",\n  tolist([\n    1,\n  ]),\n]\n",
        "",
    );
    let told = folder.run(&["eval", "live", "jsonencode(var.any)"]);
    check(
        &told,
        0,
        "\"{\\\"a.b\\\":[null,\\\"$${x}\\\\n\\\"]}\"\n",
        "",
    );
    let told = folder.run(&["eval", "live", "var.size"]);
    check(&told, 0, "1\n", "");
    folder.write("scantling.yaml", "terraform:\n  var-files: [none.tfvars]\n");
    let told = folder.run(&["scan", "live"]);
    assert_eq!(told.code, Some(2));
    assert!(
        told.stderr
            .contains("scantling.yaml:2: cannot read none.tfvars"),
        "{told:?}"
    );
}

#[cfg(unix)]
#[test]
fn links_out_of_the_repository_are_not_read() {
    let main = "variable \"encrypted\" { default = true }\nresource \"aws_db_instance\" \"a\" {\n  storage_encrypted = var.encrypted\n}\n";
    let outside = Folder::new(
        "terraform-outside",
        &[
            (
                "x.tf",
                "resource \"aws_db_instance\" \"x\" { storage_encrypted = false }\n",
            ),
            ("x.auto.tfvars", "encrypted = false\n"),
            ("env/prod.tfvars", "encrypted = false\n"),
        ],
    );
    let folder = Folder::new("terraform-links", &[("live/main.tf", main)]);
    for name in ["x.tf", "x.auto.tfvars", "env"] {
        std::os::unix::fs::symlink(outside.path(name), folder.path("live").join(name))
            .expect("the test may make links");
    }
    let told = folder.run(&["scan", "live", "-v", "--select", "database-not-encrypted"]);
    assert_eq!(told.code, Some(0), "{told:?}");
    for name in ["x.tf", "x.auto.tfvars", "env"] {
        let skipped = format!("skipped live/{name}: a link that leads out of the repository");
        assert!(
            told.stderr.contains(&skipped) || told.stdout.contains(&skipped),
            "{told:?}"
        );
    }
}

#[test]
fn without_an_expression_all_resources_are_listed_with_their_values() {
    let folder = folder("eval-listing");
    let told = folder.run(&["eval", "live", "--var=size=1"]);
    check(
        &told,
        0,
        "aws_db_instance.shop (live/main.tf:10:1)\n\
         \u{20} password = (secret) (live/main.tf:4:15, referred to here live/main.tf:12:23)\n\
         \u{20} storage_encrypted = false (live/main.tf:11:23, computed from this <--var size>:1:1)\n",
        "",
    );
    let told = folder.run(&["eval", "live"]);
    assert!(
        told.stdout.contains(
            "storage_encrypted = unknown: variable `size` has neither a value nor a default at live/main.tf:1:10"
        ),
        "{told:?}"
    );
    folder.write(
        "live/broken.tf",
        "resource \"a\" \"b\" {\n  c = local.none\n}\n",
    );
    let told = folder.run(&["eval", "live"]);
    assert_eq!(told.code, Some(1), "{told:?}");
    assert!(told.stdout.contains("aws_db_instance.shop"), "{told:?}");
    assert!(told.stderr.contains("live/broken.tf:2"), "{told:?}");
}

#[test]
fn the_process_gives_variables_only_when_asked_and_files_override_it() {
    let folder = folder("process-variables");
    let run = |arguments: &[&str]| {
        let all = [
            &["eval", "live", "[var.size, terraform.workspace]"],
            arguments,
        ]
        .concat();
        let mut command = folder.command(&all);
        command.env("TF_VAR_size", "7").env("TF_VAR_other", "1");
        let output = command.env("TF_WORKSPACE", "prod").output();
        Told::of(&output.expect("the program runs"))
    };
    let unknown = "[\n  (known after apply),\n  (known after apply),\n]\n";
    assert_eq!(run(&[]).stdout, unknown);
    check(&run(&["--env-vars"]), 0, "[\n  7,\n  \"prod\",\n]\n", "");
    let named = ["--env-vars", "--var-file=two.tfvars", "--workspace=staging"];
    check(&run(&named), 0, "[\n  2,\n  \"staging\",\n]\n", "");
    folder.write("live/terraform.tfvars", "size = 3\n");
    check(&run(&["--env-vars"]), 0, "[\n  3,\n  \"prod\",\n]\n", "");
}
