//! What takes the place of a match: text with references to groups.

use std::ops::Range;

use super::pattern::{Found, Pattern};
use crate::letters::is_letter_or_digit;

/// What takes the place of a match: text, and groups of the match (`$1`, `${name}`; `$$` is a dollar).
///
/// Source: <https://pkg.go.dev/regexp#Regexp.Expand>.
pub struct Replacement(Vec<Part>);

/// A part of what takes the place of a match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Instead<'r> {
    /// Text of the replacement.
    Text(&'r str),
    /// Where a group of the match stands in the text that is searched.
    Group(Range<usize>),
}

enum Part {
    Text(String),
    /// The first of these groups that has a part in the match.
    Group(Vec<usize>),
}

impl Replacement {
    /// Reads the text for a pattern.
    #[must_use]
    pub fn read(text: &str, pattern: &Pattern) -> Self {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('$') {
            parts.push(Part::Text(before.into()));
            rest = after;
            if let Some(after) = rest.strip_prefix('$') {
                parts.push(Part::Text("$".into()));
                rest = after;
            } else if let Some((name, after)) = group_name(rest) {
                parts.push(Part::Group(groups(name, pattern)));
                rest = after;
            } else {
                parts.push(Part::Text("$".into()));
            }
        }
        parts.push(Part::Text(rest.into()));
        Self(parts)
    }

    /// What takes the place of one match: text of the replacement, and parts of the text that is searched.
    pub fn parts(&self, found: &Found) -> impl Iterator<Item = Instead<'_>> {
        self.0.iter().map(|part| match part {
            Part::Text(text) => Instead::Text(text),
            Part::Group(groups) => {
                let span = groups.iter().find_map(|index| found.group(*index));
                Instead::Group(span.unwrap_or_default())
            }
        })
    }

    /// Adds what takes the place of one match in a text.
    pub fn push_to(&self, replaced: &mut String, text: &str, found: &Found) {
        for part in self.parts(found) {
            replaced.push_str(match part {
                Instead::Text(text) => text,
                Instead::Group(span) => &text[span],
            });
        }
    }
}

/// A name or `{name}`, and what follows it; none where the dollar before stands for itself.
fn group_name(text: &str) -> Option<(&str, &str)> {
    let braced = text.strip_prefix('{');
    let text = braced.unwrap_or(text);
    let end = text
        .find(|letter| !is_part_of_name(letter))
        .unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    if name.is_empty() {
        return None;
    }
    match braced {
        Some(_) => Some((name, rest.strip_prefix('}')?)),
        None => Some((name, rest)),
    }
}

fn is_part_of_name(letter: char) -> bool {
    letter == '_' || is_letter_or_digit(letter)
}

/// The groups of a number or name. Several groups may have one name; a number that is no group's has none.
fn groups(name: &str, pattern: &Pattern) -> Vec<usize> {
    let is_number = name.bytes().all(|digit| digit.is_ascii_digit());
    if is_number && (name == "0" || !name.starts_with('0')) {
        return name.parse().into_iter().collect();
    }
    let names = pattern.groups.iter().enumerate();
    let named = names.filter(|(_, group)| group.as_deref() == Some(name));
    named.map(|(index, _)| index + 1).collect()
}
