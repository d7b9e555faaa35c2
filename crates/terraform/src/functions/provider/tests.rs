//! Tests of the functions of providers.

use super::find;
use crate::functions::testing::NoFiles;
use crate::functions::{Environment, Failure, call};
use crate::value::testing::{boolean, null, number, object, origin, show, string, tuple};
use crate::value::{Type, Value};

#[track_caller]
fn check<const N: usize>(provider: &str, name: &str, arguments: [Value; N], expected: &str) {
    let origin = origin();
    let environment = Environment {
        origin: &origin,
        files: &NoFiles,
        render: &|template, _| Ok(string(template.text)),
        constant: &|_| Err(Failure::call("nothing is evaluated here")),
    };
    let shown = match call(
        find(provider, name).unwrap(),
        &environment,
        arguments.into(),
    ) {
        Ok(value) => show(&value),
        Err(Failure::Argument { index, .. }) => format!("fails at {index}"),
        Err(failure) => format!("fails: {failure}"),
    };
    assert_eq!(shown, expected, "{name}");
}

#[test]
fn values_are_written_as_terraform_fmt_would() {
    let value = object([
        ("a b", string("${x}\n")),
        (
            "c",
            object([("dd", number("1")), ("e", null(Type::String))]),
        ),
        ("f", tuple([object([]), boolean(true)])),
    ]);
    let expected =
        "{\n  \"a b\" = \"$${x}\\n\"\n  c = {\n    dd = 1\n    e  = null\n  }\n  f = [{}, true]\n}";
    check(
        "terraform",
        "encode_expr",
        [value],
        &format!("{expected:?}"),
    );
    let variables = object([("a", number("1")), ("bbb", string("x"))]);
    check(
        "terraform",
        "encode_tfvars",
        [variables],
        r#""a   = 1\nbbb = \"x\"\n""#,
    );
    check(
        "terraform",
        "encode_tfvars",
        [string("x")],
        "fails: the variables must be an object or a map",
    );
}

#[test]
fn arns_are_parsed_and_built() {
    let arn = "arn:aws:iam::123:role/a/b:c";
    check(
        "aws",
        "arn_parse",
        [string(arn)],
        r#"{account_id = "123", partition = "aws", region = "", resource = "role/a/b:c", service = "iam"}"#,
    );
    check(
        "aws",
        "arn_parse",
        [string("arn:aws:iam")],
        "fails: the ARN has too few sections",
    );
    check(
        "aws",
        "arn_build",
        ["aws", "s3", "", "", "b"].map(string),
        r#""arn:aws:s3:::b""#,
    );
    check(
        "aws",
        "trim_iam_role_path",
        [string("arn:aws:iam::1:role/a/b/c")],
        r#""arn:aws:iam::1:role/c""#,
    );
    check(
        "aws",
        "trim_iam_role_path",
        [string("arn:aws:s3:::b")],
        "fails: the service of the ARN must be `iam`",
    );
    check(
        "aws",
        "user_agent",
        ["a", "1", "c"].map(string),
        r#""a/1 (c)""#,
    );
}

#[test]
fn manifests_are_decoded_and_encoded() {
    let text = "---\napiVersion: v1\nkind: A\nmetadata: {}\n---\n# nothing\n---\napiVersion: v1\nkind: B\nmetadata:\n  x: 1\n";
    let one = r#"{apiVersion = "v1", kind = "A", metadata = {}}"#;
    let two = r#"{apiVersion = "v1", kind = "B", metadata = {x = 1}}"#;
    check(
        "kubernetes",
        "manifest_decode_multi",
        [string(text)],
        &format!("[{one}, {two}]"),
    );
    check(
        "kubernetes",
        "manifest_decode",
        [string(text)],
        "fails: the text holds more than one manifest",
    );
    check(
        "kubernetes",
        "manifest_decode",
        [string("apiVersion: v1\nkind: A\nmetadata: {}\n")],
        one,
    );
    check(
        "kubernetes",
        "manifest_decode",
        [string("kind: A\n")],
        "fails: the manifest has no `apiVersion`",
    );
    let texts = ["true", "a: b", "it's", "12:30", "2001-01-01", "x"].map(string);
    let manifest = object([
        ("apiVersion", string("v1")),
        ("kind", string("A")),
        ("metadata", tuple(texts)),
    ]);
    let expected = "apiVersion: v1\nkind: A\nmetadata:\n- \"true\"\n- 'a: b'\n- it's\n- \"12:30\"\n- \"2001-01-01\"\n- x\n";
    check(
        "kubernetes",
        "manifest_encode",
        [manifest],
        &format!("{expected:?}"),
    );
}
