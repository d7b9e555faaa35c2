//! What was read, what was not, and what can't be known.

use analysis::{Input, Status};

use super::super::page::{Line, Link, View};
use super::{Known, blank, title};
use crate::picture::shown;
use crate::text::{Role, Row, cell_end, count};

/// The most lines of a list.
const MOST: usize = 2_000;

pub(super) fn lines(known: &Known<'_>) -> Vec<Line> {
    let report = &known.picture.report;
    let mut lines = Vec::new();
    let groups = [
        (Status::Failed, "Not read", Role::Bad),
        (Status::Partial, "Read in part", Role::Medium),
        (Status::Skipped, "Left out on purpose", Role::Dim),
        (Status::Scanned, "Read", Role::Good),
    ];
    for (status, name, role) in groups {
        let inputs = report.inputs.iter().filter(|input| input.status == status);
        let inputs: Vec<&Input> = inputs.map(AsRef::as_ref).collect();
        if status == Status::Scanned {
            lines.extend(unknown(known));
        }
        if !inputs.is_empty() {
            let row = Row::of(role, name).with(Role::Dim, format!("  {}", inputs.len()));
            lines.push(Line::of(row));
            let shown = inputs.iter().take(MOST);
            lines.extend(shown.map(|input| of_input(known, input)));
            if let Some(left) = inputs.len().checked_sub(MOST + 1) {
                let text = format!(
                    "  and {} more; each folder by itself shows its own",
                    left + 1
                );
                lines.push(Line::of(Row::of(Role::Dim, text)));
            }
            lines.push(blank());
        }
    }
    if lines.is_empty() {
        return vec![title("Nothing was found to be read")];
    }
    let is_all = report.count(Status::Scanned) == report.inputs.len();
    if is_all {
        let text = "All that was found was read, and nothing was left out";
        lines.splice(0..0, [Line::of(Row::of(Role::Good, text)), blank()]);
    }
    lines
}

fn of_input(known: &Known<'_>, input: &Input) -> Line {
    let more = known.state.settings.glyphs.more;
    let room = (known.state.text_width() / 2).min(64);
    let path = cell_end(&shown(&input.path), room, more);
    let mut row = Row::of(Role::Text, format!("  {path}"));
    let mut told = Vec::new();
    if input.resources > 0 {
        told.push(count(input.resources, "resource"));
    }
    told.extend(input.reason.clone());
    if !told.is_empty() {
        row.push(Role::Dim, format!("  {}", told.join(", ")));
    }
    let file = shown(&input.path);
    let has_resources = input.resources > 0 && input.unit == analysis::Unit::File;
    let is_plain = !file.contains([' ', ',', '"', ':']);
    let link = (has_resources && is_plain && known.picture.len() > 0)
        .then(|| Link::Filtered(View::Findings, format!("path:{file}")));
    Line::of(row).to(link)
}

/// Why verdicts can't be known, with the number of them.
fn unknown(known: &Known<'_>) -> Vec<Line> {
    let causes = &known.picture.totals.unknown;
    if causes.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![Line::of(
        Row::of(Role::Medium, "Can't be known").with(Role::Dim, format!("  {}", causes.len())),
    )];
    for (cause, number, first) in causes {
        let more = match number {
            1 => first.clone(),
            _ => format!("{first}, and {} more", number - 1),
        };
        let row = Row::of(Role::Text, format!("  {cause}")).with(Role::Dim, format!("  {more}"));
        lines.push(Line::of(row));
    }
    lines.push(blank());
    lines
}
