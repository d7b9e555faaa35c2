//! Functions that Terraform itself can't be asked for, as expressions in a configuration: those of OpenTofu and of
//! providers. The expectations follow from the documentation that each test names.

use std::path::{Path, PathBuf};

use source::{FileId, Memory, Sources};
use terraform::module::Modules;
use terraform::root::{Options, evaluate_expressions};
use terraform::syntax::{Places, read_expression};
use terraform::value::{Data, Value};

/// What the expressions may refer to.
const MAIN: &str = r##"
terraform {
  required_providers {
    amazon = { source = "hashicorp/aws" }
    google = { source = "example/kubernetes" }
  }
}

variable "u" {}

variable "secret" {
  default   = "c2VjcmV0"
  sensitive = true
}

locals {
  hello = base64gzip("Hello, World!")
  arn   = "arn:aws:iam::444455556666:role/with/path/example"
  a     = "apiVersion: v1\nkind: A\nmetadata:\n  name: x\n"
  b     = "# remark\napiVersion: v1\nkind: B\nmetadata: {}\n"
}
"##;

/// A value, short: `?` is unknown, `!` stands before what is sensitive.
fn shown(value: &Value) -> String {
    let mark = if value.marks.sensitive { "!" } else { "" };
    let list = |items: &[Value]| items.iter().map(shown).collect::<Vec<_>>().join(", ");
    let data = match &value.data {
        Data::Null(_) => "null".to_owned(),
        Data::Bool(truth) => truth.to_string(),
        Data::Number(number) => number.to_string(),
        Data::String(text) => format!("{:?}", text.text),
        Data::List(_, items) | Data::Set(_, items) | Data::Tuple(items) => {
            format!("[{}]", list(items))
        }
        Data::Map(_, entries) | Data::Object(entries) => {
            let entries = entries.iter();
            let entries = entries.map(|(key, value)| format!("{key}: {}", shown(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        Data::Unknown(_) => "?".to_owned(),
    };
    format!("{mark}{data}")
}

/// Checks what expressions are; of a failure, its kind and its parameter.
#[track_caller]
fn check(cases: &[(&str, &str)]) {
    let system = Memory::new([(PathBuf::from("r/main.tf"), MAIN.to_owned())]);
    let sources = Sources::default();
    let shown_path = |path: &Path| path.to_path_buf();
    let expressions = cases.iter().map(|(text, _)| {
        let (expression, problems) = read_expression(text, &Places::verbatim(FileId(0), 0));
        assert!(problems.is_empty(), "{text}: {problems:?}");
        expression
    });
    let expressions: Vec<_> = expressions.collect();
    let options = Options {
        modules: &Modules::new(&system, &sources, &shown_path),
        folder: Path::new("r"),
        boundary: Path::new("r"),
        inputs: &[],
        workspace: None,
    };
    let values = evaluate_expressions(&options, &expressions);
    let mut differences = Vec::new();
    for ((text, expected), value) in cases.iter().zip(values) {
        let found = value.map_or_else(
            |error| match error.argument {
                Some(argument) => format!("{}: {argument}", error.code),
                None => error.code.to_owned(),
            },
            |value| shown(&value),
        );
        differences.extend((found != *expected).then(|| format!("{text} = {found}")));
    }
    assert!(differences.is_empty(), "{differences:#?}");
}

const WRONG: &str = "error-in-function-call";

/// Source: <https://opentofu.org/docs/language/functions/base64gunzip/>.
#[test]
fn base64gunzip_undoes_base64gzip() {
    check(&[
        ("base64gunzip(local.hello)", r#""Hello, World!""#),
        ("core::base64gunzip(local.hello)", r#""Hello, World!""#),
        (r#"base64gunzip(base64gzip(""))"#, r#""""#),
        (r#"base64gunzip(base64gzip("é☃\n"))"#, r#""é☃\n""#),
        (
            r#"base64gunzip("H4sIAAAAAAACA/NIzcnJ11EIzy/KSVEEANDDSuwNAAAA")"#,
            r#""Hello, World!""#,
        ),
        (
            "length(base64gunzip(base64gzip(format(\"%01000d\", 1))))",
            "1000",
        ),
        ("base64gunzip(var.u)", "?"),
        (
            "base64gunzip(sensitive(local.hello))",
            r#"!"Hello, World!""#,
        ),
        ("base64gunzip(sensitive(var.u))", "!?"),
        ("base64gunzip(null)", "invalid-function-argument: str"),
        ("base64gunzip([])", "invalid-function-argument: str"),
        ("base64gunzip({ a = 1 })", "invalid-function-argument: str"),
        ("base64gunzip()", "not-enough-function-arguments"),
        (r#"base64gunzip("a", "b")"#, "too-many-function-arguments"),
        (r#"base64gunzip("")"#, WRONG),
        (r#"base64gunzip("not base64!")"#, WRONG),
        (r#"base64gunzip(base64encode("plain"))"#, WRONG),
        ("base64gunzip(substr(local.hello, 0, 20))", WRONG),
        ("base64gunzip(true)", WRONG),
        ("base64gunzip(12)", WRONG),
        (r#"try(base64gunzip("x"), "fallback")"#, r#""fallback""#),
    ]);
}

/// Source: <https://opentofu.org/docs/language/functions/urldecode/>, and RFC 3986 for what an escape is.
#[test]
fn urldecode_undoes_urlencode() {
    check(&[
        (r#"urldecode("Hello+World%21")"#, r#""Hello World!""#),
        (r#"urldecode("Hello%20World%21")"#, r#""Hello World!""#),
        (r#"urldecode("%E2%98%83")"#, r#""☃""#),
        (r#"urldecode("%e2%98%83")"#, r#""☃""#),
        (
            r#"urldecode("foo%3Abar%40localhost%3Ffoo%3Dbar%26bar%3Dbaz")"#,
            r#""foo:bar@localhost?foo=bar&bar=baz""#,
        ),
        (
            r#"urldecode(urlencode("a b/c?d=é&+%"))"#,
            r#""a b/c?d=é&+%""#,
        ),
        (r#"urldecode("")"#, r#""""#),
        (r#"urldecode("plain-._~")"#, r#""plain-._~""#),
        (r#"urldecode("%2B+%2B")"#, r#""+ +""#),
        (r#"urldecode("%25%32%35")"#, r#""%25""#),
        (r#"urldecode("%0A")"#, r#""\n""#),
        ("urldecode(12)", r#""12""#),
        ("urldecode(true)", r#""true""#),
        (r#"urldecode("%")"#, WRONG),
        (r#"urldecode("%2")"#, WRONG),
        (r#"urldecode("%zz")"#, WRONG),
        (r#"urldecode("a%2x")"#, WRONG),
        ("urldecode(var.u)", "?"),
        ("urldecode(var.secret)", r#"!"c2VjcmV0""#),
        ("urldecode(null)", "invalid-function-argument: str"),
        ("urldecode([])", "invalid-function-argument: str"),
        ("urldecode()", "not-enough-function-arguments"),
        (r#"urldecode("a", "b")"#, "too-many-function-arguments"),
    ]);
}

/// Source: <https://opentofu.org/docs/language/functions/cidrcontains/>.
#[test]
fn cidrcontains_says_whether_a_network_holds_another() {
    check(&[
        (r#"cidrcontains("192.168.2.0/20", "192.168.2.1")"#, "true"),
        (r#"cidrcontains("192.168.2.0/22", "192.168.2.1")"#, "true"),
        (r#"cidrcontains("192.168.2.0/24", "192.168.3.1")"#, "false"),
        (r#"cidrcontains("10.0.0.0/8", "10.1.0.0/16")"#, "true"),
        (r#"cidrcontains("10.1.0.0/16", "10.0.0.0/8")"#, "false"),
        (r#"cidrcontains("10.0.0.0/8", "10.0.0.0/8")"#, "true"),
        (r#"cidrcontains("10.0.0.0/8", "11.0.0.0/8")"#, "false"),
        (r#"cidrcontains("0.0.0.0/0", "8.8.8.8")"#, "true"),
        (r#"cidrcontains("10.0.0.1/32", "10.0.0.1")"#, "true"),
        (r#"cidrcontains("10.0.0.1/32", "10.0.0.2")"#, "false"),
        (r#"cidrcontains("fe80::/48", "fe80::1")"#, "true"),
        (r#"cidrcontains("fe80::/48", "fe81::1")"#, "false"),
        (
            r#"cidrcontains("2001:db8::/32", "2001:db8:1::/48")"#,
            "true",
        ),
        (r#"cidrcontains("10.0.0.0/33", "10.0.0.1")"#, WRONG),
        (r#"cidrcontains("10.0.0.0", "10.0.0.1")"#, WRONG),
        (r#"cidrcontains("10.0.0.0/8", "x")"#, WRONG),
        (r#"cidrcontains("10.0.0.0/8", "")"#, WRONG),
        (r#"cidrcontains("10.0.0.0/8", var.u)"#, "?"),
        (r#"cidrcontains(var.u, "10.0.0.1")"#, "?"),
        (
            r#"cidrcontains("10.0.0.0/8", sensitive("10.0.0.1"))"#,
            "!true",
        ),
        (
            r#"cidrcontains(null, "10.0.0.1")"#,
            "invalid-function-argument: containing_prefix",
        ),
        (
            r#"cidrcontains("10.0.0.0/8", [])"#,
            "invalid-function-argument: contained_ip_or_prefix",
        ),
        (
            r#"cidrcontains("10.0.0.0/8")"#,
            "not-enough-function-arguments",
        ),
    ]);
}

/// Source: <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/functions/arn_parse>, and those beside it.
#[test]
fn functions_of_aws_read_and_write_arns() {
    check(&[
        (
            "provider::aws::arn_parse(local.arn)",
            r#"{account_id: "444455556666", partition: "aws", region: "", resource: "role/with/path/example", service: "iam"}"#,
        ),
        (
            r#"provider::aws::arn_parse("arn:aws:logs:us-east-1:1:log-group:/a:*").resource"#,
            r#""log-group:/a:*""#,
        ),
        (r#"provider::aws::arn_parse("arn:aws:iam")"#, WRONG),
        (r#"provider::aws::arn_parse("x:aws:iam::1:role/a")"#, WRONG),
        (r#"provider::aws::arn_parse("")"#, WRONG),
        (
            "provider::aws::arn_parse(null)",
            "invalid-function-argument: arn",
        ),
        (
            "provider::aws::arn_parse([])",
            "invalid-function-argument: arn",
        ),
        ("provider::aws::arn_parse(var.u)", "?"),
        (
            "provider::aws::arn_parse(var.u).nosuch",
            "unsupported-attribute",
        ),
        (
            "provider::aws::arn_parse(sensitive(local.arn)).service",
            r#"!"iam""#,
        ),
        (
            "provider::aws::arn_parse()",
            "not-enough-function-arguments",
        ),
        (
            r#"provider::aws::arn_build("aws", "iam", "", "444455556666", "role/example")"#,
            r#""arn:aws:iam::444455556666:role/example""#,
        ),
        (
            r#"provider::aws::arn_build("aws", "s3", "", "", "b")"#,
            r#""arn:aws:s3:::b""#,
        ),
        (
            r#"provider::aws::arn_build("aws", "s3", "", 1, var.u)"#,
            "?",
        ),
        (
            r#"provider::aws::arn_build("aws", "s3", null, "", "b")"#,
            "invalid-function-argument: region",
        ),
        (
            r#"provider::aws::arn_build("aws")"#,
            "not-enough-function-arguments",
        ),
        (
            "provider::aws::trim_iam_role_path(local.arn)",
            r#""arn:aws:iam::444455556666:role/example""#,
        ),
        (
            r#"provider::aws::trim_iam_role_path("arn:aws:iam::1:role/example")"#,
            r#""arn:aws:iam::1:role/example""#,
        ),
        (
            r#"provider::aws::trim_iam_role_path("arn:aws:s3:::b")"#,
            WRONG,
        ),
        (
            r#"provider::aws::trim_iam_role_path("arn:aws:iam::1:user/a/b")"#,
            WRONG,
        ),
        ("provider::aws::trim_iam_role_path(var.u)", "?"),
        ("provider::amazon::arn_parse(local.arn).service", r#""iam""#),
    ]);
}

/// Source: <https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs/functions/manifest_decode>, and those
/// beside it.
#[test]
fn functions_of_kubernetes_read_and_write_manifests() {
    check(&[
        (
            "provider::kubernetes::manifest_decode(local.a)",
            r#"{apiVersion: "v1", kind: "A", metadata: {name: "x"}}"#,
        ),
        (
            r#"provider::kubernetes::manifest_decode("${local.a}---\n${local.b}")"#,
            WRONG,
        ),
        (
            r#"provider::kubernetes::manifest_decode("kind: A\n")"#,
            WRONG,
        ),
        (r#"provider::kubernetes::manifest_decode("")"#, WRONG),
        (r#"provider::kubernetes::manifest_decode("[1]")"#, WRONG),
        (r#"provider::kubernetes::manifest_decode("a: [")"#, WRONG),
        (
            "provider::kubernetes::manifest_decode(null)",
            "invalid-function-argument: manifest",
        ),
        (
            "provider::kubernetes::manifest_decode(sensitive(local.a)).kind",
            r#"!"A""#,
        ),
        (
            r#"provider::kubernetes::manifest_decode_multi("${local.a}---\n${local.b}")"#,
            r#"[{apiVersion: "v1", kind: "A", metadata: {name: "x"}}, {apiVersion: "v1", kind: "B", metadata: {}}]"#,
        ),
        (
            r#"[for m in provider::kubernetes::manifest_decode_multi("---\n${local.a}---\n---\n") : m.kind]"#,
            r#"["A"]"#,
        ),
        (
            r#"provider::kubernetes::manifest_decode_multi("kind: A\n")"#,
            WRONG,
        ),
        (
            "provider::kubernetes::manifest_decode_multi()",
            "not-enough-function-arguments",
        ),
        (
            r#"provider::kubernetes::manifest_encode({ apiVersion = "v1", kind = "A", metadata = { name = "x" } })"#,
            r#""apiVersion: v1\nkind: A\nmetadata:\n  name: x\n""#,
        ),
        (
            "provider::kubernetes::manifest_encode(provider::kubernetes::manifest_decode(local.a)) == local.a",
            "true",
        ),
        (
            r#"provider::kubernetes::manifest_encode({ kind = "A" })"#,
            WRONG,
        ),
        (r#"provider::kubernetes::manifest_encode("x")"#, WRONG),
        (
            "provider::kubernetes::manifest_encode()",
            "not-enough-function-arguments",
        ),
    ]);
}

/// A provider goes by its source address, which is HashiCorp's unless the configuration says otherwise.
#[test]
fn functions_of_other_providers_are_unknown() {
    check(&[
        ("provider::google::manifest_decode(local.a)", "?"),
        ("provider::time::rfc3339_parse(\"x\")", "?"),
        (
            "provider::time::rfc3339_parse(upper([]))",
            "invalid-function-argument: str",
        ),
        (
            "provider::terraform::nosuch(1)",
            "unknown-provider-function",
        ),
        ("nosuch::f(1)", "unknown-provider-function"),
        ("nosuch(1)", "call-to-unknown-function"),
    ]);
}
