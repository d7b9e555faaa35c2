//! A check: why it is there, and what to do.

use check::Check;

use super::super::page::{Line, Link, View};
use super::{Known, blank, findings, paragraph, title};
use crate::text::{Role, Row, count};

pub(super) fn lines(known: &Known<'_>, id: &str) -> Vec<Line> {
    let report = &known.picture.report;
    let mut checks = report.checks.iter();
    let Some(check) = checks.find(|check| check.id == id) else {
        return vec![Line::of(Row::of(
            Role::Dim,
            "There is no such check among those that ran",
        ))];
    };
    let glyphs = known.state.settings.glyphs;
    let head = Row::of(
        findings::role(check.severity),
        format!(" {} {} ", glyphs.severity(check.severity), check.severity),
    )
    .with(Role::Title, format!(" {}", check.title));
    let number = report
        .findings
        .iter()
        .filter(|one| one.check.id == check.id)
        .count();
    let found = Row::of(Role::Accent, format!("  {}", count(number, "finding")));
    let link = Link::Filtered(View::Findings, format!("check:{}", check.id));
    let mut lines = vec![Line::of(head), Line::of(found).to(Some(link))];
    for (name, text) in [("Why it is bad", &check.why), ("What to do", &check.remedy)] {
        lines.push(blank());
        lines.push(title(name));
        lines.extend(paragraph(known, text));
    }
    lines.push(blank());
    lines.push(title("About the check"));
    lines.extend(about(check));
    lines
}

fn about(check: &Check) -> Vec<Line> {
    let mut rows = vec![
        ("judges", check.resources.join(", ")),
        ("principle", check.principle.to_string()),
        ("threats", check.threats.join(", ")),
        ("elsewhere", check.aliases.join(", ")),
    ];
    for control in &check.controls {
        rows.push((control.framework.as_str(), control.ids.join(", ")));
    }
    rows.extend(check.references.iter().map(|one| ("see", one.to_string())));
    rows.into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| {
            Line::of(Row::of(Role::Dim, format!("  {name:<16} ")).with(Role::Text, text))
        })
        .collect()
}
