//! What is read here is what the parser reads.

use source::{FileId, SourceFile};

use crate::Options;
use crate::events::parse;
use crate::parsed::{Budget, Chunk, LONGEST_KEY, Parsed};

/// Whether a text is plain. If it is, the parser must read the same of it.
#[track_caller]
fn check(text: &str) -> bool {
    let file = SourceFile::new(FileId(0), "a", text);
    let options = Options::default();
    let chunk = Chunk {
        file: &file,
        options: &options,
        text,
        base: 0,
        budget: Budget {
            nodes: 1000,
            copies: 10,
        },
        longest_key: LONGEST_KEY,
        blanked: &[],
    };
    let Some(plain) = super::read(chunk) else {
        return false;
    };
    let parsed = parse(chunk);
    assert_eq!(shown(plain), shown(parsed), "{text:?}");
    true
}

fn shown(parsed: Parsed) -> String {
    let mut comments = parsed.comments;
    comments.sort_by_key(|comment| comment.span);
    format!(
        "{:#?} {comments:?} {:?} {} {:?} {:?}",
        parsed.documents,
        parsed.problems,
        parsed.failure.is_some(),
        parsed.complex_key,
        parsed.budget,
    )
}

/// What lines of the texts below are made of.
const PARTS: &[&str] = &[
    "a: 1",
    "b:",
    "  c: |",
    "  c: text # d",
    "  - x",
    "  - x: 'y''z'",
    "    b: \"\\n\\\"\" # e",
    "   d",
    "- e: [f, \"g\", 'h'] ",
    "- - i: {}",
    "-",
    "  # j",
    "",
    "   ",
    "    - k: |-",
    "      l m",
    "        n: o  ",
    "    []",
    "  - --p",
    "'q': []#",
    "true: ~",
    "b: yes",
    "  r: { s: [1, {t: u}] , \"v\": 'w'}",
    "    {x: 1}",
];

#[test]
fn whatever_lines_follow_each_other_are_read_the_same() {
    let mut plain = 0;
    let count = PARTS.len();
    for number in 0..count.pow(4) {
        let parts = (0..4).map(|place| PARTS[number / count.pow(place) % count]);
        let text = parts.collect::<Vec<_>>().join("\n");
        let end = if number % 2 == 0 { "\n" } else { "" };
        plain += usize::from(check(&format!("{text}{end}")));
    }
    assert!(plain > 5000, "{plain}");
}

#[test]
fn usual_text_is_plain() {
    for text in [
        "# c\n---\n# Source: a/b.yaml\napiVersion: v1\nkind: A\nmetadata:\n  name: \"a\"\n  labels:\n    a/b: c\n",
        "a:\n  - name: b\n    c: |\n      d\n\n      e\n    f: 1\n  - {}\ng: {} # h\n",
        "a:\n- b\n-  c: 1\n   d: 2\ne: http://f#g # h\n",
        "a: -1\nb: .5\nc: (d) e, [f] {g}\n",
        "---\na: null\nb: ~\nc: 0x1f\nd: 1e3\ne: 2001-01-01\n",
        "a:\n  b:\nc:\n",
        "a: {b: c, d-e: {f: [g, '']}}\nh: [] # i\n",
        "- a\n- - b\n  - c\n- d: e\n",
        "# c\n\n# d",
        "a: xü # ö\nb: \"ä\"\n",
    ] {
        assert!(check(text), "{text:?}");
    }
}

#[test]
fn other_text_is_left_to_the_parser() {
    for text in [
        "a: &b c\n",
        "a: *b\n",
        "a: !c d\n",
        "a: >\n  b\n",
        "a: |+\n  b\n\n",
        "a: {b: c\n  }\n",
        "a: {b:c}\n",
        "a: {b}\n",
        "a: [b, ]\n",
        "a: [b c]\n",
        "a: [b: c]\n",
        "a: {? b: c}\n",
        "a: 'b\n  c'\n",
        "a: b\n  c\n",
        "a:\tb\n",
        "? a\n",
        "a: b: c\n",
        "<<: a\n",
        "a: b\n---\nc: d\n",
        "a: 1\n...\n",
        "%YAML 1.2\n---\na: 1\n",
        "a: \"\\u0041\"\n",
        "text\n",
        "# c\n---\n",
    ] {
        assert!(!check(text), "{text:?}");
    }
}
