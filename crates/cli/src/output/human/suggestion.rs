//! The first proven fix of a finding, as a diff below its frame.

use analysis::Finding;
use annotate_snippets::{Group, Level, Patch, Snippet};
use source::{SourceFile, Span, TextEdit, neutral};

use super::texts::{Text, Texts};
use super::window::{Window, clean};
use crate::output::location::shown;
use crate::output::text::flat;

/// A diff of more lines than this tells nothing at a glance; `--diff` shows it.
const LINES: u32 = 60;

/// A fix with the lines that it changes.
pub(super) struct Suggestion {
    title: String,
    path: String,
    /// The diff, where it can be shown.
    change: Option<(Window, Vec<TextEdit>)>,
}

impl Suggestion {
    /// The first proven fix of a finding. The frame names `path` already, so the title does not repeat it.
    pub(super) fn of(finding: &Finding, path: &str, texts: &Texts<'_>) -> Option<Self> {
        let fix = finding.fixes.iter().find(|fix| fix.proven)?;
        let text = texts.get(fix.edits.first()?.span.file);
        let file = &text.file;
        let edits: Vec<TextEdit> = fix
            .edits
            .iter()
            .map(|edit| on_lines_of_its_own(file, edit))
            .collect();
        let title = fix.title.replace(&finding.path, below(&finding.path, path));
        let path = neutral(&shown(&file.path)).into_owned();
        let change = (edits.iter().all(|edit| edit.span.file == file.id))
            .then(|| change(&text, edits))
            .flatten();
        Some(Self {
            title: flat(&title),
            path,
            change,
        })
    }

    pub(super) fn group(&self) -> Group<'_> {
        let title = Level::HELP.secondary_title(self.title.as_str());
        let Some((window, edits)) = &self.change else {
            return Group::with_title(title);
        };
        let patches = edits
            .iter()
            .map(|edit| Patch::new(window.range(edit.span), clean(&edit.text)));
        let snippet = Snippet::source(window.text.as_str())
            .line_start(window.line_start())
            .path(self.path.as_str());
        title.element(snippet.patches(patches))
    }
}

/// What a path adds to one above it; of the path itself, its last key.
fn below<'a>(path: &'a str, above: &str) -> &'a str {
    let rest = path
        .strip_prefix(above)
        .unwrap_or(path)
        .trim_start_matches('.');
    if !rest.is_empty() {
        return rest;
    }
    let key = path.rfind('.').map_or(path, |at| &path[at + 1..]);
    if key.contains(']') && !key.contains('[') {
        path
    } else {
        key
    }
}

fn change(text: &Text, edits: Vec<TextEdit>) -> Option<(Window, Vec<TextEdit>)> {
    let line = |offset: u32| text.file.position(offset).line;
    let first = edits.iter().map(|edit| line(edit.span.start)).min()?;
    let last = edits.iter().map(|edit| line(edit.span.end)).max()?;
    if last - first > LINES {
        return None;
    }
    let spans: Vec<Span> = edits.iter().map(|edit| edit.span).collect();
    let window = Window::new(text, first, last, &spans);
    edits
        .iter()
        .all(|edit| window.holds(edit.span))
        .then_some((window, edits))
}

/// An insertion of whole lines at the end of a line, moved to the begin of the next one: then the line itself does not look
/// changed.
fn on_lines_of_its_own(file: &SourceFile, edit: &TextEdit) -> TextEdit {
    let after = file.text.get(edit.span.end as usize..).unwrap_or_default();
    let next = if after.starts_with('\n') {
        1
    } else {
        2 * u32::from(after.starts_with("\r\n"))
    };
    match edit.text.strip_prefix('\n') {
        Some(lines) if edit.span.is_empty() && next > 0 && !lines.is_empty() => {
            let at = edit.span.end + next;
            TextEdit {
                span: Span::new(edit.span.file, at, at),
                text: format!("{lines}\n"),
            }
        }
        _ => edit.clone(),
    }
}
