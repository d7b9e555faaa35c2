//! The lines at the top and the bottom.

use jiff::Timestamp;

use super::{Canvas, Cursor};
use crate::keys::Action;
use crate::message::Tone;
use crate::state::{Overlay, Prompt, PromptKind, Rows, State, View, score};
use crate::text::{Role, Row, count, grouped, width};
use crate::theme::Ground;

/// What is looked at, how much was found, and how fresh that is.
pub(super) fn header(state: &State, canvas: &mut Canvas<'_>) {
    let area = state.areas().header;
    let glyphs = state.settings.glyphs;
    let columns = usize::from(area.width);
    let right = freshness(state);
    let mut row = Row::of(Role::Title, " scantling ");
    match &state.context {
        Some(context) => {
            row.push(Role::Text, format!(" {}", context.name));
            if !context.version.is_empty() && columns >= 80 {
                row.push(Role::Dim, format!(" {}", context.version));
            }
            row.push(Role::Good, if columns >= 60 { " read-only" } else { " ro" });
        }
        None => row.push(Role::Text, format!(" {}", state.settings.label)),
    }
    if let (Some(picture), true) = (&state.picture, columns >= 70) {
        let findings = count(picture.totals.findings, "finding");
        let told = match picture.is_early() {
            true => vec![format!("{findings} so far")],
            false => vec![count(picture.survey.resources.len(), "resource"), findings],
        };
        for text in told {
            row.push(Role::Dim, format!("{}{text}", glyphs.dot));
        }
        if let Some(score) = score(picture).filter(|_| columns >= 90) {
            row.push(Role::Dim, format!("{}score {score}", glyphs.dot));
        }
    }
    let room = columns.saturating_sub(right.width() + 1);
    let mut row = row.cut(room, glyphs.more);
    row.pad(columns.saturating_sub(right.width()));
    row.0.extend(right.0);
    canvas.line(area, &row, Ground::Bar);
}

/// How fresh what is shown is.
fn freshness(state: &State) -> Row {
    let narrow = state.size.0 < 60;
    if let Some(why) = &state.failure {
        return Row::of(
            Role::Bad,
            if narrow {
                " failed "
            } else {
                " the scan failed "
            },
        )
        .with(Role::Text, if narrow { "" } else { " " })
        .with(
            Role::Dim,
            if state.size.0 >= 160 {
                why.as_str()
            } else {
                ""
            },
        );
    }
    if let Some((stage, done, all)) = state.stage {
        let done = match all {
            0 => String::new(),
            _ => format!(" {}%", done * 100 / all.max(1)),
        };
        return Row::of(Role::Mark, format!(" {stage}{done} "));
    }
    let Some(picture) = &state.picture else {
        return Row::of(Role::Mark, " reading ");
    };
    let time = Timestamp::from_second(picture.time).unwrap_or_default();
    let time = time.strftime("%H:%M:%S").to_string();
    if state.trouble.is_some() {
        return Row::of(Role::Bad, format!(" lost since {time} "));
    }
    let is_live = state
        .context
        .as_ref()
        .is_some_and(|context| context.is_live);
    match (is_live, narrow) {
        (true, _) => Row::of(Role::Good, " live ").with(Role::Dim, format!(" {time}Z ")),
        (false, true) => Row::default(),
        (false, false) => Row::of(Role::Dim, format!("read at {time}Z ")),
    }
}

/// The views, and the way to the page.
pub(super) fn trail(state: &State, canvas: &mut Canvas<'_>) {
    let area = state.areas().trail;
    let columns = usize::from(area.width);
    let glyphs = state.settings.glyphs;
    let trail = state.trail();
    let actions = [
        Action::Posture,
        Action::Findings,
        Action::Resources,
        Action::Privileges,
        Action::Coverage,
        Action::Problems,
    ];
    let mut row = Row::default();
    for (view, action) in View::TOP.iter().zip(actions) {
        let title = view.title();
        let is_here = trail.first() == Some(&title);
        if columns < 80 && !is_here {
            continue;
        }
        let key = state.settings.bindings.hint(action);
        row.push(Role::Dim, format!(" {key} "));
        row.push(if is_here { Role::Title } else { Role::Dim }, title);
    }
    for title in trail.iter().skip(1) {
        row.push(Role::Dim, glyphs.step);
        row.push(Role::Text, source::brief(title, 40));
    }
    let mut right = Row::default();
    if !state.page.filter.is_empty() && !is_filtering(state) {
        right.push(
            Role::Mark,
            format!(" /{} ", source::brief(&state.page.filter, columns / 3)),
        );
    }
    if !state.marks.is_empty() {
        right.push(
            Role::Mark,
            format!(" {} {} ", glyphs.mark, state.marks.len()),
        );
    }
    right.push(Role::Dim, format!(" {}", position(state)));
    let room = columns.saturating_sub(right.width() + 1);
    let mut row = row.cut(room, glyphs.more);
    row.pad(columns.saturating_sub(right.width()));
    row.0.extend(right.0);
    canvas.row(area, &row, Ground::Base);
}

fn is_filtering(state: &State) -> bool {
    matches!(&state.overlay, Overlay::Prompt(prompt) if prompt.kind == PromptKind::Filter)
}

/// Which line of how many.
fn position(state: &State) -> String {
    let lines = state.page.rows.len();
    match lines {
        0 => "0 ".to_owned(),
        _ => format!(
            "{}/{} ",
            grouped(state.page.list.cursor + 1),
            grouped(lines)
        ),
    }
}

