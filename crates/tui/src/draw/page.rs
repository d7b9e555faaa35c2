//! The lines of the page: only those on the screen are made.

use check::Severity;
use ratatui::layout::Rect;

use super::Canvas;
use crate::picture::{Item, Picture, rank};
use crate::state::{Branch, BranchKind, Rows, State, View, role};
use crate::text::{Role, Row, cell, cell_end, wrap};
use crate::theme::Ground;

pub(super) fn draw(state: &State, canvas: &mut Canvas<'_>) {
    let areas = state.areas();
    let columns = Columns::of(state, areas.list);
    canvas.row(areas.columns, &head(state, &columns), Ground::Base);
    let list = &state.page.list;
    let lines = state.page.rows.len();
    for (y, index) in (areas.list.top()..areas.list.bottom()).zip(list.offset..lines) {
        let area = Rect {
            y,
            height: 1,
            ..areas.list
        };
        let is_here = index == list.cursor;
        let ground = if is_here {
            Ground::Selected
        } else {
            Ground::Base
        };
        let mut row = Row::of(
            Role::Accent,
            if is_here {
                state.settings.glyphs.cursor
            } else {
                " "
            },
        );
        row.0.extend(line(state, index, &columns).0);
        canvas.line(area, &row, ground);
    }
    if lines == 0 {
        let width = usize::from(areas.list.width).saturating_sub(3);
        let told = wrap(&nothing(state), width).into_iter();
        let rows: Vec<Row> = told
            .map(|line| Row::of(Role::Dim, format!("  {line}")))
            .collect();
        canvas.rows(areas.list, rows.iter(), Ground::Base);
    }
    if let Some(area) = areas.pane {
        pane(state, area, canvas);
    }
}

/// Why there is no line.
fn nothing(state: &State) -> String {
    match (&state.picture, &state.failure) {
        (_, Some(why)) => why.clone(),
        (None, None) => "reading …".to_owned(),
        (Some(_), None) if !state.page.filter.is_empty() => "nothing matches the filter".to_owned(),
        (Some(picture), None) if picture.is_early() => "nothing was found so far".to_owned(),
        (Some(picture), None) if picture.report.resources == 0 => {
            "no resource was found; 5 shows what was looked at".to_owned()
        }
        (Some(_), None) => "there is nothing to object to".to_owned(),
    }
}

/// The text beside the list, with a rule before it.
fn pane(state: &State, area: Rect, canvas: &mut Canvas<'_>) {
    let glyphs = state.settings.glyphs;
    if area.x > 0 {
        let rule = Row::of(Role::Dim, glyphs.bar);
        for y in area.top()..area.bottom() {
            canvas.row(
                Rect {
                    x: area.x - 1,
                    y,
                    width: 1,
                    height: 1,
                },
                &rule,
                Ground::Base,
            );
        }
    } else if area.y > 0 {
        let rule = Row::of(Role::Dim, glyphs.rule.repeat(usize::from(area.width)));
        canvas.row(
            Rect {
                y: area.y - 1,
                height: 1,
                ..area
            },
            &rule,
            Ground::Base,
        );
    }
    let area = Rect {
        x: area.x + 1.min(area.width),
        width: area.width.saturating_sub(1),
        ..area
    };
    let rows = state.pane_rows(usize::from(area.width));
    canvas.rows(area, rows.iter().skip(state.pane), Ground::Base);
}

/// The widths of the columns of a table.
struct Columns {
    severity: usize,
    check: usize,
    resource: usize,
    place: usize,
}

impl Columns {
    fn of(state: &State, area: Rect) -> Self {
        let width = usize::from(area.width).saturating_sub(3);
        let severity = if width >= 90 { 11 } else { 3 };
        let rest = width.saturating_sub(severity + 1);
        if state.page.view != View::Findings || rest < 60 {
            let check = (rest * 9 / 20).min(34);
            return Self {
                severity,
                check,
                resource: rest.saturating_sub(check + 1),
                place: 0,
            };
        }
        let check = (rest * 7 / 20).min(38);
        let resource = (rest.saturating_sub(check + 2) * 11 / 20).min(60);
        Self {
            severity,
            check,
            resource,
            place: rest.saturating_sub(check + resource + 2),
        }
    }
}

/// The names of the columns.
fn head(state: &State, columns: &Columns) -> Row {
    match state.page.view {
        View::Findings => {
            let mut row = Row::of(Role::Dim, "   ");
            let severity = if columns.severity > 3 {
                "severity"
            } else {
                "sev"
            };
            row.push(Role::Dim, cell(severity, columns.severity + 1, ""));
            row.push(Role::Dim, cell("check", columns.check + 1, ""));
            row.push(Role::Dim, cell("resource", columns.resource + 1, ""));
            if columns.place > 0 {
                row.push(Role::Dim, cell("place", columns.place, ""));
            }
            row
        }
        View::Resources => {
            let name = tree_width(state);
            let mut row = Row::of(Role::Dim, cell("  resource", name + 1, ""));
            for severity in Severity::ALL.iter().rev() {
                let text = &severity.text()[..4.min(severity.text().len())];
                row.push(Role::Dim, format!("{text:>6}"));
            }
            if has_level(state) {
                row.push(Role::Dim, "  pod security");
            }
            row
        }
        _ => Row::default(),
    }
}

