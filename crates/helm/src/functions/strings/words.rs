//! Words in one name: `snakecase`, `kebabcase`, `camelcase`.
//!
//! Source: <https://pkg.go.dev/github.com/huandu/xstrings>.

use std::ops::Range;

use go::letters::{is_capital, is_letter, is_number, is_punctuation, to_lower, to_upper};
use go::runes;

use crate::functions::Arguments;
use crate::run::{Failure, Run};
use crate::value::{Text, TextBuilder, Value};

/// A character, and where it stands.
type Letter = (Range<usize>, char);

fn letters(run: &mut Run, text: &Text) -> Result<Vec<Letter>, Failure> {
    run.room_for(text.len().saturating_mul(size_of::<Letter>()))?;
    Ok(runes(text.as_bytes()).collect())
}

fn push(builder: &mut TextBuilder, text: &Text, range: &Range<usize>, letter: char) {
    let mut buffer = [0; 4];
    builder.push_instead(letter.encode_utf8(&mut buffer), text, range.clone());
}

fn is_connector(letter: char) -> bool {
    matches!(letter, '-' | '_') || letter.is_whitespace()
}

/// The first letter of each word becomes a capital, and the other capitals of a word that began with one become small.
/// Of several connectors between words, the first goes.
pub(super) fn camel_case(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let text = arguments.text(0)?;
    let letters = letters(run, text)?;
    let mut builder = TextBuilder::default();
    let leading = letters
        .iter()
        .take_while(|(_, letter)| is_connector(*letter));
    let leading = leading.count();
    for (range, letter) in &letters[..leading] {
        push(&mut builder, text, range, *letter);
    }
    let Some(((range, first), rest)) = letters[leading..].split_first() else {
        // Connectors alone come out with one more of them.
        if let Some((range, letter)) = letters.last() {
            push(&mut builder, text, range, *letter);
        }
        return Ok(Value::text(builder.finish()));
    };
    let mut is_capitals = is_capital(*first);
    let mut last = (range, to_upper(*first));
    for (range, letter) in rest {
        let mut changed = *letter;
        if !is_connector(last.1) {
            is_capitals &= is_capital(*letter);
            if is_capitals {
                changed = to_lower(*letter);
            }
            push(&mut builder, text, last.0, last.1);
        } else if is_connector(*letter) {
            push(&mut builder, text, last.0, last.1);
        } else {
            is_capitals = is_capital(*letter);
            changed = to_upper(*letter);
        }
        last = (range, changed);
    }
    push(&mut builder, text, last.0, last.1);
    Ok(Value::text(builder.finish()))
}

pub(super) fn snake_case(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    connected(run, arguments, '_')
}

pub(super) fn kebab_case(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    connected(run, arguments, '-')
}

/// Of what a word consists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Number,
    Capitals,
    Letters,
    Connectors,
    Punctuation,
    Other,
    /// The end of the text.
    End,
}

struct Word<'l> {
    kind: Kind,
    letters: &'l [Letter],
}

/// Reads words, and writes them with a connector between them.
struct Words<'l> {
    text: &'l Text,
    connector: char,
    builder: TextBuilder,
    rest: &'l [Letter],
}

fn connected(run: &mut Run, arguments: &Arguments, connector: char) -> Result<Value, Failure> {
    let text = arguments.text(0)?;
    let letters = letters(run, text)?;
    let mut words = Words {
        text,
        connector,
        builder: TextBuilder::default(),
        rest: &letters,
    };
    words.write();
    Ok(Value::text(words.builder.finish()))
}

impl<'l> Words<'l> {
    fn write(&mut self) {
        let mut word = self.next();
        while !self.rest.is_empty() {
            if word.kind != Kind::Connectors {
                self.push(&word);
            }
            let previous = word;
            word = self.next();
            word = match previous.kind {
                Kind::Number => self.behind_number(word),
                Kind::Connectors => {
                    self.push(&previous);
                    word
                }
                Kind::Punctuation => word,
                _ if word.kind == Kind::Number => self.number(word),
                _ => {
                    self.connect(&word);
                    word
                }
            };
        }
        self.push(&word);
    }

