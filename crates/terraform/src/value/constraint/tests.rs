//! Tests of type constraints against what Terraform accepts.

use source::FileId;

use super::*;
use crate::value::testing::{null, number, object, show, string, text_list, tuple, unknown};
use crate::value::{Data, Entries};

/// What a literal says; a call fails.
fn evaluate(expression: &Expression) -> Result<Value, EvaluationError> {
    match &expression.kind {
        ExpressionKind::Null => Ok(null(Type::Dynamic)),
        ExpressionKind::Number(value) => Ok(number(&value.to_string())),
        ExpressionKind::Template(parts) => match &parts[..] {
            [TemplatePart::Literal { text, .. }] => Ok(string(text)),
            _ => Ok(string("")),
        },
        ExpressionKind::Tuple(items) => {
            let items = items.iter().map(evaluate).collect::<Result<_, _>>()?;
            Ok(tuple([]).with_data(Data::Tuple(items)))
        }
        ExpressionKind::Object(items) => {
            let entry = |item: &ObjectItem| {
                let key = evaluate(&item.key)?.as_str().unwrap_or_default().into();
                Ok((key, evaluate(&item.value)?))
            };
            let entries = items.iter().map(entry).collect::<Result<Entries, _>>()?;
            Ok(object([]).with_data(Data::Object(entries.into())))
        }
        _ => Err(EvaluationError::new(
            "not-constant",
            "not constant",
            expression.span,
        )),
    }
}

fn read(text: &str, notation: Notation) -> (Constraint, Vec<Problem>) {
    let (expression, problems) = read_expression(text, &Places::verbatim(FileId(0), 0));
    assert_eq!(problems, [], "{text}");
    read_constraint(&expression, notation, &evaluate)
}

#[track_caller]
fn check(text: &str, expected: &str) {
    let (constraint, problems) = read(text, Notation::Native);
    assert_eq!(problems, [], "{text}");
    assert_eq!(constraint.ty.to_string(), expected);
}

#[track_caller]
fn check_problem(text: &str, expected: &str) {
    let (_, problems) = read(text, Notation::Native);
    let messages: Vec<&str> = problems
        .iter()
        .map(|problem| &problem.message[..])
        .collect();
    assert_eq!(messages, [expected], "{text}");
}

#[track_caller]
fn check_default(text: &str, value: &Value, expected: &str) {
    let (constraint, problems) = read(text, Notation::Native);
    assert_eq!(problems, [], "{text}");
    let filled = constraint.defaults.apply(value);
    let found = convert(&filled, &constraint.ty);
    let found = found.map_or_else(|failure| failure.to_string(), |value| show(&value));
    assert_eq!(found, expected, "{text}");
}

#[test]
fn types_are_read() {
    check("any", "any");
    check("list", "list(any)");
    check("map", "map(any)");
    check("set(map(list(bool)))", "set(map(list(bool)))");
    check("tuple([string, number])", "tuple([string, number])");
    check(
        "object({ b = optional(string), a : any })",
        "object({a = any, b = optional(string)})",
    );
    check("object({})", "object({})");
}

#[test]
fn what_is_no_type_is_a_problem() {
    let neither = "a type is a keyword such as string, or a constructor such as list(string)";
    for (text, expected) in [
        ("set", "set needs the type of its elements as an argument"),
        (
            "list(list)",
            "list needs the type of its elements as an argument",
        ),
        ("foo", "\"foo\" is no type"),
        ("foo(1)", "\"foo\" is no constructor of a type"),
        ("string(1)", "string takes no arguments"),
        ("list(string, number)", "list takes exactly one argument"),
        ("object([])", "object needs its attributes and their types"),
        (
            "tuple(string)",
            "tuple needs a list of the types of its elements",
        ),
        (
            "optional(string)",
            "only an attribute of an object can be optional",
        ),
        (
            "tuple([optional(string)])",
            "only an attribute of an object can be optional",
        ),
        (
            "object({ a = optional() })",
            "optional takes a type and perhaps a default",
        ),
        (
            "object({ \"a\" = string })",
            "the name of an attribute is needed here, without quotes",
        ),
        (
            "object({ (a) = string })",
            "the name of an attribute is needed here, without quotes",
        ),
        (
            "object({ a = string, a = number })",
            "the attribute \"a\" stands here twice",
        ),
        ("(string)", neither),
        ("a.b", neither),
        ("1", neither),
        ("list(\"string\")", neither),
        ("null", "a type is needed here, not a value"),
        (
            "object({ a = optional(number, \"x\") })",
            "the default does not fit the attribute: a number is required, and the string is none",
        ),
        (
            "object({ a = optional(string, upper(\"x\")) })",
            "not constant",
        ),
    ] {
        check_problem(text, expected);
    }
}

#[test]
fn quoted_types_are_understood() {
    let (constraint, problems) = read("\"list(string)\"", Notation::Native);
    assert_eq!(constraint.ty.to_string(), "list(string)");
    assert_eq!(problems[0].code, "quoted-type");
    let (constraint, problems) = read("\"object({ a = optional(string) })\"", Notation::Json);
    assert_eq!(constraint.ty.to_string(), "object({a = optional(string)})");
    assert_eq!(problems, []);
    let (_, problems) = read("\"list(foo)\"", Notation::Json);
    assert_eq!(
        problems[0].place,
        source::Place::Span(Span::new(FileId(0), 6, 9))
    );
}

#[test]
fn defaults_replace_what_is_missing_or_null() {
    let text = "map(object({ x = optional(string, 1), y = optional(object({ z = optional(number, 3) }), {}) }))";
    let value = object([
        ("k", object([])),
        (
            "l",
            object([
                ("x", null(Type::Dynamic)),
                ("y", object([("z", null(Type::Number))])),
            ]),
        ),
    ]);
    let inner = "object({x = string, y = object({z = number})})";
    let filled = r#"{x = "1", y = {z = 3}}"#;
    check_default(
        text,
        &value,
        &format!("map({inner}){{k = {filled}, l = {filled}}}"),
    );
    check_default(text, &null(Type::Dynamic), &format!("null(map({inner}))"));
    check_default(
        text,
        &unknown(Type::Dynamic),
        &format!("unknown(map({inner}))"),
    );
}

#[test]
fn defaults_reach_through_collections() {
    let text = "set(object({ x = optional(string, \"d\") }))";
    let value = tuple([object([]), object([("x", string("d"))])]);
    check_default(text, &value, r#"set(object({x = string}))[{x = "d"}]"#);
    let text = "tuple([object({ x = optional(list(any), [1]) }), any])";
    check_default(
        text,
        &tuple([object([]), object([])]),
        "[{x = list(number)[1]}, {}]",
    );
    let text = "object({ x = optional(object({ y = optional(string, \"in\") })), z = optional(any, [1]) })";
    check_default(
        text,
        &object([("x", object([]))]),
        r#"{x = {y = "in"}, z = [1]}"#,
    );
    let listed = "list(object({ a = string, x = optional(string, \"d\") }))";
    check_default(
        listed,
        &text_list(&["a"]),
        "list of object required, but this is a list of string",
    );
}

#[test]
fn an_unknown_attribute_with_a_default_is_not_null() {
    let text = "object({ x = optional(string, \"d\"), y = optional(string, null) })";
    let value = object([("x", unknown(Type::String)), ("y", unknown(Type::String))]);
    check_default(
        text,
        &value,
        "{x = unknown(string) not null, y = unknown(string)}",
    );
}
