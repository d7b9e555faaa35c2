//! Values that functions read from other texts know where a person would change them.

use std::path::{Path, PathBuf};

use source::{Memory, Sources};
use terraform::module::Modules;
use terraform::root::{Options, evaluate};
use terraform::value::{Data, Shape, Value};

/// Each leaf of a value, or of what is known of an unknown one: its path, what it is, and the file and the text that set it.
fn leaves(sources: &Sources, path: &str, value: &Value) -> Vec<String> {
    if let Some(items) = value.as_items() {
        let items = items.iter().enumerate();
        return items
            .flat_map(|(index, item)| leaves(sources, &format!("{path}[{index}]"), item))
            .collect();
    }
    if let Some(entries) = value.as_entries() {
        let entries = entries.iter();
        return entries
            .flat_map(|(key, entry)| leaves(sources, &format!("{path}.{key}"), entry))
            .collect();
    }
    if let Some(Shape::OneOf(known)) = value.unknown().and_then(|unknown| unknown.shape.as_ref()) {
        let known = known.iter();
        return known
            .flat_map(|value| leaves(sources, &format!("{path}?"), value))
            .collect();
    }
    let shown = match &value.data {
        Data::Bool(truth) => truth.to_string(),
        Data::Number(number) => number.to_string(),
        Data::String(text) => format!("{:?}", text.text),
        Data::Unknown(_) => "?".to_owned(),
        _ => "null".to_owned(),
    };
    let span = value.origin.span;
    let file = sources.get(span.file);
    let name = file.path.strip_prefix("r").unwrap_or(&file.path).display();
    vec![format!("{path} = {shown} by {name} `{}`", file.slice(span))]
}

/// Checks the leaves of what an expression is in a root with these files.
#[track_caller]
fn check(files: &[(&str, &str)], expression: &str, expected: &[&str]) {
    let main = format!(
        "locals {{ name = \"shop\" }}\nvariable \"u\" {{}}\noutput \"o\" {{ value = {expression} }}"
    );
    let files = files.iter().copied().chain([("main.tf", main.as_str())]);
    let files = files.map(|(name, text)| (PathBuf::from("r").join(name), text.to_owned()));
    let system = Memory::new(files);
    let sources = Sources::default();
    let shown = |path: &Path| path.to_path_buf();
    let root = evaluate(&Options {
        modules: &Modules::new(&system, &sources, &shown),
        folder: Path::new("r"),
        boundary: Path::new("r"),
        inputs: &[],
        workspace: None,
    });
    let problems: Vec<&str> = root.problems.iter().map(|problem| problem.code).collect();
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(leaves(&sources, "o", &root.outputs[0].1), expected);
}

const POLICY: (&str, &str) = (
    "policy.tftpl",
    "{\"a\": \"x\", \"b\": \"${name}\",\n \"c\": [\"pre-${name}\", ${count}]%{ if count > 1 }, \"d\": true%{ endif }}\n",
);

#[test]
fn what_a_template_file_says_stands_in_it() {
    check(
        &[POLICY],
        r#"jsondecode(templatefile("policy.tftpl", { name = local.name, count = 2 }))"#,
        &[
            r#"o.a = "x" by policy.tftpl `"x"`"#,
            r#"o.b = "shop" by main.tf `"shop"`"#,
            r#"o.c[0] = "pre-shop" by policy.tftpl `"pre-${name}"`"#,
            "o.c[1] = 2 by main.tf `2`",
            "o.d = true by policy.tftpl `true`",
        ],
    );
}

#[test]
fn what_a_template_file_says_around_unknown_parts_is_known() {
    check(
        &[POLICY],
        r#"jsondecode(templatefile("policy.tftpl", { name = var.u, count = 2 }))"#,
        &[
            r#"o?.a = "x" by policy.tftpl `"x"`"#,
            r#"o?.b = ? by main.tf `"u"`"#,
            r#"o?.c[0] = ? by policy.tftpl `"pre-${name}"`"#,
            "o?.c[1] = 2 by main.tf `2`",
            "o?.d = true by policy.tftpl `true`",
        ],
    );
}

#[test]
fn variables_stand_where_their_file_sets_them() {
    let file = ("v.tfvars", "a = 1\nb = [\"x\", { c = -2 }]\nd = 1 + 1\n");
    check(
        &[file],
        r#"provider::terraform::decode_tfvars(file("v.tfvars"))"#,
        &[
            "o.a = 1 by v.tfvars `1`",
            r#"o.b[0] = "x" by v.tfvars `"x"`"#,
            "o.b[1].c = -2 by v.tfvars `-2`",
            "o.d = 2 by v.tfvars `1 + 1`",
        ],
    );
}

#[test]
fn a_template_in_a_string_stands_where_the_string_is_written() {
    check(
        &[("t.tf", r#"locals { text = "a: $${name}\nb: c" }"#)],
        "yamldecode(templatestring(local.text, { name = local.name }))",
        &[
            r#"o.a = "shop" by main.tf `"shop"`"#,
            r#"o.b = "c" by t.tf `"a: $${name}\nb: c"`"#,
        ],
    );
}
