//! Tests of what is known of unknown results.

use crate::functions::testing::{NoFiles, call_with, shown};
use crate::value::testing::{
    list, map, number, object, origin, show, string, text_list, tuple, unknown,
};
use crate::value::{Data, Shape, Type, Value};

/// What checks may know of a result: the elements or entries that are there for certain and `…`, or the alternatives.
fn shape(name: &str, arguments: Vec<Value>) -> String {
    let result = call_with(&NoFiles, name, arguments).unwrap();
    let all = |values: &[Value]| values.iter().map(tell).collect::<Vec<_>>().join(" ");
    match result.unknown().map(|unknown| &unknown.shape) {
        None => show(&result),
        Some(None) => "?".to_owned(),
        Some(Some(Shape::Items { items, .. })) => format!("[{} …]", all(items)),
        Some(Some(Shape::OneOf(values))) => all(values),
        Some(Some(Shape::Entries { entries, .. })) => {
            let entries = entries
                .iter()
                .map(|(key, value)| format!("{key}={}", tell(value)));
            format!("{{{} …}}", entries.collect::<Vec<_>>().join(" "))
        }
        Some(Some(_)) => "other".to_owned(),
    }
}

fn tell(value: &Value) -> String {
    match value.unknown().map(|unknown| &unknown.shape) {
        None => show(value),
        Some(Some(Shape::OneOf(values))) => values.iter().map(tell).collect::<Vec<_>>().join("|"),
        Some(_) => "?".to_owned(),
    }
}

fn texts() -> Value {
    unknown(Type::list(Type::String))
}

fn names() -> Value {
    unknown(Type::map(Type::String))
}

fn ab() -> Value {
    text_list(&["a", "b"])
}

#[test]
fn unknown_results_keep_the_elements_that_are_there_for_certain() {
    for (name, arguments, expected) in [
        ("concat", vec![ab(), texts()], r#"["a" "b" …]"#),
        (
            "setunion",
            vec![
                unknown(Type::set(Type::String)),
                Value::new(Data::Set(Type::String, [string("a")].into()), origin()),
            ],
            r#"["a" …]"#,
        ),
        (
            "distinct",
            vec![list(
                Type::String,
                [string("a"), unknown(Type::String), string("a")],
            )],
            r#"["a" …]"#,
        ),
        (
            "compact",
            vec![list(
                Type::String,
                [string(""), string("a"), unknown(Type::String)],
            )],
            r#"["a" …]"#,
        ),
        (
            "sort",
            vec![list(Type::String, [unknown(Type::String), string("a")])],
            "list(string)[unknown(string), unknown(string)]",
        ),
        ("flatten", vec![tuple([ab(), texts()])], r#"["a" "b" …]"#),
        ("flatten", vec![unknown(Type::Dynamic)], "[ …]"),
        ("values", vec![names()], "[ …]"),
    ] {
        assert_eq!(shape(name, arguments), expected, "{name}");
    }
}

#[test]
fn merging_an_unknown_map_leaves_earlier_entries_in_doubt() {
    let known = || map(Type::String, [("a", string("x"))]);
    assert_eq!(shape("merge", vec![known(), names()]), r#"{a="x"|? …}"#);
    assert_eq!(shape("merge", vec![names(), known()]), r#"{a="x" …}"#);
    let merged = call_with(&NoFiles, "merge", vec![names(), known()]).unwrap();
    assert_eq!(shape("keys", vec![merged.clone()]), r#"["a" …]"#);
    assert_eq!(shape("values", vec![merged.clone()]), r#"["x" …]"#);
    assert_eq!(
        shape("lookup", vec![merged, string("b"), string("z")]),
        r#"? "z""#
    );
}

#[test]
fn choices_that_depend_on_the_unknown_keep_the_alternatives() {
    for (name, arguments, expected) in [
        (
            "coalesce",
            vec![unknown(Type::String), string("a"), string("b")],
            r#"? "a""#,
        ),
        (
            "coalescelist",
            vec![texts(), text_list(&[]), ab()],
            r#"? list(string)["a", "b"]"#,
        ),
        ("element", vec![ab(), unknown(Type::Number)], r#""a" "b""#),
        (
            "lookup",
            vec![
                object([("a", string("x"))]),
                unknown(Type::String),
                string("z"),
            ],
            r#""x" "z""#,
        ),
        ("one", vec![texts()], "?"),
    ] {
        assert_eq!(shape(name, arguments), expected, "{name}");
    }
}

#[test]
fn unknown_results_have_the_types_and_bounds_of_terraform() {
    for (name, arguments, expected) in [
        ("length", vec![texts()], "unknown(number) not null >= 0"),
        ("length", vec![tuple([unknown(Type::Dynamic)])], "1"),
        (
            "sort",
            vec![list(Type::String, [unknown(Type::String)])],
            "list(string)[unknown(string)]",
        ),
        (
            "setproduct",
            vec![tuple([]), texts()],
            "unknown(list(tuple([any, string]))) not null",
        ),
        (
            "contains",
            vec![tuple([unknown(Type::String), string("a")]), string("a")],
            "true",
        ),
        (
            "contains",
            vec![tuple([unknown(Type::String)]), string("a")],
            "unknown(bool) not null",
        ),
        (
            "keys",
            vec![object([("a", unknown(Type::String))])],
            r#"["a"]"#,
        ),
        ("element", vec![texts(), number("0")], "unknown(string)"),
    ] {
        let result = call_with(&NoFiles, name, arguments).unwrap();
        assert_eq!(show(&result), expected, "{name}");
    }
}

#[test]
fn products_that_are_too_large_are_refused() {
    let items: Vec<String> = (0..1000).map(|item| item.to_string()).collect();
    let items: Vec<&str> = items.iter().map(String::as_str).collect();
    let large = || text_list(&items);
    assert!(shown("setproduct", [large(), large(), large()]).starts_with("fails"));
}
