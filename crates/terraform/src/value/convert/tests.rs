//! Tests of conversion against what Terraform answers.

use super::*;
use crate::value::testing::{
    boolean, list, map, null, number, object, show, string, text_list, tuple, unknown,
};
use crate::value::{AttributeType, Data, Marks, ObjectType, Refinements, Shape};

#[track_caller]
fn check(value: &Value, ty: &Type, expected: &str) {
    let found =
        convert(value, ty).map_or_else(|failure| format!("fails: {failure}"), |value| show(&value));
    assert_eq!(found, expected);
}

fn object_type<const N: usize>(attributes: [(&str, Type, bool); N]) -> Type {
    let attributes = attributes
        .into_iter()
        .map(|(name, ty, optional)| (name.into(), AttributeType { ty, optional }))
        .collect();
    Type::Object(ObjectType { attributes }.into())
}

fn list_of_any() -> Type {
    Type::list(Type::Dynamic)
}

#[test]
fn primitive_values_become_each_other() {
    check(&number("1.50"), &Type::String, "\"1.5\"");
    check(&boolean(true), &Type::String, "\"true\"");
    check(&string("1e3"), &Type::Number, "1000");
    check(&string("0"), &Type::Bool, "false");
    check(
        &string("yes"),
        &Type::Bool,
        "fails: a bool is required, and the string is neither \"true\" nor \"false\"",
    );
    check(
        &string(""),
        &Type::Number,
        "fails: a number is required, and the string is none",
    );
    check(
        &number("1"),
        &Type::Bool,
        "fails: bool required, but this is a number",
    );
    check(
        &tuple([]),
        &Type::String,
        "fails: string required, but this is a tuple",
    );
}

