//! Text to the terms of a query.

use std::ops::Range;

use check::Severity;
use source::{nearest, neutral};

use super::error::QueryError;
use super::field::{FIELDS, FLAGS, Field, Flag, SEVERITY};
use super::pattern::Pattern;
use super::{Comparison, Term, Test};

/// The longest query, in bytes: nobody writes a longer one, and each word is asked of each finding.
const LONGEST: usize = 4_096;

/// A word of a query, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Its text without quotes.
    pub(super) text: String,
    /// Where each byte of the text stands in the query, and where the word ends.
    places: Vec<usize>,
    /// Where a quote begins that does not end.
    open: Option<usize>,
    /// The first byte of the text that stood in quotes: what is quoted is no sign.
    quoted: Option<usize>,
}

impl Word {
    pub(super) fn range(&self) -> Range<usize> {
        self.part(0..self.text.len())
    }

    fn part(&self, range: Range<usize>) -> Range<usize> {
        let place = |at: usize| self.places.get(at).copied().unwrap_or_default();
        place(range.start)..place(range.end)
    }

    /// Where the sign between the field and the value stands, and the sign.
    pub(super) fn sign(&self) -> Option<(usize, &'static str)> {
        const SIGNS: [&str; 6] = [">=", "<=", ":", "=", ">", "<"];
        let bare = &self.text[..self.quoted.unwrap_or(self.text.len())];
        let at = bare.find([':', '=', '<', '>'])?;
        let sign = SIGNS
            .into_iter()
            .find(|sign| bare[at..].starts_with(sign))?;
        Some((at, sign))
    }
}

/// The words of a query.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut letters = text.char_indices().peekable();
    loop {
        while letters
            .next_if(|(_, letter)| letter.is_whitespace())
            .is_some()
        {}
        let Some((start, _)) = letters.peek().copied() else {
            return words;
        };
        let mut word = Word {
            text: String::new(),
            places: Vec::new(),
            open: None,
            quoted: None,
        };
        let mut end = start;
        while let Some((at, letter)) =
            letters.next_if(|(_, letter)| word.open.is_some() || !letter.is_whitespace())
        {
            end = at + letter.len_utf8();
            match (letter, word.open) {
                ('"', None) => {
                    word.open = Some(at);
                    word.quoted.get_or_insert(word.text.len());
                }
                ('"', Some(_)) => word.open = None,
                _ => {
                    word.text.push(letter);
                    word.places.extend(at..end);
                }
            }
        }
        word.places.push(end);
        words.push(word);
    }
}

/// Reads the terms of a query.
pub(super) fn parse(text: &str) -> Result<Vec<Term>, QueryError> {
    let reading = Reading { text };
    if text.len() > LONGEST {
        let message = format!("it is longer than {LONGEST} bytes");
        return Err(reading.error(0..0, message, None));
    }
    words(text).iter().map(|word| reading.term(word)).collect()
}

struct Reading<'a> {
    text: &'a str,
}

impl Reading<'_> {
    fn error(&self, at: Range<usize>, message: String, help: Option<String>) -> QueryError {
        QueryError {
            text: self.text.to_owned(),
            at,
            message,
            help,
        }
    }

    fn term(&self, word: &Word) -> Result<Term, QueryError> {
        if let Some(at) = word.open {
            let message = "this quote does not end".to_owned();
            return Err(self.error(at..at + 1, message, Some("write a second `\"`".to_owned())));
        }
        let is_negated = word.text.starts_with('!') && word.quoted != Some(0);
        let start = usize::from(is_negated);
        let test = match word.sign() {
            Some((at, sign)) if at > start => self.compared(word, start..at, sign)?,
            Some((at, sign)) => {
                let message = format!("no field stands before `{sign}`");
                return Err(self.error(word.part(at..at + sign.len()), message, Some(fields())));
            }
            None => self.plain(word, start, is_negated)?,
        };
        Ok(Term { is_negated, test })
    }

    /// A word without a sign: a flag, or text that is looked for.
    fn plain(&self, word: &Word, start: usize, is_negated: bool) -> Result<Test, QueryError> {
        let text = &word.text[start..];
        if text.is_empty() {
            let message = match is_negated {
                true => "nothing stands behind `!`",
                false => "a text without letters is everywhere",
            };
            return Err(self.error(word.range(), message.to_owned(), None));
        }
        let flag = Flag::parse(text).filter(|_| word.quoted.is_none());
        Ok(flag.map_or_else(|| Test::Text(text.to_lowercase()), Test::Flag))
    }

    /// A word with a sign: a field and what is wanted of it.
    fn compared(
        &self,
        word: &Word,
        name: Range<usize>,
        sign: &'static str,
    ) -> Result<Test, QueryError> {
        let behind = name.end + sign.len();
        let (field, value) = (&word.text[name.clone()], &word.text[behind..]);
        let is_severity = SEVERITY.contains(&field.to_lowercase().as_str());
        let known = Field::parse(field);
        if known.is_none() && !is_severity {
            let message = format!("there is no field `{}`", neutral(field));
            return Err(self.error(word.part(name), message, Some(meant(field))));
        }
        if value.is_empty() || value.split(',').any(str::is_empty) {
            let message = format!("no value stands behind `{sign}`");
            let message = match value.is_empty() {
                true => message,
                false => "a value between commas is empty".to_owned(),
            };
            return Err(self.error(word.part(name.end..word.text.len()), message, None));
        }
        match known {
            None => self.severity(word, behind, sign),
            Some(_) if !matches!(sign, ":" | "=") => {
                let message = format!("`{field}` has no order, so `{sign}` says nothing of it");
                let help = format!("write `{field}:{}`", neutral(value));
                Err(self.error(word.part(name.end..behind), message, Some(help)))
            }
            Some(field) => {
                let patterns = value.split(',').map(Pattern::new);
                Ok(Test::Field(field, patterns.collect()))
            }
        }
    }

    fn severity(&self, word: &Word, behind: usize, sign: &str) -> Result<Test, QueryError> {
        let value = &word.text[behind..];
        let Some(severity) = Severity::parse(&value.to_lowercase()) else {
            let at = word.part(behind..word.text.len());
            let message = format!("there is no severity `{}`", neutral(value));
            let all = Severity::ALL.map(Severity::text);
            let help = match nearest(value, all) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write one of {}", all.join(", ")),
            };
            return Err(self.error(at, message, Some(help)));
        };
        let comparison = match sign {
            ">=" => Comparison::AtLeast,
            "<=" => Comparison::AtMost,
            ">" => Comparison::Above,
            "<" => Comparison::Below,
            _ => Comparison::Equal,
        };
        Ok(Test::Severity(comparison, severity))
    }
}

fn names() -> impl Iterator<Item = &'static str> {
    let fields = FIELDS.iter().map(|(_, names, _)| names[0]);
    std::iter::once(SEVERITY[0]).chain(fields)
}

fn fields() -> String {
    format!(
        "the fields are {}",
        names().collect::<Vec<&str>>().join(", ")
    )
}

fn meant(field: &str) -> String {
    let flags = FLAGS.iter().map(|(_, name, _)| *name);
    match nearest(field, names().chain(flags)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("{}; a text with `:` is looked for in quotes", fields()),
    }
}
