//! Attributes, blocks and comments.

use source::{FileId, SourceFile};
use terraform::syntax::{Expression, ExpressionKind, read};

use crate::{invariants, show};

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let file = SourceFile::new(FileId(0), "main.tf", *text);
        let document = read(&file);
        invariants::check_document(&file, &document);
        let found = show::body(&document.body);
        let problems = show::problems(&file, &document.problems);
        let found = format!("{found} | {problems}");
        assert_eq!(found.trim_end_matches(" | "), *expected, "{text}");
    }
}

#[test]
fn bodies_hold_attributes_and_blocks() {
    check(&[
        ("", ""),
        ("a = 1", "a = 1"),
        ("a = 1\n\nb = \"x\"\n", "a = 1; b = \"x\""),
        ("a {}", "a {  }"),
        ("a { b = 1 }\n", "a { b = 1 }"),
        (
            "resource \"x\" \"y\" {\n  a = 1\n  b {\n    c = 2\n  }\n  b {\n  }\n}\n",
            "resource x y { a = 1; b { c = 2 }; b {  } }",
        ),
        ("a b \"c\\\"d\" {\n}", "a b c\"d {  }"),
        (
            "\u{feff}a = 1\r\nb {\r\n  c = [\r\n    2,\r\n  ]\r\n}\r\n",
            "a = 1; b { c = [2] }",
        ),
        (
            "a = {\n  b = 1\n}\nc = <<EOT\n}\nEOT\nd = 2\n",
            "a = {\"b\" = 1}; c = \"}\\n\"; d = 2",
        ),
        ("é-1 = 1", "é-1 = 1"),
    ]);
}

#[test]
fn what_stands_on_the_wrong_line_is_read_nevertheless() {
    check(&[
        ("a = 1, b = 2", "a = 1 | missing-newline 1 `,`"),
        ("a { b = 1, c = 2 }", "a { b = 1 } | missing-newline 1 `,`"),
        ("a { b = 1\n}", "a { b = 1 } | missing-newline 1 `⏎`"),
        (
            "a { b = 1\n  c = 2 }",
            "a { b = 1; c = 2 } | missing-newline 1 `⏎`",
        ),
        ("a {\n  b = 1 }", "a { b = 1 } | missing-newline 2 `}`"),
        ("a { b {} }", "a { b {  } } | missing-newline 1 `b {`"),
        ("a {} b {}", "a {  }; b {  } | missing-newline 1 `b`"),
        (
            "a \"b\"\n{\n  c = 1\n}\n",
            "a b { c = 1 } | missing-brace 2 `{`",
        ),
    ]);
}

#[test]
fn broken_items_leave_the_others() {
    check(&[
        (
            "a = 1\na = 2\nb = 3",
            "a = 1; b = 3 | duplicate-attribute 2 `a`",
        ),
        ("a = \nb = 2", "a = BROKEN; b = 2 | missing-value 1 `a =`"),
        (
            "a = 1 +\nb = 2",
            "a = BROKEN; b = 2 | invalid-expression 1 `+`",
        ),
        (
            "a = 1 2\nb = 2",
            "a = BROKEN; b = 2 | invalid-expression 1 `2`",
        ),
        ("a: 1\nb = 2", "a = 1; b = 2 | colon-for-equals 1 `:`"),
        ("\"a\" = 1\nb = 2", "a = 1; b = 2 | quoted-name 1 `\"a\"`"),
        (
            "encrypt\nb = 2",
            "encrypt = BROKEN; b = 2 | missing-value 1 `encrypt`",
        ),
        ("a.b = 1\nb = 2", "b = 2 | unexpected-text 1 `a`"),
        ("= 1\nb = 2", "b = 2 | unexpected-text 1 `=`"),
        ("}\nb = 2", "b = 2 | unexpected-text 1 `}`"),
        ("a \"b\" c\nb = 2", "b = 2 | missing-brace 1 `a \"b\" c`"),
        ("a \"${x}\" {\n}\n", "a  {  } | computed-name 1 `${`"),
        ("a = \"\\x\"", "a = ~\"x\" | invalid-escape 1 `\\x`"),
        ("a = \"\\u12\"", "a = ~\"u12\" | invalid-escape 1 `\\u`"),
        (
            "a = <<EOT \nx\n",
            "a = BROKEN; x = BROKEN | invalid-expression 1 `<`; missing-value 2 `x`",
        ),
    ]);
}

