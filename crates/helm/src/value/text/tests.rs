//! Which byte came from where, after each operation on texts.

use source::{FileId, Span};

use super::{Text, TextBuilder};
use crate::value::{Mark, Place};

/// A text that stands in file `file`, from byte `start` on.
fn at(file: u32, start: u32, text: &str) -> Text {
    let end = start + u32::try_from(text.len()).unwrap();
    let place = Place::Template(Span::new(FileId(file), start, end));
    Text::verbatim(text, Mark::at(place), 0)
}

/// Each piece as `text@file:start`, or `text~file` if it was computed, or `text` alone.
fn shown(text: &Text) -> String {
    let mut position = 0;
    let mut shown = Vec::new();
    for piece in text.pieces() {
        let part = text.slice(position..position + piece.length);
        position += piece.length;
        shown.push(match (piece.mark.places().first(), piece.verbatim) {
            (Some(Place::Template(span)), Some(offset)) => {
                format!("{}@{}:{}", part.to_str(), span.file.0, span.start + offset)
            }
            (Some(Place::Template(span)), None) => format!("{}~{}", part.to_str(), span.file.0),
            _ => part.to_str().into_owned(),
        });
    }
    shown.join(" ")
}

#[test]
fn parts_keep_their_places() {
    let joined = Text::join([&at(1, 10, "abc"), &at(2, 20, "def")], &Text::from("-"));
    assert_eq!(shown(&joined), "abc@1:10 - def@2:20");
    assert_eq!(shown(&joined.slice(1..6)), "bc@1:11 - de@2:20");
    assert_eq!(shown(&joined.slice(5..100)), "ef@2:21");
    assert_eq!(
        shown(&joined.replace(b"-d", &at(3, 0, "X"))),
        "abc@1:10 X@3:0 ef@2:21"
    );
    assert_eq!(
        shown(&at(1, 5, "  x ").trim(|letter| letter == ' ')),
        "x@1:7"
    );
}

#[test]
fn neighbors_from_one_place_are_one_piece() {
    let text = at(1, 0, "abcdef");
    let mut builder = TextBuilder::default();
    builder.push_range(&text, 0..2);
    builder.push_range(&text, 2..4);
    builder.push_instead("E", &text, 4..5);
    builder.push_instead("f", &text, 5..6);
    assert_eq!(shown(&builder.finish()), "abcd@1:0 E~1 f@1:5");
}

#[test]
fn bytes_from_nowhere_take_the_mark_they_are_given() {
    let mark = Mark::at(Place::Template(Span::new(FileId(7), 0, 1)));
    assert_eq!(shown(&Text::from("x").or_marked(&mark)), "x~7");
    let mixed = Text::join([&at(1, 0, "a"), &Text::from("b")], &Text::default());
    assert_eq!(shown(&mixed.or_marked(&mark)), "a@1:0 b~7");
}

#[test]
fn splits_at_each_occurrence() {
    let parts = at(1, 0, "a,b,,c").split(b",");
    let parts: Vec<String> = parts.iter().map(shown).collect();
    assert_eq!(parts, ["a@1:0", "b@1:2", "", "c@1:5"]);
}

#[test]
fn long_patterns_that_nearly_stand_everywhere_are_found_soon() {
    let text = Text::from("a".repeat(2_000_000) + &"ab".repeat(40_000));
    let missing = "a".repeat(1_000_000) + "c";
    assert_eq!(text.find(missing.as_bytes(), 0), None);
    let there = "a".repeat(1_000_000) + "b";
    assert_eq!(text.find(there.as_bytes(), 0), Some(1_000_001));
    let periodic = "ab".repeat(39_000) + "b";
    assert_eq!(text.find(periodic.as_bytes(), 0), None);
    for length in [1, 63, 64, 65, 200] {
        let pattern = "ba".repeat(length);
        assert_eq!(text.find(pattern.as_bytes(), 5), Some(2_000_001));
    }
}

#[test]
fn space_at_the_end_is_taken_off() {
    for (texts, expected) in [
        (vec![at(1, 10, "a b"), at(2, 20, " \n")], "a b@1:10"),
        (vec![at(1, 10, "ab \n"), at(2, 20, " ")], "ab@1:10"),
        (vec![at(1, 10, "a"), at(2, 20, "b")], "a@1:10 b@2:20"),
        (vec![at(1, 10, " \n")], ""),
        (vec![], ""),
    ] {
        let mut builder = TextBuilder::default();
        texts.iter().for_each(|text| builder.push(text));
        builder.trim_end();
        assert_eq!(shown(&builder.finish()), expected);
    }
}
