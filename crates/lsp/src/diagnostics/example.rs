//! Examples of users' checks that do not give their verdicts.

use std::path::{Path, PathBuf};

use analysis::ExampleResult;

use super::SOURCE;
use crate::types::{Diagnostic, DiagnosticSeverity, NumberOrString, Position, Range};

/// What is wrong with an example, in the file of its check.
pub(crate) fn diagnostic(folder: &Path, example: &ExampleResult) -> (PathBuf, Diagnostic) {
    let line = example.line.saturating_sub(1);
    let message = format!(
        "the example \"{}\" does not show what it should: {}",
        example.name,
        example.faults.join("; ")
    );
    let diagnostic = Diagnostic {
        range: Range::new(Position::new(line, 0), Position::new(line + 1, 0)),
        severity: Some(DiagnosticSeverity::ERROR),
        code: Some(NumberOrString::String("failing-example".to_owned())),
        source: Some(SOURCE.to_owned()),
        message: source::neutral(&message).into_owned(),
        ..Diagnostic::default()
    };
    (folder.join(&example.file), diagnostic)
}
