//! Texts and patterns of which pieces may be unknown.

use std::sync::Arc;

use graph::{Cause, Data, NodeId, Piece, SmolStr, Tree, Type, Unknown};

use crate::truth::Truth;

/// A piece of a pattern or text.
#[derive(Clone, Debug, PartialEq)]
enum Token {
    Char(char),
    /// Any one character.
    One,
    /// Any characters, or none.
    Any,
    /// What a key of the request stands for, and what is taken where there is none.
    Variable(SmolStr, Option<SmolStr>),
    /// Characters that are not known.
    Hole,
}

/// A text, of which pieces may be unknown. In policies it may be a pattern, and have variables.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    tokens: Vec<Token>,
    cause: Option<Arc<Unknown>>,
}

/// What a variable stands for.
pub(super) enum Meaning {
    Text(Text),
    /// Nothing: what has the variable matches nothing.
    Missing,
}

/// How much two texts are compared at most, in pairs of characters.
const COMPARED: usize = 8_000_000;

impl Text {
    /// A known text.
    #[must_use]
    pub fn known(text: &str) -> Self {
        Self {
            tokens: text.chars().map(Token::Char).collect(),
            cause: None,
        }
    }

    /// A text of which nothing is known.
    #[must_use]
    pub fn unknown(cause: &Arc<Unknown>) -> Self {
        Self {
            tokens: vec![Token::Hole],
            cause: Some(Arc::clone(cause)),
        }
    }

    /// A text of which the middle is not known.
    pub(super) fn around(before: &str, cause: &Arc<Unknown>, after: &str) -> Self {
        let mut tokens: Vec<Token> = before.chars().map(Token::Char).collect();
        tokens.push(Token::Hole);
        tokens.extend(after.chars().map(Token::Char));
        Self {
            tokens,
            cause: Some(Arc::clone(cause)),
        }
    }

    /// A pattern with `*` and `?`, and without variables.
    pub(super) fn plain_pattern(text: &str) -> Self {
        let mut tokens = Vec::new();
        add_pattern(text, false, &mut tokens);
        Self {
            tokens,
            cause: None,
        }
    }

    /// A pattern that matches everything.
    pub(super) fn any() -> Self {
        Self {
            tokens: vec![Token::Any],
            cause: None,
        }
    }

    /// The text of a node, taken literally; numbers and truth values as JSON writes them. Nothing where it is none.
    #[must_use]
    pub fn read(tree: &Tree, node: NodeId) -> Option<Self> {
        Self::read_with(tree, node, |text, tokens| {
            tokens.extend(text.chars().map(Token::Char));
        })
    }

    /// The same with variables.
    pub(super) fn read_literal(tree: &Tree, node: NodeId) -> Option<Self> {
        let mut text = Self::read_pattern(tree, node)?;
        for token in &mut text.tokens {
            match token {
                Token::Any => *token = Token::Char('*'),
                Token::One => *token = Token::Char('?'),
                Token::Char(_) | Token::Variable(..) | Token::Hole => {}
            }
        }
        Some(text)
    }

    /// The parts between a character, at most some number; nothing where there are fewer.
    pub(super) fn split(&self, at: char, most: usize) -> Option<Vec<Self>> {
        let parts = self.tokens.splitn(most, |token| *token == Token::Char(at));
        let parts: Vec<Self> = parts
            .map(|tokens| Self {
                tokens: tokens.to_vec(),
                cause: self.cause.clone(),
            })
            .collect();
        (parts.len() == most).then_some(parts)
    }

    /// The same with `*`, `?` and variables.
    pub(super) fn read_pattern(tree: &Tree, node: NodeId) -> Option<Self> {
        Self::read_with(tree, node, |text, tokens| add_pattern(text, true, tokens))
    }

    /// The same with `*` and `?` only.
    pub(super) fn read_plain_pattern(tree: &Tree, node: NodeId) -> Option<Self> {
        Self::read_with(tree, node, |text, tokens| add_pattern(text, false, tokens))
    }

