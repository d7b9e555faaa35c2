//! Input that was not understood, with a frame where there is a place.

use std::collections::BTreeMap;

use annotate_snippets::{AnnotationKind, Group, Level as Marker, Origin, Snippet};
use source::{Level, Place, Problem, Span, neutral};

use super::Detail;
use super::columns::corrected;
use super::frame::{on_one_line, usual_renderer};
use super::texts::Texts;
use super::window::Window;
use crate::output::location::shown;
use crate::output::text::{count, flat};
use crate::terminal::Look;

/// How many problems of one sort are shown, unless all are asked for.
const SHOWN: usize = 5;

/// The frames of problems, and the number of those that are left out.
pub(crate) fn all(problems: &[Problem], texts: &Texts<'_>, look: Look, detail: Detail) -> String {
    let mut out = String::new();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for problem in problems {
        let seen = seen.entry(problem.code).or_default();
        *seen += 1;
        if *seen <= SHOWN || detail == Detail::Full {
            out.push_str(&frame(problem, texts, look));
            out.push('\n');
        }
    }
    if detail != Detail::Full {
        for (code, number) in seen.into_iter().filter(|(_, number)| *number > SHOWN) {
            let more = count(number - SHOWN, "more problem");
            out.push_str(&format!("{more} of the sort {code} (-v shows them)\n\n"));
        }
    }
    out
}

/// The frame of a problem.
pub(crate) fn frame(problem: &Problem, texts: &Texts<'_>, look: Look) -> String {
    let level = match problem.level {
        Level::Error => Marker::ERROR,
        Level::Warning => Marker::WARNING,
        Level::Notice => Marker::NOTE.with_name("notice"),
    };
    let title = level.primary_title(flat(&problem.message)).id(problem.code);
    let help = problem
        .help
        .as_ref()
        .map(|help| Marker::HELP.message(flat(help)));
    let render =
        |group: Group<'_>| usual_renderer(look).render(&[group.elements(help.clone())]) + "\n";
    match &problem.place {
        Place::Path(path) => render(title.element(Origin::path(neutral(&shown(path))))),
        Place::Span(span) => {
            let file = texts.get(span.file).file;
            let span = on_one_line(&file, *span);
            let window = window(span, texts);
            let path = neutral(&shown(&file.path)).into_owned();
            let snippet = Snippet::source(window.text.as_str())
                .line_start(window.line_start())
                .path(path.as_str());
            let annotation = AnnotationKind::Primary.span(window.range(span));
            let rendered = render(title.element(snippet.annotation(annotation)));
            corrected(&rendered, [(&window, path.as_str())])
        }
    }
}

fn window(span: Span, texts: &Texts<'_>) -> Window {
    let text = texts.get(span.file);
    let line = text.file.position(span.start).line;
    Window::new(&text, line, line, &[span])
}
