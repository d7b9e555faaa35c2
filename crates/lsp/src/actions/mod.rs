//! What can be done about findings: proven fixes, and suppressions.

mod edits;
mod explain;
mod fix;
mod suppress;

use std::path::Path;

use analysis::{Finding, IsOver, Report, Workspace};
use source::{FileSystem, Place, Problem};

use self::edits::Edits;
pub(crate) use self::explain::{Explanation, OPEN_EXPLANATION, explain};
pub(crate) use self::fix::{FIX_ALL, FixOfCheck, resolve};
use crate::diagnostics::{Files, Telling, of_finding};
use crate::snapshot::Snapshot;
use crate::types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionResponse, Diagnostic, Range,
};

/// Where the client asks for actions, and for which.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) range: Range,
    /// The kinds that are wanted; all where none is named.
    pub(crate) only: Option<Vec<CodeActionKind>>,
}

/// What is known when actions are asked for.
pub(crate) struct Known<'a> {
    pub(crate) system: &'a dyn FileSystem,
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) workspace: &'a mut Workspace,
    /// The folder that paths of the report are relative to.
    pub(crate) folder: &'a Path,
    /// Whether nobody waits for the answer any more.
    pub(crate) is_over: IsOver<'a>,
}

impl Asked {
    /// Whether actions of a kind are wanted.
    fn wants(&self, kind: &CodeActionKind) -> bool {
        self.only.is_none() || self.names(kind)
    }

    /// Whether actions of a kind are asked for by name, or by that of a kind above it.
    fn names(&self, kind: &CodeActionKind) -> bool {
        let mut only = self.only.iter().flatten().map(CodeActionKind::as_str);
        only.any(|wanted| {
            let rest = kind.as_str().strip_prefix(wanted);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || wanted.is_empty())
        })
    }
}

/// All that can be done in a part of a file.
pub(crate) fn actions(known: &mut Known<'_>, path: &Path, asked: &Asked) -> CodeActionResponse {
    let together = asked.names(&FIX_ALL).then(|| fix::together(known, path));
    let Some(report) = known.workspace.report() else {
        return Vec::new();
    };
    let telling = Telling::of(known.snapshot);
    let mut files = Files::new(&telling, known.folder, report);
    let here = here(&mut files, report, path, asked.range);
    let mut edits = Edits::new(known, report);
    let mut actions = Vec::new();
    if asked.wants(&CodeActionKind::QUICKFIX) {
        let fixes = fix::actions(known, report, &here, &mut edits);
        let mut fixed: Vec<&str> = Vec::new();
        for (index, _) in &fixes {
            let check = report.findings[*index].check.id.as_str();
            if !fixed.contains(&check) {
                fixed.push(check);
            }
        }
        actions.extend(fixes.into_iter().map(|(index, action)| CodeAction {
            diagnostics: Some(vec![of_finding(&mut files, &report.findings[index])]),
            ..action
        }));
        if known.snapshot.client.resolves_edits {
            for check in fixed {
                // Editors put actions that belong to no diagnostic behind all others.
                let diagnostics = of_check(&mut files, report, &here, check);
                let all = fix::of_check(report, &mut files, path, check).into_iter();
                actions.extend(all.map(|action| CodeAction {
                    diagnostics: Some(diagnostics.clone()),
                    ..action
                }));
            }
        }
        actions.extend(fix::unused(
            report,
            &mut files,
            path,
            asked.range,
            &mut edits,
        ));
        for index in &here {
            let finding = &report.findings[*index];
            let diagnostics = Some(vec![of_finding(&mut files, finding)]);
            let suppressions = suppress::actions(known, report, *index, &mut edits).into_iter();
            actions.extend(suppressions.map(|action| CodeAction {
                diagnostics: diagnostics.clone(),
                ..action
            }));
        }
        let checks = here.iter().map(|index| &report.findings[*index].check);
        actions.extend(explain::actions(checks, files.uri(path).as_ref()));
    }
    actions.extend(
        together
            .flatten()
            .and_then(|fixes| fix::all(&fixes, &mut edits)),
    );
    let actions = actions.into_iter();
    actions.map(CodeActionOrCommand::CodeAction).collect()
}

/// The diagnostics of those findings of some that are of a check.
fn of_check(
    files: &mut Files<'_>,
    report: &Report,
    here: &[usize],
    check: &str,
) -> Vec<Diagnostic> {
    let findings = here.iter().map(|index| &report.findings[*index]);
    let of_check = findings.filter(|finding| finding.check.id == check);
    of_check.map(|finding| of_finding(files, finding)).collect()
}

/// The findings in a part of a file, as indexes into those of the report.
fn here(files: &mut Files<'_>, report: &Report, path: &Path, range: Range) -> Vec<usize> {
    let findings = report.findings.iter().enumerate();
    let mut is_here = |finding: &Finding| {
        files.path(finding.span) == path && touches(files.range(finding.span), range)
    };
    let here = findings.filter(|(_, finding)| is_here(finding));
    here.map(|(index, _)| index).collect()
}

/// Whether two ranges have a place in common; a cursor is a range, too.
fn touches(one: Range, other: Range) -> bool {
    one.start <= other.end && other.start <= one.end
}

/// The span of a problem that stands in a part of a file.
fn is_at(files: &mut Files<'_>, problem: &Problem, path: &Path, range: Range) -> bool {
    match problem.place {
        Place::Span(span) => files.path(span) == path && touches(files.range(span), range),
        Place::Path(_) => false,
    }
}