#[test]
fn tuples_become_collections_of_what_their_parts_have_in_common() {
    let mixed = tuple([string("a"), number("1"), boolean(true)]);
    check(&mixed, &list_of_any(), r#"list(string)["a", "1", "true"]"#);
    check(
        &mixed,
        &Type::set(Type::Dynamic),
        r#"set(string)["1", "a", "true"]"#,
    );
    check(
        &tuple([number("1"), tuple([])]),
        &list_of_any(),
        "fails: all elements must have the same type",
    );
    check(&tuple([]), &list_of_any(), "list(any)[]");
    check(
        &tuple([null(Type::Dynamic), number("1")]),
        &list_of_any(),
        "list(number)[null(number), 1]",
    );
    check(
        &tuple([null(Type::Dynamic)]),
        &list_of_any(),
        "list(any)[null(any)]",
    );
    let nested = tuple([tuple([number("1")]), tuple([string("a"), boolean(true)])]);
    check(
        &nested,
        &list_of_any(),
        r#"list(list(string))[list(string)["1"], list(string)["a", "true"]]"#,
    );
    let maps = tuple([object([("x", number("1"))]), object([("y", string("a"))])]);
    check(
        &maps,
        &list_of_any(),
        r#"list(map(string))[map(string){x = "1"}, map(string){y = "a"}]"#,
    );
    check(
        &tuple([tuple([])]),
        &Type::list(Type::String),
        "fails: [0]: string required, but this is a tuple",
    );
    check(
        &tuple([string("x")]),
        &Type::list(Type::Number),
        "fails: [0]: a number is required, and the string is none",
    );
}

#[test]
fn an_undecided_part_takes_the_type_of_its_neighbors_unless_they_are_objects() {
    let undecided = || unknown(Type::Dynamic);
    check(
        &tuple([undecided(), string("a"), number("1")]),
        &list_of_any(),
        r#"list(string)[unknown(string), "a", "1"]"#,
    );
    check(
        &tuple([undecided()]),
        &list_of_any(),
        "list(any)[unknown(any)]",
    );
    let failure = "fails: all elements must have the same type";
    let beside = |value| tuple([undecided(), value]);
    check(
        &beside(object([("a", number("1"))])),
        &list_of_any(),
        failure,
    );
    let mixed = object([
        ("a", undecided()),
        ("b", tuple([])),
        ("c", tuple([number("1")])),
    ]);
    check(&mixed, &Type::map(Type::Dynamic), failure);
    let lists = object([("a", undecided()), ("b", text_list(&["x"]))]);
    check(
        &lists,
        &Type::map(Type::Dynamic),
        r#"map(list(string)){a = unknown(list(string)), b = list(string)["x"]}"#,
    );
}

#[test]
fn lists_and_sets_become_each_other() {
    let list = text_list(&["b", "a", "b"]);
    check(&list, &Type::set(Type::String), r#"set(string)["a", "b"]"#);
    let set = convert(&list, &Type::set(Type::String)).unwrap();
    check(&set, &Type::list(Type::String), r#"list(string)["a", "b"]"#);
    check(
        &list,
        &Type::list(Type::Bool),
        "fails: [0]: a bool is required, and the string is neither \"true\" nor \"false\"",
    );
    let partly = convert(
        &tuple([string("a"), unknown(Type::String)]),
        &Type::set(Type::String),
    )
    .unwrap();
    check(&partly, &Type::list(Type::String), "unknown(list(string))");
}

#[test]
fn objects_lose_attributes_and_gain_optional_ones() {
    let ty = object_type([("a", Type::String, false), ("b", Type::Number, true)]);
    check(
        &object([("a", number("1")), ("c", boolean(true))]),
        &ty,
        r#"{a = "1", b = null(number)}"#,
    );
    check(
        &object([("b", number("1"))]),
        &ty,
        "fails: attribute \"a\" is required",
    );
    check(
        &object([("a", tuple([]))]),
        &ty,
        "fails: a: string required, but this is a tuple",
    );
    check(
        &map(Type::String, [("a", string("x"))]),
        &ty,
        r#"{a = "x", b = null(number)}"#,
    );
    check(
        &map(Type::String, [("b", string("1"))]),
        &ty,
        "fails: attribute \"a\" is required",
    );
    check(
        &map(Type::String, [("a", string("")), ("b", string("x"))]),
        &ty,
        "fails: [\"b\"]: a number is required, and the string is none",
    );
    let listed = object_type([("a", list_of_any(), true)]);
    check(&map(Type::String, []), &listed, "{a = null(list(any))}");
    check(
        &map(Type::String, [("a", string(""))]),
        &listed,
        "fails: [\"a\"]: list of any type required, but this is a string",
    );
}

#[test]
fn objects_and_maps_become_maps() {
    let value = object([("a", number("1")), ("b", string("x"))]);
    check(
        &value,
        &Type::map(Type::Dynamic),
        r#"map(string){a = "1", b = "x"}"#,
    );
    check(&object([]), &Type::map(Type::String), "map(string){}");
    check(
        &map(Type::Number, [("a", number("1"))]),
        &Type::map(Type::String),
        r#"map(string){a = "1"}"#,
    );
    check(
        &tuple([]),
        &Type::map(Type::Dynamic),
        "fails: map of any type required, but this is a tuple",
    );
}

#[test]
fn empty_collections_keep_their_type_where_any_is_asked_for() {
    check(
        &list(Type::Number, []),
        &Type::set(Type::Dynamic),
        "set(number)[]",
    );
    check(
        &map(Type::Bool, []),
        &Type::map(Type::Dynamic),
        "map(bool){}",
    );
    let inner = object_type([("a", Type::String, true)]);
    check(
        &list(Type::map(Type::String), []),
        &Type::list(inner),
        "list(object({a = string}))[]",
    );
}

#[test]
fn nulls_get_the_type() {
    let ty = object_type([("a", Type::String, true)]);
    check(&null(Type::Dynamic), &ty, "null(object({a = string}))");
    check(&null(Type::Number), &Type::String, "null(string)");
    check(
        &null(Type::Tuple([Type::Number].into())),
        &list_of_any(),
        "null(list(number))",
    );
}

#[test]
fn unknown_values_keep_what_holds_for_the_result() {
    let mut value = unknown(Type::Tuple([Type::Number, Type::String].into()));
    if let Data::Unknown(unknown) = &mut value.data {
        let unknown = std::sync::Arc::make_mut(unknown);
        unknown.known = Refinements {
            not_null: true,
            ..Refinements::default()
        };
        unknown.shape = Some(Shape::Items {
            items: [number("1")].into(),
            rest: string("x").into(),
        });
    }
    check(
        &value,
        &list_of_any(),
        // Of a list whose length is known, only the elements are unknown.
        "list(string)[unknown(string), unknown(string)]",
    );
    check(
        &value,
        &Type::set(Type::String),
        "unknown(set(string)) not null length 1..2",
    );
    let converted = convert(&value, &Type::set(Type::String)).unwrap();
    let Some(Shape::Items { items, .. }) = &converted.unknown().unwrap().shape else {
        unreachable!("the shape is carried on");
    };
    assert_eq!(show(&items[0]), "\"1\"");
    check(&unknown(Type::String), &Type::Number, "unknown(number)");
    check(
        &unknown(Type::Dynamic),
        &Type::list(Type::String),
        "unknown(list(string))",
    );
    check(
        &unknown(Type::Bool),
        &Type::Number,
        "fails: number required, but this is a bool",
    );
}

#[test]
fn marks_stay_where_they_are_and_rise_to_sets() {
    let sensitive = Marks {
        sensitive: true,
        ephemeral: false,
    };
    let secret = || number("1").marked(sensitive);
    check(
        &tuple([secret()]),
        &Type::list(Type::String),
        r#"list(string)[sensitive("1")]"#,
    );
    check(
        &tuple([secret()]),
        &Type::set(Type::String),
        r#"sensitive(set(string)["1"])"#,
    );
    check(
        &tuple([]).marked(sensitive),
        &list_of_any(),
        "sensitive(list(any)[])",
    );
}

#[test]
fn a_failure_tells_where_the_part_was_set() {
    let mut part = string("x");
    part.origin.span.end = 7;
    let value = object([("a", tuple([part]))]);
    let ty = Type::map(Type::list(Type::Number));
    let failure = convert(&value, &ty).unwrap_err();
    assert_eq!(failure.origin(&value).span.end, 7);
    assert_eq!(
        failure.to_string(),
        "a[0]: a number is required, and the string is none"
    );
}