#[test]
fn comments_have_text_and_place() {
    let text = "# one\na = [ // two\n  1, /* three */ 2 /* four\n five */\n]\n#six\r\nb = \"# no ${x /* seven */}\"\nc = <<EOT\n# no\nEOT\n";
    let file = SourceFile::new(FileId(0), "main.tf", text);
    let document = read(&file);
    let found: Vec<_> = document
        .comments
        .iter()
        .map(|comment| {
            (
                file.slice(comment.span),
                comment.text.as_str(),
                comment.own_line,
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("# one", "one", true),
            ("// two", "two", false),
            ("/* three */", "three", false),
            ("/* four\n five */", "four\n five", false),
            ("#six", "six", true),
            ("/* seven */", "seven", false),
        ]
    );
    assert_eq!(document.problems, []);
}

/// The texts of the spans of a tree of operators, calls and steps, from the outside in.
fn spans(file: &SourceFile, expression: &Expression, found: &mut Vec<String>) {
    found.push(show::slice(file, expression.span));
    let mut all = |parts: &[Expression]| parts.iter().for_each(|part| spans(file, part, found));
    match &expression.kind {
        ExpressionKind::Binary(_, parts) => all(&parts[..]),
        ExpressionKind::Conditional(parts) => all(&parts[..]),
        ExpressionKind::Tuple(items) => all(items),
        ExpressionKind::Unary(_, value) | ExpressionKind::Parenthesis(value) => {
            spans(file, value, found);
        }
        ExpressionKind::Attribute(value, name) => {
            found.push(show::slice(file, name.span));
            spans(file, value, found);
        }
        ExpressionKind::Index(value, index) => {
            spans(file, index, found);
            spans(file, value, found);
        }
        ExpressionKind::Call(call) => {
            found.push(show::slice(file, call.name.span));
            call.arguments
                .iter()
                .for_each(|part| spans(file, part, found));
        }
        ExpressionKind::Splat(splat) => spans(file, &splat.source, found),
        ExpressionKind::For(parts) => {
            found.push(show::slice(file, parts.value_name.span));
            spans(file, &parts.collection, found);
            spans(file, &parts.value, found);
        }
        _ => {}
    }
}

#[track_caller]
fn check_spans(text: &str, expected: &[&str]) {
    let file = SourceFile::new(FileId(0), "main.tf", format!("é = {text}\n"));
    let document = read(&file);
    assert_eq!(document.problems, []);
    let mut found = Vec::new();
    spans(&file, &document.body.attributes[0].value, &mut found);
    assert_eq!(found, expected);
}

#[test]
fn spans_are_exact() {
    check_spans("a  +  - 12", &["a  +  - 12", "a", "- 12", "12"]);
    check_spans(
        "a . b [ \"c\" ]",
        &["a . b [ \"c\" ]", "\"c\"", "a . b", "b", "a"],
    );
    check_spans(
        "f ( a , \"é${b}\" ) [0]",
        &[
            "f ( a , \"é${b}\" ) [0]",
            "0",
            "f ( a , \"é${b}\" )",
            "f",
            "a",
            "\"é${b}\"",
        ],
    );
    check_spans("a[*].b . c # d", &["a[*].b . c", "a"]);
    check_spans("a.*.b[0]", &["a.*.b[0]", "0", "a.*.b", "a"]);
    check_spans(
        "x ? ( y ) : [1, 2]",
        &["x ? ( y ) : [1, 2]", "x", "( y )", "y", "[1, 2]", "1", "2"],
    );
    check_spans(
        "[for v in c : v + 1]",
        &["[for v in c : v + 1]", "v", "c", "v + 1", "v", "1"],
    );
    check_spans("a::b(c)", &["a::b(c)", "a::b", "c"]);
    check_spans("<<EOT\nx\n  EOT\n", &["<<EOT⏎x⏎  EOT"]);
    check_spans("!a && b", &["!a && b", "!a", "a", "b"]);
    check_spans(
        "1 + 2 * 3 - 4",
        &["1 + 2 * 3 - 4", "1 + 2 * 3", "1", "2 * 3", "2", "3", "4"],
    );
}

#[test]
fn spans_of_blocks_are_exact() {
    let text = "resource \"a\" b {\n  c { d = 1 }\n}\n";
    let file = SourceFile::new(FileId(0), "main.tf", text);
    let document = read(&file);
    let block = &document.body.blocks[0];
    let inner = &block.body.blocks[0];
    let slices = [
        block.span,
        block.kind.span,
        block.labels[0].span,
        block.labels[1].span,
        block.body.span,
        inner.span,
        inner.body.span,
    ];
    assert_eq!(
        slices.map(|span| file.slice(span)),
        [
            text.trim_end(),
            "resource",
            "\"a\"",
            "b",
            "\n  c { d = 1 }\n",
            "c { d = 1 }",
            " d = 1 ",
        ]
    );
}
