//! Our own directives: `CHECK[,CHECK] [until=YYYY-MM-DD] reason`.

use std::sync::atomic::{AtomicBool, Ordering};

use source::{Place, Span};

use super::names::{CheckIds, Tool};
use crate::report;

/// What hides findings of some checks at some place.
#[derive(Debug)]
pub(super) struct Directive {
    pub(super) tool: Tool,
    /// The name of the checks as it is written, for people.
    pub(super) name: String,
    pub(super) checks: CheckIds,
    pub(super) reason: Option<String>,
    pub(super) place: Place,
    /// Whether it stands in the configuration, and not where it is for.
    pub(super) is_configured: bool,
    used: AtomicBool,
}

impl Directive {
    pub(super) fn new(
        tool: Tool,
        name: &str,
        checks: CheckIds,
        reason: Option<&str>,
        place: Place,
    ) -> Self {
        let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
        Self {
            tool,
            name: name.to_owned(),
            checks,
            reason: reason.map(|reason| source::neutral(reason).into_owned()),
            place,
            is_configured: false,
            used: AtomicBool::new(false),
        }
    }

    /// Whether it hides a check; then it has been used.
    pub(super) fn hides(&self, check: &str) -> bool {
        let hides = self
            .checks
            .binary_search_by(|id| id.as_str().cmp(check))
            .is_ok();
        if hides {
            self.used.store(true, Ordering::Relaxed);
        }
        hides
    }

    pub(super) fn is_used(&self) -> bool {
        self.used.load(Ordering::Relaxed)
    }

    /// The range that it is written in, unless it stands in the configuration.
    pub(super) fn span(&self) -> Option<Span> {
        match &self.place {
            Place::Span(span) if !self.is_configured => Some(*span),
            _ => None,
        }
    }

    pub(super) fn suppression(&self) -> report::Suppression {
        report::Suppression {
            span: self.span(),
            tool: self.tool.text(),
            reason: self.reason.clone(),
        }
    }
}

/// A directive of ours as it is written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Written<'a> {
    pub(super) names: Vec<&'a str>,
    pub(super) until: Option<&'a str>,
    pub(super) reason: String,
}

impl<'a> Written<'a> {
    /// Reads `CHECK[,CHECK] [until=YYYY-MM-DD] reason`. Blanks around the commas do no harm.
    pub(super) fn read(text: &'a str) -> Self {
        let mut words = text.split_whitespace().peekable();
        let mut names = Vec::new();
        while let Some(word) = words.next_if(|word| !word.starts_with("until=")) {
            names.extend(word.split(',').filter(|name| !name.is_empty()));
            let goes_on =
                word.ends_with(',') || words.peek().is_some_and(|next| next.starts_with(','));
            if !goes_on {
                break;
            }
        }
        let mut until = None;
        let mut reason = Vec::new();
        for word in words {
            match word.strip_prefix("until=") {
                Some(date) => until = Some(date),
                None => reason.push(word),
            }
        }
        Self {
            names,
            until,
            reason: plain_reason(&reason.join(" ")),
        }
    }
}

/// A reason without the dashes or colon that people put before it; empty where it says nothing.
pub(super) fn plain_reason(text: &str) -> String {
    let text = text.trim_start_matches(|character: char| {
        "-–—:".contains(character) || character.is_whitespace()
    });
    let says_something = text.chars().any(char::is_alphanumeric);
    if says_something {
        text.trim_end().to_owned()
    } else {
        String::new()
    }
}

/// Whether a text is a day of the calendar as `YYYY-MM-DD`, so that texts compare as days do.
pub(super) fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let has_form = bytes.len() == 10
        && bytes.iter().enumerate().all(|(index, byte)| match index {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    has_form && text.parse::<jiff::civil::Date>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, names: &[&str], until: Option<&str>, reason: &str) {
        let expected = Written {
            names: names.to_vec(),
            until,
            reason: reason.to_owned(),
        };
        assert_eq!(Written::read(text), expected, "{text}");
    }

    #[test]
    fn names_date_and_reason_are_told_apart() {
        check("a the agent needs it", &["a"], None, "the agent needs it");
        check(
            "a,b until=2027-01-31 until then",
            &["a", "b"],
            Some("2027-01-31"),
            "until then",
        );
        check(
            "a, b ,c , d because, well",
            &["a", "b", "c", "d"],
            None,
            "because, well",
        );
        check("a -- because", &["a"], None, "because");
        check(
            "a because until=2027-01-31",
            &["a"],
            Some("2027-01-31"),
            "because",
        );
    }

    #[test]
    fn parts_may_be_missing() {
        check("", &[], None, "");
        check(
            "until=2027-01-31 because",
            &[],
            Some("2027-01-31"),
            "because",
        );
        check("a", &["a"], None, "");
        check("a ---", &["a"], None, "");
        check(",", &[], None, "");
    }

    #[test]
    fn dates_have_one_form() {
        for (text, expected) in [
            ("2027-01-31", true),
            ("2028-02-29", true),
            ("2027-02-29", false),
            ("2027-1-31", false),
            ("20270131", false),
            ("+027-01-31", false),
            ("tomorrow", false),
        ] {
            assert_eq!(is_date(text), expected, "{text}");
        }
    }
}
