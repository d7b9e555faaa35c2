//! What is read of half-typed and broken text: all that does not depend on the broken part, and
//! where more may be.

use expect_test::{Expect, expect};

use crate::support::dump;

#[track_caller]
fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&dump(text));
}

#[test]
fn a_key_without_a_colon_leaves_the_rest() {
    check(
        "metadata:\n  name: web\n  lab",
        &expect![[r#"
        document 0..27
          Map
            metadata "metadata": Map and more
              name "name": String("web") "web"
        Error syntax at "lab": a key needs a colon behind it
    "#]],
    );
    check(
        "metadata:\n  lab\n  name: web\nkind: Pod\n",
        &expect![[r#"
        document 0..38
          Map
            metadata "metadata": Map and more
              name "name": String("web") "web"
            kind "kind": String("Pod") "Pod"
        Error syntax at "lab": a key needs a colon behind it
    "#]],
    );
    check(
        "spec\n  containers:\n  - name: a\nkind: Pod\n",
        &expect![[r#"
        document 0..41
          Map and more
            kind "kind": String("Pod") "Pod"
        Error syntax at "spec\n  containers:\n  - name: a": a key needs a colon behind it
    "#]],
    );
}

#[test]
fn an_open_quote_leaves_the_rest() {
    check(
        "a: \"x\nb: \"y\"\nc: 1\n",
        &expect![[r#"
        document 0..18
          Map
            a "a": Unknown, as the text here can't be read ""
            b "b": String("y") "\"y\""
            c "c": Int(1) "1"
        Error syntax at "\"x": the quote is not closed
    "#]],
    );
    check(
        "a: 'x\nb: 1\n",
        &expect![[r#"
        document 0..11
          Map
            a "a": Unknown, as the text here can't be read ""
            b "b": Int(1) "1"
        Error syntax at "'x": the quote is not closed
    "#]],
    );
    check(
        "- name: x\n  image: \"foo\n  env:\n  - name: A\n    value: \"b\"\n- name: z\n",
        &expect![[r#"
        document 0..68
          List
            Map
              name "name": String("x") "x"
              image "image": Unknown, as the text here can't be read ""
              env "env": List
                Map
                  name "name": String("A") "A"
                  value "value": String("b") "\"b\""
            Map
              name "name": String("z") "z"
        Error syntax at "\"foo": the quote is not closed
    "#]],
    );
}

#[test]
fn an_open_bracket_leaves_the_rest() {
    check(
        "a:\n  b: [1, 2\nc: 3\n",
        &expect![[r#"
        document 0..19
          Map
            a "a": Map
              b "b": Unknown, as the text here can't be read ""
            c "c": Int(3) "3"
        Error syntax at "[1, 2": the bracket is not closed
    "#]],
    );
    check(
        "a: {b: 1\nc: 2\n",
        &expect![[r#"
        document 0..14
          Map
            a "a": Unknown, as the text here can't be read ""
            c "c": Int(2) "2"
        Error syntax at "{b: 1": the bracket is not closed
    "#]],
    );
    check(
        "a: [b]]\nc: d\n",
        &expect![[r#"
        document 0..13
          Map
            a "a": Unknown, as the text here can't be read ""
            c "c": String("d") "d"
        Error syntax at "[b]]": misplaced bracket
    "#]],
    );
}

#[test]
fn wrong_indentation_leaves_the_rest() {
    check(
        "x:\n- name: a\n image: b\n  env: c\n- d\n",
        &expect![[r#"
        document 0..36
          Map
            x "x": List and more
              Map and more
                name "name": String("a") "a"
                env "env": String("c") "c"
              String("d") "d"
        Error syntax at "image: b": this does not fit what stands above: is the indentation right?
    "#]],
    );
    check(
        "a: b\n\tc: d\ne: f\n",
        &expect![[r#"
        document 0..16
          Map and more
            a "a": String("b") "b"
            e "e": String("f") "f"
        Error syntax at "c: d": tabs can't indent
    "#]],
    );
    check(
        "a: b: c\nd: e\n",
        &expect![[r#"
        document 0..13
          Map
            a "a": Unknown, as the text here can't be read ""
            d "d": String("e") "e"
        Error syntax at "b: c": a colon can't stand here: text with a colon and a blank needs quotes
    "#]],
    );
}

#[test]
fn half_typed_json_keeps_what_stands_before() {
    check(
        "{\"kind\": \"Pod\",\n  \"metadata\": {\"name\": \"x\", \"lab",
        &expect![[r#"
        document 0..48
          Map and more
            kind "\"kind\"": String("Pod") "\"Pod\""
            metadata "\"metadata\"": Map and more
              name "\"name\"": String("x") "\"x\""
        Error syntax at "\"lab": this is not JSON
    "#]],
    );
    check(
        "{\"a\": 1,\n  \"b\": 2\n  \"c\": 3,\n  \"d\": 4\n}\n",
        &expect![[r#"
        document 0..39
          Map and more
            a "\"a\"": Int(1) "1"
            c "\"c\"": Int(3) "3"
            d "\"d\"": Int(4) "4"
        Error syntax at "\"b\": 2": expected a comma or a closing brace
    "#]],
    );
}

#[test]
fn a_broken_document_leaves_the_others() {
    check(
        "a: 1\n---\nb: [\n---\nc: 3\n",
        &expect![[r#"
        document 0..5
          Map
            a "a": Int(1) "1"
        document 5..14
          Map
            b "b": Unknown, as the text here can't be read ""
        document 14..23
          Map
            c "c": Int(3) "3"
        Error syntax at "[": the bracket is not closed
    "#]],
    );
}

#[test]
fn text_of_a_template_is_told_apart() {
    check(
        "kind: Pod\nmetadata:\n  name: {{ .Values.name }}\nspec: {}\n---\na: \"{{ quoted }}\"\n",
        &expect![[r#"
        document 0..56
          Map and more
            kind "kind": String("Pod") "Pod"
            metadata "metadata": Unknown, as the text here can't be read ""
        document 56..78
          Map
            a "a": String("{{ quoted }}") "\"{{ quoted }}\""
        Error template-text at "{{ .Values.name }}": this is text of a template, not YAML
    "#]],
    );
    check(
        "{{- if .Values.x }}\nkind: Pod\n{{- end }}\n",
        &expect![[r#"
        Error template-text at "{{- if .Values.x }}": this is text of a template, not YAML
    "#]],
    );
}

#[test]
fn a_comment_without_a_blank_before_it_is_left_out() {
    check(
        "a: \"v\"# c\nb: [x,#d\n  y]\n",
        &expect![[r##"
        document 0..24
          Map
            a "a": String("v") "\"v\""
            b "b": List
              String("x") "x"
              Bool(true) "y"
        comment behind "# c"
        comment behind "#d"
        Warning joined-comment at "# c": a comment needs a blank before it, though kubectl takes it without
        Warning joined-comment at "#d": a comment needs a blank before it, though kubectl takes it without
    "##]],
    );
}
