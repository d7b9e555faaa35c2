//! Tests of what decoders and encoders tell beyond the value: places and known parts.

use std::sync::Arc;

use source::{FileId, Span};

use crate::functions::testing::{NoFiles, call_with, shown};
use crate::value::testing::{boolean, number, object, origin, string, tuple, unknown};
use crate::value::{Data, Made, Origin, Shape, Text, TextPiece, Type, Unknown, Value, normalized};

fn place(start: u32, length: usize) -> Origin {
    let end = start + u32::try_from(length).unwrap();
    Origin::new(Span::new(FileId(0), start, end))
}

fn known(text: &str, start: u32) -> TextPiece {
    TextPiece::Known {
        text: normalized(text),
        origin: place(start, text.len()),
        verbatim: true,
    }
}

/// A string that stands in the file from byte 100 on.
fn literal(text: &str) -> Value {
    let made = Made::Pieces(vec![known(text, 100)]);
    let data = Data::String(Text {
        text: normalized(text),
        made: Some(Arc::new(made)),
    });
    Value::new(data, place(100, text.len()))
}

/// A string with an unknown part between two known ones, the first of which stands at byte 100, the second at 200.
fn template(before: &str, after: &str) -> Value {
    let mut whole = Unknown::clone(unknown(Type::String).unknown().unwrap());
    let hole = TextPiece::Unknown(unknown(Type::String));
    whole.shape = Some(Shape::Text(
        [known(before, 100), hole, known(after, 200)].into(),
    ));
    Value::new(Data::Unknown(Arc::new(whole)), origin())
}

/// The leaves of a value with their places: of unknown ones, with what is known of them.
fn tell(value: &Value) -> String {
    let span = value.origin.span;
    let parts = || value.parts().map(tell).collect::<Vec<_>>();
    match &value.data {
        Data::Tuple(_) => format!("[{}]", parts().join(" ")),
        Data::Object(entries) => {
            let entries = entries
                .keys()
                .zip(parts())
                .map(|(key, part)| format!("{key}={part}"));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(" "))
        }
        Data::String(text) => format!("{:?}@{}..{}", text.text, span.start, span.end),
        Data::Number(number) => format!("{number}@{}..{}", span.start, span.end),
        Data::Unknown(unknown) => format!("?{}", tell_shape(unknown)),
        _ => format!("@{}..{}", span.start, span.end),
    }
}

fn tell_shape(unknown: &Unknown) -> String {
    match &unknown.shape {
        None => String::new(),
        Some(Shape::OneOf(values)) => values.iter().map(tell).collect(),
        Some(
            Shape::Json(value) | Shape::Yaml(value) | Shape::Base64(value) | Shape::Gzip(value),
        ) => {
            format!("({})", tell(value))
        }
        Some(Shape::Entries { entries, .. }) => {
            let entry = |(key, value): (_, &Value)| format!("{key}={}", tell(value));
            format!(
                "{{{}…}}",
                entries.iter().map(entry).collect::<Vec<_>>().join(" ")
            )
        }
        Some(Shape::Text(pieces)) => {
            let piece = |piece: &TextPiece| match piece {
                TextPiece::Known { text, .. } => format!("{text:?}"),
                TextPiece::Unknown(_) => "_".to_owned(),
            };
            format!("({})", pieces.iter().map(piece).collect::<String>())
        }
        Some(_) => "…".to_owned(),
    }
}

#[track_caller]
fn check(name: &str, argument: Value, expected: &str) {
    let result = call_with(&NoFiles, name, vec![argument]);
    let told = result.map_or_else(|failure| format!("fails: {failure}"), |value| tell(&value));
    assert_eq!(told, expected, "{name}");
}

