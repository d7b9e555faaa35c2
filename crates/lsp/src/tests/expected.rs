//! What a scan of saved texts gives, in the words of the tests.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use analysis::{Error, Fixes, NoProgress, Options, Report};
use source::{Memory, Place, Span};

use super::editor::{Shown, position};
use crate::encoding::Encoding;
use crate::types::{Diagnostic, NumberOrString, Range};

/// The diagnostics of a file, each as one line.
pub(super) type Told = BTreeMap<PathBuf, Vec<String>>;

/// What `scantling scan` finds in `/project`.
pub(super) fn of_scan(texts: &BTreeMap<PathBuf, String>, encoding: Encoding) -> Told {
    let options = Options {
        directory: PathBuf::from("/project"),
        fixes: Fixes::None,
        ..Options::default()
    };
    let system = Memory::new(texts.clone());
    match analysis::scan(&system, &options, &NoProgress) {
        Ok(report) => of_report(&report, encoding),
        Err(error) => of_error(&error),
    }
}

/// A configuration that can't be followed is told at its line, else at its first.
fn of_error(error: &Error) -> Told {
    let line = match error {
        Error::Config { line, .. } => line.unwrap_or(1) - 1,
        _ => 0,
    };
    let told = format!("{line}:0-{}:0 configuration", line + 1);
    Told::from([(PathBuf::from("/project/scantling.yaml"), vec![told])])
}

fn of_report(report: &Report, encoding: Encoding) -> Told {
    let path = |span: Span| Path::new("/project").join(report.sources.path(span.file));
    let range = |span: Span| {
        let text = report.sources.get(span.file).text.to_string();
        Range {
            start: position(&text, span.start as usize, encoding),
            end: position(&text, span.end as usize, encoding),
        }
    };
    let mut told = Told::new();
    for finding in &report.findings {
        let related = finding.related.iter().map(|related| {
            let path = path(related.span);
            format!("; {} {}", path.display(), at(range(related.span)))
        });
        let related: String = related.collect();
        let range = at(range(finding.span));
        let line = format!("{range} {}{related}", finding.check.id);
        told.entry(path(finding.span)).or_default().push(line);
    }
    for problem in &report.problems {
        let (path, range) = match &problem.place {
            Place::Span(span) => (path(*span), range(*span)),
            Place::Path(path) => (Path::new("/project").join(path), Range::default()),
        };
        let line = format!("{} {}", at(range), problem.code);
        told.entry(path).or_default().push(line);
    }
    sorted(told)
}

/// What an editor shows, in the same words, but for what only editors tell.
pub(super) fn of_editor(shown: &Shown) -> Told {
    let told = shown.iter().map(|(path, list)| {
        let lines = list.iter().filter(|one| is_of_scan(one));
        (path.clone(), lines.map(line).collect())
    });
    let told = told.filter(|(_, lines): &(PathBuf, Vec<String>)| !lines.is_empty());
    sorted(told.collect())
}

/// Whether a scan tells the same: it lists verdicts that can't be known elsewhere, and runs no examples.
fn is_of_scan(diagnostic: &Diagnostic) -> bool {
    code(diagnostic) != "failing-example" && !diagnostic.message.starts_with("can't be known")
}

fn line(diagnostic: &Diagnostic) -> String {
    let related = diagnostic.related_information.iter().flatten();
    let related = related.map(|related| {
        let path = related.location.uri.to_file_path().unwrap();
        format!("; {} {}", path.display(), at(related.location.range))
    });
    let related: String = related.collect();
    format!("{} {}{related}", at(diagnostic.range), code(diagnostic))
}

fn code(diagnostic: &Diagnostic) -> &str {
    match &diagnostic.code {
        Some(NumberOrString::String(code)) => code,
        _ => panic!("a diagnostic without a code"),
    }
}

fn at(range: Range) -> String {
    let (start, end) = (range.start, range.end);
    format!(
        "{}:{}-{}:{}",
        start.line, start.character, end.line, end.character
    )
}

fn sorted(mut told: Told) -> Told {
    told.values_mut().for_each(|lines| lines.sort());
    told
}
