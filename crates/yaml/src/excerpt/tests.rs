use graph::{NodeId, Tree};
use source::{FileId, Level, SourceFile};

use super::excerpt;
use crate::{Options, read};

const KEYS: &[&str] = &["kind", "metadata"];

#[test]
fn wanted_entries_are_taken_from_plain_text() {
    for (text, expected) in [
        ("# c\nkind: A\nspec:\n  a: 1\n", Some("kind: A\n")),
        (
            "spec:\n- a: [x, \"y\"]\n  b: |\n    t: : x\n\n    u\nkind: A\n",
            Some("kind: A\n"),
        ),
        (
            "metadata:\n  name: a\n  # c\nspec: {}\nkind: A",
            Some("metadata:\n  name: a\n  # c\nkind: A"),
        ),
        ("spec:\n  a: words\n    of text\n", Some("")),
        (
            "spec:\n  \"a\": 'it''s\n\n    # b'\n  c:\n    {}\n",
            Some(""),
        ),
        ("\"kind\": A\n", None),
        ("kind: A\r\nspec:\r\n- a\r\n", Some("kind: A\n")),
        ("kind: A\r\nspec:\n- a\rb\n", None),
        ("kind: A\nspec: *a\n", None),
        ("kind: A\nspec:\n  a: 1\n b: 2\n", None),
        ("kind: A\nspec: {a: 1}\n", None),
        ("kind: A\nspec: \"a\n", None),
        ("kind: A\nspec: .inf\n", None),
        ("kind: A\nnull: 1\n", None),
        ("kind: A\nspec: |\n    a\n  b\n", None),
        ("- kind: A\n", None),
    ] {
        assert_eq!(excerpt(text, KEYS).as_deref(), expected, "{text:?}");
    }
}

/// What lines of the texts below are made of.
const PARTS: &[&str] = &[
    "kind: A",
    "metadata:",
    "spec:",
    "  a: |",
    "  a: text",
    "  b:",
    "  - x",
    "  - x: 'y'",
    "    c: 1",
    "   d",
    "- e: [f]",
    "-",
    "  g: \"h\" # i",
    "# j",
    "",
    "    - : k",
    "  'l': \"m",
    "    n\"",
    "    {}",
    "  - --o",
    "    :p",
];

/// Any few lines, one after the other.
#[test]
fn whatever_has_an_excerpt_has_no_errors_and_holds_the_same_entries() {
    let mut taken = 0;
    let count = PARTS.len();
    for number in 0..count.pow(4) {
        let parts = (0..4).map(|place| PARTS[number / count.pow(place) % count]);
        let text = parts.collect::<Vec<_>>().join("\n");
        let text = format!("kind: B\n{text}\n");
        let Some(excerpt) = excerpt(&text, KEYS) else {
            continue;
        };
        taken += 1;
        assert_eq!(shown(&text), shown(&excerpt), "{text:?} and {excerpt:?}");
        if number % 7 == 0 {
            let text = text.replace('\n', "\r\n");
            assert_eq!(shown(&text), shown(&excerpt), "{text:?} and {excerpt:?}");
        }
    }
    assert!(taken > 1000, "{taken}");
}

/// The wanted entries of a text that has no errors.
fn shown(text: &str) -> Vec<Option<String>> {
    let file = SourceFile::new(FileId(0), "a", text);
    let yaml = read(&file, &Options::default());
    let errors = yaml.problems.iter();
    let errors = errors.filter(|problem| problem.level == Level::Error);
    assert_eq!(errors.count(), 0, "{text:?}: {:?}", yaml.problems);
    let tree = yaml.documents.first().map(|document| &document.tree);
    let entry = |key: &&str| {
        let tree = tree?;
        Some(show(tree, tree.get(NodeId::ROOT, key)?))
    };
    KEYS.iter().map(entry).collect()
}

fn show(tree: &Tree, node: NodeId) -> String {
    let key = tree.node(node).key.as_ref().map(|key| key.text.as_str());
    let children = tree.children(node).map(|child| show(tree, child));
    let children: Vec<String> = children.collect();
    format!("{key:?} {:?} {children:?}", tree.node(node).data)
}