    fn read_with(tree: &Tree, node: NodeId, add: impl Fn(&str, &mut Vec<Token>)) -> Option<Self> {
        let mut text = Self {
            tokens: Vec::new(),
            cause: None,
        };
        match &tree.node(node).data {
            Data::String(known) => add(known, &mut text.tokens),
            Data::Bool(known) => add(if *known { "true" } else { "false" }, &mut text.tokens),
            Data::Int(known) => add(&known.to_string(), &mut text.tokens),
            Data::Float(known) => add(&known.to_string(), &mut text.tokens),
            Data::Partial(pieces) => {
                for piece in pieces.iter() {
                    match piece {
                        Piece::Known(known) => add(known, &mut text.tokens),
                        Piece::Unknown(unknown) => text.add_hole(unknown),
                    }
                }
            }
            Data::Unknown(unknown) => match unknown.known.kind {
                None | Some(Type::String | Type::Number | Type::Bool) => text.add_hole(unknown),
                Some(_) => return None,
            },
            Data::Null | Data::List | Data::Map => return None,
        }
        Some(text)
    }

    fn add_hole(&mut self, unknown: &Unknown) {
        let known = &unknown.known;
        self.tokens.extend(known.prefix.chars().map(Token::Char));
        self.tokens.push(Token::Hole);
        self.tokens.extend(known.suffix.chars().map(Token::Char));
        self.cause.get_or_insert_with(|| Arc::new(unknown.clone()));
    }

    /// The text, if all of it is known and it has no variables or wildcards.
    #[must_use]
    pub fn as_known(&self) -> Option<String> {
        let character = |token: &Token| match token {
            Token::Char(character) => Some(*character),
            _ => None,
        };
        self.tokens.iter().map(character).collect()
    }

    pub(super) fn is_any(&self) -> bool {
        !self.tokens.is_empty() && self.tokens.iter().all(|token| *token == Token::Any)
    }

    /// Whether it surely has no characters.
    pub(super) fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    fn has_holes(&self) -> bool {
        self.tokens.contains(&Token::Hole)
    }

    /// The pattern with its variables replaced; nothing where one of them stands for nothing.
    pub(super) fn expanded(&self, meaning: impl Fn(&str) -> Meaning) -> Option<Self> {
        let mut text = Self {
            tokens: Vec::with_capacity(self.tokens.len()),
            cause: self.cause.clone(),
        };
        for token in &self.tokens {
            let Token::Variable(key, default) = token else {
                text.tokens.push(token.clone());
                continue;
            };
            match (meaning(key), default) {
                (Meaning::Text(found), _) => {
                    text.tokens.extend(found.tokens);
                    text.cause = text.cause.or(found.cause);
                }
                (Meaning::Missing, Some(default)) => {
                    text.tokens.extend(default.chars().map(Token::Char));
                }
                (Meaning::Missing, None) => return None,
            }
        }
        Some(text)
    }

    /// Whether the pattern matches a text.
    pub(super) fn matches(&self, text: &Self) -> Truth {
        if self.covers(text) {
            return Truth::Yes;
        }
        if !self.has_holes() && !text.has_holes() {
            return Truth::No;
        }
        if self.tokens.len().saturating_mul(text.tokens.len()) <= COMPARED && !self.may_match(text)
        {
            return Truth::No;
        }
        let cause = self.cause.as_ref().or(text.cause.as_ref()).cloned();
        Truth::Maybe(
            cause.unwrap_or_else(|| {
                Arc::new(Unknown::new(Cause::Other("a text is not known".into())))
            }),
        )
    }

    /// The same in small letters.
    pub(super) fn lowered(&self) -> Self {
        let lower = |token: &Token| match token {
            Token::Char(character) => Token::Char(character.to_ascii_lowercase()),
            other => other.clone(),
        };
        Self {
            tokens: self.tokens.iter().map(lower).collect(),
            cause: self.cause.clone(),
        }
    }

    /// Whether the pattern matches whatever the holes of a text are: only `*` does so with them.
    fn covers(&self, text: &Self) -> bool {
        if self.has_holes() {
            return false;
        }
        let (pattern, text) = (&self.tokens, &text.tokens);
        let (mut at, mut index) = (0, 0);
        let mut again: Option<(usize, usize)> = None;
        while index < text.len() {
            match pattern.get(at) {
                Some(Token::Any) => {
                    again = Some((at, index));
                    at += 1;
                }
                Some(token) if is_one(token, &text[index]) => {
                    at += 1;
                    index += 1;
                }
                _ => match again {
                    Some((star, from)) => {
                        again = Some((star, from + 1));
                        at = star + 1;
                        index = from + 1;
                    }
                    None => return false,
                },
            }
        }
        pattern[at..].iter().all(|token| *token == Token::Any)
    }

