//! Findings and unknown verdicts as diagnostics.

use std::path::PathBuf;
use std::str::FromStr as _;

use analysis::{Finding, Related, Verdict, VerdictRow};
use check::{Check, Severity};
use serde_json::json;

use super::SOURCE;
use super::files::Files;
use crate::types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag,
    NumberOrString, Uri,
};

pub(crate) fn diagnostic(files: &mut Files<'_>, finding: &Finding) -> Diagnostic {
    let related = finding.related.iter();
    let related: Vec<_> = related.filter_map(|one| place(files, one)).collect();
    Diagnostic {
        range: files.range(finding.span),
        severity: Some(severity(finding.severity)),
        related_information: (files.telling.shows.related && !related.is_empty())
            .then_some(related),
        tags: tags(files, &finding.check),
        data: Some(json!({ "fingerprint": finding.fingerprint })),
        ..named(files, &finding.check, message(finding))
    }
}

/// A verdict that can't be known, at what it depends on.
pub(super) fn unknown(files: &mut Files<'_>, row: &VerdictRow) -> Option<(PathBuf, Diagnostic)> {
    let Verdict::Unknown(causes) = &row.verdict else {
        return None;
    };
    let (cause, span) = causes
        .iter()
        .find_map(|(cause, span)| Some((cause, (*span)?)))?;
    let message = format!("can't be known for {}: {}", row.resource.address, cause);
    let diagnostic = Diagnostic {
        range: files.range(span),
        severity: Some(DiagnosticSeverity::HINT),
        ..named(files, &row.check, source::neutral(&message).into_owned())
    };
    Some((files.path(span), diagnostic))
}

fn named(files: &Files<'_>, check: &Check, message: String) -> Diagnostic {
    Diagnostic {
        code: Some(NumberOrString::String(check.id.to_string())),
        code_description: files.telling.shows.links.then(|| link(check)).flatten(),
        source: Some(SOURCE.to_owned()),
        message,
        ..Diagnostic::default()
    }
}

/// What is wrong, and in which environments where that is not all.
fn message(finding: &Finding) -> String {
    if finding.environments.is_empty() {
        return finding.message.clone();
    }
    let environments = finding.environments.join(", ");
    format!(
        "{} (in {})",
        finding.message,
        source::neutral(&environments)
    )
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Critical | Severity::High => DiagnosticSeverity::ERROR,
        Severity::Medium => DiagnosticSeverity::WARNING,
        Severity::Low => DiagnosticSeverity::INFORMATION,
        Severity::Info => DiagnosticSeverity::HINT,
    }
}

/// Where one reads more of a check.
fn link(check: &Check) -> Option<CodeDescription> {
    let reference = check.references.first()?;
    let href = Uri::from_str(reference).ok()?;
    Some(CodeDescription { href })
}

/// What is wrong with a thing that is out of use is that it is there at all, as the names of such checks say.
fn tags(files: &Files<'_>, check: &Check) -> Option<Vec<DiagnosticTag>> {
    let is_deprecated = check.id.starts_with("deprecated-") || check.id.starts_with("retired-");
    (files.telling.shows.tags && is_deprecated).then(|| vec![DiagnosticTag::DEPRECATED])
}

fn place(files: &mut Files<'_>, related: &Related) -> Option<DiagnosticRelatedInformation> {
    Some(DiagnosticRelatedInformation {
        location: files.location(related.span)?,
        message: related.message.clone(),
    })
}
