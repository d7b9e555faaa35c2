//! What expressions give, behind them.

use std::path::Path;

use analysis::{Content, Hint, HintValue};

use crate::actions::Known;
use crate::diagnostics::{Files, Telling};
use crate::hover::known as known_text;
use crate::places::offset;
use crate::types::{InlayHint, InlayHintLabel, Range};

/// The most characters of a value.
const WIDTH: usize = 40;

/// What expressions give in a part of a file; nothing where the user does not want it.
pub(crate) fn hints(known: &Known<'_>, path: &Path, range: Range) -> Option<Vec<InlayHint>> {
    if !known.snapshot.settings.inlay_hints {
        return None;
    }
    let report = known.workspace.report()?;
    let shown = path.strip_prefix(known.folder).ok()?;
    let text = known.snapshot.open.get(path)?;
    let byte =
        |position| u32::try_from(offset(text, position, known.snapshot.client.encoding)).ok();
    let (start, end) = (byte(range.start)?, byte(range.end)?);
    let telling = Telling::of(known.snapshot);
    let mut files = Files::new(&telling, known.folder, report);
    let hint = |hint: &Hint| {
        let range = files.range(hint.span);
        // What takes several lines has no end that somebody looks at.
        (range.start.line == range.end.line).then(|| InlayHint {
            position: range.end,
            label: InlayHintLabel::String(label(&hint.values)),
            kind: None,
            text_edits: None,
            tooltip: None,
            padding_left: Some(true),
            padding_right: None,
            data: None,
        })
    };
    let hints = known.workspace.hints(shown, start, end);
    Some(hints.iter().filter_map(hint).collect())
}

fn label(values: &[HintValue]) -> String {
    let values: Vec<String> = values.iter().map(value).collect();
    format!("= {}", values.join(" | "))
}

fn value(value: &HintValue) -> String {
    match value {
        HintValue::One(one) => content(one),
        HintValue::List(elements) => {
            let elements: Vec<String> = elements.iter().map(content).collect();
            format!("[{}]", elements.join(", "))
        }
    }
}

fn content(content: &Content) -> String {
    let text = match content {
        Content::Known(data) => known_text(data),
        Content::Partly(text, _) => text.clone(),
        Content::Unknown(_) => "unknown".to_owned(),
        Content::Secret => "a secret".to_owned(),
    };
    source::neutral(&source::brief(&text, WIDTH)).replace('\n', " ")
}
