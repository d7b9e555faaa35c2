//! The explanation of a check, as an action that opens it.

use std::sync::Arc;

use analysis::Report;
use check::Check;
use serde_json::json;

use crate::hover;
use crate::types::{CodeAction, CodeActionKind, Command, Uri};

/// The command that opens the explanation of a check: its arguments are the id of the check and the file that it is of.
pub(crate) const OPEN_EXPLANATION: &str = "scantling.openExplanation";

/// The explanation of a check.
#[derive(Clone, Debug)]
pub(crate) struct Explanation {
    /// What there is to say, in Markdown.
    pub(crate) text: String,
    /// A page to read.
    pub(crate) page: Option<String>,
}

/// The actions that open explanations, one for each check.
pub(super) fn actions<'c>(
    checks: impl Iterator<Item = &'c Arc<Check>>,
    document: Option<&Uri>,
) -> Vec<CodeAction> {
    let mut actions: Vec<CodeAction> = Vec::new();
    for check in checks {
        let title = format!("Explain `{}`", check.id);
        if actions.iter().all(|known| known.title != title) {
            actions.push(CodeAction {
                title: title.clone(),
                kind: Some(CodeActionKind::QUICKFIX),
                command: Some(Command {
                    title,
                    command: OPEN_EXPLANATION.to_owned(),
                    arguments: Some(vec![json!(check.id), json!(document)]),
                }),
                is_preferred: Some(false),
                ..CodeAction::default()
            });
        }
    }
    actions
}

/// The explanation of a check by its id.
pub(crate) fn explain(report: &Report, id: &str) -> Option<Explanation> {
    let check = report.checks.iter().find(|check| check.id == id)?;
    Some(Explanation {
        text: hover::of_check(check, check.severity),
        page: check.references.first().map(ToString::to_string),
    })
}
