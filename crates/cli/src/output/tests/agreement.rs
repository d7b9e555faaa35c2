//! Property: all formats of one report hold the same findings, and none of them holds a character that drives a terminal.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use analysis::{Finding, ProposedFix, Related, Report, Suppression};
use check::{Check, Severity};
use proptest::prelude::*;
use source::{SourceFile, Span, TextEdit};

use super::parse::{self, Said, said};
use super::{machine, report};
use crate::args::Verdicts;
use crate::output::{Detail, Format, Shape, write};
use crate::terminal::Look;

/// Reads the findings out of a format.
type Reader = fn(&str) -> Vec<Said>;

/// What a finding is made from. Places are fractions of the file's characters.
#[derive(Clone, Debug)]
struct Seed {
    check: usize,
    severity: usize,
    file: usize,
    start: f64,
    length: usize,
    path: String,
    message: String,
    related: Option<(f64, String)>,
    fix: Option<String>,
    suppressed: bool,
}

fn checks() -> &'static [Arc<Check>] {
    static CHECKS: OnceLock<Vec<Arc<Check>>> = OnceLock::new();
    CHECKS.get_or_init(|| {
        ["a", "b-b", "c-long-name"]
            .map(|id| report::check(id, Severity::High))
            .to_vec()
    })
}

fn seed() -> impl Strategy<Value = Seed> {
    let text = "[a-zé%:,&<>\"'`\u{1b}\u{202e}\u{9b}\n\t]{0,8}( [a-z\\[\\]{}|*]{1,6}){0,2}[a-z.]";
    let path = "spec(\\.[a-z]{1,3}|\\[name=[a-z\u{1b}\u{202e}%,é]{1,3}\\]){0,3}";
    let place = (0..3_usize, 0..5_usize, 0..3_usize, 0.0..1.0, 0..40_usize);
    let texts = (
        path,
        text,
        proptest::option::of((0.0..1.0, text)),
        proptest::option::of("[a-z: \n\u{1b}]{0,9}"),
    );
    (place, texts, proptest::bool::weighted(0.1)).prop_map(|(place, texts, suppressed)| {
        let (check, severity, file, start, length) = place;
        let (path, message, related, fix) = texts;
        Seed {
            check,
            severity,
            file,
            start,
            length,
            path,
            message,
            related,
            fix,
            suppressed,
        }
    })
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(
        "([a-zé𝄞:\u{1b}\u{202e}\t -]{0,12}(\n|\r\n)){0,8}[a-z]{0,400}",
        3,
    )
}

/// A span of whole characters.
fn span(file: &SourceFile, start: f64, length: usize) -> Span {
    let places: Vec<usize> = file
        .text
        .char_indices()
        .map(|(at, _)| at)
        .chain([file.text.len()])
        .collect();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a fraction of a small positive number"
    )]
    let first = (start * places.len() as f64) as usize;
    let offset = |index: usize| u32::try_from(places[index.min(places.len() - 1)]).unwrap();
    Span::new(file.id, offset(first), offset(first + length))
}

fn finding(seed: &Seed, files: &[Arc<SourceFile>]) -> Finding {
    let file = &files[seed.file];
    let check = &checks()[seed.check];
    let related = seed.related.iter();
    let span_of_finding = span(file, seed.start, seed.length);
    let fixes = seed.fix.iter().map(|text| ProposedFix {
        title: "change it".into(),
        edits: vec![TextEdit {
            span: span_of_finding,
            text: text.clone(),
        }],
        proven: true,
    });
    Finding {
        check: Arc::clone(check),
        severity: Severity::ALL[seed.severity],
        resource: report::resource(&file.path),
        environments: Vec::new(),
        path: seed.path.clone(),
        span: span_of_finding,
        related: related
            .map(|(at, text)| Related {
                span: span(file, *at, 3),
                message: text.clone(),
            })
            .collect(),
        message: seed.message.clone(),
        fixes: fixes.collect(),
        fingerprint: "0f".into(),
        conditional: false,
        presence: None,
    }
}

