//! Values as Terraform 1.11 writes them, and what is known of texts with unknown ones.

use super::super::told::{list, number, string, told, unknown};
use crate::value::testing::{boolean, null, tuple};
use crate::value::{Type, Value};

#[track_caller]
fn check(name: &str, layout: &str, values: &[Value], expected: &str) {
    let arguments: Vec<Value> = [string(layout)].iter().chain(values).cloned().collect();
    assert_eq!(told(name, &arguments), expected, "{name} {layout}");
}

#[track_caller]
fn check_number(layout: &str, value: &str, expected: &str) {
    check("format", layout, &[number(value)], &format!("{expected:?}"));
}

#[test]
fn whole_numbers_have_a_base_a_sign_and_a_width() {
    for (layout, value, expected) in [
        ("%-06d|", "5", "5     |"),
        ("%06d", "-42", "-00042"),
        ("%+d% d", "5", "+5 5"),
        ("%#x %#o %#b", "255", "0xff 0377 0b11111111"),
        ("%X", "-255", "-FF"),
        ("%8.3d|%08.3d|%.0d|", "5", "     005|     005|5|"),
        ("%5.0d|", "0", "|"),
        ("%x", "18446744073709551616", "10000000000000000"),
    ] {
        let verbs = layout.matches('%').count();
        let values = vec![number(value); verbs];
        check("format", layout, &values, &format!("{expected:?}"));
    }
}

#[test]
fn fractions_are_rounded_half_to_even() {
    for (layout, value, expected) in [
        ("%f", "5", "5.000000"),
        ("%-012f|", "5", "00005.000000|"),
        ("%.0f", "2.5", "2"),
        ("%.1f", "0.05", "0.1"),
        ("%.1f", "0.001", "0.0"),
        ("%+08.2f", "3.14159", "+0003.14"),
        ("%.20f", "0.1", "0.10000000000000000000"),
        ("%e", "123456789.125", "1.234568e+08"),
        ("%.0E", "0.00025", "2E-04"),
        ("%e", "0", "0.000000e+00"),
        ("%g", "1e21", "1e+21"),
        ("%g", "100000", "100000"),
        ("%G", "0.00001", "1E-05"),
        ("%.3g", "123456", "1.23e+05"),
        ("%.10g", "0.5", "0.5"),
        ("%v", "1234567", "1.234567e+06"),
        ("%5v|", "0.1", "  0.1|"),
        ("%-05v|", "1", "10000|"),
        ("%d", "1e30", "1000000000000000000000000000000"),
        ("%1000001d", "1", "%!(NOVERB)%!(EXTRA *big.Int=1)"),
        (
            "a%.99999999999999999999fb",
            "1.5",
            "a%!(NOVERB)%!(EXTRA *big.Float=1.5)b",
        ),
    ] {
        check_number(layout, value, expected);
    }
}

#[test]
fn strings_are_counted_in_characters() {
    for (layout, text, expected) in [
        ("%5.1s|", "e\u{301}a", "    é|"),
        ("%-3s|", "é", "é  |"),
        ("%03s", "a", "00a"),
        ("%.0s", "abc", "abc"),
        ("%q", "a\"<", r#""a\"\u003c""#),
        ("%#v", "a", r#""a""#),
        ("%d", "12", "12"),
        ("%5.2f|", "1.5", " 1.50|"),
        ("é%%%s%%", "a", "é%a%"),
    ] {
        check("format", layout, &[string(text)], &format!("{expected:?}"));
    }
}

#[test]
fn values_of_other_types_are_converted_or_written_as_json() {
    for (layout, value, expected) in [
        ("%s", boolean(true), "true"),
        ("%5t", string("1"), "true"),
        ("%v", boolean(false), "false"),
        (
            "%v",
            tuple([number("1"), string("a"), null(Type::String)]),
            r#"[1,"a",null]"#,
        ),
        ("%v", null(Type::String), "null"),
    ] {
        check("format", layout, &[value], &format!("{expected:?}"));
    }
}

#[test]
fn verbs_choose_their_values() {
    let values = [string("a"), string("b")];
    check("format", "%[2]s %[1]s %s", &values, r#""b a b""#);
    check("format", "%s", &values, "!2");
    check("format", "a", &values, "!1");
    check("format", "%s %s %s", &values, "!");
    check("format", "%[3]s", &values, "!");
}

#[test]
fn wrong_layouts_and_values_fail() {
    for layout in [
        "%",
        "%z",
        "%é",
        "%5%",
        "%[0]s",
        "%[a]s",
        "%[1]5d",
        "%d",
        "%t",
        "%99999999999d",
        "%1000000000d",
        "%.1000000000f",
        "%[99999999999999999999]s",
        "%q%",
    ] {
        check("format", layout, &[string("a")], "!");
    }
    check("format", "%s", &[null(Type::String)], "!");
    check("format", "%s", &[list(&[])], "!");
    check("format", "%d", &[number("1.5")], "!");
}

#[test]
fn known_pieces_stand_around_unknown_values() {
    let unknown = [unknown()];
    for (layout, expected) in [
        ("ab-%s!", r#"?"ab-"("ab-" _ "!")"#),
        ("ab%5s", r#"?"a"("ab" _)"#),
        ("%s%%", r#"?(_ "%")"#),
        ("a-%%%s", r#"?"a-"("a-" "%" _)"#),
        ("a-", "?"),
        ("a-%z", r#"?"a-""#),
    ] {
        check("format", layout, &unknown, expected);
    }
    let values = [string("x"), unknown[0].clone()];
    check("format", "%s/%s", &values, r#"?("x" "/" _)"#);
}

#[test]
fn lists_are_formatted_element_by_element() {
    let ab = list(&[string("a"), string("b")]);
    let some = list(&[unknown(), string("c")]);
    for (layout, values, expected) in [
        ("%s-%s", vec![ab.clone(), string("x")], r#"["a-x" "b-x"]"#),
        ("%s-%s", vec![ab.clone(), list(&[string("x")])], "!2"),
        ("%s", vec![list(&[])], "[]"),
        ("a", vec![], r#"["a"]"#),
        ("%s", vec![string("x"), string("y")], "!"),
        (
            "%s-%s",
            vec![ab.clone(), some.clone()],
            r#"[?("a" "-" _) "b-c"]"#,
        ),
        // The second list has fallen behind.
        ("%s-%s", vec![some, ab], r#"[?(_ "-" "a") "c-a"]"#),
    ] {
        check("formatlist", layout, &values, expected);
    }
    check(
        "formatlist",
        "%s",
        &[crate::value::testing::unknown(Type::list(Type::String))],
        "?[]",
    );
}