    /// Whether the pattern matches for some choice of what is not known.
    fn may_match(&self, text: &Self) -> bool {
        let (pattern, text) = (&self.tokens, &text.tokens);
        // Whether the rest of the pattern can match the rest of the text, by what is left of the text.
        let mut next: Vec<bool> = vec![false; text.len() + 1];
        for at in (0..=pattern.len()).rev() {
            let mut row = vec![false; text.len() + 1];
            for index in (0..=text.len()).rev() {
                let is_free = matches!(pattern.get(at), Some(Token::Any | Token::Hole));
                let is_hole = matches!(text.get(index), Some(Token::Hole));
                row[index] = match (pattern.get(at), text.get(index)) {
                    (None, None) => true,
                    _ if is_free && next[index] => true,
                    _ if is_hole && row[index + 1] => true,
                    (Some(_), Some(_)) if is_free => row[index + 1],
                    (Some(_), Some(_)) if is_hole => next[index],
                    (Some(token), Some(other)) => is_one(token, other) && next[index + 1],
                    _ => false,
                };
            }
            next = row;
        }
        next[0]
    }
}

/// Whether one piece of a pattern matches one of a text.
fn is_one(token: &Token, text: &Token) -> bool {
    match (token, text) {
        (Token::Char(one), Token::Char(other)) => one == other,
        (Token::One, Token::Char(_)) => true,
        _ => false,
    }
}

fn add_pattern(text: &str, with_variables: bool, tokens: &mut Vec<Token>) {
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let variable = rest.strip_prefix("${").filter(|_| with_variables);
        if let Some((inner, after)) = variable.and_then(|inner| inner.split_once('}')) {
            tokens.push(variable_of(inner));
            rest = after;
            continue;
        }
        tokens.push(match character {
            '*' => Token::Any,
            '?' => Token::One,
            character => Token::Char(character),
        });
        rest = &rest[character.len_utf8()..];
    }
}

/// What stands between the braces: a key, or one of the characters that are special outside.
fn variable_of(inner: &str) -> Token {
    let mut characters = inner.chars();
    if let (Some(character @ ('*' | '?' | '$')), None) = (characters.next(), characters.next()) {
        return Token::Char(character);
    }
    let (key, default) = inner
        .split_once(',')
        .map_or((inner, None), |(key, default)| {
            let default = default.trim();
            let default = default
                .strip_prefix('\'')
                .and_then(|text| text.strip_suffix('\''));
            (key, default)
        });
    Token::Variable(key.trim().into(), default.map(SmolStr::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A pattern or text whose holes are written `#`.
    fn text(written: &str, is_pattern: bool) -> Text {
        let mut tokens = Vec::new();
        if is_pattern {
            add_pattern(written, true, &mut tokens);
        } else {
            tokens.extend(written.chars().map(Token::Char));
        }
        let hole = |token| {
            if token == Token::Char('#') {
                Token::Hole
            } else {
                token
            }
        };
        Text {
            tokens: tokens.into_iter().map(hole).collect(),
            cause: None,
        }
    }

    #[test]
    fn patterns_match_surely_maybe_or_not() {
        for (pattern, other, expected) in [
            ("a*c", "abbc", 'y'),
            ("a*c", "abbd", 'n'),
            ("a?c", "abc", 'y'),
            ("a?c", "ac", 'n'),
            ("*", "", 'y'),
            ("", "", 'y'),
            ("*a*b*", "xaxxb", 'y'),
            ("a*", "a#", 'y'),
            ("*b", "a#", 'm'),
            ("a?", "a#", 'm'),
            ("b*", "a#", 'n'),
            ("a#c", "abc", 'm'),
            ("a#c", "abd", 'n'),
            ("a#", "#b", 'm'),
            ("${*}x", "*x", 'y'),
            ("${*}x", "ax", 'n'),
        ] {
            let found = match text(pattern, true).matches(&text(other, false)) {
                Truth::Yes => 'y',
                Truth::Maybe(_) => 'm',
                Truth::No => 'n',
            };
            assert_eq!(found, expected, "{pattern} {other}");
        }
    }

    #[test]
    fn wildcard_bombs_end() {
        let bomb = "*a".repeat(500);
        let long = "a".repeat(2_000) + "b";
        assert!(text(&bomb, true).matches(&text(&long, false)).is_no());
        assert!(!text(&bomb, true).matches(&text("#", false)).is_no());
    }
}
