//! HCL's own suite of tests, as far as reading goes: <https://github.com/hashicorp/hcl/tree/main/specsuite>. What needs the
//! schemas of its tool, or evaluation, is not compared. The suite stands beside this repository; no test needs it to pass.
#![expect(
    clippy::disallowed_methods,
    reason = "tests read their data and no scanned input"
)]

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use source::{FileId, Place, SourceFile};
use terraform::syntax::{
    Body, Document, Expression, ExpressionKind, ObjectItem, TemplatePart, read, read_json,
};

/// The cases whose result is not computed by operators or by a schema.
const COMPARED: [&str; 11] = [
    "comments/hash_comment",
    "comments/multiline_comment",
    "comments/slash_comment",
    "empty",
    "expressions/heredoc",
    "expressions/primitive_literals",
    "structure/attributes/expected",
    "structure/blocks/single_empty_oneline",
    "structure/blocks/single_expected",
    "structure/blocks/single_oneline",
    "structure/attributes/singleline_bad",
];

/// The cases that are wrong, with the places of what is wrong.
const WRONG: [&str; 3] = [
    "structure/attributes/singleline_bad",
    "structure/blocks/single_oneline_invalid",
    "structure/blocks/single_unclosed",
];

/// The folder of the suite. Where it is not there, that is told, and the test is not run.
fn suite() -> Option<PathBuf> {
    let shared = std::env::var_os("SCANTLING_SHARED").map(PathBuf::from);
    let shared =
        shared.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"));
    let folder = shared.join("data/corpora/terraform/hcl-specsuite/tests");
    if !folder.is_dir() {
        // Nobody can be told that the standard error is closed.
        let _ = writeln!(
            std::io::stderr(),
            "NOT RUN: HCL's suite is not at {} (set SCANTLING_SHARED)",
            folder.display()
        );
        return None;
    }
    Some(folder)
}

fn file(path: &Path) -> SourceFile {
    let text = std::fs::read_to_string(path);
    let text = text.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    SourceFile::new(FileId(0), path, text)
}

fn document(folder: &Path, case: &str, extension: &str) -> Document {
    read(&file(&folder.join(case).with_extension(extension)))
}

fn value<'b>(body: &'b Body, name: &str) -> Option<&'b Expression> {
    let mut attributes = body.attributes.iter();
    let attribute = attributes.find(|attribute| attribute.name.text == name)?;
    Some(&attribute.value)
}

/// A value as text; variables are replaced.
fn render(expression: &Expression, variables: &BTreeMap<String, String>) -> String {
    match &expression.kind {
        ExpressionKind::Null => "null".into(),
        ExpressionKind::Bool(truth) => truth.to_string(),
        ExpressionKind::Number(number) => number.to_string(),
        ExpressionKind::Template(parts) => format!("{:?}", text(parts, variables)),
        ExpressionKind::Variable(name) => variables[name.as_str()].clone(),
        ExpressionKind::Object(items) => {
            let item = |ObjectItem { key, value }: &ObjectItem| {
                (render(key, variables), render(value, variables))
            };
            let items: BTreeMap<String, String> = items.iter().map(item).collect();
            format!("{items:?}")
        }
        kind => panic!("{kind:?} needs evaluation"),
    }
}

fn text(parts: &[TemplatePart], variables: &BTreeMap<String, String>) -> String {
    let part = |part: &TemplatePart| match part {
        TemplatePart::Literal { text, .. } => text.to_string(),
        TemplatePart::Interpolation(value) => render(value, variables),
        part => panic!("{part:?} needs evaluation"),
    };
    parts.iter().map(part).collect()
}

/// The strings among the variables that a case defines.
fn variables(schema: &Document) -> BTreeMap<String, String> {
    let mut variables = BTreeMap::new();
    let blocks = schema.body.blocks.iter();
    for block in blocks.filter(|block| block.kind.text == "variables") {
        for attribute in &block.body.attributes {
            if let ExpressionKind::Template(parts) = &attribute.value.kind {
                let text = text(parts, &BTreeMap::new());
                variables.insert(attribute.name.text.to_string(), text);
            }
        }
    }
    variables
}

#[test]
fn values_are_those_of_the_suite() {
    let Some(folder) = suite() else { return };
    for case in COMPARED {
        let found = document(&folder, case, "hcl");
        let expected = document(&folder, case, "t");
        assert_eq!(expected.problems, [], "{case}");
        let variables = variables(&document(&folder, case, "hcldec"));
        let body = found
            .body
            .blocks
            .first()
            .map_or(&found.body, |block| &block.body);
        let Some(ExpressionKind::Object(items)) =
            value(&expected.body, "result").map(|value| &value.kind)
        else {
            continue;
        };
        assert_eq!(found.problems, [], "{case}");
        for item in items {
            let name = render(&item.key, &variables);
            // Strings are normalized when they are evaluated.
            if name == "\"string_unicode_nonnorm\"" {
                continue;
            }
            let found = value(body, name.trim_matches('"')).expect("the attribute is there");
            let found = render(found, &variables);
            assert_eq!(found, render(&item.value, &variables), "{case} {name}");
        }
    }
}

#[test]
fn problems_have_the_places_of_the_suite() {
    let Some(folder) = suite() else { return };
    for case in WRONG {
        let expected = document(&folder, case, "t");
        let errors = &expected.body.blocks[0].body.blocks;
        let byte = |body: &Body| match value(body, "byte").map(|value| &value.kind) {
            Some(ExpressionKind::Number(number)) => number.to_i64(),
            _ => None,
        };
        let expected: Vec<Vec<_>> = errors
            .iter()
            .map(|error| {
                error
                    .body
                    .blocks
                    .iter()
                    .map(|end| byte(&end.body))
                    .collect()
            })
            .collect();
        let found: Vec<Vec<_>> = document(&folder, case, "hcl")
            .problems
            .iter()
            .map(|problem| match problem.place {
                Place::Span(span) => vec![Some(span.start.into()), Some(span.end.into())],
                Place::Path(_) => Vec::new(),
            })
            .collect();
        assert_eq!(found, expected, "{case}");
    }
}

#[test]
fn every_file_is_read() {
    let Some(folder) = suite() else { return };
    let wrong = |path: &Path| {
        WRONG
            .iter()
            .any(|case| path.ends_with(format!("{case}.hcl")))
    };
    let mut folders = vec![folder];
    let mut count = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the suite is whole") {
            let path = entry.expect("the suite is whole").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let file = file(&path);
            let document = match path.extension().and_then(|extension| extension.to_str()) {
                Some("json") => read_json(&file),
                _ => read(&file),
            };
            assert_eq!(
                document.problems.is_empty(),
                !wrong(&path),
                "{}",
                path.display()
            );
            count += 1;
        }
    }
    assert!(count > 40, "{count} files");
}
