//! Patterns of `.Files.Glob`: `*` and `?` stay within a folder, `**` does not, and there are `[a-z]`, `[!abc]` and `{a,b}`.

use std::rc::Rc;

use go::regexp::Pattern;

/// A pattern. One that can't be read matches everything.
pub(super) struct Glob(Option<Rc<Pattern>>);

impl Glob {
    pub(super) fn new(pattern: &str) -> Self {
        let expression = expression(pattern);
        Self(expression.and_then(|expression| Pattern::compiled(&expression).ok()))
    }

    pub(super) fn matches(&self, name: &str) -> bool {
        let Some(pattern) = &self.0 else {
            return true;
        };
        pattern.first(name).is_ok_and(|found| found.is_some())
    }
}

type Rest<'a> = std::iter::Peekable<std::str::Chars<'a>>;

/// The regular expression that matches the same; none where the pattern has a mistake.
fn expression(pattern: &str) -> Option<String> {
    let mut expression = String::from("(?s)^");
    let mut rest = pattern.chars().peekable();
    let mut open = 0;
    while let Some(character) = rest.next() {
        match character {
            '*' if rest.next_if_eq(&'*').is_some() => expression.push_str(".*"),
            '*' => expression.push_str("[^/]*"),
            '?' => expression.push_str("[^/]"),
            '[' => push_class(&mut expression, &mut rest)?,
            '{' => {
                open += 1;
                expression.push_str("(?:");
            }
            ',' if open > 0 => expression.push('|'),
            '}' if open > 0 => {
                open -= 1;
                expression.push(')');
            }
            '\\' => push_literal(&mut expression, rest.next()?),
            other => push_literal(&mut expression, other),
        }
    }
    // Braces may stay open until the end.
    expression.extend(std::iter::repeat_n(')', open));
    expression.push('$');
    Some(expression)
}

fn push_class(expression: &mut String, rest: &mut Rest<'_>) -> Option<()> {
    let negated = rest.next_if_eq(&'!').is_some();
    let mut characters = Vec::new();
    let mut range = None;
    loop {
        let character = rest.next()?;
        match character {
            ']' if !characters.is_empty() => break,
            '-' if characters.len() == 1 && range.is_none() => {
                let high = rest.next()?;
                let low = characters[0];
                // A range is all that stands in its brackets.
                if high < low || rest.next()? != ']' {
                    return None;
                }
                range = Some((low, high));
                break;
            }
            '\\' => characters.push(rest.next()?),
            other => characters.push(other),
        }
    }
    expression.push_str(if negated { "[^" } else { "[" });
    if let Some((low, high)) = range {
        push_literal(expression, low);
        expression.push('-');
        push_literal(expression, high);
    } else {
        for character in characters {
            push_literal(expression, character);
        }
    }
    expression.push(']');
    Some(())
}

fn push_literal(expression: &mut String, character: char) {
    if character.is_ascii_punctuation() && character != '_' {
        expression.push('\\');
    }
    expression.push(character);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_match_as_in_helm() {
        for (pattern, name, expected) in [
            ("config/*", "config/a.yaml", true),
            ("config/*", "config/b/a.yaml", false),
            ("config/**", "config/b/a.yaml", true),
            ("**.yaml", "a/b.yaml", true),
            ("{a,b}.txt", "b.txt", true),
            ("{a,b*}.txt", "bcd.txt", true),
            ("[a-c]?", "bx", true),
            ("[!a-c]?", "bx", false),
            ("[xyz].y", "y.y", true),
            ("a\\*", "a*", true),
            ("a.c", "abc", false),
            // What can't be read matches everything.
            ("[z-a]", "other", true),
            ("[", "other", true),
        ] {
            assert_eq!(
                Glob::new(pattern).matches(name),
                expected,
                "{pattern} {name}"
            );
        }
    }
}
