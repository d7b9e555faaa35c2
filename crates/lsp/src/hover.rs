//! What is told of a place: the checks that find something there, and the values that it is about.

use std::fmt::Write as _;
use std::path::Path;

use analysis::access::{Rights, Verdict};
use analysis::{Content, DefaultsAt, Finding, ListedValue, PodSecurityAt, Report, ValueAt};
use check::{Check, Severity};
use graph::Data;
use source::{Span, neutral};

use crate::actions::Known;
use crate::diagnostics::{Files, Telling};
use crate::places::offset;
use crate::types::{Hover, HoverContents, MarkupContent, MarkupKind, Position, Range};

/// How many ways to use rights are told of.
const MOST_GAINS: usize = 6;

/// What is told of a place; nothing where there is nothing to tell.
pub(crate) fn hover(known: &Known<'_>, path: &Path, position: Position) -> Option<Hover> {
    let report = known.workspace.report()?;
    let telling = Telling::of(known.snapshot);
    let mut files = Files::new(&telling, known.folder, report);
    let findings: Vec<&Finding> = report
        .findings
        .iter()
        .map(AsRef::as_ref)
        .filter(|finding: &&Finding| files.path(finding.span) == path)
        .collect();
    let mut is_here = |span: Span| contains(files.range(span), position);
    let mut sections: Vec<String> = findings
        .into_iter()
        .filter(|finding| is_here(finding.span))
        .map(of_finding)
        .collect();
    let shown = path.strip_prefix(known.folder).ok()?;
    let text = known.snapshot.open.get(path)?;
    let byte = offset(text, position, known.snapshot.client.encoding);
    let byte = u32::try_from(byte).ok()?;
    let at = known.workspace.values_at(shown, byte, known.is_over);
    sections.dedup();
    let levels = known.workspace.pod_security_at(shown, byte);
    sections.splice(0..0, levels.iter().map(of_level));
    let rights = known.workspace.rights_at(shown, byte);
    sections.extend(rights.iter().filter_map(of_rights));
    let defaults = known.workspace.defaults_at(shown, byte, known.is_over);
    sections.extend(defaults.iter().map(of_defaults));
    if !at.values.is_empty() {
        sections.insert(0, of_values(report, &at.values, at.more));
    }
    let range = at.span.map(|span| files.range(span));
    let text = sections.join("\n\n---\n\n");
    let (kind, value) = match known.snapshot.client.reads_markdown {
        true => (MarkupKind::Markdown, text),
        false => (MarkupKind::PlainText, plain(&text)),
    };
    (!value.is_empty()).then_some(Hover {
        contents: HoverContents::Markup(MarkupContent { kind, value }),
        range,
    })
}

/// Markdown of this module without its signs.
fn plain(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut is_code = false;
    let mut rest = markdown.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '`' => is_code = !is_code,
            _ if is_code => out.push(character),
            '\\' => out.extend(rest.next()),
            '<' | '>' => {}
            '\n' => {
                out.truncate(out.trim_end_matches(' ').len());
                out.push('\n');
            }
            '*' if rest.next_if_eq(&'*').is_some() => {}
            _ => out.push(character),
        }
    }
    out
}

fn contains(range: Range, position: Position) -> bool {
    range.start <= position && position <= range.end
}

/// The explanation of a check. Its text is Markdown.
fn of_finding(finding: &Finding) -> String {
    of_check(&finding.check, finding.severity)
}

pub(crate) fn of_check(check: &Check, severity: Severity) -> String {
    let mut text = format!(
        "**{}** · {} · `{}`\n\n{}\n\n{}",
        escaped(&check.title),
        severity,
        check.id,
        lines(&check.why),
        lines(&check.remedy),
    );
    for reference in &check.references {
        let _ = write!(text, "\n\n<{}>", neutral(reference));
    }
    text
}

/// The level of the Pod Security Standards that pods keep, and what keeps them from a stricter one.
fn of_level(at: &PodSecurityAt) -> String {
    let mut text = format!(
        "{} · Pod Security level `{}`",
        escaped(&at.address),
        at.level
    );
    if !at.broken.is_empty() {
        let checks: Vec<String> = at.broken.iter().map(|id| format!("`{id}`")).collect();
        let _ = write!(text, ", for a stricter one see {}", checks.join(", "));
    }
    text
}

