//! The findings, and what is told of one beside the list.

use analysis::Finding;
use check::Severity;
use source::Span;

use super::super::State;
use crate::code::Frame;
use crate::picture::{Item, Picture};
use crate::text::{Role, Row, wrap};

/// The role of a severity.
pub(crate) fn role(severity: Severity) -> Role {
    match severity {
        Severity::Critical => Role::Critical,
        Severity::High => Role::High,
        Severity::Medium => Role::Medium,
        Severity::Low => Role::Low,
        Severity::Info => Role::Info,
    }
}

/// All that is told of a finding, in lines of a width.
pub(crate) fn detail(state: &State, picture: &Picture, item: Item<'_>, width: usize) -> Vec<Row> {
    let finding = item.finding;
    let glyphs = state.settings.glyphs;
    let sign = format!(
        " {} {} ",
        glyphs.severity(finding.severity),
        finding.severity
    );
    let mut rows = vec![
        Row::of(role(finding.severity), sign)
            .with(Role::Text, " ")
            .with(Role::Title, &finding.check.id),
    ];
    rows.extend(filled(Role::Text, &finding.message, width));
    rows.push(Row::default());
    rows.push(Row::of(Role::Accent, picture.place(finding.span)));
    let others: Vec<Span> = finding.related.iter().map(|one| one.span).collect();
    rows.extend(Frame { context: 3 }.rows(picture, finding.span, &others, glyphs));
    for related in &finding.related {
        if related.span.file != finding.span.file {
            rows.push(
                Row::of(Role::Accent, picture.place(related.span))
                    .with(Role::Dim, format!(" {}", related.message)),
            );
            rows.extend(Frame { context: 0 }.rows(picture, related.span, &[], glyphs));
        }
    }
    rows.push(Row::default());
    rows.extend(about(finding, width));
    if let Some(suppression) = item.suppression {
        let reason = suppression
            .reason
            .as_deref()
            .unwrap_or("no reason is given");
        let text = format!("Suppressed ({}): {reason}", suppression.tool);
        rows.extend(filled(Role::Mark, &text, width));
    }
    rows.push(Row::of(Role::Title, "What to do"));
    rows.extend(filled(Role::Text, &finding.check.remedy, width));
    rows
}

/// Where a finding holds.
fn about(finding: &Finding, width: usize) -> Vec<Row> {
    let mut text = format!("in {}", finding.resource.address);
    if !finding.path.is_empty() {
        text.push_str(&format!(" at {}", finding.path));
    }
    if !finding.environments.is_empty() {
        text.push_str(&format!(", in {}", finding.environments.join(", ")));
    }
    if finding.conditional {
        text.push_str(", which exists only under an unknown condition");
    }
    if let Some(presence) = finding.presence {
        text.push_str(&format!(" ({})", presence.text()));
    }
    filled(Role::Dim, &text, width)
}

fn filled(role: Role, text: &str, width: usize) -> Vec<Row> {
    let lines = wrap(text, width).into_iter();
    lines.map(|line| Row::of(role, line)).collect()
}
