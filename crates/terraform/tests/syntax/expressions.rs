//! Expressions: operators, steps into values, calls, constructors. Terraform 1.11 gives each the same meaning.

use source::{FileId, SourceFile};
use terraform::syntax::{Places, read_expression};

use crate::show;

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let file = SourceFile::new(FileId(0), "expression", *text);
        let (expression, problems) = read_expression(text, &Places::verbatim(file.id, 0));
        let problems = show::problems(&file, &problems);
        let found = show::expression(&expression);
        let found = if problems.is_empty() {
            found
        } else {
            format!("{found} | {problems}")
        };
        assert_eq!(found, *expected, "{text}");
    }
}

#[test]
fn operators_bind_as_in_hcl() {
    check(&[
        ("1 - 2 - 3", "((1 - 2) - 3)"),
        ("2 * 3 % 4 / 5", "(((2 * 3) % 4) / 5)"),
        ("1 + 2 * 3", "(1 + (2 * 3))"),
        ("1 < 2 == true", "((1 < 2) == true)"),
        ("1 == 2 == false", "((1 == 2) == false)"),
        ("1 == 2 < 3", "(1 == (2 < 3))"),
        ("1 <= 2 != 3 >= 4", "((1 <= 2) != (3 >= 4))"),
        ("a || b && c", "(a || (b && c))"),
        ("a && b == c", "(a && (b == c))"),
        ("a ? b : c ? d : e", "(a ? b : (c ? d : e))"),
        ("a ? b ? c : d : e", "(a ? (b ? c : d) : e)"),
        ("a || b ? c + 1 : d", "((a || b) ? (c + 1) : d)"),
        ("-2 + 3", "(-2 + 3)"),
        ("- 2", "-2"),
        ("- - 1", "--1"),
        ("-a.b", "-a.b"),
        ("!a == b", "(!a == b)"),
        ("!a.b[0]", "!a.b[0]"),
        ("a -1", "(a - 1)"),
        ("-1[*]", "-1[*]<>"),
        ("-1[0].a", "-1[0].a"),
        ("a-1", "a-1"),
        ("(1 + 2) * 3", "(paren((1 + 2)) * 3)"),
    ]);
}

#[test]
fn steps_take_what_follows_them() {
    check(&[
        ("a.b.c", "a.b.c"),
        ("a . b [ 0 ]", "a.b[0]"),
        ("a.0.b", "a.0.b"),
        ("a.0.b.1", "a.0.b.1"),
        ("a.0 .1", "a.0.1"),
        ("a.0.1", "a.0.1 | invalid-index-syntax 1 `0.1`"),
        ("a.*.0.1", "a[*]<.0.1> | invalid-index-syntax 1 `0.1`"),
        ("a.*.*", "a[*]<>[*]<> | nested-splat 1 `*`"),
        ("a.*.b.*.c", "a[*]<.b>[*]<.c> | nested-splat 1 `*`"),
        ("a[*].*", "a[*]<[*]<>>"),
        ("a[\"x\"].b", "a[\"x\"].b"),
        ("a[b.c].d", "a[b.c].d"),
        ("a.*.b.0", "a[*]<.b.0>"),
        ("a.*.b[0]", "a[*]<.b>[0]"),
        ("a[*].b[0].c", "a[*]<.b[0].c>"),
        ("a[*][0]", "a[*]<[0]>"),
        ("a[*].b[*].c", "a[*]<.b[*]<.c>>"),
        ("a[*].b.*.c[0]", "a[*]<.b[*]<.c>[0]>"),
        ("a.*[*].b", "a[*]<>[*]<.b>"),
        ("f(x).y[*]", "f(x).y[*]<>"),
        ("[1, 2][0]", "[1, 2][0]"),
        ("{a = 1}.a", "{\"a\" = 1}.a"),
        ("\"a\"[0]", "\"a\"[0]"),
        ("(a)[*].b", "paren(a)[*]<.b>"),
    ]);
}

#[test]
fn calls_have_arguments_and_namespaces() {
    check(&[
        ("f()", "f()"),
        ("f (a)", "f(a)"),
        ("f(a, b,)", "f(a, b)"),
        ("f(a...)", "f(a...)"),
        ("f(a, [for x in y : x]...)", "f(a, for(x in y : x)...)"),
        ("provider::aws::arn_parse(a)", "provider::aws::arn_parse(a)"),
        ("core::max(1, g(2))", "core::max(1, g(2))"),
        ("f(\n  a, # one\n  b // two\n  ,\n)", "f(a, b)"),
    ]);
}

#[test]
fn constructors_hold_every_form_of_key_and_value() {
    check(&[
        ("[]", "[]"),
        ("[1, [2], {},]", "[1, [2], {}]"),
        ("{}", "{}"),
        ("{ a = 1, b : 2 }", "{\"a\" = 1, \"b\" = 2}"),
        (
            "{\n  a = 1\n\n  b = 2,\n  c = 3 # d\n}",
            "{\"a\" = 1, \"b\" = 2, \"c\" = 3}",
        ),
        (
            "{ \"a b\" = 1, (c) = 2, \"${d}\" = 3 }",
            "{\"a b\" = 1, paren(c) = 2, template(${d}) = 3}",
        ),
        (
            "{ true = 1, null = 2, 3 = 4 }",
            "{\"true\" = 1, \"null\" = 2, 3 = 4}",
        ),
        ("{ a ? b : c : d }", "{(a ? b : c) = d}"),
        ("{ a ? b : c = d ? e : f }", "{(a ? b : c) = (d ? e : f)}"),
        ("{ a.b = 1 }", "{a.b = 1}"),
        ("{ a = 1, a = 2 }", "{\"a\" = 1, \"a\" = 2}"),
        (
            "{ a = [\n1,\n2], b = (\n3) }",
            "{\"a\" = [1, 2], \"b\" = paren(3)}",
        ),
        ("{ a-b = 1 }", "{\"a-b\" = 1}"),
    ]);
}

