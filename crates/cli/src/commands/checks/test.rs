//! `scantling checks test`: the examples of checks, run through the real readers.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::PathBuf;

use analysis::{ExampleResult, Options, TestReport};
use anstyle::{AnsiColor, Style};
use check::Expectation;
use source::{Disk, Level, neutral};

use crate::args::GlobalArgs;
use crate::error::Error;
use crate::exit::Exit;
use crate::output::text::{count, flat};
use crate::output::{Texts, problem_frame, shown};
use crate::terminal::{self, Look};

/// Runs the examples and tells which do not do what they say.
pub(super) fn run(folders: &[PathBuf], global: &GlobalArgs, look: Look) -> Result<Exit, Error> {
    let options = Options {
        check_folders: folders.to_vec(),
        ..Options::default()
    };
    let report = analysis::test_checks(&Disk, folders, &options)?;
    let mut out = terminal::stdout();
    let texts = Texts::of_checks(&report.sources);
    for problem in &report.problems {
        writeln!(out, "{}", problem_frame(problem, &texts, look))?;
    }
    for result in report
        .results
        .iter()
        .filter(|result| global.verbose || !result.faults.is_empty())
    {
        write!(out, "{}", told(result, look))?;
    }
    if global.quiet == 0 {
        writeln!(out, "{}", summary(&report))?;
    }
    out.flush()?;
    Ok(exit(&report))
}

fn exit(report: &TestReport) -> Exit {
    let failed = report
        .results
        .iter()
        .any(|result| !result.faults.is_empty());
    let broken = report
        .problems
        .iter()
        .any(|problem| problem.level == Level::Error);
    match (failed || broken, report.results.is_empty()) {
        (true, _) => Exit::Findings,
        (false, true) => Exit::Incomplete,
        (false, false) => Exit::Clean,
    }
}

fn told(result: &ExampleResult, look: Look) -> String {
    let (color, word) = match result.faults.is_empty() {
        true => (AnsiColor::BrightGreen, "pass"),
        false => (AnsiColor::BrightRed, "fail"),
    };
    let word = look.paint(Style::new().fg_color(Some(color.into())).bold(), word);
    let expected = match result.expectation {
        Expectation::Fail => "a finding at each marked line",
        Expectation::Pass => "no finding",
        Expectation::Unknown => "an unknown verdict",
    };
    let name = flat(&result.name);
    let mut out = format!(
        "{word} {}: {name} ({}:{})\n",
        neutral(&result.check),
        neutral(&shown(&result.file)),
        result.line
    );
    if !result.faults.is_empty() {
        out.push_str(&format!("  expected {expected}\n"));
    }
    for fault in &result.faults {
        out.push_str(&format!("  but {}\n", flat(fault)));
    }
    out
}

fn summary(report: &TestReport) -> String {
    let failed = report
        .results
        .iter()
        .filter(|result| !result.faults.is_empty())
        .count();
    let checks: BTreeSet<&str> = report
        .results
        .iter()
        .map(|result| result.check.as_str())
        .collect();
    let passed = report.results.len() - failed;
    let errors = report.problems.iter();
    let errors = errors
        .filter(|problem| problem.level == Level::Error)
        .count();
    let broken = match errors {
        0 => String::new(),
        errors => format!("; {} in check files", count(errors, "error")),
    };
    format!(
        "{} of {}: {passed} passed, {failed} failed{broken}",
        count(report.results.len(), "example"),
        count(checks.len(), "check")
    )
}
