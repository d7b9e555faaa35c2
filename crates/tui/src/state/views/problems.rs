//! What was not understood.

use source::Level;

use super::super::page::Line;
use super::{Known, place};
use crate::text::{Role, Row};

pub(super) fn lines(known: &Known<'_>) -> Vec<Line> {
    let mut problems: Vec<_> = known.picture.report.problems.iter().collect();
    problems.sort_by_key(|problem| problem.level);
    let mut lines = Vec::new();
    for problem in problems {
        let (role, word) = match problem.level {
            Level::Error => (Role::Bad, "error"),
            Level::Warning => (Role::Medium, "warning"),
            Level::Notice => (Role::Dim, "notice"),
        };
        let (text, span) = place(known.picture, &problem.place);
        let head =
            Row::of(role, format!("{word:<8}")).with(Role::Text, format!(" {}", problem.message));
        let below = Row::of(Role::Text, "         ")
            .with(Role::Accent, text)
            .with(Role::Dim, format!("  {}", problem.code));
        let at = |line: Line| match span {
            Some(span) => line.at(span),
            None => line,
        };
        lines.push(at(Line::of(head)));
        lines.push(at(Line::of(below)));
        if let Some(help) = &problem.help {
            lines.push(Line::of(Row::of(Role::Dim, format!("         {help}"))));
        }
    }
    if lines.is_empty() {
        lines.push(Line::of(Row::of(Role::Good, "Everything was understood")));
    }
    lines
}
