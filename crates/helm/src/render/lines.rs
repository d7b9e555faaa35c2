//! Lines of rendered text that hold nothing but something unknown: entries of a map, or items of a list, whose number is unknown
//! too. As they stand they are no YAML.

use crate::value::{Mark, Text, TextBuilder};

/// What stands for an item.
const ITEM: &str = "- null";

/// A line of a text.
struct Line {
    start: usize,
    end: usize,
    indent: usize,
    /// Of an item, where what stands behind the dash begins.
    inner: Option<usize>,
    is_blank: bool,
    /// Why it can't be known, if nothing of it is.
    unknown: Option<Mark>,
}

/// The text with a placeholder for each such line that is an entry or an item; nothing where there is no such line.
pub(super) fn with_entries(text: &Text) -> Option<Text> {
    let lines = lines(text);
    let mut builder = TextBuilder::default();
    let mut start = 0;
    for (index, line) in lines.iter().enumerate() {
        let Some(mark) = &line.unknown else {
            continue;
        };
        let Some(instead) = placeholder(&lines, index) else {
            continue;
        };
        builder.push_range(text, start..line.start + line.indent);
        builder.push(&Text::marked(instead, mark.clone()));
        start = line.end;
    }
    if start == 0 {
        return None;
    }
    builder.push_range(text, start..text.len());
    Some(builder.finish())
}

/// What stands for a line by those around it; nothing where it is all that its parent holds.
fn placeholder(lines: &[Line], index: usize) -> Option<String> {
    let indent = lines[index].indent;
    let is_near = |line: &&Line| !line.is_blank && line.unknown.is_none();
    let mut before = lines[..index].iter().rev().filter(is_near);
    let mut behind = lines[index + 1..].iter().filter(is_near);
    let is_beside = |line: &&Line| line.indent == indent || line.inner == Some(indent);
    let sibling = before
        .find(|line| line.indent <= indent)
        .filter(is_beside)
        .or_else(|| behind.next().filter(is_beside))?;
    Some(match sibling.inner {
        Some(_) if sibling.indent == indent => ITEM.to_owned(),
        // Keys are different.
        _ => format!("unknown{index}: null"),
    })
}

fn lines(text: &Text) -> Vec<Line> {
    let mut start = 0;
    let lines = text.as_bytes().split_inclusive(|byte| *byte == b'\n');
    let lines = lines.map(|bytes| {
        let trimmed = bytes.trim_ascii_end();
        let indent = bytes.len() - bytes.trim_ascii_start().len();
        let line = start..start + trimmed.len();
        start += bytes.len();
        let is_blank = trimmed.is_empty();
        let content = line.start + indent.min(trimmed.len())..line.end;
        Line {
            start: line.start,
            end: line.end,
            indent,
            is_blank,
            inner: inner(&text.as_bytes()[content.clone()]).map(|inner| indent + inner),
            unknown: match is_blank {
                true => None,
                false => unknown(&text.slice(content)),
            },
        }
    });
    lines.collect()
}

/// Where the content of an item begins, if a line is one.
fn inner(line: &[u8]) -> Option<usize> {
    let content = line.strip_prefix(b"- ")?;
    Some(line.len() - content.trim_ascii_start().len())
}

/// Why a text can't be known, if that is so of all of it.
fn unknown(text: &Text) -> Option<Mark> {
    let mut pieces = text.pieces().iter();
    let is_all = !text.pieces().is_empty() && pieces.all(|piece| piece.mark.is_unknown());
    is_all.then(|| text.mark())
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;

    /// The text of lines with the placeholders; `?` stands for something unknown.
    fn check(text: &str, expected: Option<&str>) {
        let unknown = graph::Unknown::new(graph::Cause::Example);
        let unknown = Text::marked("null", Mark::unknown(Rc::new(unknown)));
        let parts: Vec<Text> = text.split('?').map(Text::from).collect();
        let given = with_entries(&Text::join(&parts, &unknown));
        assert_eq!(
            given.map(|text| text.to_str().into_owned()).as_deref(),
            expected
        );
    }

    #[test]
    fn lines_beside_entries_and_items_are_such() {
        check("a:\n  b: 1\n  ?\n", Some("a:\n  b: 1\n  unknown2: null\n"));
        check("a:\n  ?\n  b: 1\n", Some("a:\n  unknown1: null\n  b: 1\n"));
        check(
            "a:\n- b: 1\n  c: 2\n?\n",
            Some("a:\n- b: 1\n  c: 2\n- null\n"),
        );
        check(
            "a:\n  b:\n    c: 1\n  ?\n",
            Some("a:\n  b:\n    c: 1\n  unknown3: null\n"),
        );
    }

    #[test]
    fn lines_that_are_all_of_a_value_stay() {
        check("a:\n  ?\nb: 1\n", None);
        check("a: ?\n", None);
        check("a: 1\n", None);
    }
}
