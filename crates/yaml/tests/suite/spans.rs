//! Spans are exact, in whole texts and in damaged ones.

use crate::{invariants, samples};

/// The generator of Park and Miller.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0 * 48271 % 0x7fff_ffff;
        (self.0 % bound as u64) as usize
    }
}

/// What damages a text where it is put in.
const DAMAGE: &[&str] = &[
    "", "\n", "\r", "\r\n", "\t", " ", ":", ": ", "- ", "-", "?", ",", "[", "]", "{", "}", "\"",
    "'", "|\n", ">", "#", " #", "&a ", "*a", "!!str ", "!", "%", "@", "{{ x }}", "---\n",
    "\n---\n", "...", "\n...\n", "é", "𝄞", "\u{feff}", "\u{2028}", "\u{85}", "\u{0}", "<<: ", "\\",
    "x", "0",
];

fn texts() -> Vec<String> {
    let layouts = samples::SAMPLES.iter().map(|(_, text)| (*text).to_owned());
    let layouts: Vec<String> = layouts.collect();
    let windows = layouts.iter().map(|text| text.replace('\n', "\r\n"));
    let marked = layouts.iter().map(|text| format!("\u{feff}{text}"));
    windows
        .chain(marked)
        .chain(layouts.iter().cloned())
        .collect()
}

fn boundary(text: &str, at: usize) -> usize {
    (0..=at)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

#[test]
fn whole_texts_have_exact_spans() {
    for text in texts() {
        invariants::check(&text);
    }
}

#[test]
fn texts_cut_anywhere_have_exact_spans() {
    for text in samples::SAMPLES.iter().map(|(_, text)| text) {
        for at in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
            invariants::check(&text[..at]);
        }
    }
}

#[test]
fn damaged_texts_have_exact_spans() {
    let mut random = Random(4711);
    let texts = texts();
    for _ in 0..3000 {
        let mut text = texts[random.below(texts.len())].clone();
        for _ in 0..=random.below(3) {
            let start = boundary(&text, random.below(text.len() + 1));
            let end = boundary(&text, (start + random.below(4)).min(text.len())).max(start);
            text.replace_range(start..end, DAMAGE[random.below(DAMAGE.len())]);
        }
        invariants::check(&text);
    }
}

#[test]
fn texts_that_once_had_wrong_spans_have_exact_ones() {
    for text in [
        "? other\n:: - a\n  - b\n",
        "a: 1\n? key\n:}} b: 2\n",
        "- - - [a\r\n    - b\r\n  - c\r\u{feff}{{ x }}- d\r\n",
        "a: - x\r...\n  y{{ x }}: v\r\nb: 1\n",
        "\u{feff}- - - a\n   {b\n\u{feff}|\n\n- d\n",
        "-,- # @list\n|\n a\n- b: 1\n  c: 2\n# end\n",
        "a: 1\nb: 2\na",
        "{\"kind\":",
        "x:\n-\t?\n:x:",
    ] {
        invariants::check(text);
    }
}

#[test]
fn an_error_inside_a_blanked_character_is_placed_at_its_beginning() {
    for text in [
        "|2\r%\u{fffd}\u{fffd}\u{fffd}\n%\r|3\r?\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\n\u{85}",
        "|2\r%\u{fffd}\u{fffd}\u{fffd}\n%\r|7\r\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\n\n\n\n\u{85}",
    ] {
        invariants::check(text);
    }
}

#[test]
fn a_block_scalar_behind_the_end_of_a_document_begins_at_its_indicator() {
    invariants::check("\r...\n|\n\u{fffd}");
    invariants::check("|\n?\r...\n\n|\n?\r...\n?\r...\n\n");
}
