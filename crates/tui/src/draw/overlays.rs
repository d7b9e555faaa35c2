//! What lies over the page.

use ratatui::layout::Rect;

use super::{Canvas, Cursor};
use crate::message::{Preview, Sign};
use crate::state::{Palette, Prompt, State, SuppressForm};
use crate::text::{Role, Row, cell, count, width};
use crate::theme::Ground;

/// The most completions that are shown.
const COMPLETIONS: usize = 8;

/// What the typed word may go on with, above the line.
pub(super) fn completions(state: &State, prompt: &Prompt, canvas: &mut Canvas<'_>) {
    let bottom = state.areas().status.y;
    let room = usize::from(bottom.saturating_sub(2)).min(COMPLETIONS);
    let number = prompt.completions.len();
    let chosen = prompt.chosen.unwrap_or(0);
    let first = (chosen + 1)
        .saturating_sub(room)
        .min(number.saturating_sub(room));
    let shown = prompt.completions.iter().enumerate().skip(first).take(room);
    let shown: Vec<_> = shown.collect();
    let widest = shown
        .iter()
        .map(|(_, one)| width(&one.text))
        .max()
        .unwrap_or(0);
    let height = u16::try_from(shown.len()).unwrap_or(0);
    let columns = usize::from(state.size.0);
    for (y, (index, one)) in (bottom.saturating_sub(height)..bottom).zip(shown) {
        let mut row = Row::of(
            Role::Accent,
            format!(" {} ", cell(&one.text, widest.min(columns), "")),
        );
        row.push(Role::Dim, format!(" {} ", one.meaning));
        let ground = match prompt.chosen == Some(index) {
            true => Ground::Selected,
            false => Ground::Overlay,
        };
        let wide = columns.min(widest + 60);
        let area = Rect::new(
            1,
            y,
            u16::try_from(wide)
                .unwrap_or(u16::MAX)
                .min(state.size.0.saturating_sub(1)),
            1,
        );
        canvas.line(area, &row, ground);
    }
}

/// A box in the middle of the screen, with a title. Returns what is inside.
fn boxed(state: &State, canvas: &mut Canvas<'_>, title: &str, (wide, high): (u16, u16)) -> Rect {
    let (columns, lines) = state.size;
    let (wide, high) = (wide.min(columns), high.min(lines));
    let area = Rect::new((columns - wide) / 2, (lines - high) / 2, wide, high);
    canvas.fill(area, Ground::Overlay);
    let rule = state.settings.glyphs.rule;
    let title = format!("{} {title} ", rule.repeat(2));
    let rest = usize::from(wide).saturating_sub(width(&title));
    let row = Row::of(Role::Title, title).with(Role::Dim, rule.repeat(rest));
    canvas.row(area, &row, Ground::Overlay);
    let bar = Row::of(Role::Dim, state.settings.glyphs.bar);
    for y in area.top() + 1.min(high)..area.bottom() {
        for x in [area.left(), area.right().saturating_sub(1)] {
            canvas.row(Rect::new(x, y, 1.min(wide), 1), &bar, Ground::Overlay);
        }
    }
    if high > 2 {
        let bottom = Row::of(Role::Dim, rule.repeat(usize::from(wide)));
        canvas.row(
            Rect {
                y: area.bottom() - 1,
                height: 1,
                ..area
            },
            &bottom,
            Ground::Overlay,
        );
    }
    Rect {
        x: area.x + 2.min(wide),
        y: area.y + 1.min(high),
        width: wide.saturating_sub(4),
        height: high.saturating_sub(2),
    }
}

