//! Configurations of JSON give the trees that the same configurations of HCL have.

use source::{FileId, SourceFile};
use terraform::syntax::{ExpressionKind, TemplatePart, block_bodies, read, read_json};

use crate::{invariants, show};

#[track_caller]
fn read_one(text: &str) -> (String, String) {
    let file = SourceFile::new(FileId(0), "main.tf.json", text);
    let document = read_json(&file);
    invariants::check_document(&file, &document);
    let problems = show::problems(&file, &document.problems);
    (show::body(&document.body), problems)
}

/// Checks that JSON and HCL have the same tree. What is escaped in one of them may not be in the other.
#[track_caller]
fn check(json: &str, hcl: &str) {
    let file = SourceFile::new(FileId(0), "main.tf", hcl);
    let document = read(&file);
    assert_eq!(document.problems, []);
    let (found, problems) = read_one(json);
    let expected = show::body(&document.body).replace('~', "");
    assert_eq!(
        (found.replace('~', ""), problems),
        (expected, String::new())
    );
}

#[test]
fn blocks_have_their_labels() {
    check(
        r#"{"resource": {"a": {"b": {"x": 1}, "c": [{"x": 2}, {"x": 3}]}}, "data": {"d": {"e": {}}}}"#,
        "resource \"a\" \"b\" {\nx = 1\n}\nresource \"a\" \"c\" {\nx = 2\n}\nresource \"a\" \"c\" {\nx = 3\n}\ndata \"d\" \"e\" {}",
    );
    check(
        r#"{"locals": [{"a": 1}, {"b": 2}], "module": {"m": {"source": "./m"}}, "variable": {"v": {}, "w": null}}"#,
        "locals { a = 1 }\nlocals { b = 2 }\nmodule \"m\" { source = \"./m\" }\nvariable \"v\" {}",
    );
    check(
        r#"[{"resource": [{"a": {"b": {}}}, {"a": {"c": {}}}]}, {"output": {"o": {"value": true}}}]"#,
        "resource \"a\" \"b\" {}\nresource \"a\" \"c\" {}\noutput \"o\" { value = true }",
    );
}

#[test]
fn blocks_that_terraform_knows_are_blocks_in_blocks() {
    check(
        r#"{"resource": {"a": {"b": {"lifecycle": {"ignore_changes": ["tags", "x[0].y"], "precondition": {"condition": "${self.x}"}},
            "provisioner": [{"local-exec": {"command": "ls", "when": "destroy"}}], "connection": {"host": "h"},
            "dynamic": {"setting": {"for_each": "${var.s}", "iterator": "it", "content": {"name": "${it.value}"}}}}}}}"#,
        "resource \"a\" \"b\" {\nlifecycle {\nignore_changes = [tags, x[0].y]\nprecondition {\ncondition = \"${self.x}\"\n}\n}\nprovisioner local-exec {\ncommand = \"ls\"\nwhen = destroy\n}\nconnection {\nhost = \"h\"\n}\ndynamic setting {\nfor_each = \"${var.s}\"\niterator = it\ncontent {\nname = \"${it.value}\"\n}\n}\n}",
    );
    check(
        r#"{"terraform": {"required_providers": {"aws": {"source": "hashicorp/aws", "configuration_aliases": ["aws.west"]}}, "backend": {"s3": {"bucket": "b"}}}}"#,
        "terraform {\nrequired_providers {\naws = {\n\"source\" = \"hashicorp/aws\"\nconfiguration_aliases = [aws.west]\n}\n}\nbackend s3 {\nbucket = \"b\"\n}\n}",
    );
}

#[test]
fn references_are_written_as_strings() {
    check(
        r#"{"resource": {"a": {"b": {"depends_on": ["c.d"], "provider": "aws.west"}}},
            "module": {"m": {"providers": {"aws": "aws.west", "aws.b": "aws.c"}}},
            "moved": {"from": "a.b", "to": "a.c[\"k\"]"}, "variable": {"v": {"type": "list(object({ a = optional(string, \"x\") }))"}}}"#,
        "resource a b {\ndepends_on = [c.d]\nprovider = aws.west\n}\nmodule m {\nproviders = { aws = aws.west, aws.b = aws.c }\n}\nmoved {\nfrom = a.b\nto = a.c[\"k\"]\n}\nvariable v {\ntype = list(object({ a = optional(string, \"x\") }))\n}",
    );
}

#[test]
fn strings_are_templates() {
    check(
        r#"{"locals": {"a": "${x.y}", "b": "a ${b} %{ if c }d%{ endif }", "c": {"k${v}": [1, null, "$${e}"]}}}"#,
        "locals {\na = \"${x.y}\"\nb = \"a ${b} %{ if c }d%{ endif }\"\nc = { \"k${v}\" = [1, null, \"$${e}\"] }\n}",
    );
}

