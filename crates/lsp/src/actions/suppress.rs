//! Suppressions: a directive above the line of a finding, or an entry of the configuration.

use std::path::Path;

use analysis::{EntryScope, Finding, NewEntry, Report};
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
    let path = report.sources.path(finding.span.file);
    let pattern = known.workspace.pattern(&path);
    let address = &finding.resource.address;
    let scopes = [
        (
            format!("for {}", source::neutral(address)),
            EntryScope::Address(address),
        ),
        (
            format!("for {}", source::neutral(&path.to_string_lossy())),
            EntryScope::Path(&pattern),
        ),
        ("for the project".to_owned(), EntryScope::Project),
    ];
    for (whereabouts, scope) in scopes {
        let title = format!("Suppress `{check}` {whereabouts} in scantling.yaml");
        let edit = in_configuration(known, report, (check, scope), edits);
        actions.extend(edit.map(|edit| action(title, edit)));
    }
    actions
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

/// An entry for a check in the configuration.
fn in_configuration(
    known: &Known<'_>,
    report: &Report,
    (check, scope): (&str, EntryScope<'_>),
    edits: &mut Edits<'_>,
) -> Option<WorkspaceEdit> {
    let entry = NewEntry {
        check,
        scope,
        until: None,
        reason: REASON,
    };
    // Where the list is written in another form, a person has to add the entry.
    let new = known.workspace.with_entries(known.system, &[entry]).ok()?;
    let Some(before) = new.before else {
        return edits.creation(&known.folder.join(&new.path), &new.text);
    };
    let file = report.sources.add(&new.path, String::from(&*before));
    let at = u32::try_from(new.at).ok()?;
    let edit = TextEdit {
        span: Span::new(file.id, at, at),
        text: new.text,
    };
    edits.workspace_edit(&[edit])
}

fn line_break(file: &SourceFile) -> &'static str {
    match file.text.contains("\r\n") {
        true => "\r\n",
        false => "\n",
    }
}
