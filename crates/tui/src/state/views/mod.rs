//! What stands on the pages.

mod check;
mod coverage;
mod findings;
mod posture;
mod privileges;
mod problems;
mod resource;
mod tree;
mod why;

use std::sync::Arc;

use source::{Place, Span};

use super::State;
use super::page::{Line, Page, Rows, View};
use crate::picture::Picture;
use crate::text::{Role, Row};

pub(crate) use findings::{detail, role};
pub(crate) use posture::score;

/// What pages are made of.
pub(super) struct Known<'a> {
    pub(super) state: &'a State,
    pub(super) picture: &'a Picture,
}

/// The lines of a page.
pub(super) fn rows(state: &State, page: &Page) -> Rows {
    let Some(picture) = &state.picture else {
        return Rows::Lines(Arc::default());
    };
    let known = Known { state, picture };
    if picture.is_early() && !page.view.is_of_findings() {
        let row = Row::of(Role::Dim, "This is shown when the scan is done");
        return Rows::Lines(Arc::new(vec![Line::of(row)]));
    }
    let lines = match &page.view {
        View::Findings => {
            return Rows::Findings(Arc::new(picture.matching(&page.query, state.sort)));
        }
        View::Resources => return Rows::Tree(Arc::new(tree::rows(picture, page))),
        View::Posture => posture::lines(&known),
        View::Privileges => privileges::lines(&known),
        View::Coverage => coverage::lines(&known),
        View::Problems => problems::lines(&known),
        View::Resource(named) => resource::lines(&known, named),
        View::Why(fingerprint) => why::lines(&known, fingerprint),
        View::Check(id) => check::lines(&known, id),
        View::Subject(kind, namespace, name) => {
            privileges::subject(&known, (kind, namespace, name))
        }
    };
    let wanted = page.filter.to_lowercase();
    let is_wanted =
        |line: &Line| wanted.is_empty() || line.row.text().to_lowercase().contains(&wanted);
    Rows::Lines(Arc::new(lines.into_iter().filter(is_wanted).collect()))
}

/// What names a line, so that the cursor stays on it.
pub(super) fn identity(state: &State, page: &Page, index: usize) -> Option<String> {
    match &page.rows {
        Rows::Findings(all) => {
            let item = state.picture.as_ref()?.item(*all.get(index)?)?;
            Some(item.finding.fingerprint.clone())
        }
        Rows::Tree(all) => Some(all.get(index)?.key.clone()),
        Rows::Lines(all) => Some(all.get(index)?.row.text()),
    }
}

/// The line with a name.
pub(super) fn position(state: &State, page: &Page, name: &str) -> Option<usize> {
    match &page.rows {
        Rows::Findings(all) => {
            let picture = state.picture.as_ref()?;
            all.iter().position(|index| {
                let item = picture.item(*index);
                item.is_some_and(|item| item.finding.fingerprint == name)
            })
        }
        Rows::Tree(all) => all.iter().position(|branch| branch.key == name),
        Rows::Lines(all) => all.iter().position(|line| line.row.text() == name),
    }
}

/// A title within a page.
fn title(text: &str) -> Line {
    Line::of(Row::of(Role::Title, text))
}

fn blank() -> Line {
    Line::default()
}

/// A text within a page, filled to the width of the body.
fn paragraph(known: &Known<'_>, text: &str) -> Vec<Line> {
    let width = known.state.text_width();
    let lines = crate::text::wrap(text, width.saturating_sub(2)).into_iter();
    lines
        .map(|line| Line::of(Row::of(Role::Text, format!("  {line}"))))
        .collect()
}

/// The line of a place as it is written, without secrets.
fn written(picture: &Picture, span: Span) -> Option<String> {
    // Nobody knows yet which texts are secret.
    if picture.is_early() {
        return None;
    }
    let file = picture.file(span);
    let line = file.line_span(file.position(span.start).line)?;
    let text = picture.report.masked(&file);
    let text = crate::text::code(text.get(line.range())?);
    Some(source::brief(text.trim(), 300).into_owned())
}

/// A place of a problem, for people.
fn place(picture: &Picture, place: &Place) -> (String, Option<Span>) {
    match place {
        Place::Span(span) => (picture.place(*span), Some(*span)),
        Place::Path(path) => (crate::picture::shown(path), None),
    }
}
