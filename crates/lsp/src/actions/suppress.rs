//! Suppressions: a directive above the line of a finding, or an entry of the configuration.

use std::path::Path;

use analysis::{Finding, Report};
use source::{SourceFile, Span, TextEdit};

use super::Known;
use super::edits::Edits;
use crate::types::{CodeAction, CodeActionKind, WorkspaceEdit};

/// What stands where the user is to say why: a directive without a reason hides nothing.
const REASON: &str = "TODO: say why";

/// The suppressions of a finding, by its index.
pub(super) fn actions(
    known: &Known<'_>,
    report: &Report,
    index: usize,
    edits: &mut Edits<'_>,
) -> Vec<CodeAction> {
    let finding = &report.findings[index];
    let check = &finding.check.id;
    let at_line = above(report, finding, finding.span);
    let declaration = known.workspace.declaration(index);
    let at_resource = declaration.and_then(|span| above(report, finding, span));
    let at_resource = at_resource.filter(|edit| Some(edit) != at_line.as_ref());
    let directives = [
        (format!("Suppress `{check}` here"), at_line),
        (format!("Suppress `{check}` in this resource"), at_resource),
    ];
    let directives = directives.into_iter().filter_map(|(title, edit)| {
        let edit = edits.workspace_edit(&[edit?])?;
        Some(action(title, edit))
    });
    let mut actions: Vec<CodeAction> = directives.collect();
    for (whereabouts, filter) in entries(known, report, finding) {
        let title = format!("Suppress `{check}` {whereabouts} in scantling.yaml");
        let edit = in_configuration(known, report, finding, filter.as_deref(), edits);
        actions.extend(edit.map(|edit| action(title, edit)));
    }
    actions
}

/// What an entry of the configuration may be for: in words, and as a line of it.
fn entries(known: &Known<'_>, report: &Report, finding: &Finding) -> [(String, Option<String>); 3] {
    let address = &finding.resource.address;
    let path = report.sources.path(finding.span.file);
    let pattern = known.workspace.pattern(&path);
    [
        (
            format!("for {}", source::neutral(address)),
            Some(format!("address: {}", quoted(address))),
        ),
        (
            format!("for {}", source::neutral(&path.to_string_lossy())),
            Some(format!("path: {}", quoted(&pattern))),
        ),
        ("for the project".to_owned(), None),
    ]
}

fn action(title: String, edit: WorkspaceEdit) -> CodeAction {
    CodeAction {
        title,
        kind: Some(CodeActionKind::QUICKFIX),
        edit: Some(edit),
        is_preferred: Some(false),
        ..CodeAction::default()
    }
}

/// A directive on a line of its own above a text, with the indent of the line that it is for.
fn above(report: &Report, finding: &Finding, span: Span) -> Option<TextEdit> {
    let file = report.sources.get(span.file);
    if !takes_comments(&file.path) {
        return None;
    }
    let line = file.position(span.start).line;
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

/// An entry for a check at the end of the list of those in the configuration, which is made where there is none.
fn in_configuration(
    known: &Known<'_>,
    report: &Report,
    finding: &Finding,
    filter: Option<&str>,
    edits: &mut Edits<'_>,
) -> Option<WorkspaceEdit> {
    let check = &finding.check.id;
    let Some(path) = known.workspace.configuration() else {
        let path = known.folder.join(known.workspace.new_configuration());
        let text = format!("suppress:\n{}", entry(check, filter, "\n"));
        return edits.creation(&path, &text);
    };
    let text = known
        .system
        .read(&known.folder.join(path), source::Limits::default());
    let text = String::from_utf8(text.ok()?).ok()?;
    let file = report.sources.add(path, text);
    let edit = added(&file, &entry(check, filter, line_break(&file)))?;
    edits.workspace_edit(&[edit])
}

fn entry(check: &str, filter: Option<&str>, line_break: &str) -> String {
    let first = format!("- checks: [{check}]");
    let reason = format!("reason: {}", quoted(REASON));
    let lines = std::iter::once(first).chain(
        filter
            .into_iter()
            .chain([reason.as_str()])
            .map(|line| format!("  {line}")),
    );
    lines.map(|line| line + line_break).collect()
}

/// What adds an entry to a configuration, if that has a list of the usual form, or none.
fn added(file: &SourceFile, entry: &str) -> Option<TextEdit> {
    let (at, text) = match list_end(&file.text) {
        List::None => {
            let end = file.text.len();
            let gap = match file.text.is_empty() || file.text.ends_with('\n') {
                true => "",
                false => line_break(file),
            };
            (end, format!("{gap}suppress:{}{entry}", line_break(file)))
        }
        List::At(start) => (start, entry.to_owned()),
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
