//! What expressions and bodies refer to.

use source::{FileId, SourceFile};
use terraform::syntax::{
    Places, Reference, body_references, read, read_expression, read_template, references,
    template_references,
};

fn slices<'f>(file: &'f SourceFile, references: &[Reference]) -> Vec<&'f str> {
    references
        .iter()
        .map(|reference| file.slice(reference.span))
        .collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let file = SourceFile::new(FileId(0), "expression", text);
    let (expression, problems) = read_expression(text, &Places::verbatim(file.id, 0));
    assert_eq!(problems, []);
    let found = references(&expression);
    assert_eq!(slices(&file, &found), expected);
    for reference in &found {
        assert!(
            file.slice(reference.span)
                .starts_with(reference.root.text.as_str())
        );
    }
}

#[test]
fn expressions_refer_to_names_with_their_static_steps() {
    check("1 + true", &[]);
    check("var.a.b", &["var.a.b"]);
    check("a.b[0].c[\"d\"]", &["a.b[0].c[\"d\"]"]);
    check("a.b[var.c].d", &["a.b", "var.c"]);
    check("a.b[c][d].e", &["a.b", "c", "d"]);
    check("a.b[*].c[d]", &["a.b", "d"]);
    check("a.b.*.c", &["a.b"]);
    check("f(a, {(b) = c, d = e})", &["a", "b", "c", "e"]);
    check("f(a).b", &["a"]);
    check("a ? b : !c", &["a", "b", "c"]);
    check(
        "\"${a}%{ if b }${c}%{ else }${d}%{ endif }\"",
        &["a", "b", "c", "d"],
    );
    check(
        "[for k, v in a.b : k => v if c[k]]"
            .replace("k => v", "v")
            .as_str(),
        &["a.b", "c"],
    );
    check("{for k, v in k : v.a => x}", &["k", "x"]);
    check("[for x in a : [for y in x : y + x + z]]", &["a", "z"]);
    check("\"%{ for x in a }${x}${y}%{ endfor }\"", &["a", "y"]);
}

#[test]
fn steps_are_kept_in_order() {
    let text = "a.b[0].c";
    let (expression, _) = read_expression(text, &Places::verbatim(FileId(0), 0));
    let found = references(&expression);
    assert_eq!((found.len(), found[0].steps.len()), (1, 3));
}

#[test]
fn bodies_refer_to_what_their_attributes_and_blocks_do() {
    let text = "a = b\nc {\n  d = e.f\n}\ndynamic \"s\" {\n  for_each = s.t\n  labels = [s.key]\n  content {\n    x = s.value\n    y = u.v\n  }\n}\ndynamic \"s\" {\n  for_each = w\n  iterator = it\n  content {\n    x = it.value\n    y = s.z\n  }\n}\n";
    let file = SourceFile::new(FileId(0), "main.tf", text);
    let document = read(&file);
    assert_eq!(document.problems, []);
    let found = body_references(&document.body);
    assert_eq!(
        slices(&file, &found),
        ["b", "e.f", "s.t", "u.v", "w", "s.z"]
    );
}

#[test]
fn templates_refer_to_what_their_sequences_do() {
    let text = "a ${b.c} %{ for d in e }${d}%{ endfor }";
    let file = SourceFile::new(FileId(0), "template", text);
    let (parts, _) = read_template(text, &Places::verbatim(file.id, 0));
    assert_eq!(slices(&file, &template_references(&parts)), ["b.c", "e"]);
}