/// What is typed, what is told, or what can be done. Returns where the cursor stands.
pub(super) fn status(state: &State, canvas: &mut Canvas<'_>) -> Cursor {
    let area = state.areas().status;
    if let Overlay::Prompt(prompt) = &state.overlay {
        return typed(state, prompt, canvas);
    }
    let row = match (&state.toast, &state.trouble) {
        (Some(toast), _) => {
            let role = match toast.tone {
                Tone::Plain => Role::Text,
                Tone::Bad => Role::Bad,
            };
            Row::of(Role::Text, " ").with(role, format!("{} ", toast.text))
        }
        (None, Some(why)) => Row::of(Role::Bad, format!(" the cluster can't be reached: {why} ")),
        (None, None) => hints(state),
    };
    canvas.line(area, &row, Ground::Bar);
    None
}

/// The keys of what one does most on this page, as far as there is room; the last one is always shown.
fn hints(state: &State) -> Row {
    let hints: &[(Action, &str)] = match state.page.view {
        View::Findings => &[
            (Action::Follow, "why"),
            (Action::Filter, "filter"),
            (Action::Fix, "fix"),
            (Action::Edit, "edit"),
            (Action::Suppress, "suppress"),
            (Action::Describe, "resource"),
            (Action::Yank, "copy"),
            (Action::Sort, "sort"),
        ],
        View::Why(_) => &[
            (Action::Follow, "open"),
            (Action::Back, "back"),
            (Action::Fix, "fix"),
            (Action::Edit, "edit"),
            (Action::Suppress, "suppress"),
            (Action::Yank, "copy"),
        ],
        _ => &[
            (Action::Follow, "open"),
            (Action::Back, "back"),
            (Action::Filter, "filter"),
            (Action::NextView, "next view"),
            (Action::Edit, "edit"),
            (Action::Yank, "copy"),
        ],
    };
    let columns = usize::from(state.size.0);
    let bindings = &state.settings.bindings;
    let last = Row::of(
        Role::Accent,
        format!(" {} ", bindings.hint(Action::Palette)),
    )
    .with(Role::Text, "all keys ");
    let mut row = Row::default();
    for (action, word) in hints
        .iter()
        .filter(|(action, _)| state.disabled(*action).is_none())
    {
        let hint = bindings.hint(*action);
        if row.width() + width(&hint) + width(word) + 3 + last.width() > columns {
            break;
        }
        row.push(Role::Accent, format!(" {hint} "));
        row.push(Role::Text, format!("{word} "));
    }
    row.0.extend(last.0);
    row
}

/// The line that is typed, with what it finds or what is wrong with it.
fn typed(state: &State, prompt: &Prompt, canvas: &mut Canvas<'_>) -> Cursor {
    let area = state.areas().status;
    let columns = usize::from(area.width);
    let lead = match prompt.kind {
        PromptKind::Filter => " /",
        PromptKind::Command => " :",
    };
    let right = outcome(state, prompt);
    let right = right.cut(columns / 2, state.settings.glyphs.more);
    let room = columns.saturating_sub(right.width() + width(lead) + 2);
    // Of a long line the part before the cursor is shown.
    let before = &prompt.input.text[..prompt.input.cursor];
    let skipped = skipped(before, room);
    let text = &prompt.input.text[skipped..];
    let mut row = Row::of(Role::Accent, lead);
    let error = state.page.error.as_ref();
    let error = error.filter(|_| prompt.kind == PromptKind::Filter);
    let at = error.map(|error| error.at.clone());
    let at = at.filter(|at| at.start >= skipped && prompt.input.text.get(at.clone()).is_some());
    match at {
        Some(at) => {
            row.push(Role::Text, &prompt.input.text[skipped..at.start]);
            row.push(Role::Bad, &prompt.input.text[at.start..at.end]);
            row.push(Role::Text, &prompt.input.text[at.end..]);
        }
        None => row.push(Role::Text, text),
    }
    let mut row = row.cut(
        columns.saturating_sub(right.width() + 1),
        state.settings.glyphs.more,
    );
    row.pad(columns.saturating_sub(right.width()));
    row.0.extend(right.0);
    canvas.line(area, &row, Ground::Bar);
    let x = width(lead) + width(&before[skipped.min(before.len())..]);
    Some((area.x + u16::try_from(x).unwrap_or(area.width), area.y))
}

/// How many bytes of a text are left out at its beginning, so that its end fits.
fn skipped(text: &str, room: usize) -> usize {
    let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let mut fitting = starts.filter(|at| width(&text[*at..]) <= room);
    fitting.next().unwrap_or(text.len())
}

fn outcome(state: &State, prompt: &Prompt) -> Row {
    match (prompt.kind, &state.page.error) {
        (PromptKind::Filter, Some(error)) => {
            let help = error
                .help
                .as_ref()
                .map_or_else(String::new, |help| format!("; {help}"));
            Row::of(Role::Bad, format!(" {}{help} ", error.message))
        }
        (PromptKind::Filter, None) => {
            let lines = state.page.rows.len();
            let noun = match state.page.rows {
                Rows::Findings(_) => "finding",
                _ => "line",
            };
            Row::of(Role::Dim, format!(" {} ", count(lines, noun)))
        }
        (PromptKind::Command, _) => Row::of(Role::Dim, " tab completes "),
    }
}