#[test]
fn decoded_values_stand_where_they_are_written() {
    check(
        "jsondecode",
        literal(r#"{"a": 1, "b": ["x"]}"#),
        r#"{a=1@106..107 b=["x"@115..118]}"#,
    );
    check(
        "yamldecode",
        literal("a: 1\nb:\n- x\n- 'y'\n"),
        r#"{a=1@103..104 b=["x"@110..111 "y"@114..117]}"#,
    );
    check("csvdecode", literal("a,b\n1,\"2\"\n"), "@0..0");
    check("jsondecode", string("[1]"), "[1@0..0]");
}

#[test]
fn what_was_encoded_keeps_its_places() {
    let leaf = |text: &str, start| string(text).at(place(start, text.len()));
    let value = object([("a", tuple([leaf("x", 7)])), ("b", leaf("y", 9))]);
    for (encode, decode) in [("jsonencode", "jsondecode"), ("yamlencode", "yamldecode")] {
        let encoded = call_with(&NoFiles, encode, vec![value.clone()]).unwrap();
        check(decode, encoded, r#"{a=["x"@7..8] b="y"@9..10}"#);
    }
    let encoded = call_with(&NoFiles, "base64encode", vec![leaf("z", 11)]).unwrap();
    check("base64decode", encoded, r#""z"@11..12"#);
}

#[test]
fn partly_unknown_values_keep_their_known_parts_in_text() {
    let value = || object([("a", string("x")), ("b", unknown(Type::String))]);
    check("jsonencode", value(), r#"?({a="x"@0..0 b=?})"#);
    check("yamlencode", value(), r#"?({a="x"@0..0 b=?})"#);
    let encoded = call_with(&NoFiles, "jsonencode", vec![value()]).unwrap();
    check("jsondecode", encoded.clone(), r#"?{a="x"@0..0 b=?}"#);
    check("base64encode", encoded, r#"?(?({a="x"@0..0 b=?}))"#);
    assert_eq!(
        shown("jsonencode", [value()]),
        r#"unknown(string) not null "{"…"#
    );
}

#[test]
fn text_with_unknown_parts_is_decoded_with_unknown_leaves() {
    check(
        "jsondecode",
        template(r#"{"a": 1, "b": "x-"#, r#"-y"}"#),
        r#"?{a=1@106..107 b=?("x-"_"-y")}"#,
    );
    check(
        "jsondecode",
        template(r#"{"a": "#, r#", "c": 2}"#),
        r#"?{a=? c=2@207..208}"#,
    );
    check(
        "jsondecode",
        template(r#"{""#, r#"": 1, "b": 2}"#),
        "?{b=2@211..212…}",
    );
    check("jsondecode", template("{", "}"), "?");
    check(
        "yamldecode",
        template("a: 1\nb: x-", "\nc: 3\n"),
        r#"?{a=1@103..104 b=?("x-"_) c=3@204..205}"#,
    );
    check(
        "yamldecode",
        template("a: ", "\nc: 3\n"),
        "?{a=? c=3@204..205}",
    );
}

#[test]
fn damaged_text_is_refused() {
    for text in [
        "",
        "{",
        "[1,",
        "\"\\u12",
        "{\"a\":}",
        "nul",
        "1e",
        "\u{fdd0}",
        "[\u{fdd0}",
    ] {
        assert!(
            shown("jsondecode", [string(text)]).starts_with("fails"),
            "{text}"
        );
    }
    for text in [
        "",
        "a: b: c",
        "[",
        "- a\nb",
        "a: *x",
        "&x [*x]",
        "a: !x b",
        "? [a]\n: b",
        "\u{1}",
    ] {
        assert!(
            shown("yamldecode", [string(text)]).starts_with("fails"),
            "{text}"
        );
    }
    for text in ["", "a,a", "a\n1,2", "a\n\"", "a\nx\"y"] {
        assert!(
            shown("csvdecode", [string(text)]).starts_with("fails"),
            "{text}"
        );
    }
    for text in ["x", "a===", "é"] {
        assert!(
            shown("base64decode", [string(text)]).starts_with("fails"),
            "{text}"
        );
    }
}

#[test]
fn deep_and_repetitive_text_is_refused() {
    let deep = "[".repeat(100_000);
    let lines: String = (1..40)
        .map(|line| format!("a{line}: &a{line} [*a{0}, *a{0}]\n", line - 1))
        .collect();
    let bomb = format!("a0: &a0 x\n{lines}");
    assert!(shown("jsondecode", [string(&deep)]).starts_with("fails"));
    assert!(shown("yamldecode", [string(&deep)]).starts_with("fails"));
    assert!(shown("yamldecode", [string(&bomb)]).starts_with("fails"));
}

#[test]
fn yaml_is_written_as_terraform_writes_it() {
    let texts = tuple([
        string("a\nb\n"),
        string(" a\nb"),
        string("a \nb"),
        string("👍"),
        string(""),
    ]);
    let value = object([
        ("a b", texts),
        ("c", tuple([])),
        ("d", tuple([object([("e", boolean(true))])])),
    ]);
    let expected = "\"a b\":\n- |\n  a\n  b\n- |2-\n   a\n  b\n- \"a \\nb\"\n- \"\\U0001F44D\"\n- \"\"\n\"c\": []\n\"d\":\n- \"e\": true\n";
    assert_eq!(shown("yamlencode", [value]), format!("{expected:?}"));
    assert_eq!(shown("yamlencode", [number("1")]), "\"1\\n...\\n\"");
}

#[test]
fn gzip_is_undone_by_gunzip() {
    for text in ["", "a", "é\n"] {
        let zipped = call_with(&NoFiles, "base64gzip", vec![string(text)]).unwrap();
        assert_eq!(shown("base64gunzip", [zipped]), format!("{text:?}"));
    }
    assert!(shown("base64gunzip", [string("YQ==")]).starts_with("fails"));
    assert_eq!(shown("urldecode", [string("a+b%2Fc%C3%A9")]), "\"a b/cé\"");
    assert!(shown("urldecode", [string("%zz")]).starts_with("fails"));
}

#[test]
fn text_is_encoded_as_iana_names_it() {
    for (encoding, text, expected) in [
        ("UTF-16", "é", "\"/v8A6Q==\""),
        ("utf-16le", "a", "\"YQA=\""),
        ("latin1", "é", "\"6Q==\""),
        ("ISO-8859-15", "€", "\"pA==\""),
        ("IBM037", "a", "\"gQ==\""),
        ("HZ-GB-2312", "中~a", "\"fntWUH59fn5h\""),
        ("Big5", "é", "\"iG0=\""),
        ("EUC-JP", "é", "\"j6ux\""),
        (
            "Shift_JIS",
            "¥",
            "fails at 0: the encoding lacks a character of the string",
        ),
        (
            "nope",
            "a",
            "fails at 1: no encoding with this name is supported",
        ),
    ] {
        assert_eq!(
            shown("textencodebase64", [string(text), string(encoding)]),
            expected,
            "{encoding}"
        );
    }
}
