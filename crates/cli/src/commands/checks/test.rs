//! `scantling checks test`: the examples of checks, run through the real readers.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use analysis::{ExampleResult, Options, TestReport};
use anstyle::{AnsiColor, Style};
use check::{Check, Expectation};
use source::{Disk, Level, Problem, neutral};

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
    let checks = analysis::catalogue(&Disk, &options)?.checks;
    let mut out = terminal::stdout();
    for problem in &report.problems {
        writeln!(out, "{}", told_problem(problem, &report, folders, look))?;
    }
    for result in report
        .results
        .iter()
        .filter(|result| global.verbose || !result.faults.is_empty())
    {
        write!(out, "{}", told(result, &checks, look))?;
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

/// Built-in files are in no table of sources, so their problems have no frame.
fn told_problem(problem: &Problem, report: &TestReport, folders: &[PathBuf], look: Look) -> String {
    if folders.is_empty() {
        return format!(
            "{}[{}] in a built-in check",
            flat(&problem.message),
            problem.code
        );
    }
    problem_frame(problem, &Texts::of_checks(&report.sources), look)
}

fn told(result: &ExampleResult, checks: &[Arc<Check>], look: Look) -> String {
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
        "{word} {}: {name} ({})\n",
        neutral(&result.check),
        place(result, checks)
    );
    if !result.faults.is_empty() {
        out.push_str(&format!("  expected {expected}\n"));
    }
    for fault in &result.faults {
        out.push_str(&format!("  but {}\n", flat(fault)));
    }
    out
}

/// Where the example stands, as `FILE:LINE`.
fn place(result: &ExampleResult, checks: &[Arc<Check>]) -> String {
    let file = neutral(&shown(&result.file)).into_owned();
    let check = checks
        .iter()
        .find(|check| check.id == result.check && check.text.file.path == result.file);
    match check {
        Some(check) => format!(
            "{file}:{}",
            check.text.file.position(result.span.start).line + 1
        ),
        None => file,
    }
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
    format!(
        "{} of {}: {passed} passed, {failed} failed",
        count(report.results.len(), "example"),
        count(checks.len(), "check")
    )
}
