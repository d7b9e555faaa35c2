//! Proven fixes, one by one and all together.

use std::path::Path;

use analysis::{FixesTogether, Report};
use source::{Place, Problem, Span, TextEdit};

use super::edits::Edits;
use super::{Known, is_at};
use crate::diagnostics::{Files, of_problem};
use crate::types::{CodeAction, CodeActionKind, Range};

/// Fixes all findings of a file at once, as editors ask for it when they save.
pub(crate) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.scantling");

/// The proven fixes of findings, with their indexes.
pub(super) fn actions(
    known: &Known<'_>,
    here: &[usize],
    edits: &mut Edits<'_>,
) -> Vec<(usize, CodeAction)> {
    let fixes = known.workspace.fixes(known.system, here).into_iter();
    let actions = fixes.filter_map(|(index, fix)| {
        let action = CodeAction {
            title: fix.title,
            kind: Some(CodeActionKind::QUICKFIX),
            edit: Some(edits.workspace_edit(&fix.edits)?),
            is_preferred: Some(true),
            ..CodeAction::default()
        };
        Some((index, action))
    });
    actions.collect()
}

/// The proven fixes of a file that fit together.
pub(super) fn together(known: &mut Known<'_>, path: &Path) -> Option<FixesTogether> {
    let report = known.workspace.report()?;
    let is_here = |span: Span| known.folder.join(report.sources.path(span.file)) == path;
    let findings = report.findings.iter().enumerate();
    let here = findings.filter(|(_, finding)| is_here(finding.span));
    let here: Vec<usize> = here.map(|(index, _)| index).collect();
    known.workspace.fixes_together(known.system, &here)
}

/// All fixes of a file at once.
pub(super) fn all(fixes: &FixesTogether, edits: &mut Edits<'_>) -> Option<CodeAction> {
    Some(CodeAction {
        title: match fixes.count {
            1 => "Fix the finding of this file that has a fix".to_owned(),
            count => format!("Fix {count} findings of this file"),
        },
        kind: Some(FIX_ALL),
        edit: Some(edits.workspace_edit(&fixes.edits)?),
        ..CodeAction::default()
    })
}

/// What removes directives that hide nothing.
pub(super) fn unused(
    report: &Report,
    files: &mut Files<'_>,
    path: &Path,
    range: Range,
    edits: &mut Edits<'_>,
) -> Vec<CodeAction> {
    let mut actions = Vec::new();
    for problem in &report.problems {
        if problem.code != "unused-suppression" || !is_at(files, problem, path, range) {
            continue;
        }
        let edit = removal(report, problem);
        let edit = edit.and_then(|edit| edits.workspace_edit(&[edit]));
        actions.extend(edit.map(|edit| CodeAction {
            title: "Remove the suppression that hides nothing".to_owned(),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![of_problem(files, problem)]),
            edit: Some(edit),
            is_preferred: Some(true),
            ..CodeAction::default()
        }));
    }
    actions
}

/// Removes a comment: its line where it stands alone, else what is before it up to the text.
fn removal(report: &Report, problem: &Problem) -> Option<TextEdit> {
    let Place::Span(span) = problem.place else {
        return None;
    };
    let file = report.sources.get(span.file);
    let text = &*file.text;
    // An annotation is a value and no comment: without it the map may be empty.
    let is_comment = file.slice(span).starts_with(['#', '/']);
    let before = text.get(..span.start as usize)?;
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let indent = before.get(line..)?;
    let rest = text.get(span.end as usize..)?;
    let (start, end) = match indent.trim().is_empty() {
        true => (
            line,
            span.end as usize + rest.find('\n').map_or(rest.len(), |at| at + 1),
        ),
        false => (line + indent.trim_end().len(), span.end as usize),
    };
    let number = |at: usize| u32::try_from(at).ok();
    is_comment.then_some(TextEdit {
        span: Span::new(span.file, number(start)?, number(end)?),
        text: String::new(),
    })
}
