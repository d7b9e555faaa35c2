//! Patterns of names, as Go's `path/filepath` matches them.

use thiserror::Error;

/// A pattern that can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("syntax error in pattern")]
pub struct BadPattern;

/// A pattern of names.
#[derive(Debug)]
pub struct Pattern {
    /// What a name must begin with. Most patterns tell by this and the end that a name doesn't match.
    start: String,
    pieces: Vec<Piece>,
    /// What it must end with behind the last star.
    end: String,
}

/// What may stand between two stars.
#[derive(Debug)]
enum Piece {
    Any,
    One(char),
    Class {
        negated: bool,
        ranges: Vec<(char, char)>,
    },
    Star,
}

impl Pattern {
    /// Reads a pattern: `*` and `?` don't match `/`, `[a-z]` and `[^a]` match a character, `\` takes the next character as it
    /// is.
    ///
    /// # Errors
    /// When the pattern can't be read.
    pub fn parse(pattern: &str) -> Result<Self, BadPattern> {
        let mut pieces = read(pattern)?;
        let count = pieces.iter().map_while(Piece::one).count();
        let start = pieces
            .drain(..count)
            .filter_map(|piece| piece.one())
            .collect();
        let is_open = pieces.iter().any(|piece| matches!(piece, Piece::Star));
        let last = pieces.iter().rev().map_while(Piece::one).count();
        let kept = pieces.len() - if is_open { last } else { 0 };
        let end = pieces.split_off(kept);
        let end = end.iter().filter_map(Piece::one).collect();
        Ok(Self { start, pieces, end })
    }

    /// Whether a whole name matches.
    #[must_use]
    pub fn matches(&self, name: &str) -> bool {
        let rest = name.strip_prefix(&self.start);
        let rest = rest.and_then(|rest| rest.strip_suffix(&self.end));
        rest.is_some_and(|rest| matches_pieces(&self.pieces, rest))
    }
}

/// The star met last is the only one to go back to: what stood before it is matched.
fn matches_pieces(pieces: &[Piece], name: &str) -> bool {
    let at_byte = |at: usize| name.get(at..).and_then(|rest| rest.chars().next());
    let (mut piece, mut at) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    loop {
        match (pieces.get(piece), at_byte(at)) {
            (None, None) => return true,
            (Some(Piece::Star), _) => {
                star = Some((piece, at));
                piece += 1;
                continue;
            }
            (Some(wanted), Some(character)) if wanted.takes(character) => {
                (piece, at) = (piece + 1, at + character.len_utf8());
                continue;
            }
            _ => {}
        }
        let Some((before, taken)) = star else {
            return false;
        };
        let Some(character) = at_byte(taken).filter(|character| *character != '/') else {
            return false;
        };
        at = taken + character.len_utf8();
        star = Some((before, at));
        piece = before + 1;
    }
}

impl Piece {
    /// The character, where it is one that stands for itself.
    fn one(&self) -> Option<char> {
        match self {
            Self::One(character) => Some(*character),
            _ => None,
        }
    }

    fn takes(&self, character: char) -> bool {
        match self {
            Self::Any => character != '/',
            Self::One(wanted) => *wanted == character,
            Self::Class { negated, ranges } => {
                let mut ranges = ranges.iter();
                let is_inside = ranges.any(|(low, high)| (*low..=*high).contains(&character));
                is_inside != *negated
            }
            Self::Star => false,
        }
    }
}

fn read(pattern: &str) -> Result<Vec<Piece>, BadPattern> {
    let mut pieces = Vec::new();
    let mut rest = pattern.chars().peekable();
    while let Some(character) = rest.next() {
        pieces.push(match character {
            '*' => Piece::Star,
            '?' => Piece::Any,
            '[' => class(&mut rest)?,
            '\\' => Piece::One(rest.next().ok_or(BadPattern)?),
            other => Piece::One(other),
        });
    }
    Ok(pieces)
}

type Rest<'a> = std::iter::Peekable<std::str::Chars<'a>>;

fn class(rest: &mut Rest<'_>) -> Result<Piece, BadPattern> {
    let negated = rest.next_if_eq(&'^').is_some();
    let mut ranges = Vec::new();
    while ranges.is_empty() || rest.next_if_eq(&']').is_none() {
        let low = class_character(rest)?;
        let high = match rest.next_if_eq(&'-') {
            Some(_) => class_character(rest)?,
            None => low,
        };
        ranges.push((low, high));
    }
    Ok(Piece::Class { negated, ranges })
}

fn class_character(rest: &mut Rest<'_>) -> Result<char, BadPattern> {
    match rest.next() {
        None | Some('-' | ']') => Err(BadPattern),
        Some('\\') => rest.next().ok_or(BadPattern),
        Some(other) => Ok(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_match_as_in_go() {
        for (pattern, name, expected) in [
            ("*.yaml", "a.yaml", Ok(true)),
            ("*.yaml", "a/b.yaml", Ok(false)),
            ("a*/b*c", "ax/bxc", Ok(true)),
            ("a*b?c*x", "abxbbxdbxebxczzx", Ok(true)),
            ("a*b?c*x", "abxbbxdbxebxczzy", Ok(false)),
            ("[^a-c]x", "dx", Ok(true)),
            ("[^a-c]x", "bx", Ok(false)),
            ("\\*", "*", Ok(true)),
            ("?", "/", Ok(false)),
            ("*", "", Ok(true)),
            ("a*a", "a", Ok(false)),
            ("a*a", "aa", Ok(true)),
            ("ab", "abc", Ok(false)),
            ("a?c", "abc", Ok(true)),
            ("*.?c", "a.bc", Ok(true)),
            ("[", "a", Err(BadPattern)),
            ("[]a]", "]", Err(BadPattern)),
            ("[-]", "-", Err(BadPattern)),
            ("a\\", "a", Err(BadPattern)),
        ] {
            let matches = Pattern::parse(pattern).map(|pattern| pattern.matches(name));
            assert_eq!(matches, expected, "{pattern} {name}");
        }
    }
}
