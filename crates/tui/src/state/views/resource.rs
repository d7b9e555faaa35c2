//! One resource: what is wrong with it, what it is linked with, and its values.

use analysis::{About, Content, Direction, Other};
use graph::Data;

use super::super::page::{Line, Link, Named, View};
use super::{Known, blank, findings, title};
use crate::text::{Role, Row};

pub(super) fn lines(known: &Known<'_>, named: &Named) -> Vec<Line> {
    let Some(index) = known.state.resource(named) else {
        return vec![Line::of(Row::of(Role::Dim, "It is there no more"))];
    };
    let Some(one) = known.picture.resource(index) else {
        return Vec::new();
    };
    let mut head = Row::of(Role::Title, &one.address);
    if let Some(environment) = &one.environment {
        head.push(Role::Dim, format!(" in {environment}"));
    }
    let declared = Row::of(Role::Dim, format!("  {} at ", one.format))
        .with(Role::Accent, known.picture.line(one.span));
    let mut lines = vec![Line::of(head), Line::of(declared).at(one.span)];
    let about = known.state.about_of(index);
    if let Some(level) = one.level {
        let mut row =
            Row::of(Role::Dim, "  Pod Security level ").with(Role::Text, level.to_string());
        let broken = about
            .map(|about| about.broken.join(", "))
            .unwrap_or_default();
        if !broken.is_empty() {
            row.push(Role::Dim, format!(", for a stricter one see {broken}"));
        }
        lines.push(Line::of(row));
    }
    lines.push(blank());
    lines.push(title("Findings"));
    lines.extend(wrong(known, index));
    let Some(about) = about else {
        lines.push(blank());
        lines.push(Line::of(Row::of(Role::Dim, "  its links are looked up …")));
        return lines;
    };
    lines.extend(linked(known, about));
    lines.extend(values(known, about));
    lines
}

/// The findings of a resource, the worst first.
fn wrong(known: &Known<'_>, index: u32) -> Vec<Line> {
    let mut all: Vec<_> = known.picture.findings_of(index).collect();
    let item = |index: &u32| known.picture.item(*index);
    all.sort_by_key(|index| std::cmp::Reverse(item(index).map(|one| one.finding.severity)));
    let line = |index: u32| {
        let finding = item(&index)?.finding;
        let glyphs = known.state.settings.glyphs;
        let row = Row::of(Role::Text, "  ")
            .with(
                findings::role(finding.severity),
                format!(" {} ", glyphs.severity(finding.severity)),
            )
            .with(Role::Text, format!(" {}", finding.message))
            .with(Role::Dim, format!("  {}", finding.check.id));
        let link = Link::To(View::Why(finding.fingerprint.clone()));
        Some(Line::of(row).to(Some(link)).at(finding.span))
    };
    let lines: Vec<Line> = all.into_iter().filter_map(line).collect();
    match lines.is_empty() {
        true => vec![Line::of(Row::of(Role::Good, "  none"))],
        false => lines,
    }
}

/// What a resource refers to, and what refers to it.
pub(super) fn linked(known: &Known<'_>, about: &About) -> Vec<Line> {
    let glyphs = known.state.settings.glyphs;
    let mut lines = Vec::new();
    let sides = [
        (Direction::Out, "Refers to", glyphs.to),
        (Direction::In, "Used by", glyphs.from),
    ];
    for (direction, name, sign) in sides {
        let here = about
            .neighbors
            .iter()
            .filter(|one| one.direction == direction);
        let here: Vec<_> = here.collect();
        if here.is_empty() {
            continue;
        }
        lines.push(blank());
        lines.push(title(name));
        for neighbor in here {
            let word = neighbor.kind.text().replace('-', " ");
            let mut row = Row::of(Role::Dim, format!("  {sign} {word:<10} "));
            let link = match &neighbor.other {
                Other::Resource(index) => {
                    let other = known.picture.resource(*index);
                    row.push(
                        Role::Accent,
                        other.map_or("?", |other| other.address.as_str()),
                    );
                    known.state.link_to(*index)
                }
                Other::Missing(what) => {
                    row.push(Role::Bad, format!("{what}, which is missing"));
                    None
                }
                Other::Unknown(what) => {
                    row.push(Role::Dim, what);
                    None
                }
            };
            row.push(
                Role::Dim,
                format!("  {}", known.picture.line(neighbor.span)),
            );
            lines.push(Line::of(row).to(link).at(neighbor.span));
        }
    }
    lines
}

/// The values that somebody wrote.
fn values(known: &Known<'_>, about: &About) -> Vec<Line> {
    if about.values.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![blank(), title("Values")];
    for value in &about.values {
        let (role, text) = match &value.content {
            Content::Known(data) => (Role::Text, told(data)),
            Content::Partly(text, _) => (Role::Text, text.clone()),
            Content::Unknown(cause) => (Role::Dim, format!("unknown: {}", cause.message)),
            Content::Secret => (Role::Dim, "a secret".to_owned()),
        };
        let text = source::brief(&text, 200).into_owned();
        let row = Row::of(Role::Dim, format!("  {} ", value.path))
            .with(role, text)
            .with(Role::Dim, format!("  {}", known.picture.line(value.span)));
        lines.push(Line::of(row).at(value.span));
    }
    lines
}

fn told(data: &Data) -> String {
    match data {
        Data::Null => "null".to_owned(),
        Data::Bool(known) => known.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::String(text) => serde_json::Value::from(text.as_str()).to_string(),
        Data::List => "[]".to_owned(),
        Data::Map => "{}".to_owned(),
        Data::Unknown(_) | Data::Partial(_) => "…".to_owned(),
    }
}
