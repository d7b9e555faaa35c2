//! Patterns where Go and the `regex` crate differ, and the results of groups.

use super::super::told::{string, told};

#[track_caller]
fn check(name: &str, pattern: &str, text: &str, expected: &str) {
    let found = told(name, &[string(pattern), string(text)]);
    assert_eq!(found, expected, "{name} {pattern}");
}

#[test]
fn groups_decide_the_result() {
    for (pattern, expected) in [
        ("b+", r#""bb""#),
        ("(a)(x)?", r#"["a" null]"#),
        ("(x){0}(b)", r#"[null "b"]"#),
        ("(?P<one>a)(?<two>b)", r#"{one="a" two="b"}"#),
        ("(?P<1>a)(?P<1>b)", r#"{1="b"}"#),
        ("(?P<one>a)(b)", "!0"),
        ("(", "!0"),
        ("y", "!"),
    ] {
        check("regex", pattern, "abb", expected);
    }
}

#[test]
fn all_matches_are_those_of_go() {
    for (pattern, text, expected) in [
        ("b*", "abbé", r#"["" "bb" ""]"#),
        ("", "é", r#"["" ""]"#),
        ("(a)|(b)", "ab", r#"[["a" null] [null "b"]]"#),
        ("y", "ab", "[]"),
        (r"\B", "é", r#"["" ""]"#),
        ("(?m)^.", "ab\ncd", r#"["a" "c"]"#),
    ] {
        check("regexall", pattern, text, expected);
    }
}

#[test]
fn patterns_mean_what_they_mean_to_go() {
    for (pattern, text, expected) in [
        (r"\d", "٣3", r#""3""#),
        (r"\bé|x", "éx", r#""x""#),
        ("[a&&b]", "&", r#""&""#),
        ("[]a]+", "]a", r#""]a""#),
        ("[[:^alpha:]]", "a1", r#""1""#),
        (r"\Qa.b\E+", "a.bb", r#""a.bb""#),
        (r"\101\x{e9}", "Aé", r#""Aé""#),
        ("x{,2}", "x{,2}", r#""x{,2}""#),
        (r"\p{^Lu}\PL", "Aa1", r#""a1""#),
        ("(?i)[^k]", "\u{212a}x", r#""x""#),
        ("(?i)straße", "STRAẞE", r#""STRAẞE""#),
        ("(?U)a+", "aa", r#""a""#),
        (r"\x{d800}|b", "b", r#""b""#),
    ] {
        check("regex", pattern, text, expected);
    }
}

#[test]
fn what_go_refuses_is_refused() {
    for pattern in [
        "a**",
        "a{2}{3}",
        "*",
        "|*",
        "(*)",
        r"\1",
        r"\Z",
        r"\C",
        r"\pX",
        r"\p{greek}",
        "(?x)a",
        "(?=a)",
        "[z-a]",
        "[[:foo:]]",
        "a{1001}",
        "(a{100}){100}",
        "a{3,2}",
        ")",
        "a)",
        "[a",
        r"\",
        "(?P<a-b>x)",
        "(?i-)",
        r"\x{110000}",
        "(?P=n)",
        r"\8",
    ] {
        check("regex", pattern, "a", "!0");
    }
}

#[test]
fn patterns_are_bounded() {
    for pattern in [
        "(".repeat(100_000),
        format!("{}{}", "(a".repeat(600), ")".repeat(600)),
    ] {
        check("regex", &pattern, "a", "!0");
    }
    check("regex", r"(\pL{1000}){1,}", "a", "!0");
    check("regexall", "(?:a*)*b", &"a".repeat(10_000), "[]");
}
