//! Suppressions: a directive above the line of a finding, or an entry of the configuration.

use std::path::Path;

use analysis::{Finding, Report};
use source::{SourceFile, Span, TextEdit};

use super::Known;
use super::edits::Edits;
use crate::types::{CodeAction, CodeActionKind};

/// What stands where the user is to say why: a directive without a reason hides nothing.
const REASON: &str = "TODO: say why";

/// The suppressions of a finding.
pub(super) fn actions(
    known: &Known<'_>,
    report: &Report,
    finding: &Finding,
    edits: &mut Edits<'_>,
) -> Vec<CodeAction> {
    let at_line = above_line(report, finding);
    let at_line = at_line.and_then(|edit| edits.workspace_edit(&[edit]));
    let at_line = at_line.map(|edit| {
        let title = format!("Suppress `{}` here", finding.check.id);
        action(title, edit)
    });
    let in_project = in_project(known, report, finding);
    let in_project = in_project.and_then(|edit| edits.workspace_edit(&[edit]));
    let in_project = in_project.map(|edit| {
        let title = format!(
            "Suppress `{}` for {} in scantling.yaml",
            finding.check.id,
            source::neutral(&finding.resource.address)
        );
        action(title, edit)
    });
    at_line.into_iter().chain(in_project).collect()
}

fn action(title: String, edit: crate::types::WorkspaceEdit) -> CodeAction {
    CodeAction {
        title,
        kind: Some(CodeActionKind::QUICKFIX),
        edit: Some(edit),
        is_preferred: Some(false),
        ..CodeAction::default()
    }
}

/// A directive on a line of its own, with the indent of the line that it is for.
fn above_line(report: &Report, finding: &Finding) -> Option<TextEdit> {
    let file = report.sources.get(finding.span.file);
    if !takes_comments(&file.path) {
        return None;
    }
    let line = file.position(finding.span.start).line;
    let start = file.line_start(line)?;
    let text = file.slice(file.line_span(line)?);
    let indent = &text[..text.len() - text.trim_start().len()];
    let directive = format!(
        "{indent}# scantling:ignore {} {REASON}{}",
        finding.check.id,
        line_break(&file)
    );
    Some(TextEdit {
        span: Span::new(file.id, start, start),
        text: directive,
    })
}

fn takes_comments(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    matches!(
        extension,
        Some("yaml" | "yml" | "tf" | "tfvars" | "tofu" | "tpl")
    )
}

/// An entry at the end of the list of those in the configuration, if there is one and it has such a list, or none.
fn in_project(known: &Known<'_>, report: &Report, finding: &Finding) -> Option<TextEdit> {
    let path = known.folder.join("scantling.yaml");
    let text = known.system.read(&path, source::Limits::default()).ok()?;
    let text = String::from_utf8(text).ok()?;
    let file = report.sources.add("scantling.yaml", text);
    let entry = [
        format!("- checks: [{}]", finding.check.id),
        format!("  address: {}", quoted(&finding.resource.address)),
        format!("  reason: {}", quoted(REASON)),
        String::new(),
    ];
    let entry = entry.join(line_break(&file));
    let (at, text) = match list_end(&file.text) {
        List::None => {
            let end = file.text.len();
            let gap = match file.text.is_empty() || file.text.ends_with('\n') {
                true => "",
                false => line_break(&file),
            };
            (end, format!("{gap}suppress:{}{entry}", line_break(&file)))
        }
        List::At(start) => (start, entry),
        List::Other => return None,
    };
    let at = u32::try_from(at).ok()?;
    Some(TextEdit {
        span: Span::new(file.id, at, at),
        text,
    })
}

/// The list of suppressions of a configuration.
enum List {
    /// There is none.
    None,
    /// There is one of the usual form, and new entries can stand here.
    At(usize),
    /// There is one of another form.
    Other,
}

fn list_end(text: &str) -> List {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        at += line.len();
        if let Some(rest) = line.strip_prefix("suppress:") {
            let is_usual = rest.trim().is_empty() || rest.trim().starts_with('#');
            let next = text[at..].lines().next().unwrap_or_default();
            return match is_usual && line.ends_with('\n') && next.starts_with("- ") {
                true => List::At(at),
                false => List::Other,
            };
        }
    }
    List::None
}

/// A text in double quotes, as JSON and so YAML read them.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn line_break(file: &SourceFile) -> &'static str {
    match file.text.contains("\r\n") {
        true => "\r\n",
        false => "\n",
    }
}
