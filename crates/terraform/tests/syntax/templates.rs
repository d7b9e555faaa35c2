//! Strings, heredocs and templates. The results are those of Terraform 1.11 (`terraform plan` of an output).

use source::{FileId, SourceFile};
use terraform::syntax::{
    Expression, ExpressionKind, Places, TemplatePart, read_expression, read_template,
};

use crate::show;

/// What the template renders to. `for` walks tuples of literals, and `if` takes literals.
fn render(parts: &[TemplatePart], local: &str) -> String {
    let part = |part: &TemplatePart| match part {
        TemplatePart::Literal { text, .. } => text.to_string(),
        TemplatePart::Interpolation(value) if show::expression(value) == "x" => local.to_owned(),
        TemplatePart::Interpolation(value) => show::expression(value),
        TemplatePart::If(parts) => {
            let holds = show::expression(&parts.condition) == "true";
            let taken = if holds { &parts.then } else { &parts.otherwise };
            render(taken, local)
        }
        TemplatePart::For(parts) => {
            let ExpressionKind::Tuple(items) = &parts.collection.kind else {
                panic!("a tuple is expected");
            };
            let item = |item: &Expression| render(&parts.body, &show::expression(item));
            items.iter().map(item).collect()
        }
    };
    parts.iter().map(part).collect()
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let file = SourceFile::new(FileId(0), "expression", *text);
        let (expression, problems) = read_expression(text, &Places::verbatim(file.id, 0));
        assert_eq!(show::problems(&file, &problems), "", "{text}");
        let ExpressionKind::Template(parts) = &expression.kind else {
            panic!("{text} is no template");
        };
        assert_eq!(render(parts, ""), *expected, "{text}");
        let end = text.trim_end().len() as u32;
        assert_eq!((expression.span.start, expression.span.end), (0, end));
    }
}

