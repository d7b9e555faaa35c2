//! Proven fixes, one by one and all together.

use std::path::Path;

use analysis::{FixesTogether, Report, without_directive};
use check::{Check, Fix};
use graph::Data;
use serde::{Deserialize, Serialize};
use source::{Place, Problem, Span};

use super::edits::Edits;
use super::{Known, is_at};
use crate::diagnostics::{Files, of_problem};
use crate::hover::known as known_text;
use crate::types::{CodeAction, CodeActionKind, Range, Uri, WorkspaceEdit};

/// Fixes all findings of a file at once, as editors ask for it when they save.
pub(crate) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.scantling");

/// Fixes all findings of a check, as the client gives it back when somebody chooses the action.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct FixOfCheck {
    /// The file that the action was offered in.
    pub(crate) uri: Uri,
    check: String,
    reach: Reach,
}

/// Where findings are fixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Reach {
    File,
    Workspace,
}

impl std::fmt::Display for Reach {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::File => "file",
            Self::Workspace => "workspace",
        })
    }
}

/// The proven fixes of findings, with their indexes. One that may break what works is named so, and is to be looked at first.
pub(super) fn actions(
    known: &Known<'_>,
    report: &Report,
    here: &[usize],
    edits: &mut Edits<'_>,
) -> Vec<(usize, CodeAction)> {
    let fixes = known
        .workspace
        .fixes(known.system, here, known.is_over)
        .into_iter();
    let actions = fixes.filter_map(|(index, fix)| {
        let edit = edits.workspace_edit(&fix.edits)?;
        let check = &report.findings[index].check;
        let told = told(&fix.title, check);
        let (title, edit) = match check.is_fix_unsafe {
            true => (
                format!("{told} (unsafe: may break what works)"),
                edits.confirmed(edit, &told),
            ),
            false => (told, edit),
        };
        let action = CodeAction {
            title,
            kind: Some(CodeActionKind::QUICKFIX),
            edit: Some(edit),
            is_preferred: Some(!check.is_fix_unsafe),
            ..CodeAction::default()
        };
        Some((index, action))
    });
    actions.collect()
}

/// What a fix does, with the value that it sets where that is short.
fn told(title: &str, check: &Check) -> String {
    let data = match check.fix {
        Some(Fix::Set(node)) => &check.tree.node(node).data,
        _ => return title.to_owned(),
    };
    match data {
        Data::Bool(_) | Data::Int(_) | Data::String(_) => {
            format!("{title} to `{}`", known_text(data))
        }
        _ => title.to_owned(),
    }
}

/// The proven fixes of a file that fit together, without those that somebody is to look at first.
pub(super) fn together(known: &mut Known<'_>, path: &Path) -> Option<FixesTogether> {
    let report = known.workspace.report()?;
    let is_here = |span: Span| known.folder.join(report.sources.path(span.file)) == path;
    let findings = report.findings.iter().enumerate();
    let here =
        findings.filter(|(_, finding)| is_here(finding.span) && !finding.check.is_fix_unsafe);
    let here: Vec<usize> = here.map(|(index, _)| index).collect();
    known
        .workspace
        .fixes_together(known.system, &here, known.is_over)
}

/// The actions that fix all findings of a check, in the file and in the workspace, where there are more of them than one. What
/// they change is computed and proven when one of them is chosen.
pub(super) fn of_check(
    report: &Report,
    files: &mut Files<'_>,
    path: &Path,
    check: &str,
) -> Vec<CodeAction> {
    let of_check = report.findings.iter();
    let of_check = of_check.filter(|finding| finding.check.id == check);
    let spans: Vec<Span> = of_check.map(|finding| finding.span).collect();
    let in_file = spans
        .iter()
        .filter(|span| files.path(**span) == path)
        .count();
    let Some(uri) = files.uri(path) else {
        return Vec::new();
    };
    let all = [
        (Reach::File, in_file, in_file > 1),
        (Reach::Workspace, spans.len(), spans.len() > in_file),
    ];
    let offered = all.into_iter().filter(|(_, _, is_offered)| *is_offered);
    let action = |(reach, count, _): (Reach, usize, bool)| CodeAction {
        title: format!("Fix all {count} findings of `{check}` in the {reach}"),
        kind: Some(CodeActionKind::QUICKFIX),
        data: serde_json::to_value(FixOfCheck {
            uri: uri.clone(),
            check: check.to_owned(),
            reach,
        })
        .ok(),
        is_preferred: Some(false),
        ..CodeAction::default()
    };
    offered.map(action).collect()
}

/// The edit of an action of [`of_check`]; nothing where the fixes don't hold together.
pub(crate) fn resolve(
    known: &mut Known<'_>,
    path: &Path,
    fix: &FixOfCheck,
) -> Option<WorkspaceEdit> {
    let report = known.workspace.report()?;
    let is_here = |span: Span| known.folder.join(report.sources.path(span.file)) == path;
    let findings = report.findings.iter().enumerate();
    let wanted = findings.filter(|(_, finding)| {
        finding.check.id == fix.check && (fix.reach == Reach::Workspace || is_here(finding.span))
    });
    let wanted: Vec<usize> = wanted.map(|(index, _)| index).collect();
    let together = known
        .workspace
        .fixes_together(known.system, &wanted, known.is_over)?;
    let report = known.workspace.report()?;
    let mut edits = Edits::new(known, report);
    let edit = edits.workspace_edit(&together.edits)?;
    let label = format!("{} fixes of `{}`", together.count, fix.check);
    let mut checks = report.checks.iter();
    let is_unsafe = checks.any(|check| check.id == fix.check && check.is_fix_unsafe);
    Some(match fix.reach {
        Reach::File if !is_unsafe => edit,
        Reach::File | Reach::Workspace => edits.confirmed(edit, &label),
    })
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

/// Directives that can go: the code of what is told of them, and what removes them.
const OVER: [(&str, &str); 2] = [
    (
        "unused-suppression",
        "Remove the suppression that hides nothing",
    ),
    ("expired-suppression", "Remove the suppression that ended"),
];

/// What removes directives that hide nothing.
pub(super) fn unused(
    report: &Report,
    files: &mut Files<'_>,
    path: &Path,
    range: Range,
    edits: &mut Edits<'_>,
) -> Vec<CodeAction> {
    let mut actions: Vec<CodeAction> = Vec::new();
    for problem in &report.problems {
        let over = OVER.iter().find(|(code, _)| *code == problem.code);
        let (Place::Span(span), Some((code, title))) = (&problem.place, over) else {
            continue;
        };
        if !is_at(files, problem, path, range) {
            continue;
        }
        let is_same = |one: &&Problem| one.code == *code && one.place == problem.place;
        let same = report.problems.iter().filter(is_same).count();
        // What ended ended for all that it names.
        let is_unused = *code == OVER[0].0;
        let file = report.sources.get(span.file);
        let removed = without_directive(&file, *span, is_unused.then_some(same));
        let edit = removed.and_then(|removed| edits.workspace_edit(&removed));
        // Several names of checks may stand in one directive.
        let edit = edit.filter(|edit| actions.iter().all(|one| one.edit.as_ref() != Some(edit)));
        actions.extend(edit.map(|edit| CodeAction {
            title: (*title).to_owned(),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![of_problem(files, problem)]),
            edit: Some(edit),
            is_preferred: Some(is_unused),
            ..CodeAction::default()
        }));
    }
    actions
}