    /// Letters behind a number belong to its word.
    fn behind_number(&mut self, word: Word<'l>) -> Word<'l> {
        let word = self.letters_and_numbers(word);
        self.connect(&word);
        word
    }

    /// A number behind letters belongs to their word, unless small letters follow it: then it begins one.
    fn number(&mut self, number: Word<'l>) -> Word<'l> {
        if self.rest.is_empty() {
            return number;
        }
        let word = self.next();
        if word.kind != Kind::Letters {
            self.push(&number);
            self.connect(&word);
            return word;
        }
        self.builder.push(&Text::from(self.connector.to_string()));
        self.push(&number);
        let word = self.letters_and_numbers(word);
        self.connect(&word);
        word
    }

    fn letters_and_numbers(&mut self, mut word: Word<'l>) -> Word<'l> {
        while matches!(word.kind, Kind::Letters | Kind::Number) {
            self.push(&word);
            word = self.next();
        }
        word
    }

    /// Writes a connector before a word that needs one.
    fn connect(&mut self, word: &Word<'_>) {
        if !matches!(word.kind, Kind::End | Kind::Punctuation | Kind::Connectors) {
            self.builder.push(&Text::from(self.connector.to_string()));
        }
    }

    fn push(&mut self, word: &Word<'_>) {
        for (range, letter) in word.letters {
            let letter = match word.kind {
                Kind::Connectors => self.connector,
                Kind::Capitals => to_lower(*letter),
                _ => *letter,
            };
            push(&mut self.builder, self.text, range, letter);
        }
    }

    fn next(&mut self) -> Word<'l> {
        let (kind, length) = word(self.rest);
        let (letters, rest) = self.rest.split_at(length);
        self.rest = rest;
        Word { kind, letters }
    }
}

/// The kind of the word at the beginning of the letters, and how many it has.
fn word(letters: &[Letter]) -> (Kind, usize) {
    let Some((_, first)) = letters.first() else {
        return (Kind::End, 0);
    };
    let run = |is_part: fn(char) -> bool| {
        let others = letters[1..].iter();
        1 + others.take_while(|(_, letter)| is_part(*letter)).count()
    };
    let small: fn(char) -> bool = |letter| is_alphabetic(letter) && !is_capital(letter);
    match *first {
        letter if is_connector(letter) => (Kind::Connectors, run(is_connector)),
        letter if is_punctuation(letter) => (Kind::Punctuation, run(is_punctuation)),
        letter if is_capital(letter) => {
            let capitals = run(is_capital);
            let is_followed = letters
                .get(capitals)
                .is_some_and(|(_, letter)| is_alphabetic(*letter));
            match (capitals, is_followed) {
                // `Status`.
                (1, true) => (Kind::Capitals, run(small)),
                // `HTTPStatus` is two words.
                (_, true) => (Kind::Capitals, capitals - 1),
                (_, false) => (Kind::Capitals, capitals),
            }
        }
        letter if is_alphabetic(letter) => (Kind::Letters, run(small)),
        letter if is_number(letter) => (Kind::Number, run(is_number)),
        _ => (Kind::Other, run(is_other)),
    }
}

fn is_other(letter: char) -> bool {
    !(is_connector(letter) || is_alphabetic(letter) || is_number(letter) || is_punctuation(letter))
}

/// Whether a character is a letter, and none of those that stand for words.
fn is_alphabetic(letter: char) -> bool {
    let stands_for_word = matches!(
        letter,
        '\u{3400}'..='\u{4d85}' | '\u{4e00}'..='\u{9fcc}' | '\u{20000}'..='\u{2b81d}'
    );
    is_letter(letter) && !stands_for_word
}
