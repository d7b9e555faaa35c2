//! Configurations that are made to take all time and memory there is: each ends with a problem that says so, and the rest
//! stands.

use std::path::{Path, PathBuf};

use smol_str::SmolStr;
use source::{FileId, Memory, Sources};
use terraform::evaluate::{Budget, EvaluationError, Reference, Scope, evaluate_with};
use terraform::functions::{FileContent, FileFailure, Files};
use terraform::module::Modules;
use terraform::root::{self, Options, Root};
use terraform::syntax::{Places, read_expression};
use terraform::value::{Number, Value};

/// Nothing to refer to, and so many steps.
struct Steps(Budget);

impl Scope for Steps {
    fn resolve(&self, reference: &Reference<'_>) -> Result<(Value, usize), EvaluationError> {
        Err(EvaluationError::new("nothing", "nothing", reference.span))
    }

    fn files(&self) -> &dyn Files {
        self
    }

    fn budget(&self) -> &Budget {
        &self.0
    }
}

impl Files for Steps {
    fn read(&self, _: &Path) -> Result<FileContent, FileFailure> {
        Err(FileFailure::Missing)
    }

    fn matching(&self, _: &Path, _: &str) -> Result<Vec<SmolStr>, FileFailure> {
        Err(FileFailure::Missing)
    }

    fn base(&self) -> &Path {
        Path::new("/")
    }
}

/// What an expression gives, and how many steps it takes of those that there are.
fn evaluate(
    text: &str,
    names: &[(SmolStr, Value)],
    steps: u64,
) -> (Result<Value, &'static str>, u64) {
    let (expression, problems) = read_expression(text, &Places::verbatim(FileId(0), 0));
    assert!(problems.is_empty(), "{text}: {problems:?}");
    let scope = Steps(Budget::new(steps));
    let value = evaluate_with(&expression, &scope, names);
    (value.map_err(|error| error.code), steps - scope.0.left())
}