/// Every action, with its key and why it can't be run.
pub(super) fn palette(state: &State, palette: &Palette, canvas: &mut Canvas<'_>) -> Cursor {
    let high = state.size.1.saturating_sub(2).max(6);
    let inside = boxed(state, canvas, "find and run any action", (116, high));
    let typed = Row::of(Role::Accent, "> ").with(Role::Text, &palette.input.text);
    canvas.row(inside, &typed, Ground::Overlay);
    let list = Rect {
        y: inside.y + 1.min(inside.height),
        height: inside.height.saturating_sub(1),
        ..inside
    };
    let room = usize::from(list.height);
    let first = (palette.list.cursor + 1).saturating_sub(room);
    let all = palette.found.iter().enumerate().skip(first);
    for (y, (index, action)) in (list.top()..list.bottom()).zip(all) {
        let entry = action.entry();
        let keys = state.settings.bindings.keys(*action).iter();
        let keys: Vec<String> = keys.map(ToString::to_string).collect();
        let reason = state.disabled(*action);
        let keys = if keys.is_empty() {
            "no key".to_owned()
        } else {
            keys.join(" ")
        };
        let narrow = list.width < 60;
        let mut row = Row::default();
        row.push(
            Role::Accent,
            format!(" {} ", cell(&keys, if narrow { 8 } else { 16 }, "")),
        );
        if !narrow {
            row.push(Role::Dim, cell(entry.group.title(), 8, ""));
        }
        let role = if reason.is_some() {
            Role::Dim
        } else {
            Role::Text
        };
        row.push(role, entry.meaning);
        if let Some(reason) = reason {
            row.push(Role::Bad, format!("  {reason}"));
        }
        let ground = match index == palette.list.cursor {
            true => Ground::Selected,
            false => Ground::Overlay,
        };
        canvas.line(
            Rect {
                y,
                height: 1,
                ..list
            },
            &row,
            ground,
        );
    }
    if palette.found.is_empty() {
        canvas.row(
            list,
            &Row::of(Role::Dim, " no action is called so"),
            Ground::Overlay,
        );
    }
    let before = &palette.input.text[..palette.input.cursor];
    let x = u16::try_from(2 + width(before)).unwrap_or(u16::MAX);
    Some((inside.x.saturating_add(x), inside.y))
}

/// A change as a diff.
pub(super) fn preview(state: &State, preview: &Preview, first: usize, canvas: &mut Canvas<'_>) {
    let lines = u16::try_from(preview.diff.len()).unwrap_or(u16::MAX);
    let high = lines.saturating_add(4).min(state.size.1.saturating_sub(2));
    let inside = boxed(state, canvas, &preview.title, (100, high.max(6)));
    let diff = Rect {
        height: inside.height.saturating_sub(1),
        ..inside
    };
    for (y, (sign, text)) in (diff.top()..diff.bottom()).zip(preview.diff.iter().skip(first)) {
        let (role, lead) = match sign {
            Sign::Head => (Role::Title, ""),
            Sign::Same => (Role::Text, "  "),
            Sign::Added => (Role::Good, "+ "),
            Sign::Removed => (Role::Bad, "- "),
        };
        let row = Row::of(role, format!("{lead}{}", crate::text::code(text)));
        canvas.row(
            Rect {
                y,
                height: 1,
                ..diff
            },
            &row,
            Ground::Overlay,
        );
    }
    let files = count(preview.changes.len(), "file");
    let hint = Row::of(Role::Accent, "enter ")
        .with(Role::Text, format!("writes {files}  "))
        .with(Role::Accent, "esc ")
        .with(Role::Text, "leaves all as it is");
    let bottom = Rect {
        y: inside.bottom().saturating_sub(1),
        height: 1.min(inside.height),
        ..inside
    };
    canvas.row(bottom, &hint, Ground::Overlay);
}

/// Why a finding is suppressed, and until when.
pub(super) fn suppress(state: &State, form: &SuppressForm, canvas: &mut Canvas<'_>) -> Cursor {
    let chosen = state.chosen().len();
    let title = format!("suppress {}", count(chosen, "finding"));
    let inside = boxed(state, canvas, &title, (76, 7));
    let field = |name: &str, input: &str, is_here: bool| {
        let role = if is_here { Role::Accent } else { Role::Dim };
        Row::of(role, format!("{name:<8}")).with(Role::Text, input)
    };
    let mut rows = vec![
        field("why", &form.reason.text, !form.is_until),
        field("until", &form.until.text, form.is_until),
        Row::of(
            Role::Dim,
            "until is the last day, as 2027-01-31; empty for always",
        ),
        Row::default(),
    ];
    rows.push(match &form.error {
        Some(error) => Row::of(Role::Bad, error),
        None => Row::of(Role::Accent, "enter ")
            .with(Role::Text, "goes on  ")
            .with(Role::Accent, "tab ")
            .with(Role::Text, "other line  ")
            .with(Role::Accent, "esc ")
            .with(Role::Text, "leaves"),
    });
    canvas.rows(inside, rows.iter(), Ground::Overlay);
    let (input, y) = match form.is_until {
        true => (&form.until, inside.y + 1),
        false => (&form.reason, inside.y),
    };
    let x = 8 + width(&input.text[..input.cursor]);
    Some((
        inside.x + u16::try_from(x).unwrap_or(u16::MAX).min(inside.width),
        y,
    ))
}
