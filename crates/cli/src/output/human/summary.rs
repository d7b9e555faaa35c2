//! The summary: what was found, what could not be decided, and what was and was not scanned.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use analysis::{Input, Report, Status, Unit, Verdict};
use anstyle::{AnsiColor, Style};
use check::Severity;
use source::neutral;

use super::Detail;
use super::frame::style;
use crate::output::location::{Location, shown};
use crate::output::text::{count, flat};
use crate::terminal::Look;

/// How many paths stand for all that share a reason.
const PATHS: usize = 3;

/// The summary of a report, ending with a line break.
pub(crate) fn summary(report: &Report, look: Look, detail: Detail) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}{}", findings(report, look), remarks(report));
    out.push_str(&unknown(report, detail));
    let _ = writeln!(out, "{}", coverage(report));
    out.push_str(&inputs(report, look, detail));
    if detail == Detail::Full {
        out.push_str(&each_suppressed(report));
    }
    if !report.findings.is_empty() {
        out.push_str("`scantling explain CHECK` tells more about a check\n");
    }
    out
}

/// What became of the inputs: of each, or of those that were not scanned wholly.
pub(crate) fn inputs(report: &Report, look: Look, detail: Detail) -> String {
    if report.inputs.is_empty() {
        return "  there is no file to scan\n".to_owned();
    }
    if detail == Detail::Full {
        return each_input(&report.inputs);
    }
    let statuses = [Status::Partial, Status::Failed, Status::Skipped];
    let told = statuses.map(|status| by_reason(report, status, look));
    told.concat()
}

fn findings(report: &Report, look: Look) -> String {
    let bold = |text: &str| look.paint(Style::new().bold(), text);
    if report.findings.is_empty() {
        return match report.resources {
            0 => bold("Nothing was scanned"),
            _ => look.paint(
                Style::new()
                    .fg_color(Some(AnsiColor::BrightGreen.into()))
                    .bold(),
                "No findings",
            ),
        };
    }
    let number = bold(&count(report.findings.len(), "finding"));
    format!("{number}: {}", severities(report, look))
}

/// The number of findings of each severity, the worst first.
pub(crate) fn severities(report: &Report, look: Look) -> String {
    let of = |severity: Severity| {
        let number = report
            .findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count();
        (number > 0).then(|| look.paint(style(severity), &format!("{number} {severity}")))
    };
    let severities: Vec<String> = Severity::ALL.into_iter().rev().filter_map(of).collect();
    severities.join(", ")
}

fn remarks(report: &Report) -> String {
    let mut out = String::new();
    if !report.suppressed.is_empty() {
        let _ = write!(out, "; {} suppressed", report.suppressed.len());
    }
    let fixable = report
        .findings
        .iter()
        .filter(|finding| finding.safe_fix().is_some())
        .count();
    let more = if report.untried_fixes > 0 {
        " or more"
    } else {
        ""
    };
    if fixable > 0 {
        let _ = write!(
            out,
            "; {fixable}{more} fixable (--diff shows the changes, --fix writes them)"
        );
    }
    out
}

fn unknown(report: &Report, detail: Detail) -> String {
    let number = report.unknown();
    match (number, detail) {
        (0, _) => String::new(),
        (number, Detail::Full) => format!("{}:\n{}", undecided(number), reasons(report)),
        (number, _) => format!("{} (-v says why)\n", undecided(number)),
    }
}

fn undecided(number: usize) -> String {
    format!(
        "{} unknown: what the input says does not decide them",
        count(number, "verdict")
    )
}

/// Why verdicts are unknown, each reason with what it leaves open.
fn reasons(report: &Report) -> String {
    let mut open: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in &report.verdicts {
        let Verdict::Unknown(reasons) = &row.verdict else {
            continue;
        };
        for (reason, _) in reasons {
            open.entry(flat(reason)).or_default().push(format!(
                "{} of {}",
                row.check.id,
                flat(&row.resource.address)
            ));
        }
    }
    let line = |(reason, rows): (String, Vec<String>)| format!("  {reason}: {}\n", rows.join(", "));
    open.into_iter().map(line).collect()
}

fn coverage(report: &Report) -> String {
    let scanned = report
        .inputs
        .iter()
        .filter(|input| matches!(input.status, Status::Scanned | Status::Partial));
    let number = |unit: Unit| scanned.clone().filter(|input| input.unit == unit).count();
    let kinds = count(number(Unit::Kind), "kind");
    let files = count(number(Unit::File), "file");
    let of_what = match (number(Unit::File), number(Unit::Kind)) {
        (_, 0) => format!("in {files}"),
        (0, _) => format!("of {kinds}"),
        _ => format!("in {files} and of {kinds} of a cluster"),
    };
    format!(
        "Scanned {} {of_what} with {} against Kubernetes {}",
        count(report.resources, "resource"),
        count(report.checks.len(), "check"),
        neutral(&report.kubernetes_version)
    )
}

/// The inputs of a status that was not the best, grouped by reason.
fn by_reason(report: &Report, status: Status, look: Look) -> String {
    let mut reasons: BTreeMap<String, Vec<&Input>> = BTreeMap::new();
    for input in report.inputs.iter().filter(|input| input.status == status) {
        reasons
            .entry(input.reason.as_deref().map(flat).unwrap_or_default())
            .or_default()
            .push(input);
    }
    let style = match status {
        Status::Failed => style(Severity::High),
        Status::Partial => style(Severity::Medium),
        Status::Scanned | Status::Skipped => Style::new(),
    };
    let mut out = String::new();
    for (reason, inputs) in reasons {
        let number = look.paint(style, &format!("{} {}", inputs.len(), status.text()));
        let reason = if reason.is_empty() {
            String::new()
        } else {
            format!(": {reason}")
        };
        let _ = writeln!(out, "  {number}{reason}{}", paths(&inputs, status));
    }
    out
}

/// A few paths, where they matter.
fn paths(inputs: &[&Input], status: Status) -> String {
    if status == Status::Skipped && inputs.len() > PATHS {
        return String::new();
    }
    let named: Vec<String> = inputs.iter().take(PATHS).map(|input| path(input)).collect();
    let more = inputs.len() - named.len();
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    format!(" ({}{more})", named.join(", "))
}

fn each_input(inputs: &[Arc<Input>]) -> String {
    let mut out = String::new();
    for input in inputs {
        let what = match &input.reason {
            Some(reason) => flat(reason),
            None => count(input.resources, "resource"),
        };
        let _ = writeln!(out, "  {:<8}{}: {what}", input.status.text(), path(input));
    }
    out
}

fn each_suppressed(report: &Report) -> String {
    let mut out = String::new();
    for (finding, suppression) in &report.suppressed {
        let place = Location::of(finding.span, &report.sources);
        let reason = suppression
            .reason
            .as_deref()
            .map(|reason| format!(": {}", flat(reason)))
            .unwrap_or_default();
        let (file, line) = (neutral(&place.file), place.start.line);
        let _ = writeln!(
            out,
            "  suppressed {} at {file}:{line} for {}{reason}",
            finding.check.id, suppression.tool
        );
    }
    out
}

fn path(input: &Input) -> String {
    neutral(&shown(&input.path)).into_owned()
}
