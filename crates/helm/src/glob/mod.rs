//! The patterns of `.Files.Glob`: `*` and `?` stay within a name, `**` does not, `[abc]`, `[!a-z]` and `{a,b}` are one of
//! several.
//!
//! Source: <https://pkg.go.dev/github.com/gobwas/glob>.

use std::fmt::Write as _;
use std::iter::Peekable;
use std::rc::Rc;
use std::str::Chars;

use go::regexp::Pattern;

/// A pattern for paths.
pub struct Glob {
    pattern: Rc<Pattern>,
    /// The text around the `**` of a pattern that has nothing else. The library lets both overlap in the path.
    ends: Option<(String, String)>,
}

impl Glob {
    /// Reads a pattern; none if it can't be read.
    #[must_use]
    pub fn parse(pattern: &str) -> Option<Self> {
        let mut reader = Reader {
            rest: pattern.chars().peekable(),
            expression: String::from(r"\A"),
            open: 0,
            texts: vec![String::new()],
            is_simple: true,
        };
        reader.read()?;
        reader.expression.push_str(r"\z");
        let ends = match reader.texts.as_slice() {
            [first, last] if reader.is_simple && !first.is_empty() && !last.is_empty() => {
                Some((first.clone(), last.clone()))
            }
            _ => None,
        };
        let pattern = Pattern::compiled(&reader.expression).ok()?;
        Some(Self { pattern, ends })
    }

    /// Whether a path matches. A search that would take too long finds nothing.
    #[must_use]
    pub fn matches(&self, path: &str) -> bool {
        if let Some((first, last)) = &self.ends {
            return path.starts_with(first) && path.ends_with(last);
        }
        let found = self.pattern.first(path);
        found.is_ok_and(|found| found.is_some())
    }
}

/// Writes a pattern as a regular expression.
struct Reader<'p> {
    rest: Peekable<Chars<'p>>,
    expression: String,
    /// How many braces are open.
    open: usize,
    /// The texts before, between and behind each `**`.
    texts: Vec<String>,
    /// Whether there is nothing else but those.
    is_simple: bool,
}

impl Reader<'_> {
    fn read(&mut self) -> Option<()> {
        while let Some(letter) = self.rest.next() {
            match letter {
                '*' if self.rest.next_if_eq(&'*').is_some() => {
                    self.expression.push_str("(?s:.*)");
                    self.texts.push(String::new());
                }
                '*' => self.special("[^/]*"),
                '?' => self.special("[^/]"),
                '[' => self.set()?,
                '{' => {
                    self.open += 1;
                    self.special("(?:");
                }
                ',' if self.open > 0 => self.expression.push('|'),
                '}' if self.open > 0 => {
                    self.open -= 1;
                    self.expression.push(')');
                }
                '\\' => {
                    if let Some(letter) = self.rest.next() {
                        self.text(letter);
                    }
                }
                letter => self.text(letter),
            }
        }
        // Braces that are not closed end with the pattern.
        self.expression.push_str(&")".repeat(self.open));
        Some(())
    }

    fn special(&mut self, expression: &str) {
        self.is_simple = false;
        self.expression.push_str(expression);
    }

    fn text(&mut self, letter: char) {
        self.literal(letter);
        if let Some(text) = self.texts.last_mut() {
            text.push(letter);
        }
    }

    fn literal(&mut self, letter: char) {
        let _ = write!(self.expression, r"\x{{{:x}}}", u32::from(letter));
    }

    /// One range, or letters.
    fn set(&mut self) -> Option<()> {
        let is_negated = self.rest.next_if_eq(&'!').is_some();
        self.expression
            .push_str(if is_negated { "[^" } else { "[" });
        let mut ahead = self.rest.clone();
        let (low, dash) = (ahead.next()?, ahead.next());
        if dash == Some('-') {
            let high = ahead.next()?;
            if high < low || ahead.next()? != ']' {
                return None;
            }
            self.literal(low);
            self.expression.push('-');
            self.literal(high);
            self.rest = ahead;
        } else {
            self.letters()?;
        }
        self.expression.push(']');
        Some(())
    }

    fn letters(&mut self) -> Option<()> {
        let mut is_empty = true;
        loop {
            let letter = match self.rest.next()? {
                ']' => return (!is_empty).then_some(()),
                '\\' => self.rest.next()?,
                letter => letter,
            };
            self.literal(letter);
            is_empty = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A pattern, a path, and the answer of gobwas/glob 0.2.3.
    const CASES: &str = include_str!("tests.tsv");

    fn answer(pattern: &str, path: &str) -> &'static str {
        match Glob::parse(pattern) {
            None => "invalid",
            Some(glob) if glob.matches(path) => "+",
            Some(_) => "-",
        }
    }

    #[test]
    fn paths_match_as_helm_has_it() {
        for line in CASES.lines().filter(|line| !line.starts_with('#')) {
            let fields: Vec<&str> = line.split('\t').collect();
            let [pattern, path, expected] = fields[..] else {
                panic!("three fields: {line}");
            };
            assert_eq!(answer(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn patterns_of_any_length_are_no_trouble() {
        let pattern = "{*,".repeat(10_000);
        assert!(Glob::parse(&pattern).is_none_or(|glob| !glob.matches("/")));
    }
}