fn line(state: &State, index: usize, columns: &Columns) -> Row {
    let Some(picture) = &state.picture else {
        return Row::default();
    };
    match &state.page.rows {
        Rows::Findings(all) => {
            let item = all.get(index).and_then(|index| picture.item(*index));
            item.map_or_else(Row::default, |item| finding(state, picture, item, columns))
        }
        Rows::Tree(all) => {
            let branch = all.get(index);
            branch.map_or_else(Row::default, |branch| resource(state, picture, branch))
        }
        Rows::Lines(all) => all
            .get(index)
            .map(|line| line.row.clone())
            .unwrap_or_default(),
    }
}

fn finding(state: &State, picture: &Picture, item: Item<'_>, columns: &Columns) -> Row {
    let finding = item.finding;
    let glyphs = state.settings.glyphs;
    let is_marked = state.marks.contains(&finding.fingerprint);
    let is_new = state.new.0.contains(&finding.fingerprint);
    let mut row = match (is_marked, is_new) {
        (true, _) => Row::of(Role::Mark, cell(glyphs.mark, 1, "")),
        (false, true) => Row::of(Role::Changed, "+"),
        (false, false) if item.suppression.is_some() => Row::of(Role::Dim, "~"),
        (false, false) => Row::of(Role::Text, " "),
    };
    row.push(Role::Text, " ");
    let sign = glyphs.severity(finding.severity);
    let severity = match columns.severity > 3 {
        true => format!("{sign} {}", finding.severity),
        false => sign,
    };
    row.push(
        role(finding.severity),
        cell(&severity, columns.severity, ""),
    );
    row.push(Role::Text, " ");
    let check_role = if is_new { Role::Changed } else { Role::Text };
    row.push(
        check_role,
        cell(&finding.check.id, columns.check, glyphs.more),
    );
    row.push(Role::Text, " ");
    row.push(
        Role::Text,
        cell(&finding.resource.address, columns.resource, glyphs.more),
    );
    if columns.place > 0 {
        row.push(Role::Text, " ");
        row.push(
            Role::Dim,
            cell_end(&picture.line(finding.span), columns.place, glyphs.more),
        );
    }
    row
}

/// How wide the names in the tree are.
fn tree_width(state: &State) -> usize {
    let width = usize::from(state.size.0);
    let level = if has_level(state) { 14 } else { 0 };
    width.saturating_sub(6 * 5 + level + 2).clamp(8, 72)
}

fn has_level(state: &State) -> bool {
    state.size.0 >= 80
}

fn resource(state: &State, picture: &Picture, branch: &Branch) -> Row {
    let glyphs = state.settings.glyphs;
    let width = tree_width(state);
    let is_leaf = matches!(branch.kind, BranchKind::Resource(_));
    let depth = branch.depth.min(8) + usize::from(is_leaf);
    let mut row = Row::of(Role::Text, "  ".repeat(depth));
    let mut level = None;
    match &branch.kind {
        BranchKind::Group(name, is_open) => {
            row.push(
                Role::Dim,
                if *is_open { glyphs.open } else { glyphs.closed },
            );
            row.push(
                if branch.depth == 0 {
                    Role::Title
                } else {
                    Role::Text
                },
                name,
            );
            row.push(
                Role::Dim,
                format!("  {}", crate::text::grouped(branch.resources)),
            );
        }
        BranchKind::Resource(index) => {
            if let Some(one) = picture.resource(*index) {
                let name = if one.name.is_empty() {
                    &one.address
                } else {
                    &one.name
                };
                row.push(Role::Accent, name);
                if let Some(environment) = &one.environment {
                    row.push(Role::Dim, format!(" in {environment}"));
                }
                level = one.level;
            }
        }
    }
    let mut row = row.cut(width, glyphs.more);
    row.pad(width);
    for severity in Severity::ALL.iter().rev() {
        let number = branch.counts[rank(*severity)];
        let shown = if number > 9_999 {
            "9999+".to_owned()
        } else {
            number.to_string()
        };
        row.push(Role::Text, " ".repeat(6_usize.saturating_sub(shown.len())));
        match number {
            0 => row.push(Role::Dim, glyphs.dot.trim()),
            _ => row.push(role(*severity), shown),
        }
    }
    if let Some(level) = level.filter(|_| has_level(state)) {
        row.push(Role::Dim, format!("  {level}"));
    }
    row
}
