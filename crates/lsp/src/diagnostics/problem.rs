//! Problems as diagnostics: input that was not understood, notices, and configuration that can't be followed.

use std::path::{Path, PathBuf};

use analysis::Error;
use source::{Level, Place, Problem};

use super::SOURCE;
use super::files::Files;
use crate::types::{
    Diagnostic, DiagnosticSeverity, DiagnosticTag, NumberOrString, Position, Range,
};

/// Notices about directives that hide nothing.
const UNUSED: &str = "unused-suppression";

pub(crate) fn diagnostic(files: &mut Files<'_>, problem: &Problem) -> Diagnostic {
    let range = match &problem.place {
        Place::Span(span) => files.range(*span),
        Place::Path(_) => Range::default(),
    };
    let severity = match problem.level {
        Level::Error => DiagnosticSeverity::ERROR,
        Level::Warning => DiagnosticSeverity::WARNING,
        Level::Notice => DiagnosticSeverity::INFORMATION,
    };
    let is_unused = files.telling.shows.tags && problem.code == UNUSED;
    Diagnostic {
        range,
        severity: Some(severity),
        code: Some(NumberOrString::String(problem.code.to_owned())),
        source: Some(SOURCE.to_owned()),
        message: with_help(&problem.message, problem.help.as_deref()),
        tags: is_unused.then(|| vec![DiagnosticTag::UNNECESSARY]),
        ..Diagnostic::default()
    }
}

/// Why a folder could not be analyzed, at the file whose fault it is: the configuration, where the error names none.
pub(crate) fn failure(folder: &Path, error: &Error) -> (PathBuf, Diagnostic) {
    let (path, line, message) = match error {
        Error::Config {
            path,
            line,
            message,
            ..
        } => (path.as_path(), *line, message.clone()),
        error => (Path::new("scantling.yaml"), None, error.to_string()),
    };
    let line = line.and_then(|line| u32::try_from(line.checked_sub(1)?).ok());
    let start = Position::new(line.unwrap_or_default(), 0);
    let end = Position::new(start.line + 1, 0);
    let diagnostic = Diagnostic {
        range: Range::new(start, end),
        severity: Some(DiagnosticSeverity::ERROR),
        code: Some(NumberOrString::String("configuration".to_owned())),
        source: Some(SOURCE.to_owned()),
        message: with_help(&message, error.help().as_deref()),
        ..Diagnostic::default()
    };
    (folder.join(path), diagnostic)
}

/// Whether a diagnostic says something with regard to all that is analyzed.
pub(crate) fn is_about_all(diagnostic: &Diagnostic) -> bool {
    diagnostic.code == Some(NumberOrString::String(UNUSED.to_owned()))
}

fn with_help(message: &str, help: Option<&str>) -> String {
    let text = match help {
        Some(help) => format!("{message}; {help}"),
        None => message.to_owned(),
    };
    source::neutral(&text).into_owned()
}