fn report_of(seeds: &[Seed], texts: &[String]) -> Report {
    let mut report = report::empty();
    let paths = ["f.yaml", "f/ü b.yaml", "f/c%,d.yaml"];
    let files: Vec<Arc<SourceFile>> = paths
        .iter()
        .zip(texts)
        .map(|(path, text)| report.sources.add(PathBuf::from(path), text.as_str()))
        .collect();
    let mut findings = Vec::new();
    for seed in seeds {
        let finding = finding(seed, &files);
        let finding = Arc::new(finding);
        if seed.suppressed {
            let suppression = Suppression {
                span: Some(finding.span),
                tool: "scantling",
                reason: Some("known".into()),
            };
            report.suppressed.push((finding, suppression));
        } else {
            findings.push(finding);
        }
    }
    let sources = Arc::clone(&report.sources);
    findings.sort_by_key(|finding| {
        (
            sources.path(finding.span.file),
            finding.span,
            finding.check.id.clone(),
        )
    });
    report.findings = findings.into_iter().collect();
    // Masking the text of some places must not move the others.
    report.secrets = report
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Info)
        .map(|finding| finding.span)
        .collect();
    report.secrets.sort();
    report.checks = checks().to_vec();
    report.resources = 1;
    report
}

/// What the report itself says.
fn truth(report: &Report) -> Vec<Said> {
    let one = |finding: &Finding| {
        let line = report
            .sources
            .get(finding.span.file)
            .position(finding.span.start)
            .line
            + 1;
        said(&finding.check.id, &finding.path, line, &finding.message)
    };
    let mut all: Vec<Said> = report.findings.iter().map(|finding| one(finding)).collect();
    all.sort();
    all
}

fn written(report: &Report, format: Format, look: Look, detail: Detail) -> String {
    let mut out = Vec::new();
    write(
        format,
        report,
        Shape {
            look,
            detail,
            verdicts: Verdicts::All,
        },
        &mut out,
    )
    .unwrap();
    String::from_utf8(out).unwrap()
}

fn is_harmless(text: &str) -> bool {
    text.split('\n').all(|line| source::neutral(line) == line)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_formats_hold_the_same_findings(seeds in proptest::collection::vec(seed(), 0..14), texts in texts()) {
        let report = report_of(&seeds, &texts);
        let expected = truth(&report);
        let wide = Look { unicode: true, width: 140, ..Look::PLAIN };
        for (look, detail) in [(Look::PLAIN, Detail::Usual), (wide, Detail::Full), (Look::PLAIN, Detail::Findings)] {
            let output = written(&report, Format::Human, look, detail);
            prop_assert!(is_harmless(&output), "{output:?}");
            prop_assert_eq!(parse::human(&output), expected.clone(), "{}", output);
        }
        let readers: [(Format, Reader); 4] = [
            (Format::Json, parse::json),
            (Format::Sarif, parse::sarif),
            (Format::Github, parse::github),
            (Format::Junit, parse::junit),
        ];
        for (format, read) in readers {
            let output = written(&report, format, Look::PLAIN, Detail::Usual);
            prop_assert!(is_harmless(&output), "{output:?}");
            prop_assert_eq!(read(&output), expected.clone(), "{}", output);
        }
        machine::assert_valid_sarif(&written(&report, Format::Sarif, Look::PLAIN, Detail::Usual));
        machine::assert_valid_json(&written(&report, Format::Json, Look::PLAIN, Detail::Usual));
    }

    #[test]
    fn color_changes_no_text(seeds in proptest::collection::vec(seed(), 0..6), texts in texts()) {
        let report = report_of(&seeds, &texts);
        let plain = written(&report, Format::Human, Look::PLAIN, Detail::Full);
        let colored = written(&report, Format::Human, Look { color: true, ..Look::PLAIN }, Detail::Full);
        prop_assert_eq!(anstream::adapter::strip_str(&colored).to_string(), plain);
    }
}
