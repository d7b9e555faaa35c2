//! Lists that may have more elements than are known, and texts of which parts are unknown.

use super::{OPEN, check, verdict};

#[test]
fn a_fault_in_an_element_that_may_be_there_is_a_fail() {
    check(
        ".some[] | .a | select(. == 1)",
        "some: [{a: 1}]",
        "fail some[0].a: found",
    );
    check(
        "select(.b) | .some[].a | select(. == 1)",
        "{b: true, some: [{a: 1}]}",
        "fail some[0].a: found",
    );
    check(".some[] | .a | select(. == 1)", "some: [{a: 2}]", "pass");
    check(
        ".some[] | .a | select(. == 1)",
        "some: [{a: !unknown x}]",
        OPEN,
    );
    check(
        ".some[] | .some[] | select(. == 1)",
        "some: [{some: [2, 1]}]",
        "fail some[0].some[1]: found",
    );
    check(
        ".some[0].a | select(. == 1)",
        "some: [{a: 1}]",
        "fail some[0].a: found",
    );
}

#[test]
fn whether_an_element_is_there_that_may_be_there_is_a_question() {
    for query in [
        "select([.some[] | select(.a == 1)] | length == 0) | .b",
        "select(any(.some[]; .a == 1)) | .b",
        "select(any(.some[]; .a == 1) | not) | .b",
        "select(.some | length == 0) | .b",
        "select(.some == []) | .b",
        "select(.some[0] == null) | .b",
        "select(.some[1] == null) | .b",
        "select(first(.some[]).a == 1) | .b",
    ] {
        check(query, "{b: true, some: [{a: 1}]}", OPEN);
    }
}

#[test]
fn entries_of_an_unknown_map_are_questions() {
    let query = "select(any(.a | to_entries[]; .key == \"k\" and .value == 1)) | .b";
    check(query, "{b: true, a: !unknown x}", OPEN);
    check(query, "{b: true, a: {k: !unknown x}}", OPEN);
    check(query, "{b: true, a: {k: 2}}", "pass");
}

#[test]
fn elements_that_are_there_answer_before_those_that_may_be() {
    let text = "{b: true, some: [{a: 2}, {a: 1}]}";
    for (query, expected) in [
        ("select(.some | length == 0) | .b", "pass"),
        ("select(any(.some[]; .a == 2)) | .b", "fail b: found"),
        ("select(any(.some[]; .a == 3)) | .b", "pass"),
        ("select(.some[0].a == 2) | .b", "fail b: found"),
        (
            "select([.some[] | select(.a == 2)] | length == 0) | .b",
            "pass",
        ),
        ("select(any(.some[]; .a == 1)) | .b", OPEN),
    ] {
        check(query, text, expected);
    }
}

#[test]
fn each_output_of_a_generator_has_questions_of_its_own_where_some_may_not_be_there() {
    let element = |name: &str| format!("{{a: !unknown {name}, b: 1, c: 2, d: 3, e: 4}}");
    let all = ["u", "v", "w", "x", "y"].map(element).join(", ");
    let query = ".some[] | select(.a == 1) | .b";
    check(query, &format!("some: [{all}]"), &[OPEN; 5].join("\n"));
}

#[test]
fn known_parts_of_a_text_answer_what_they_decide() {
    for (question, text, expected) in [
        ("startswith(\"arn:\")", "arn:...", Some(true)),
        ("startswith(\"s3:\")", "arn:...", Some(false)),
        ("startswith(\"arn:aws\")", "arn:...", None),
        ("endswith(\"/*\")", "...x/*", Some(true)),
        ("endswith(\"/b\")", "...x/*", Some(false)),
        ("endswith(\"yx/*\")", "...x/*", None),
        (". == \"\"", "...x", Some(false)),
        (". == \"a\"", "a...b", Some(false)),
        (". == \"ab\"", "a...b", None),
        ("length == 0", "a...b", Some(false)),
        ("length > 1", "a...b", Some(true)),
        ("length > 2", "a...b", None),
        ("contains(\"key\")", "...a key...", Some(true)),
        ("contains(\"key\")", "...k...ey", None),
        ("test(\"b\")", "...abc...", Some(true)),
        ("test(\"bc$\")", "...abc", Some(true)),
        ("test(\"bc$\")", "...abc...", None),
        ("test(\"^ab\")", "abc...", Some(true)),
        ("test(\"^ab\")", "...abc", None),
        ("test(\"\\\\bbc\\\\b\")", "... bc ...", Some(true)),
        ("test(\"\\\\bbc\\\\b\")", "...bc ...", None),
        ("test(\"^http://\")", "https://...", Some(false)),
        ("test(\"^https?://\")", "ftp...", Some(false)),
        ("test(\"^https?://\")", "htt...", None),
        ("test(\"^a|b\")", "x...", None),
    ] {
        let found = verdict(
            &format!("select(.a | {question}) | .b"),
            "found",
            &format!("{{a: \"{text}\", b: 1}}"),
        );
        let expected = match expected {
            Some(true) => "fail b: found",
            Some(false) => "pass",
            None => OPEN,
        };
        assert_eq!(found, expected, "{text}: {question}");
    }
}
