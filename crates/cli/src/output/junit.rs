//! JUnit's XML: a suite for each check, a failed case for each finding.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::io::Write;

use analysis::{Finding, Report, Status, Suppression};
use quick_junit::{NonSuccessKind, Property, TestCase, TestCaseStatus, TestSuite};
use source::{Level, Place, Problem, Sources, neutral};

use super::location::{Location, shown};
use super::text::flat;
use crate::error::Error;

/// Writes a report.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> Result<(), Error> {
    let mut junit = quick_junit::Report::new("scantling");
    junit.add_test_suites(suites(report));
    junit.add_test_suite(inputs(report));
    junit.add_test_suites(problems(report));
    // The whole text is made first: the writer hides whether it was the pipe that closed.
    let text = junit.to_string().map_err(|error| Error::Format {
        format: "junit",
        source: error.into(),
    })?;
    out.write_all(text.as_bytes())?;
    Ok(())
}

fn suites(report: &Report) -> Vec<TestSuite> {
    let mut cases: BTreeMap<&str, Vec<TestCase>> = BTreeMap::new();
    for check in &report.checks {
        cases.entry(&check.id).or_default();
    }
    for finding in &report.findings {
        cases
            .entry(&finding.check.id)
            .or_default()
            .push(failed(finding, &report.sources));
    }
    for (finding, suppression) in &report.suppressed {
        cases.entry(&finding.check.id).or_default().push(suppressed(
            finding,
            suppression,
            &report.sources,
        ));
    }
    cases
        .into_iter()
        .map(|(check, cases)| suite(check, cases))
        .collect()
}

fn suite(check: &str, cases: Vec<TestCase>) -> TestSuite {
    let mut suite = TestSuite::new(check);
    if cases.is_empty() {
        // Consumers take a suite without cases for one that did not run.
        let mut case = TestCase::new("no finding", TestCaseStatus::success());
        case.set_classname(check);
        suite.add_test_case(case);
    }
    suite.add_test_cases(cases);
    suite
}

fn failed(finding: &Finding, sources: &Sources) -> TestCase {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status
        .set_type(finding.severity.text())
        .set_message(flat(&finding.message));
    let location = Location::of(finding.span, sources);
    let (file, line, column) = (
        neutral(&location.file).into_owned(),
        location.start.line,
        location.start.column,
    );
    status.set_description(format!(
        "{file}:{line}:{column}\n{}",
        flat(&finding.check.remedy)
    ));
    case(finding, status, &location)
}

fn suppressed(finding: &Finding, suppression: &Suppression, sources: &Sources) -> TestCase {
    let mut status = TestCaseStatus::skipped();
    let reason = suppression
        .reason
        .as_deref()
        .map(|reason| format!(": {}", flat(reason)))
        .unwrap_or_default();
    status.set_message(format!("suppressed for {}{reason}", suppression.tool));
    case(finding, status, &Location::of(finding.span, sources))
}

fn case(finding: &Finding, status: TestCaseStatus, location: &Location) -> TestCase {
    let name = format!("{}: {}", finding.resource.address, finding.path);
    let mut case = TestCase::new(neutral(&name), status);
    case.set_classname(finding.check.id.as_str());
    // GitLab and Jenkins read these two attributes.
    case.extra
        .insert("file".into(), neutral(&location.file).as_ref().into());
    case.extra
        .insert("line".into(), location.start.line.to_string().into());
    case.add_property(Property::new("path", neutral(&finding.path)));
    case.add_property(Property::new("fingerprint", finding.fingerprint.as_str()));
    case
}

/// A suite with a case for each input, so that one that was not understood does not pass unseen.
fn inputs(report: &Report) -> TestSuite {
    let mut suite = TestSuite::new("inputs");
    for input in &report.inputs {
        let reason = neutral(input.reason.as_deref().unwrap_or(input.status.text())).into_owned();
        let status = match input.status {
            Status::Scanned => TestCaseStatus::success(),
            Status::Partial | Status::Failed => {
                let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
                status.set_type(input.status.text()).set_message(reason);
                status
            }
            Status::Skipped => {
                let mut status = TestCaseStatus::skipped();
                status.set_message(reason);
                status
            }
        };
        let mut case = TestCase::new(neutral(&shown(&input.path)), status);
        case.set_classname("inputs");
        suite.add_test_case(case);
    }
    suite
}

/// A suite with a case for each problem that no input tells already, where there is one: checks that do not run, suppressions that
/// have expired.
fn problems(report: &Report) -> Option<TestSuite> {
    let told = report.inputs.iter().filter(|input| input.reason.is_some());
    let told: HashSet<Cow<'_, str>> = told.map(|input| shown(&input.path)).collect();
    let cases = report.problems.iter().filter_map(|problem| {
        let (file, line) = place(problem, &report.sources);
        let is_new = problem.level != Level::Error || !told.contains(file.as_str());
        is_new.then(|| problem_case(problem, &file, line))
    });
    let mut suite = TestSuite::new("problems");
    suite.add_test_cases(cases);
    (suite.tests > 0).then_some(suite)
}

fn place(problem: &Problem, sources: &Sources) -> (String, u32) {
    match &problem.place {
        Place::Span(span) => {
            let location = Location::of(*span, sources);
            (location.file, location.start.line)
        }
        Place::Path(path) => (shown(path).into_owned(), 1),
    }
}

fn problem_case(problem: &Problem, file: &str, line: u32) -> TestCase {
    let mut status = match problem.level {
        Level::Error => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
            status.set_type(problem.code);
            status
        }
        Level::Warning | Level::Notice => TestCaseStatus::skipped(),
    };
    status.set_message(flat(&problem.message));
    let name = format!("{} at {file}:{line}", problem.code);
    let mut case = TestCase::new(neutral(&name), status);
    case.set_classname("problems");
    case
}
