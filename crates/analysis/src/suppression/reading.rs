//! Collects directives and what is wrong with them.

use std::cell::OnceCell;

use check::Library;
use source::{Level, Place, Problem, Span};

use super::directive::{Directive, Written, is_date};
use super::names::{CheckIds, Names, Tool};
use super::notices::Notices;
use super::scope::{Scope, Scopes};

/// How a directive is written, for people who wrote another thing.
const SYNTAX: &str = "write `scantling:ignore CHECK[,CHECK] [until=YYYY-MM-DD] reason`";

/// The most checks that one directive may name: text that nobody wrote by hand must not fill the
/// memory with notices.
const MOST_NAMES: usize = 200;

/// How much of a name that means nothing is shown, in characters.
const SHOWN: usize = 80;

/// The directives of a run while they are read.
pub(super) struct Reading<'a> {
    library: &'a Library,
    /// As soon as some directive is met.
    names: OnceCell<Names>,
    today: &'a str,
    pub(super) directives: Vec<Directive>,
    pub(super) scopes: Scopes,
    pub(super) notices: Notices,
}

/// A directive of ours with where it is written and where it applies.
pub(super) struct Ours<'a> {
    pub(super) written: Written<'a>,
    pub(super) place: Place,
    /// Where each name of a check is written, as far as that is known better.
    pub(super) names: Vec<Span>,
    pub(super) scope: Scope,
    /// What tells entries of the configuration apart that are for the same check.
    pub(super) whereabouts: String,
}

/// The code of a notice, its message and its help.
type Refusal = (&'static str, String, &'static str);

impl<'a> Reading<'a> {
    pub(super) fn new(library: &'a Library, today: &'a str) -> Self {
        Self {
            library,
            names: OnceCell::new(),
            today,
            directives: Vec::new(),
            scopes: Scopes::default(),
            notices: Notices::default(),
        }
    }

    /// The checks by their names.
    pub(super) fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::new(self.library))
    }

    /// The day of the run as `YYYY-MM-DD`.
    pub(super) fn today(&self) -> &'a str {
        self.today
    }

    /// Takes a directive of ours, or says why it hides nothing. Returns the directives that it
    /// makes, one for each name.
    pub(super) fn take(&mut self, ours: &Ours<'_>) -> std::ops::Range<usize> {
        let start = self.directives.len();
        match self.refusal(ours) {
            Some((code, message, help)) => {
                self.notice(code, message, Some(help.to_owned()), ours.place.clone());
            }
            None => {
                for (index, name) in ours.written.names.iter().enumerate() {
                    let named = ours.names.get(index);
                    let place = named.map_or_else(|| ours.place.clone(), |span| Place::Span(*span));
                    self.take_name(name, place, ours);
                }
            }
        }
        start..self.directives.len()
    }

    /// Why a directive hides nothing at all: the sort of problem, the message and the help.
    fn refusal(&self, ours: &Ours<'_>) -> Option<Refusal> {
        let Written {
            names,
            until,
            reason,
        } = &ours.written;
        let whereabouts = &ours.whereabouts;
        if names.is_empty() {
            let message = format!("the suppression{whereabouts} names no check");
            return Some(("invalid-suppression", message, SYNTAX));
        }
        if names.len() > MOST_NAMES {
            let message = format!(
                "the suppression{whereabouts} hides nothing: it names more than {MOST_NAMES} checks"
            );
            return Some(("invalid-suppression", message, "part it into several"));
        }
        let shown: Vec<String> = names.iter().map(|name| quoted(name)).collect();
        let what = format!("the suppression of {}{whereabouts}", shown.join(", "));
        match until {
            Some(until) if !is_date(until) => {
                let message = format!("{what} hides nothing: {} is no date", quoted(until));
                Some((
                    "invalid-suppression",
                    message,
                    "write the last day as YYYY-MM-DD",
                ))
            }
            _ if reason.is_empty() => {
                let message = format!("{what} hides nothing: it has no reason");
                Some((
                    "suppression-without-reason",
                    message,
                    "say why the finding is accepted",
                ))
            }
            Some(until) if *until < self.today => {
                let message = format!("{what} ended on {until}");
                Some((
                    "expired-suppression",
                    message,
                    "fix the finding, or set a later day if it is still accepted",
                ))
            }
            _ => None,
        }
    }

    fn take_name(&mut self, name: &str, place: Place, ours: &Ours<'_>) {
        match self.names().ours(name) {
            Some(checks) => {
                let shown = format!("{}{}", quoted(name), ours.whereabouts);
                let directive = Directive::new(
                    Tool::Scantling,
                    &shown,
                    checks,
                    Some(&ours.written.reason),
                    place,
                );
                self.add(directive, ours.scope);
            }
            None => {
                let help = self
                    .names()
                    .nearest(name)
                    .map(|near| format!("did you mean `{near}`?"));
                let message = format!(
                    "the suppression of {} hides nothing: there is no such check",
                    quoted(name)
                );
                self.notice("unknown-check-in-suppression", message, help, place);
            }
        }
    }

    /// Takes a directive of another tool; one for nothing that we have is left out.
    pub(super) fn take_foreign(&mut self, foreign: Foreign<'_>) {
        if !foreign.checks.is_empty() && foreign.scope != Scope::Nowhere {
            let Foreign {
                tool,
                checks,
                reason,
                span,
                scope,
            } = foreign;
            self.add(
                Directive::new(tool, tool.text(), checks, reason, Place::Span(span)),
                scope,
            );
        }
    }

    fn add(&mut self, directive: Directive, scope: Scope) {
        self.scopes
            .add(scope, self.directives.len(), &directive.checks);
        self.directives.push(directive);
        if let (Scope::Filter(_), Some(added)) = (scope, self.directives.last_mut()) {
            added.is_configured = true;
        }
    }

    /// Notes a directive that can't be read.
    pub(super) fn invalid(&mut self, message: String, help: Option<String>, place: Place) {
        let help = help.unwrap_or_else(|| SYNTAX.to_owned());
        self.notice("invalid-suppression", message, Some(help), place);
    }

    fn notice(&mut self, code: &'static str, message: String, help: Option<String>, place: Place) {
        self.notices.add(Problem {
            level: Level::Notice,
            code,
            message,
            place,
            help,
        });
    }
}

/// A directive of another tool.
pub(super) struct Foreign<'a> {
    pub(super) tool: Tool,
    pub(super) checks: CheckIds,
    pub(super) reason: Option<&'a str>,
    pub(super) span: Span,
    pub(super) scope: Scope,
}

/// A piece of the input, made harmless and short.
pub(super) fn quoted(text: &str) -> String {
    let end = text
        .char_indices()
        .nth(SHOWN)
        .map_or(text.len(), |(end, _)| end);
    let rest = if end < text.len() { "…" } else { "" };
    format!("`{}{rest}`", source::neutral(&text[..end]))
}