/// What someone can do with their rights, and whom they can become; nothing where that is no more than they were given.
fn of_rights(rights: &Rights) -> Option<String> {
    let certainly = |is_certain: bool| if is_certain { "" } else { "perhaps " };
    let gains: Vec<String> = rights
        .gains
        .iter()
        .take(MOST_GAINS)
        .map(|gain| {
            let place = match &gain.namespace {
                Some(namespace) => format!("in {}", escaped(namespace)),
                None => "everywhere".to_owned(),
            };
            let certainly = certainly(gain.verdict == Verdict::Yes);
            format!("{certainly}`{}` {place}", gain.way)
        })
        .collect();
    let reached: Vec<String> = rights
        .reached
        .iter()
        .map(|one| {
            let hops = if one.hops == 1 { "hop" } else { "hops" };
            let (to, certainly) = (escaped(&one.to), certainly(one.is_certain));
            format!("{certainly}becomes {to} in {} {hops}", one.hops)
        })
        .collect();
    let more = rights.gains.len().saturating_sub(MOST_GAINS);
    let more = (more > 0).then(|| format!("{more} more"));
    let all: Vec<String> = reached.into_iter().chain(gains).chain(more).collect();
    let subject = escaped(&rights.subject);
    (!all.is_empty()).then(|| format!("{subject} can: {}", all.join(", ")))
}

/// What nobody wrote and holds nevertheless.
fn of_defaults(at: &DefaultsAt) -> String {
    let value = |(key, data): &(graph::SmolStr, Data)| {
        format!("- `{}` = `{}`", code(key), code(&known(data)))
    };
    let values: Vec<String> = at.values.iter().map(value).collect();
    format!(
        "{} · not written here, so set by {}\n\n{}",
        escaped(&at.address),
        escaped(&at.by),
        values.join("\n")
    )
}

/// A text of a check with the ends of its lines.
fn lines(text: &str) -> String {
    let lines: Vec<_> = text.trim().lines().map(neutral).collect();
    lines.join("\n")
}

fn of_values(report: &Report, values: &[ValueAt], more: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for at in values {
        let environment = at.environment.as_ref();
        let environment = environment.map(|name| format!(" in {}", escaped(name)));
        let line = format!(
            "- `{}` = {} · {}{}{}",
            code(&at.value.path),
            content(&at.value.content),
            escaped(&at.address),
            environment.unwrap_or_default(),
            through(report, &at.value)
        );
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    if more > 0 {
        lines.push(format!("- and {more} more"));
    }
    lines.join("\n")
}

fn content(content: &Content) -> String {
    match content {
        Content::Known(data) => format!("`{}`", code(&known(data))),
        Content::Partly(text, _) => format!("`{}`, of which `…` can't be known", code(text)),
        Content::Unknown(cause) => format!("unknown: {}", escaped(&cause.message)),
        Content::Secret => "a secret".to_owned(),
    }
}

pub(crate) fn known(data: &Data) -> String {
    match data {
        Data::Null => "null".to_owned(),
        Data::Bool(bool) => bool.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::String(text) => serde_json::Value::from(text.as_str()).to_string(),
        Data::List => "[]".to_owned(),
        Data::Map => "{}".to_owned(),
        // What is not known wholly is told as that.
        Data::Unknown(_) | Data::Partial(_) => "…".to_owned(),
    }
}

/// Where a value was set, and what it came through.
fn through(report: &Report, value: &ListedValue) -> String {
    let place = |span: Span| {
        let file = report.sources.get(span.file);
        let line = file.position(span.start).line + 1;
        format!("{}:{line}", file.path.display())
    };
    let set = std::iter::once(format!("set at {}", place(value.span)));
    let steps = value.through.iter();
    let steps = steps.map(|step| format!("{} ({})", step.message, place(step.span)));
    let all: Vec<String> = set.chain(steps).map(|step| escaped(&step)).collect();
    // Two blanks at its end keep a line apart from the next.
    format!("  \n  {}", all.join(", "))
}

/// A text between backticks, on one line.
fn code(text: &str) -> String {
    let text = source::brief(text, 200);
    neutral(&text).replace(['`', '\n'], " ")
}

/// A text in which nothing is Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for character in neutral(text).chars() {
        if "\\`*_{}[]<>()#+-!|".contains(character) && character != '-' {
            out.push('\\');
        }
        out.push(character);
    }
    out
}
