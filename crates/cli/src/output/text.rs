//! Text from input and from checks, as people read it.

use source::neutral;

/// A text on one line, harmless.
pub(crate) fn flat(text: &str) -> String {
    neutral(&text.split_whitespace().collect::<Vec<&str>>().join(" ")).into_owned()
}

/// A number with its noun, such as `1 finding` and `2 findings`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {noun}s")
    }
}

/// The paragraphs of a text, filled to a width.
pub(crate) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for (index, paragraph) in text.trim().split("\n\n").enumerate() {
        if index > 0 {
            lines.push(String::new());
        }
        lines.extend(filled(&flat(paragraph), width));
    }
    lines
}

fn filled(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_filled_and_kept_apart() {
        assert_eq!(
            wrapped("one two\nthree\n\nfour\n", 9),
            ["one two", "three", "", "four"]
        );
        assert_eq!(wrapped("unbreakable", 4), ["unbreakable"]);
    }

    #[test]
    fn text_is_harmless() {
        assert_eq!(flat("a\n b\u{1b}[0m"), "a b\\u{1b}[0m");
    }
}