#[test]
fn for_walks_lists_and_maps() {
    check(&[
        ("[for x in y : x]", "for(x in y : x)"),
        (
            "[for i, x in y : x if x != null]",
            "for(i, x in y : x if (x != null))",
        ),
        ("{for k, v in y : k => v...}", "for(k, v in y : k => v...)"),
        (
            "{for k, v in y : k => v... if v}",
            "for(k, v in y : k => v... if v)",
        ),
        (
            "{\n  for k, v in y\n  : k => v == 1\n  ? [a]\n  : b\n  if (c)\n}",
            "for(k, v in y : k => ((v == 1) ? [a] : b) if paren(c))",
        ),
        (
            "[for x in [for z in y : [z]] : x[0]]",
            "for(x in for(z in y : [z]) : x[0])",
        ),
        (
            "[for x in [1] : [x] if [x] != [1]]",
            "for(x in [1] : [x] if ([x] != [1]))",
        ),
        ("[format(\"x\")]", "[format(\"x\")]"),
    ]);
}

#[test]
fn line_breaks_and_comments_mean_nothing_in_brackets() {
    check(&[
        ("(\n  a\n  +\n  b\n)", "paren((a + b))"),
        ("f(\n  a\n  ? b # c\n  : d /* e */\n)", "f((a ? b : d))"),
        ("a[\n  b\n]", "a[b]"),
        ("[\n  1\n  ,\n  2 // x\n]", "[1, 2]"),
        ("/* a */ 1 /* b\n */ + 2", "(1 + 2)"),
        ("\"${\n  a\n  .b\n}\"", "template(${a.b})"),
        (
            "\"%{ if\n a }b%{\n endif }\"",
            "template(if(a then \"b\" else ))",
        ),
    ]);
}

#[test]
fn numbers_keep_their_digits() {
    check(&[
        ("5", "5"),
        ("1.50", "1.5"),
        ("1e3", "1000"),
        ("1.5E+2", "150"),
        ("25e-1", "2.5"),
        (
            "123456789012345678901234567890",
            "123456789012345678901234567890",
        ),
        ("0.1", "0.1"),
        ("1.2.3", "BROKEN | invalid-number 1 `1.2.3`"),
        ("5foo", "BROKEN | invalid-expression 1 `foo`"),
    ]);
}

#[test]
fn words_are_literals_only_alone() {
    check(&[
        ("null", "null"),
        ("true", "true"),
        ("truer", "truer"),
        ("null == null", "(null == null)"),
        ("nulls.true", "nulls.true"),
    ]);
}

#[test]
fn what_is_no_expression_is_told_at_its_place() {
    check(&[
        ("", "BROKEN | missing-value 1 ``"),
        ("a b", "BROKEN | invalid-expression 1 `b`"),
        ("a +", "BROKEN | invalid-expression 1 `+`"),
        ("a + * b", "BROKEN | invalid-expression 1 `*`"),
        ("a ? b", "BROKEN | invalid-expression 1 `b`"),
        ("a.", "BROKEN | invalid-expression 1 `.`"),
        ("'a'", "BROKEN | unexpected-text 1 `'`"),
        ("a & b", "BROKEN | unexpected-text 1 `&`"),
        ("[1 2, 3]", "[BROKEN, 3] | invalid-expression 1 `2`"),
        ("[1,, 3]", "[1, 3] | missing-value 1 `,`"),
        (
            "{ a = , b = 2 }",
            "{\"a\" = BROKEN, \"b\" = 2} | missing-value 1 `a =`",
        ),
        (
            "{ a, b = 2 }",
            "{\"a\" = BROKEN, \"b\" = 2} | missing-value 1 `a`",
        ),
        ("f(a, b c)", "f(a, BROKEN) | invalid-expression 1 `c`"),
        ("()", "paren(BROKEN) | missing-value 1 `()`"),
        ("a[]", "a[BROKEN] | missing-value 1 `[]`"),
        ("[for x y : x]", "BROKEN | invalid-expression 1 `y`"),
        ("{for x in y : x}", "BROKEN | invalid-expression 1 `}`"),
        ("{ for = 1 }", "BROKEN | invalid-expression 1 `=`"),
        ("(1", "BROKEN | unclosed-bracket 1 `(`"),
        ("[1, (2]", "[1, BROKEN] | unclosed-bracket 1 `(`"),
        ("1)", "BROKEN | unexpected-text 1 `)`"),
        ("\"a", "BROKEN | unclosed-string 1 `\"`"),
        ("f(\"a)", "BROKEN | unclosed-string 1 `\"`"),
    ]);
}
