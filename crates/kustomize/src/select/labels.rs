//! Selectors of labels as `kubectl` takes them: `app=web,tier in (a, b),!old`.

use smol_str::SmolStr;

use crate::node::Entry;

/// What labels must be like. All requirements must hold.
#[derive(Clone, Debug, Default)]
pub(crate) struct LabelSelector {
    requirements: Vec<Requirement>,
}

#[derive(Clone, Debug)]
struct Requirement {
    key: SmolStr,
    test: Test,
}

#[derive(Clone, Debug)]
enum Test {
    In(Vec<SmolStr>),
    NotIn(Vec<SmolStr>),
    Exists,
    DoesNotExist,
    Greater(i64),
    Less(i64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'t> {
    Word(&'t str),
    Sign(&'t str),
}

impl LabelSelector {
    /// Reads a selector; an empty one selects all.
    ///
    /// # Errors
    /// When it is malformed.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let tokens = tokens(text);
        let mut reader = Reader {
            tokens: &tokens,
            at: 0,
        };
        let mut requirements = Vec::new();
        while reader.peek().is_some() {
            requirements.push(reader.requirement()?);
            match reader.take() {
                None => break,
                Some(Token::Sign(",")) if reader.peek().is_some() => {}
                _ => return Err(malformed()),
            }
        }
        Ok(Self { requirements })
    }

    /// Whether labels are as they must be.
    pub(crate) fn matches(&self, labels: &[Entry]) -> bool {
        self.requirements.iter().all(|requirement| {
            let label = labels.iter().find(|label| label.key == requirement.key);
            let value = label.map(|label| label.value.text());
            match (&requirement.test, value) {
                (Test::In(values), Some(value)) => values.contains(value),
                (Test::NotIn(values), Some(value)) => !values.contains(value),
                (Test::NotIn(_) | Test::DoesNotExist, None) | (Test::Exists, Some(_)) => true,
                (Test::Greater(least), Some(value)) => number(value).is_some_and(|n| n > *least),
                (Test::Less(most), Some(value)) => number(value).is_some_and(|n| n < *most),
                _ => false,
            }
        })
    }
}

fn number(text: &str) -> Option<i64> {
    go::numbers::parse_int_of(text, 10).ok()
}

fn malformed() -> String {
    "the selector of labels is malformed".to_owned()
}

struct Reader<'t> {
    tokens: &'t [Token<'t>],
    at: usize,
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<Token<'t>> {
        self.tokens.get(self.at).copied()
    }

    fn take(&mut self) -> Option<Token<'t>> {
        self.at += 1;
        self.tokens.get(self.at - 1).copied()
    }

    fn word(&mut self) -> Result<SmolStr, String> {
        match self.take() {
            Some(Token::Word(word)) => Ok(word.into()),
            _ => Err(malformed()),
        }
    }

    fn ends(&self) -> bool {
        matches!(self.peek(), None | Some(Token::Sign(",")))
    }

    fn requirement(&mut self) -> Result<Requirement, String> {
        if self.peek() == Some(Token::Sign("!")) {
            self.take();
            let key = self.word()?;
            let test = Test::DoesNotExist;
            return Ok(Requirement { key, test });
        }
        let key = self.word()?;
        if self.ends() {
            let test = Test::Exists;
            return Ok(Requirement { key, test });
        }
        let test = match self.take() {
            Some(Token::Word("in")) => Test::In(self.values()?),
            Some(Token::Word("notin")) => Test::NotIn(self.values()?),
            Some(Token::Sign("=" | "==")) => Test::In(vec![self.value()?]),
            Some(Token::Sign("!=")) => Test::NotIn(vec![self.value()?]),
            Some(Token::Sign(">")) => Test::Greater(self.bound()?),
            Some(Token::Sign("<")) => Test::Less(self.bound()?),
            _ => return Err(malformed()),
        };
        Ok(Requirement { key, test })
    }

    fn value(&mut self) -> Result<SmolStr, String> {
        match self.ends() {
            true => Ok(SmolStr::default()),
            false => self.word(),
        }
    }

    fn bound(&mut self) -> Result<i64, String> {
        number(&self.value()?).ok_or_else(malformed)
    }

    fn values(&mut self) -> Result<Vec<SmolStr>, String> {
        if self.take() != Some(Token::Sign("(")) {
            return Err(malformed());
        }
        let mut values = Vec::new();
        let mut has_value = false;
        loop {
            match self.take() {
                Some(Token::Word(word)) if !has_value => {
                    values.push(word.into());
                    has_value = true;
                }
                Some(Token::Sign(",")) => {
                    if !has_value {
                        values.push(SmolStr::default());
                    }
                    has_value = false;
                }
                Some(Token::Sign(")")) => {
                    if !has_value {
                        values.push(SmolStr::default());
                    }
                    return Ok(values);
                }
                _ => return Err(malformed()),
            }
        }
    }
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let is_sign = |letter: char| "=!(),<>".contains(letter);
    let is_blank = |letter: char| matches!(letter, ' ' | '\t' | '\r' | '\n');
    let mut tokens = Vec::new();
    let mut rest = text.trim_start_matches(is_blank);
    while !rest.is_empty() {
        let pairs = ["==", "!="];
        let length = match rest.find(|letter: char| is_sign(letter) || is_blank(letter)) {
            Some(0) if pairs.iter().any(|pair| rest.starts_with(pair)) => 2,
            Some(0) => 1,
            Some(end) => end,
            None => rest.len(),
        };
        let (token, after) = rest.split_at(length);
        tokens.push(match token.starts_with(is_sign) {
            true => Token::Sign(token),
            false => Token::Word(token),
        });
        rest = after.trim_start_matches(is_blank);
    }
    tokens
}

#[cfg(test)]
mod tests {
    use source::{FileId, Span};

    use super::*;
    use crate::node::{Node, Origin, Scalar};

    fn labels(text: &str) -> Vec<Entry> {
        let span = Span::new(FileId(0), 0, 0);
        let pairs = text.split(' ').filter_map(|pair| pair.split_once('='));
        let entries = pairs.map(|(key, value)| Entry {
            key: key.into(),
            span,
            value: Node::scalar(Scalar::string(value), Origin::at(span)),
        });
        entries.collect()
    }

    #[test]
    fn labels_are_selected_as_kubectl_does() {
        let labels = labels("app=web tier=5");
        for (selector, selects) in [
            ("", true),
            ("app", true),
            ("!app", false),
            ("!old", true),
            ("app=web", true),
            ("app == web , tier", true),
            ("app!=web", false),
            ("old!=web", true),
            ("app in (db, web)", true),
            ("app notin (db,web)", false),
            ("tier>4,tier<6", true),
            ("old=", false),
        ] {
            let read = LabelSelector::read(selector).unwrap();
            assert_eq!(read.matches(&labels), selects, "{selector}");
        }
    }

    #[test]
    fn malformed_selectors_are_refused() {
        for selector in [
            "app=a=b",
            "app in web",
            "app in (web",
            "=a",
            "a b",
            "app,",
            "a>b",
        ] {
            assert!(LabelSelector::read(selector).is_err(), "{selector}");
        }
    }
}
