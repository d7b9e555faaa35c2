//! Hostile text is told, and costs neither the stack nor much time.

use source::{FileId, SourceFile};
use terraform::syntax::{Places, read, read_json, read_template};

use crate::invariants;

const DEEP: usize = 10_000;

#[track_caller]
fn check_too_deep(before: &str, after: &str) {
    let text = format!(
        "a = {}1{}\nb = 2\n",
        before.repeat(DEEP),
        after.repeat(DEEP)
    );
    let file = SourceFile::new(FileId(0), "main.tf", text);
    let document = read(&file);
    invariants::check_document(&file, &document);
    let codes: Vec<_> = document
        .problems
        .iter()
        .map(|problem| problem.code)
        .collect();
    // All parts of what is as deep as may be are too deep.
    assert!(!codes.is_empty() && codes.len() <= 3, "{before}");
    assert!(
        codes.iter().all(|code| *code == "nesting-too-deep"),
        "{before}"
    );
    assert_eq!(document.body.attributes.len(), 2);
}

#[test]
fn deep_expressions_are_told() {
    for (before, after) in [
        ("(", ")"),
        ("[", "]"),
        ("{ a = ", " }"),
        ("{ (", ") = 1 }"),
        ("f(", ")"),
        ("a[", "]"),
        ("\"${", "}\""),
        ("[for a in ", " : b]"),
        ("[for a in b : ", "]"),
        ("-", ""),
        ("!", ""),
        ("1 + ", ""),
        ("a || ", ""),
        ("a ? b : ", ""),
        ("a ? ", " : b"),
        ("a ? (", ") : b"),
        ("-(", ")"),
        ("1 + (", ")"),
        ("\"%{ if a }${", "}%{ endif }\""),
        ("\"%{ for a in ", " }%{ endfor }\""),
    ] {
        check_too_deep(before, after);
    }
}

#[test]
fn long_chains_of_steps_are_told() {
    for step in [".b", ".0", "[0]", "[*]", ".*", "[*].b", "[a.b]"] {
        let text = format!("a = b{}\nc = 1\n", step.repeat(DEEP));
        let file = SourceFile::new(FileId(0), "main.tf", text);
        let document = read(&file);
        invariants::check_document(&file, &document);
        let codes: Vec<_> = document
            .problems
            .iter()
            .map(|problem| problem.code)
            .collect();
        assert_eq!(codes, ["nesting-too-deep"], "{step}");
    }
}

#[test]
fn deep_blocks_and_directives_are_told() {
    let text = format!("{}{}b = 2\n", "a {\n".repeat(DEEP), "}\n".repeat(DEEP));
    let file = SourceFile::new(FileId(0), "main.tf", text);
    let document = read(&file);
    invariants::check_document(&file, &document);
    assert_eq!(document.problems.len(), 1);
    assert_eq!(document.body.attributes.len(), 1);
    let text = format!("{}{}", "%{ if a }".repeat(DEEP), "%{ endif }".repeat(DEEP));
    let (_, problems) = read_template(&text, &Places::verbatim(FileId(0), 0));
    assert!(
        problems
            .iter()
            .any(|problem| problem.code == "nesting-too-deep")
    );
    let text = format!("{}{}", "{\"a\":".repeat(DEEP), "}".repeat(DEEP));
    let file = SourceFile::new(FileId(0), "main.tf.json", text);
    assert!(!read_json(&file).problems.is_empty());
}

#[test]
fn nesting_is_counted_over_all_its_kinds() {
    let inner = "%{ if a }".repeat(90);
    let outer = "%{ endif }".repeat(90);
    let mut text = "1".to_owned();
    for _ in 0..5 {
        text = format!("\"{inner}${{{text}}}{outer}\"");
    }
    let file = SourceFile::new(FileId(0), "main.tf", format!("a = {text}\n"));
    let document = read(&file);
    invariants::check_document(&file, &document);
    assert!(!document.problems.is_empty());
}

/// Texts that take minutes where something is done once for each other thing.
#[test]
fn time_grows_with_the_text_and_no_faster() {
    const MANY: usize = 20_000;
    for piece in [
        "a {\n",
        "a = [\n",
        "a = {\n  b = (\n",
        "a = \"\n",
        "a = \"${\n",
        "a = \"${\"${",
        "a = <<EOT\n",
        "  a = <<EOT\n${\n",
        "}",
        "([}",
        "[)",
        "a = 1 /* ",
        "resource \"a\" \"b\" {\n  c = [1, 2\n",
        "x y z ",
        "%{ if a }",
        "a = 'b'\n",
        "a = { b = , }\n",
        "{",
        "[",
        "(",
        "\"",
        "${",
        "<<-A\n",
        "=",
        ",",
        "\n",
        ".",
        "é",
    ] {
        let text = piece.repeat(MANY);
        let file = SourceFile::new(FileId(0), "main.tf", text.as_str());
        let document = read(&file);
        assert!(document.problems.len() <= 201, "{piece}");
        let (_, problems) = read_template(&text, &Places::verbatim(file.id, 0));
        assert!(problems.len() <= 201, "{piece}");
    }
    for indent in [1, 7] {
        let lines = (0..MANY / 10).map(|line| format!("{}a = [{{\n", " ".repeat(line * indent)));
        let file = SourceFile::new(FileId(0), "main.tf", lines.collect::<String>());
        assert!(read(&file).problems.len() <= 201);
    }
}

#[test]
fn objects_and_lists_may_be_long() {
    const MANY: usize = 50_000;
    let items: String = (0..MANY)
        .map(|item| format!("k{item} = [{item}], "))
        .collect();
    let file = SourceFile::new(
        FileId(0),
        "main.tf",
        format!("a = {{ {items} }}\nb = [{}]\n", "1,".repeat(MANY)),
    );
    assert_eq!(read(&file).problems, []);
}

#[test]
fn texts_of_too_many_tokens_are_told() {
    let text = format!("a = [{}]\nb = 1\n", "1,".repeat(1_000_001));
    let file = SourceFile::new(FileId(0), "main.tf", text);
    let document = read(&file);
    let codes: Vec<_> = document
        .problems
        .iter()
        .map(|problem| problem.code)
        .collect();
    assert_eq!(codes, ["text-too-large"]);
}