/// What calls may look at: a thousand numbers, a thousand and a hundred thousand characters, and a text of two thousand pieces.
fn names() -> [(SmolStr, Value); 4] {
    let names = [
        ("numbers", "range(1000)"),
        ("text", r#"format("%01000s", "x")"#),
        ("long", r#"format("%0100000s", "x")"#),
        ("pieces", r#"join("-", range(1000))"#),
    ];
    names.map(|(name, text)| {
        let (value, _) = evaluate(text, &[], 1_000_000);
        (name.into(), value.expect("the value is small"))
    })
}

/// Checks that a call is in order by itself, and takes as many steps as a thousand characters or nodes cost at least: a million
/// such calls are more than an ordinary root can afford.
#[track_caller]
fn check(calls: &[&str]) {
    const LEAST: u64 = 1000 / 16;
    let names = names();
    for call in calls {
        let (value, steps) = evaluate(call, &names, 1_000_000);
        assert!(value.is_ok(), "{call}: {value:?}");
        assert!(steps >= LEAST, "{call} takes {steps} steps");
    }
}

#[test]
fn calls_end_where_no_steps_are_left() {
    let names = names();
    for call in [
        r#"replace(text, "0", text)"#,
        "setproduct(numbers, range(10))",
        "md5(long)",
    ] {
        let many = format!("[for x in numbers : [for y in numbers : {call}]]");
        let (value, _) = evaluate(&many, &names, 100_000);
        assert_eq!(value.err(), Some("too-expensive"), "{call}");
    }
}

#[test]
fn functions_pay_for_the_text_they_make() {
    check(&[
        r#"replace(text, "0", text)"#,
        r#"replace(text, "/./", text)"#,
        "join(pieces, numbers)",
        "join(text, numbers)",
        r#"format("%1000000s", "x")"#,
        r#"format("%1000000d", 1)"#,
        r#"format("%.1000000f", 1)"#,
        r#"formatlist("%s${text}", numbers)"#,
        r#"indent(1000000, "x\nx")"#,
        "jsonencode(long)",
        "yamlencode(numbers)",
        "base64encode(long)",
        "urlencode(long)",
        "strrev(long)",
        "upper(long)",
        r#""${long}${long}""#,
        r#""%{ for x in numbers }${x}%{ endfor }""#,
    ]);
}

#[test]
fn functions_pay_for_the_elements_they_make() {
    check(&[
        "range(1000)",
        "setproduct(numbers, range(10))",
        r#"split("", text)"#,
        r#"regexall(".", text)"#,
        "chunklist(numbers, 1)",
        "concat(numbers, numbers)",
        "reverse(numbers)",
        "distinct(numbers)",
        "toset(numbers)",
        "zipmap(numbers, numbers)",
        "flatten([numbers, [numbers]])",
        r#"jsondecode("[${join(",", numbers)}]")"#,
        r#"yamldecode("[${join(",", numbers)}]")"#,
        r#"csvdecode("a\n${join("\n", numbers)}")"#,
        "cidrsubnets(\"10.0.0.0/8\", [for x in range(100) : 20]...)",
    ]);
}

#[test]
fn functions_pay_for_what_they_look_at() {
    check(&[
        "length(long)",
        "md5(long)",
        "strcontains(long, \"y\")",
        "length(regexall(\"y\", long))",
        "contains(numbers, 1001)",
        "sum(numbers)",
        "element(numbers, 1)",
        "max(numbers...)",
    ]);
}

fn root(main: &str) -> Root {
    let system = Memory::new([(PathBuf::from("r/main.tf"), main.to_owned())]);
    let sources = Sources::default();
    let shown = |path: &Path| path.to_path_buf();
    root::evaluate(&Options {
        modules: &Modules::new(&system, &sources, &shown),
        folder: Path::new("r"),
        boundary: Path::new("r"),
        inputs: &[],
        workspace: None,
    })
}

#[test]
fn an_expression_that_is_too_expensive_leaves_the_others_something() {
    let bomb = |name: usize| {
        let call = "setproduct(range(1000), range(100))";
        format!("a{name} = [for x in range(1000) : [for y in range(1000) : {call}]]\n")
    };
    let bombs: String = (0..4).map(bomb).collect();
    let root = root(&format!(
        "locals {{\n{bombs}rest = [for x in range(100) : x * var.two]\n}}\n\
         variable \"two\" {{ default = 1 + 1 }}\noutput \"rest\" {{ value = local.rest[21] }}"
    ));
    let codes: Vec<&str> = root.problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["too-expensive"; 4]);
    let rest = root.outputs[0].1.as_number().and_then(Number::to_i64);
    assert_eq!(rest, Some(42));
}

#[test]
fn values_that_grow_with_each_local_are_told() {
    for (form, levels, code) in [
        ("[local.a, local.a]", 20, "value-too-large"),
        ("[local.a]", 150, "value-too-deep"),
        ("{ x = local.a }", 150, "value-too-deep"),
        ("try(local.a, [local.a])", 150, "value-too-deep"),
        ("var.u ? [local.a] : [local.a]", 150, "value-too-deep"),
    ] {
        let local = |level: usize| {
            let form = form.replace("local.a", &format!("local.a{level}"));
            format!("a{} = {form}\n", level + 1)
        };
        let locals: String = (0..levels).map(local).collect();
        let root = root(&format!(
            "variable \"u\" {{}}\nlocals {{\na0 = var.u\n{locals}}}\nresource \"t\" \"a\" {{ x = local.a{levels} }}"
        ));
        let first = root.problems.first().map_or("", |problem| problem.code);
        assert_eq!(first, code, "{form}");
    }
}

#[test]
fn resources_that_contain_each_other_are_told() {
    let resource = |index: usize| {
        let before = format!("t.a{index}");
        format!("resource \"t\" \"a{}\" {{ x = [{before}.x] }}\n", index + 1)
    };
    let resources: String = (0..150).map(resource).collect();
    let root = root(&format!("resource \"t\" \"a0\" {{ x = 1 }}\n{resources}"));
    assert_eq!(root.resources.len(), 151);
    assert_eq!(root.problems[0].code, "value-too-deep");
}
