//! What is read of text: values, their places, comments and problems.

use expect_test::{Expect, expect};

use crate::support::dump;

#[track_caller]
fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&dump(text));
}

#[test]
fn scalars_have_the_span_of_their_text() {
    check(
        "plain: text here  # behind\n\"double\": \"a\\tb\"\n'single': 'it''s'\nlines: one\n  two\nempty:\nnumber: 0x1F\ntagged: !!str 12\n",
        &expect![[r##"
            document 0..116
              Map
                plain "plain": String("text here") "text here"
                double "\"double\"": String("a\tb") "\"a\\tb\""
                single "'single'": String("it's") "'it''s'"
                lines "lines": String("one two") "one\n  two"
                empty "empty": Null ""
                number "number": Int(31) "0x1F"
                tagged "tagged": String("12") "12"
            comment behind "# behind"
        "##]],
    );
}

#[test]
fn block_scalars_reach_from_their_sign_to_their_last_line_of_text() {
    check(
        "literal: |  # head\n\n  one\n    two\n\n\nfolded: >-\n  one\n  two\nnothing: |+\nend: 1\n",
        &expect![[r##"
            document 0..78
              Map
                literal "literal": String("\none\n  two\n") "|  # head\n\n  one\n    two"
                folded "folded": String("one two") ">-\n  one\n  two"
                nothing "nothing": String("") "|+"
                end "end": Int(1) "1"
            comment behind "# head"
        "##]],
    );
    check(
        "lists:\n- |1-\n  one\n- !!str >\n  two\n-   |\n   three",
        &expect![[r#"
        document 0..49
          Map
            lists "lists": List
              String(" one") "|1-\n  one"
              String("two\n") ">\n  two"
              String("three\n") "|\n   three"
    "#]],
    );
}

#[test]
fn lists_and_maps_end_with_their_last_child() {
    check(
        "a:\n- 1\n-\n- - x\n  - y: z # c\n    w:\n\n# end\nb: {c: [d, e ], f: }\n",
        &expect![[r##"
        document 0..63
          Map
            a "a": List
              Int(1) "1"
              Null ""
              List
                String("x") "x"
                Map
                  true "y": String("z") "z"
                  w "w": Null ""
            b "b": Map
              c "c": List
                String("d") "d"
                String("e") "e"
              f "f": Null ""
        comment behind "# c"
        comment alone "# end"
    "##]],
    );
    check(
        "? a\n: b\n? c\n? - d\n",
        &expect![[r#"
        document 0..18
          Map and more
            a "a": String("b") "b"
            c "c": Null ""
        Error complex-key at "": a list or map can't be a key in JSON
    "#]],
    );
}

#[test]
fn spans_count_bytes_of_any_text() {
    check(
        "\u{feff}größe: ü\r\n𝄞: \"é\"\r\nc: |\r\n  ä\r\n",
        &expect![[r#"
        document 0..40
          Map
            größe "größe": String("ü") "ü"
            𝄞 "𝄞": String("é") "\"é\""
            c "c": String("ä\n") "|\r\n  ä"
    "#]],
    );
}

#[test]
fn aliases_are_copies_with_the_text_of_the_anchor() {
    check(
        "a: &x {b: [1]}\nc: *x\nd: [*x, *y]\ne: &z [*z]\n&k key: *k\n",
        &expect![[r#"
        document 0..55
          Map
            a "a": Map
              b "b": List
                Int(1) "1"
            c "c": Map through *x
              b "b": List
                Int(1) "1"
            d "d": List
              Map through *x
                b "b": List
                  Int(1) "1"
              Unknown, as its alias leads to nothing "*y"
            e "e": List
              Unknown, as its alias leads to itself "*z"
            key "key": String("key") "*k"
        Error undefined-alias at "*y": no anchor of this name stands before the alias
        Error alias-cycle at "*z": the value of this anchor holds the alias
    "#]],
    );
}

#[test]
fn merged_keys_override_what_stands_before_and_yield_to_what_stands_behind() {
    check(
        "base: &b {x: 1, y: 2}\nm:\n  x: 3\n  <<: *b\n  y: 4\nn: {<<: [{x: 5}, *b], z: 6}\n",
        &expect![[r#"
        document 0..76
          Map
            base "base": Map
              x "x": Int(1) "1"
              true "y": Int(2) "2"
            m "m": Map
              x "x": Int(1) "1" through *b
              true "y": Int(4) "4"
            false "n": Map
              true "y": Int(2) "2" through *b
              x "x": Int(5) "5" through <<
              z "z": Int(6) "6"
        Warning merge-override at "*b": `x` before the merge is overridden by it, unlike in other readers of YAML
    "#]],
    );
    check(
        "m: {<<: 1, <<: [2], <<: *nowhere}\n",
        &expect![[r#"
        document 0..34
          Map
            m "m": Map "{<<: 1, <<: [2], <<: *nowhere}" and more
        Error merge-value at "1": only a map or a list of maps can be merged
        Error merge-value at "[2]": only a map or a list of maps can be merged
        Error undefined-alias at "*nowhere": no anchor of this name stands before the alias
    "#]],
    );
}

#[test]
fn the_last_of_equal_keys_wins() {
    check(
        "a: 1\nb: 2\na: {c: 3}\n",
        &expect![[r#"
        document 0..20
          Map
            b "b": Int(2) "2"
            a "a": Map
              c "c": Int(3) "3"
        Warning duplicate-key at "a": `a` was already set on line 1; only the last one counts
    "#]],
    );
    check(
        "1: a\n\"1\": b\n",
        &expect![[r#"
        document 0..12
          Map
            1 "\"1\"": String("b") "b"
        Warning duplicate-key at "\"1\"": `1` was already set on line 1; only the last one counts
    "#]],
    );
}

#[test]
fn what_json_cant_hold_is_unknown() {
    check(
        "a: .nan\nb: -.inf\n~: c\n? [d]\n: e\nf: !!int g\n18446744073709551615: h\n",
        &expect![[r#"
        document 0..67
          Map and more
            a "a": Unknown, as JSON can't hold the number ".nan"
            b "b": Unknown, as JSON can't hold the number "-.inf"
            f "f": Unknown, as its tag and its text contradict each other "g"
        Error not-a-json-number at ".nan": JSON can hold neither infinity nor NaN
        Error not-a-json-number at "-.inf": JSON can hold neither infinity nor NaN
        Error null-key at "~": null can't be a key in JSON
        Error complex-key at "[": a list or map can't be a key in JSON
        Error tag-mismatch at "g": the text is not a whole number as its tag says
        Error number-key at "18446744073709551615": a number of this size can't be a key
    "#]],
    );
}

#[test]
fn documents_are_parted_like_kubectl_parts_them() {
    check(
        "# head\n---\na: 1\n--- # c\n\n---   \nb: 2\n...\n",
        &expect![[r##"
        document 0..16
          Map
            a "a": Int(1) "1"
        document 25..41
          Map
            b "b": Int(2) "2"
        comment alone "# head"
        comment behind "# c"
    "##]],
    );
    check(
        "---\r\na: 1\r\n---\r\nb: 2\r\n",
        &expect![[r#"
        document 0..11
          Map
            a "a": Int(1) "1"
        document 11..22
          Map
            b "b": Int(2) "2"
    "#]],
    );
}

#[test]
fn what_kubectl_parts_differently_is_told() {
    check(
        "a: 1\n...\nb: 2\n--- {c: 3}\n",
        &expect![[r#"
        document 0..9
          Map
            a "a": Int(1) "1"
        document 9..14
          Map
            b "b": Int(2) "2"
        document 14..25
          Map
            c "c": Int(3) "3"
        Warning document-marker at "b: 2": kubectl does not read what follows `...` without `---`
        Warning document-marker at "--- {c: 3}": kubectl takes nothing but a comment on the line of `---`
    "#]],
    );
    check(
        "%YAML 1.2\n---\na: 1\n",
        &expect![[r#"
        document 0..19
          Map
            a "a": Int(1) "1"
        Warning directive at "%YAML 1.2": kubectl takes no directives
    "#]],
    );
}

#[test]
fn json_values_may_stand_one_behind_the_other() {
    check(
        "{\"a\": \"\\ud834\\udd1e\\/\\u00e9\"}\t{\"b\":[1.50,-0,1E400,null]}\n",
        &expect![[r#"
        document 0..29
          Map
            a "\"a\"": String("𝄞/é") "\"\\ud834\\udd1e\\/\\u00e9\""
        document 29..56
          Map
            b "\"b\"": List
              Float(1.5) "1.50"
              Int(0) "-0"
              Unknown, as JSON can't hold the number "1E400"
              Null "null"
        Error not-a-json-number at "1E400": JSON can hold neither infinity nor NaN
    "#]],
    );
    check(
        "{\"a\": 1}\n---\nb: 2\n",
        &expect![[r#"
        document 0..8
          Map
            a "\"a\"": Int(1) "1"
        document 9..18
          Map
            b "b": Int(2) "2"
    "#]],
    );
    check(
        "{a: 1, b: [c], }\n",
        &expect![[r#"
        document 0..17
          Map
            a "a": Int(1) "1"
            b "b": List
              String("c") "c"
    "#]],
    );
}

#[test]
fn json_takes_keys_longer_than_yaml_does() {
    let key = "k".repeat(2000);
    let found = dump(&format!("{{\"{key}\":\n 1}}"));
    assert!(
        found.contains("Int(1)") && !found.contains("Error"),
        "{found}"
    );
}

#[test]
fn what_the_api_server_refuses_is_told() {
    check(
        "a:\n\tb: 1\nc: -\td\n",
        &expect![[r#"
        document 0..16
          Map
            a "a": Unknown, as the text here can't be read ""
            c "c": Unknown, as the text here can't be read ""
        Error syntax at "b: 1": tabs can't indent
        Error syntax at "-\td": this does not fit what stands above: is the indentation right?
    "#]],
    );
    check(
        "a: [http://x/?y=1, :z, k:, \"q\": \"\\/\"]\nb: &ü c\n",
        &expect![[r#"
        document 0..47
          Map
            a "a": List
              String("http://x/?y=1") "http://x/?y=1"
              String(":z") ":z"
              Map
                k "k": Null ""
              Map
                q "\"q\"": String("/") "\"\\/\""
            b "b": String("c") "c"
        Warning yaml-dialect at "http://x/?y=1": in brackets, kubectl takes no text with a question mark and no quotes
        Warning yaml-dialect at ":z": in brackets, kubectl takes a leading `:` or `?` for the sign of a value or key: quote the text
        Warning yaml-dialect at ":": in brackets, kubectl takes the colon for a part of the text: put a blank behind it
        Warning yaml-dialect at "\"\\/\"": kubectl takes neither `\/` nor pairs of surrogates in YAML
        Warning yaml-dialect at "&ü": kubectl takes only letters of English, digits, `-` and `_` in the name of an anchor
    "#]],
    );
    check(
        "a: \u{1}\n",
        &expect![[r#"
        document 0..5
          Map
            a "a": Unknown, as the text here can't be read ""
        Error syntax at "\u{1}": unexpected character: `\u{1}'
        Warning control-character at "\u{1}": kubectl takes no control characters outside of escapes
    "#]],
    );
    check(
        "a: [b,\nc]\nd: \"e\nf\"\n",
        &expect![[r#"
        document 0..19
          Map
            a "a": List
              String("b") "b"
              String("c") "c"
            d "d": String("e f") "\"e\nf\""
        Warning shallow-indentation at "c]": YAML wants text that goes on over lines indented deeper than the list or map around it, though kubectl takes it
        Warning shallow-indentation at "\"e\nf\"": YAML wants text that goes on over lines indented deeper than the list or map around it, though kubectl takes it
    "#]],
    );
}
