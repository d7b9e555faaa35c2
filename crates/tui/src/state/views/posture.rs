//! How bad it is, and where.

use check::Severity;

use super::super::page::{Line, Link, View};
use super::{Known, blank, findings, title};
use crate::picture::{Group, Groups, LOSSES, Picture, rank};
use crate::text::{Role, Row, grouped};

/// The widest meter, in columns.
const METER: usize = 24;

/// The score of all resources; nothing where there are none.
pub(crate) fn score(picture: &Picture) -> Option<usize> {
    picture.totals.score(picture.survey.resources.len())
}

pub(super) fn lines(known: &Known<'_>) -> Vec<Line> {
    let mut lines = scored(known);
    lines.push(blank());
    lines.push(title("Findings by severity"));
    lines.extend(severities(known));
    lines.push(blank());
    lines.push(title("Worst resources"));
    lines.extend(resources(known));
    let totals = &known.picture.totals;
    for (name, field, groups) in [
        ("Namespaces", "ns", &totals.namespaces),
        ("Sources", "path", &totals.folders),
        ("Checks", "check", &totals.checks),
    ] {
        if groups.number > 0 {
            lines.push(blank());
            lines.push(title(name));
            lines.extend(grouped_by(known, field, groups));
        }
    }
    lines
}

/// The score with the formula that gives it.
fn scored(known: &Known<'_>) -> Vec<Line> {
    let picture = known.picture;
    let resources = picture.survey.resources.len();
    let Some(score) = score(picture) else {
        return vec![Line::of(Row::of(
            Role::Dim,
            "There is no resource to judge",
        ))];
    };
    let role = match score {
        90.. => Role::Good,
        60.. => Role::Medium,
        _ => Role::Bad,
    };
    let numbers = picture.totals.worst;
    let parts = Severity::ALL
        .iter()
        .rev()
        .filter(|one| LOSSES[rank(**one)] > 0);
    let parts: Vec<String> = parts
        .map(|one| format!("{}×{}", numbers[rank(*one)], LOSSES[rank(*one)]))
        .collect();
    let parts = match known.state.settings.is_ascii() {
        true => parts.join(" + ").replace('×', "*"),
        false => parts.join(" + "),
    };
    let formula = format!("100 - ({parts}) / {} resources", grouped(resources));
    let meaning =
        "a resource loses 100, 60, 25 or 10 by its worst finding: critical, high, medium or low";
    let mut lines = vec![Line::of(
        Row::of(Role::Title, "Score ")
            .with(role, format!(" {score} "))
            .with(Role::Dim, " of 100"),
    )];
    for text in [formula.as_str(), meaning] {
        for line in crate::text::wrap(text, known.state.text_width().saturating_sub(2)) {
            lines.push(Line::of(Row::of(Role::Dim, format!("  {line}"))));
        }
    }
    lines
}

fn severities(known: &Known<'_>) -> Vec<Line> {
    let report = &known.picture.report;
    let numbers = known.picture.totals.by_severity;
    let most = numbers.iter().copied().max().unwrap_or_default();
    let line = |severity: &Severity| {
        let number = numbers[rank(*severity)];
        let glyphs = known.state.settings.glyphs;
        let row = Row::of(Role::Text, "  ")
            .with(
                findings::role(*severity),
                format!(" {} {:<9}", glyphs.severity(*severity), severity.text()),
            )
            .with(Role::Text, format!("{:>8}  ", grouped(number)))
            .with(Role::Dim, meter(known, number, most));
        let link = Link::Filtered(View::Findings, format!("severity:{severity}"));
        Line::of(row).to((number > 0).then_some(link))
    };
    let mut lines: Vec<Line> = Severity::ALL.iter().rev().map(line).collect();
    if !report.suppressed.is_empty() {
        let row = Row::of(
            Role::Dim,
            format!("   suppressed  {:>8}", grouped(report.suppressed.len())),
        );
        let link = Link::Filtered(View::Findings, "suppressed".to_owned());
        lines.push(Line::of(row).to(Some(link)));
    }
    if report.unknown() > 0 {
        let row = Row::of(
            Role::Dim,
            format!("   unknown     {:>8}", grouped(report.unknown())),
        );
        lines.push(Line::of(row).to(Some(Link::To(View::Coverage))));
    }
    lines
}

/// A bar as long as a part of the most.
fn meter(known: &Known<'_>, number: usize, most: usize) -> String {
    let glyphs = known.state.settings.glyphs;
    let room = known.state.text_width().saturating_sub(28).min(METER);
    let full = (number * room).div_ceil(most.max(1)).min(room);
    glyphs.full.repeat(full) + &glyphs.empty.repeat(room - full)
}

/// The resources with the worst findings.
fn resources(known: &Known<'_>) -> Vec<Line> {
    let picture = known.picture;
    let line = |index: u32| {
        let one = picture.resource(index)?;
        let mut row = Row::of(Role::Text, "  ").with(Role::Text, &one.address);
        if let Some(environment) = &one.environment {
            row.push(Role::Dim, format!(" in {environment}"));
        }
        let row = with_counts(
            known,
            row,
            picture.counts(index).map(|count| count as usize),
        );
        Some(Line::of(row).to(known.state.link_to(index)).at(one.span))
    };
    let lines: Vec<Line> = picture
        .totals
        .resources
        .iter()
        .copied()
        .filter_map(line)
        .collect();
    match lines.is_empty() {
        true => vec![Line::of(Row::of(Role::Good, "  none has a finding"))],
        false => lines,
    }
}

/// The number of findings of each severity, in columns behind a name.
fn with_counts(known: &Known<'_>, row: Row, counts: [usize; 5]) -> Row {
    let width = known.state.text_width();
    let columns = 5 * 5;
    let more = known.state.settings.glyphs.more;
    let room = width.saturating_sub(columns + 1).clamp(10, 72);
    let mut row = row.cut(room, more);
    row.pad(room);
    for severity in Severity::ALL.iter().rev() {
        let number = counts[rank(*severity)];
        row.push(Role::Text, " ");
        let letter = severity
            .text()
            .chars()
            .next()
            .unwrap_or(' ')
            .to_ascii_uppercase();
        match number {
            0 => row.push(Role::Text, "    "),
            _ => row.push(
                findings::role(*severity),
                format!("{:>4}", short(number, letter)),
            ),
        }
    }
    row
}

/// A number with a letter in four columns.
fn short(number: usize, letter: char) -> String {
    match number {
        0..1_000 => format!("{number}{letter}"),
        1_000..100_000 => format!("{}k{letter}", number / 1_000),
        _ => format!("++{letter}"),
    }
}

/// The groups with the worst findings, and where they lead.
fn grouped_by(known: &Known<'_>, field: &str, groups: &Groups) -> Vec<Line> {
    let line = |(name, counts): &Group| {
        let row = Row::of(Role::Text, "  ").with(Role::Text, name);
        let value = match name.contains([' ', ',', '"']) {
            true => format!("\"{}\"", name.replace('"', "")),
            false => name.clone(),
        };
        let link = Link::Filtered(View::Findings, format!("{field}:{value}"));
        Line::of(with_counts(known, row, *counts)).to(Some(link))
    };
    let mut lines: Vec<Line> = groups.worst.iter().map(line).collect();
    let left = groups.number - groups.worst.len();
    if left > 0 {
        let text = format!("  and {} more", grouped(left));
        lines.push(Line::of(Row::of(Role::Dim, text)));
    }
    lines
}
