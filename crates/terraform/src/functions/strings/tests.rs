//! Strings as Terraform 1.11 computes them, and what is carried on of unknown ones.

use super::super::told::{around, list, number, string, told, unknown};
use crate::value::testing::{null, object};
use crate::value::{Data, Type, Value};

#[track_caller]
fn check(name: &str, arguments: &[Value], expected: &str) {
    assert_eq!(told(name, arguments), expected, "{name}");
}

#[test]
fn case_changes_character_by_character() {
    for (name, text, expected) in [
        ("upper", "ßŉiǆǅᾀé", r#""ßŉIǄǄᾈÉ""#),
        ("lower", "ΑΣ İǅẞ", r#""ασ iǆß""#),
        (
            "title",
            "ǆx foo_bar a.b don't 1a éa ßa",
            r#""ǅx Foo_bar A.B Don'T 1a Éa ßa""#,
        ),
        ("title", "a\u{a0}b éc-d", r#""A\u{a0}B Éc-D""#),
    ] {
        check(name, &[string(text)], expected);
    }
}

#[test]
fn characters_are_counted_as_grapheme_clusters() {
    check("strrev", &[string("ae\u{301}🇦🇧")], r#""🇦🇧éa""#);
    for (offset, length, expected) in [
        ("1", "2", r#""🇦🇧c""#),
        ("0", "0", r#""""#),
        ("-2", "1", r#""c""#),
        ("-2", "0", r#""cd""#),
        ("-9", "2", r#""é🇦🇧""#),
        ("2", "-1", r#""cd""#),
        ("4", "1", r#""""#),
        ("9", "-1", r#""""#),
        ("0.5", "1", "!"),
        ("1e30", "1", "!"),
    ] {
        let arguments = [string("é🇦🇧cd"), number(offset), number(length)];
        check("substr", &arguments, expected);
    }
}

#[test]
fn ends_are_trimmed() {
    for (name, arguments, expected) in [
        ("chomp", vec!["a\r\n\n\r"], r#""a""#),
        ("trim", vec!["?!a?!", "!?"], r#""a""#),
        ("trimprefix", vec!["aab", "a"], r#""ab""#),
        ("trimsuffix", vec!["baa", "a"], r#""ba""#),
        ("trimspace", vec!["\u{a0}\n a \t"], r#""a""#),
    ] {
        let arguments: Vec<Value> = arguments.into_iter().map(string).collect();
        check(name, &arguments, expected);
    }
}

#[test]
fn known_pieces_of_unknown_strings_are_changed_too() {
    for (name, mut arguments, expected) in [
        ("upper", vec![around("a", "b")], r#"?("A" _ "B")"#),
        ("trimspace", vec![around(" a ", " \n")], r#"?("a " _ "")"#),
        (
            "trimprefix",
            vec![around("abc", "d"), string("ab")],
            r#"?("c" _ "d")"#,
        ),
        ("trimprefix", vec![around("a", "d"), string("ab")], "?"),
        (
            "trimsuffix",
            vec![around("a", "b"), string("b")],
            r#"?("a" _ "")"#,
        ),
        (
            "replace",
            vec![around("a.b", "."), string("."), string("-")],
            r#"?("a-b" _ "-")"#,
        ),
        (
            "replace",
            vec![around("ab", "c"), string("bx"), string("-")],
            "?",
        ),
        (
            "replace",
            vec![around("ab", "c"), string("/b/"), string("-")],
            "?",
        ),
    ] {
        check(name, &arguments, expected);
        arguments[0] = unknown();
        check(name, &arguments, "?");
    }
    check(
        "split",
        &[string(":"), around("arn:aws:", ":x")],
        r#"?["arn" "aws"]"#,
    );
}

#[test]
fn what_an_unknown_string_begins_with_may_be_known() {
    for (prefix, expected) in [("", "true"), ("ab", "true"), ("b", "false"), ("abc-d", "?")] {
        check(
            "startswith",
            &[around("abc-", ""), string(prefix)],
            expected,
        );
    }
}

#[test]
fn lists_are_joined() {
    let null = Value::new(Data::Null(Type::String), string("").origin);
    let ab = list(&[string("a"), string("b")]);
    for (lists, expected) in [
        (vec![ab.clone(), ab.clone()], r#""a-b-a-b""#),
        (vec![list(&[])], r#""""#),
        (vec![], "!"),
        (vec![ab.clone(), list(std::slice::from_ref(&null))], "!2"),
        (
            vec![ab.clone(), list(&[unknown()])],
            r#"?("a" "-" "b" "-" _)"#,
        ),
        (vec![list(&[null, unknown()])], "?"),
    ] {
        let arguments: Vec<Value> = [string("-")].into_iter().chain(lists).collect();
        check("join", &arguments, expected);
    }
}

#[test]
fn texts_are_split() {
    for (separator, text, expected) in [
        (",", "a,,b", r#"["a" "" "b"]"#),
        (",", "", r#"[""]"#),
        ("", "aé", r#"["a" "é"]"#),
        ("", "", "[]"),
    ] {
        check("split", &[string(separator), string(text)], expected);
    }
}

#[test]
fn texts_and_matches_are_replaced() {
    for (text, search, replacement, expected) in [
        ("a.b.", ".", "$0", r#""a$0b$0""#),
        ("ab", "", "-", r#""-a-b-""#),
        ("ab", "/", "-", r#""ab""#),
        (
            "abab",
            "/(?P<x>a)(b)/",
            "${x}$2$1$$${y}$01.",
            r#""aba$.aba$.""#,
        ),
        ("abc", "/b*/", "-", r#""-a-c-""#),
        ("abc", "/(/", "-", "!"),
    ] {
        check(
            "replace",
            &[string(text), string(search), string(replacement)],
            expected,
        );
    }
}

#[test]
fn templates_need_a_string_and_variables_with_names() {
    let variables = |name| object([(name, string("a"))]);
    for (template, variables, expected) in [
        (string("t"), variables("x-1"), r#""t""#),
        (unknown(), variables("x"), "?"),
        (number("1"), variables("x"), "!0"),
        (null(Type::String), variables("x"), "!0"),
        (string("t"), variables("1 x"), "!1"),
        (string("t"), string("x"), "!1"),
    ] {
        check("templatestring", &[template, variables], expected);
    }
}

#[test]
fn results_are_bounded() {
    let long = string(&"a\n".repeat(1 << 20));
    check("indent", &[number("100"), long.clone()], "!");
    check("indent", &[number("-1"), string("")], "!");
    check("split", &[string(""), long.clone()], "!");
    check(
        "replace",
        &[long.clone(), string("a"), string(&"b".repeat(20))],
        "!",
    );
    check(
        "replace",
        &[long, string("/a/"), string(&"b".repeat(20))],
        "!",
    );
}
