//! Collects directives and what is wrong with them.

use source::{Level, Place, Problem, Span};

use super::directive::{Directive, Written, is_date};
use super::names::{CheckIds, Names, Tool};
use super::scope::{Scope, Scopes};

/// How a directive is written, for people who wrote another thing.
const SYNTAX: &str = "write `scantling:ignore CHECK[,CHECK] [until=YYYY-MM-DD] reason`";

/// The most checks that one directive may name: text that nobody wrote by hand must not fill the memory with notices.
const MOST_NAMES: usize = 200;

/// How much of a name that means nothing is shown, in characters.
const SHOWN: usize = 80;

/// The directives of a run while they are read.
pub(super) struct Reading<'a> {
    pub(super) names: Names,
    today: &'a str,
    pub(super) directives: Vec<Directive>,
    pub(super) scopes: Scopes,
    pub(super) problems: Vec<Problem>,
}

/// A directive of ours with where it is written and where it applies.
pub(super) struct Ours<'a> {
    pub(super) written: Written<'a>,
    pub(super) place: Place,
    pub(super) scope: Scope,
    /// What tells entries of the configuration apart, which have no place of their own.
    pub(super) whereabouts: String,
}

impl<'a> Reading<'a> {
    pub(super) fn new(names: Names, today: &'a str) -> Self {
        Self {
            names,
            today,
            directives: Vec::new(),
            scopes: Scopes::default(),
            problems: Vec::new(),
        }
    }

    /// The day of the run as `YYYY-MM-DD`.
    pub(super) fn today(&self) -> &'a str {
        self.today
    }

    /// Takes a directive of ours, or says why it hides nothing. Returns the directives that it makes, one for each name.
    pub(super) fn take(&mut self, ours: &Ours<'_>) -> std::ops::Range<usize> {
        let start = self.directives.len();
        match self.refusal(ours) {
            Some((code, message, help)) => self.notice(code, message, help, ours.place.clone()),
            None => ours
                .written
                .names
                .iter()
                .for_each(|name| self.take_name(name, ours)),
        }
        start..self.directives.len()
    }

    /// Why a directive hides nothing at all.
    fn refusal(&self, ours: &Ours<'_>) -> Option<(&'static str, String, Option<String>)> {
        let Written {
            names,
            until,
            reason,
        } = &ours.written;
        if names.is_empty() {
            let message = format!("the suppression{} names no check", ours.whereabouts);
            return Some(("invalid-suppression", message, Some(SYNTAX.to_owned())));
        }
        if names.len() > MOST_NAMES {
            let message = format!(
                "the suppression{} hides nothing: it names {} checks",
                ours.whereabouts,
                names.len()
            );
            return Some((
                "invalid-suppression",
                message,
                Some(format!("name at most {MOST_NAMES} in one")),
            ));
        }
        let shown: Vec<String> = names.iter().map(|name| quoted(name)).collect();
        let what = format!(
            "the suppression of {}{}",
            shown.join(", "),
            ours.whereabouts
        );
        if let Some(until) = until.filter(|until| !is_date(until)) {
            let message = format!("{what} hides nothing: {} is no date", quoted(until));
            return Some((
                "invalid-suppression",
                message,
                Some("write the last day as YYYY-MM-DD".to_owned()),
            ));
        }
        if reason.is_empty() {
            let message = format!("{what} hides nothing: it has no reason");
            return Some((
                "suppression-without-reason",
                message,
                Some("say why the finding is accepted".to_owned()),
            ));
        }
        let until = until.filter(|until| *until < self.today)?;
        let message = format!("{what} ended on {until}");
        let help = "fix the finding, or set a later day if it is still accepted";
        Some(("expired-suppression", message, Some(help.to_owned())))
    }

    fn take_name(&mut self, name: &str, ours: &Ours<'_>) {
        match self.names.ours(name) {
            Some(checks) => {
                let shown = format!("{}{}", quoted(name), ours.whereabouts);
                let directive = Directive::new(
                    Tool::Scantling,
                    &shown,
                    checks,
                    Some(&ours.written.reason),
                    ours.place.clone(),
                );
                self.add(directive, ours.scope);
            }
            None => {
                let help = self
                    .names
                    .nearest(name)
                    .map(|near| format!("did you mean `{near}`?"));
                let message = format!(
                    "the suppression of {} hides nothing: there is no such check",
                    quoted(name)
                );
                self.notice(
                    "unknown-check-in-suppression",
                    message,
                    help,
                    ours.place.clone(),
                );
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
    }

    /// Notes a directive that can't be read.
    pub(super) fn invalid(&mut self, message: String, help: Option<String>, place: Place) {
        let help = help.unwrap_or_else(|| SYNTAX.to_owned());
        self.notice("invalid-suppression", message, Some(help), place);
    }

    fn notice(&mut self, code: &'static str, message: String, help: Option<String>, place: Place) {
        self.problems.push(Problem {
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