#[test]
fn what_only_providers_know_stays_an_attribute() {
    let text = r#"{"resource": {"a": {"b": {"ingress": [{"port": 1}, {"dynamic": {"x": {"for_each": [], "content": {"y": 1}}}}]}}}}"#;
    let file = SourceFile::new(FileId(0), "main.tf.json", text);
    let document = read_json(&file);
    let attribute = &document.body.blocks[0].body.attributes[0];
    assert!(document.body.blocks[0].body.json);
    let (bodies, problems) = block_bodies(&attribute.value);
    let bodies: Vec<String> = bodies.iter().map(show::body).collect();
    assert_eq!(
        bodies,
        ["port = 1", "dynamic x { for_each = []; content { y = 1 } }"]
    );
    assert_eq!(problems, []);
}

#[test]
fn comments_are_properties() {
    let text = r#"{"//": "one", "variable": {"a": {"//": "two", "default": {"//": 1}}}}"#;
    let file = SourceFile::new(FileId(0), "main.tf.json", text);
    let document = read_json(&file);
    let comments: Vec<_> = document
        .comments
        .iter()
        .map(|comment| comment.text.as_str())
        .collect();
    assert_eq!(comments, ["one", "two"]);
    assert_eq!(
        show::body(&document.body),
        "variable a { default = {\"//\" = 1} }"
    );
}

#[test]
fn places_are_those_in_the_file_behind_escapes() {
    let text = r#"{"locals": {"a": "\u00e9\n${ f(\"x\") }\ud83d\ude00${b}"}}"#;
    let file = SourceFile::new(FileId(0), "main.tf.json", text);
    let document = read_json(&file);
    invariants::check_document(&file, &document);
    let ExpressionKind::Template(parts) = &document.body.blocks[0].body.attributes[0].value.kind
    else {
        panic!("a template is expected");
    };
    let slices: Vec<_> = parts
        .iter()
        .map(|part| match part {
            TemplatePart::Literal { span, .. } => file.slice(*span),
            TemplatePart::Interpolation(value) => file.slice(value.span),
            _ => "",
        })
        .collect();
    assert_eq!(slices, [r"\u00e9\n", r#"f(\"x\")"#, r"\ud83d\ude00", "b"]);
}

#[test]
fn spans_of_blocks_begin_with_their_last_label() {
    let text = r#"{"resource": {"a": {"b": {"x": 1}, "c": [{"x": 2}]}}}"#;
    let file = SourceFile::new(FileId(0), "main.tf.json", text);
    let document = read_json(&file);
    let slices: Vec<_> = document
        .body
        .blocks
        .iter()
        .map(|block| file.slice(block.span))
        .collect();
    assert_eq!(slices, [r#""b": {"x": 1}"#, r#"{"x": 2}"#]);
    assert_eq!(file.slice(document.body.blocks[0].body.span), r#""x": 1"#);
}

#[test]
fn problems_leave_the_rest() {
    for (text, body, problems) in [
        ("", "", "not-json 1 ``"),
        ("{} {}", "", "not-json 1 ` {}`"),
        ("a: 1", "a = 1", "not-json 1 `a: 1`"),
        ("{\"a\": 'b'}", "a = ~\"b\"", "not-json 1 `'b'`"),
        (
            "{\"a\": 1, \"a\": 2}",
            "a = 2",
            "duplicate-attribute 1 `\"a\"`",
        ),
        (
            "[{\"a\": 1}, {\"a\": 2}]",
            "a = 1",
            "duplicate-attribute 1 `\"a\"`",
        ),
        (
            "{\"variable\": {\"a\": 1}, \"b\": 2}",
            "b = 2",
            "invalid-block 1 `1`",
        ),
        (
            "{\"variable\": {\"${a}\": {}}, \"b\": 2}",
            "b = 2",
            "computed-name 1 `\"${a}\"`",
        ),
        (
            "{\"a\": \"${b +}\", \"c\": 2}",
            "a = template(${BROKEN}); c = 2",
            "invalid-expression 1 `+`",
        ),
    ] {
        let (found, told) = read_one(text);
        assert_eq!((found.as_str(), told.as_str()), (body, problems), "{text}");
    }
}

#[test]
fn numbers_keep_their_digits() {
    check(
        r#"{"a": 123456789012345678901234567890, "b": -1.50, "c": 1e400, "d": 2E-1}"#,
        &format!(
            "a = 123456789012345678901234567890\nb = -1.5\nc = 1{}\nd = 0.2",
            "0".repeat(400)
        ),
    );
}

#[test]
fn values_of_variables_are_neither_blocks_nor_templates() {
    let text = r#"{"data": {"a": "${b} %{ c }"}, "//": "d", "check": [1]}"#;
    let file = SourceFile::new(FileId(0), "prod.tfvars.json", text);
    let document = read_json(&file);
    assert_eq!(document.problems, []);
    let found = show::body(&document.body);
    assert_eq!(found, "data = {\"a\" = \"${b} %{ c }\"}; check = [1]");
}