#[test]
fn escapes_stand_for_characters() {
    check(&[
        (r#""""#, ""),
        (r#""a\n\r\t\"\\b""#, "a\n\r\t\"\\b"),
        (r#""\u00e9\U0001F600é""#, "é😀é"),
        (r#""$${x} %%{y} $x % $ %""#, "${x} %{y} $x % $ %"),
        (r#""$$${1} $$$${1} $${~ 1}""#, "$${1} $$${1} ${~ 1}"),
        (r#""%%%{x}""#, "%%{x}"),
        (
            "<<EOT\n\\n $${x} %%{y} \"q\"\nEOT\n",
            "\\n ${x} %{y} \"q\"\n",
        ),
    ]);
}

#[test]
fn sequences_are_replaced() {
    check(&[
        ("\"a${1}b${\"c${2}\"}d\"", "a1btemplate(\"c\" ${2})d"),
        ("\"%{ if true }a%{ else }b%{ endif }\"", "a"),
        ("\"%{ if false }a%{ else }b%{ endif }\"", "b"),
        ("\"%{ if false }a%{ endif }\"", ""),
        ("\"%{ for x in [1, 2] }${x},%{ endfor }\"", "1,2,"),
        (
            "\"%{ for i, x in [1, 2] }%{ if true }${x}%{ endif }%{ endfor }\"",
            "12",
        ),
    ]);
}

#[test]
fn strip_markers_take_white_space_up_to_the_line_break_of_heredocs() {
    check(&[
        ("\" ${~ 1 ~} \"", "1"),
        ("\"%{ for x in [1,2] ~} ${x} %{~ endfor }\"", "12"),
        ("\"%{ if true ~} \\n x%{ endif }\"", "x"),
        ("<<EOT\n${1 ~}\nEOT\n", "1"),
        ("<<EOT\nfoo\n  ${~ 1 ~}\n  bar\nEOT\n", "foo\n1  bar\n"),
        ("<<EOT\n%{ if true ~}\n  b\n%{ endif ~}\nEOT\n", "  b\n"),
    ]);
}

#[test]
fn heredocs_hold_their_lines() {
    check(&[
        ("<<EOT\nEOT\n", ""),
        ("<<EOT\n${1}\nEOT\n", "1\n"),
        (
            "<<EOT\n EOT)\n EOTx\n xEOT\n  EOT\n",
            " EOT)\n EOTx\n xEOT\n",
        ),
        ("<<a-b\nx\n\n y\na-b\n", "x\n\n y\n"),
        ("<<EOT\r\n  a\r\n b ${1}\r\nEOT\r\n", "  a\r\n b 1\r\n"),
    ]);
}

#[test]
fn flush_heredocs_lose_the_indentation_of_their_least_indented_line() {
    check(&[
        (
            "<<-EOT\n    Foo\n      Bar\n    Baz\n  EOT\n",
            "Foo\n  Bar\nBaz\n",
        ),
        ("<<-EOT\n    Foo\n  Bar\n  EOT\n", "  Foo\nBar\n"),
        (
            "<<-EOT\n    Foo\n  ${1}\n    Baz\n  EOT\n",
            "  Foo\n1\n  Baz\n",
        ),
        (
            "<<-EOT\n    Foo\n${1}\n    Baz\n  EOT\n",
            "    Foo\n1\n    Baz\n",
        ),
        (
            "<<-EOT\n    Foo\n  \n\n      Bar\n    EOT\n",
            "Foo\n  \n\n  Bar\n",
        ),
        ("<<-EOT\n\tFoo\n\t\tBar\n\tEOT\n", "Foo\n\tBar\n"),
        (
            "<<-EOT\n\u{2003}\u{2003}Foo\n   Bar\n  EOT\n",
            "Foo\n Bar\n",
        ),
        (
            "<<-EOT\r\n  a\r\n\r\n   b ${1}\r\n  EOT\r\n",
            "a\r\n\r\n b 1\r\n",
        ),
        (
            "<<-EOT\n    Foo\n    %{ for x in [1,2] }\n    - ${x}\n    %{ endfor }\n    end\n  EOT\n",
            "Foo\n\n- 1\n\n- 2\n\nend\n",
        ),
        (
            "<<-EOT\n    Foo\n    %{ for x in [1,2] ~}\n    - ${x}\n    %{ endfor ~}\n    end\n  EOT\n",
            "Foo\n    - 1\n    - 2\n    end\n",
        ),
        (
            "<<-EOT\n    a\n    ${~ 1}\n   b\n    EOT\n",
            "    a\n1\n   b\n",
        ),
        ("<<-EOT\n    a ${1 ~}\n      b\n    EOT\n", "a 1      b\n"),
        (
            "<<-EOT\n    a\n      %{ if true ~}\n      b\n      %{ else ~}\n    c\n      %{ endif ~}\n    d\n    EOT\n",
            "a\n        b\n      d\n",
        ),
        ("<<-EOT\n    a \\\n    ${ 1\n }\n    EOT\n", "a \\\n1\n"),
    ]);
}

#[test]
fn a_sequence_alone_is_told_from_a_string() {
    for (text, expected) in [
        ("\"${1}\"", "template(${1})"),
        ("\"${1 ~} \"", "template(${1} \"\")"),
        ("<<EOT\n${1 ~}\nEOT\n", "template(${1} \"\")"),
        ("\"\"", "template()"),
    ] {
        let file = SourceFile::new(FileId(0), "expression", text);
        let (expression, _) = read_expression(text, &Places::verbatim(file.id, 0));
        assert_eq!(show::expression(&expression), expected, "{text}");
    }
}

#[test]
fn text_that_is_written_as_it_is_says_so() {
    for (text, expected) in [
        ("\"ab\"", "\"ab\""),
        ("\"a\\nb\"", "~\"a\\nb\""),
        ("\"$${a}\"", "~\"${a}\""),
        ("<<EOT\na\n b\nEOT\n", "\"a\\n b\\n\""),
        ("<<-EOT\n  a\n   b\n  EOT\n", "template(\"a\\n\" \" b\\n\")"),
        (
            "<<EOT\na\n%%{\nb\nEOT\n",
            "template(\"a\\n\" ~\"%{\\n\" \"b\\n\")",
        ),
        ("\" ${~ 1 ~} b \"", "template(${1} \"b \")"),
    ] {
        let file = SourceFile::new(FileId(0), "expression", text);
        let (expression, _) = read_expression(text, &Places::verbatim(file.id, 0));
        assert_eq!(show::expression(&expression), expected, "{text}");
    }
}

#[track_caller]
fn check_whole(text: &str, places: Option<Places>, expected: &str) {
    let file = SourceFile::new(FileId(0), "template", text);
    let places = places.unwrap_or_else(|| Places::verbatim(file.id, 0));
    let (parts, problems) = read_template(text, &places);
    let problems = show::problems(&file, &problems);
    let found = format!("{} | {problems}", show::parts(&parts));
    assert_eq!(found.trim_end_matches(" | "), expected, "{text}");
}

#[test]
fn whole_texts_are_templates() {
    check_whole("", None, "");
    check_whole(
        "a \"b\" \\n $${c}\n",
        None,
        "~\"a \\\"b\\\" \\\\n ${c}\\n\"",
    );
    check_whole("${a}", None, "${a}");
    check_whole("\u{feff}a\n${b} $", None, "\"a\\n\" ${b} \" $\"");
    check_whole(
        "%{ for x in y ~}\n  ${x}\n%{ endfor ~}\nz",
        None,
        "for(x in y : \"  \" ${x} \"\\n\") \"z\"",
    );
    let whole = source::Span::new(FileId(0), 1, 2);
    check_whole("a${b}", Some(Places::whole(whole)), "~\"a\" ${b}");
}

#[test]
fn broken_sequences_leave_the_text_around_them() {
    check_whole(
        "a ${b +} c",
        None,
        "\"a \" ${BROKEN} \" c\" | invalid-expression 1 `+`",
    );
    check_whole(
        "a ${} c",
        None,
        "\"a \" ${BROKEN} \" c\" | missing-value 1 `${}`",
    );
    check_whole("a ${b", None, "\"a \" ${BROKEN} | unclosed-bracket 1 `${`");
    check_whole(
        "%{ unless a }",
        None,
        "${BROKEN} | invalid-directive 1 `%{ unless a }`",
    );
    check_whole("%{ if a }b", None, " | unclosed-directive 1 `%{ if a }`");
    check_whole(
        "a%{ endif }b",
        None,
        " | unexpected-directive 1 `%{ endif }`",
    );
    check_whole(
        "%{ for a b }",
        None,
        "${BROKEN} | invalid-directive 1 `%{ for a b }`",
    );
    check_whole(
        "%{ if a }%{ for b in c }%{ endif }%{ endfor }",
        None,
        " | unexpected-directive 1 `%{ endif }`",
    );
}
