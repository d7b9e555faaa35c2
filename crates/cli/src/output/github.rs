//! Workflow commands that GitHub turns into annotations of a change.
//!
//! The form is that of "Workflow commands for GitHub Actions": properties escape more characters than the message.

use std::io::{self, Write};

use analysis::{Finding, Report};
use check::Severity;
use source::{Level, Place, Problem, Sources, Span, neutral};

use super::location::{Location, shown};
use super::text::flat;

/// Writes a report. GitHub shows only the first ten of each level in a step, so the worst stand first.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut findings: Vec<&Finding> = report.findings.iter().map(AsRef::as_ref).collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    for finding in findings {
        write_finding(finding, &report.sources, out)?;
    }
    for problem in &report.problems {
        write_problem(problem, &report.sources, out)?;
    }
    Ok(())
}

fn write_finding(finding: &Finding, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let command = match finding.severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low | Severity::Info => "notice",
    };
    let place = place(finding.span, sources);
    let title = format!("{}[{}]", finding.severity, finding.check.id);
    let lines = [
        flat(&finding.message),
        flat(&format!("{}: {}", finding.resource.address, finding.path)),
        flat(&finding.check.remedy),
    ];
    let text = lines.map(|line| escaped(&line)).join("%0A");
    writeln!(
        out,
        "::{command} {place},title={}::{text}",
        property(&title)
    )
}

fn write_problem(problem: &Problem, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let place = match &problem.place {
        Place::Span(span) => place(*span, sources),
        Place::Path(path) => format!("file={}", property(&neutral(&shown(path)))),
    };
    let command = match problem.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Notice => "notice",
    };
    let lines = [Some(&problem.message), problem.help.as_ref()];
    let lines = lines.into_iter().flatten();
    let text: Vec<String> = lines.map(|line| escaped(&flat(line))).collect();
    writeln!(
        out,
        "::{command} {place},title={}::{}",
        property(problem.code),
        text.join("%0A")
    )
}

/// GitHub refuses columns where the range spans several lines.
fn place(span: Span, sources: &Sources) -> String {
    let Location { file, start, end } = Location::of(span, sources);
    let lines = format!(
        "file={},line={},endLine={}",
        property(&neutral(&file)),
        start.line,
        end.line
    );
    if start.line != end.line {
        return lines;
    }
    format!("{lines},col={},endColumn={}", start.column, end.column)
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}
