//! Code frames: one for all findings of a resource that stand on the same line.

use analysis::Finding;
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet, Title};
use anstyle::{AnsiColor, Style};
use check::Severity;
use source::{SourceFile, Span, neutral};

use super::columns::corrected;
use super::suggestion::Suggestion;
use super::texts::{Text, Texts};
use super::window::Window;
use crate::output::location::shown;
use crate::output::text::{flat, wrapped};
use crate::terminal::Look;

/// Places that are at most this many lines apart share a snippet, in which the lines between them are folded.
const NEAR: u32 = 40;

/// What stands left of a help: the line numbers and the word.
const GUTTER: usize = 14;

/// A style for each severity; the words carry the meaning, too.
pub(crate) fn style(severity: Severity) -> Style {
    let color = match severity {
        Severity::Critical => AnsiColor::BrightMagenta,
        Severity::High => AnsiColor::BrightRed,
        Severity::Medium => AnsiColor::BrightYellow,
        Severity::Low => AnsiColor::BrightCyan,
        Severity::Info => AnsiColor::BrightGreen,
    };
    Style::new().fg_color(Some(color.into())).bold()
}

/// A renderer whose errors have the style of a severity.
fn renderer(look: Look, style: Style) -> Renderer {
    usual_renderer(look).error(if look.color { style } else { Style::new() })
}

/// A renderer with the usual styles.
pub(super) fn usual_renderer(look: Look) -> Renderer {
    let renderer = if look.color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let decor = if look.unicode {
        DecorStyle::Unicode
    } else {
        DecorStyle::Ascii
    };
    renderer
        .decor_style(decor)
        .term_width(look.width)
        .hyperlink(look.links)
}

/// The frame of findings of one resource on one line, the worst first.
pub(super) fn findings(findings: &[&Finding], texts: &Texts<'_>, look: Look) -> String {
    let Some(worst) = findings.first() else {
        return String::new();
    };
    let mut out = String::new();
    for finding in findings {
        out.push_str(&title(finding, look));
        out.push('\n');
    }
    let prefix = common_path(findings);
    let mut frame = Group::with_level(Level::ERROR);
    let places = Places::of(findings, texts);
    let snippets = places.snippets();
    for snippet in &snippets {
        frame = frame.element(snippet.element());
    }
    frame = frame.element(Level::NOTE.message(note(worst, prefix)));
    frame = frame.elements(
        helps(findings, prefix)
            .iter()
            .map(|help| Level::HELP.message(filled(help, look))),
    );
    let suggestions: Vec<Suggestion> = findings
        .iter()
        .filter_map(|finding| Suggestion::of(finding, prefix, texts))
        .collect();
    let groups: Vec<Group<'_>> = std::iter::once(frame)
        .chain(suggestions.iter().map(Suggestion::group))
        .collect();
    let rendered = renderer(look, style(worst.severity)).render(&groups);
    let windows = snippets
        .iter()
        .map(|snippet| (&snippet.window, snippet.path.as_str()));
    out.push_str(&corrected(&rendered, windows));
    out.push('\n');
    out
}

/// A place, with what it has to do with the frame, if it is not what that is about.
pub(crate) struct Marked {
    pub(crate) span: Span,
    pub(crate) label: Option<String>,
}

/// A frame of places with a title and notes.
pub(crate) fn marked(
    title: Title<'_>,
    marks: Vec<Marked>,
    notes: &[String],
    texts: &Texts<'_>,
    look: Look,
) -> String {
    let mut places = Places { marks: Vec::new() };
    for mark in marks {
        let kind = match mark.label {
            Some(_) => AnnotationKind::Context,
            None => AnnotationKind::Primary,
        };
        places.push(mark.span, mark.label, kind, texts);
    }
    let snippets = places.snippets();
    let elements = snippets.iter().map(Shown::element);
    let notes = notes.iter().map(|note| Level::NOTE.message(note.as_str()));
    let frame = title.elements(elements).elements(notes);
    let rendered = usual_renderer(look).render(&[frame]);
    let windows = snippets
        .iter()
        .map(|snippet| (&snippet.window, snippet.path.as_str()));
    corrected(&rendered, windows)
}

/// The line that names a finding.
fn title(finding: &Finding, look: Look) -> String {
    let mut title = Level::ERROR
        .with_name(finding.severity.text())
        .primary_title(flat(&finding.message))
        .id(finding.check.id.as_str());
    if let Some(reference) = finding.check.references.first() {
        title = title.id_url(neutral(reference));
    }
    renderer(look, style(finding.severity)).render(&[Group::with_title(title)])
}

fn note(finding: &Finding, path: &str) -> String {
    let mut note = format!("in {}", flat(&finding.resource.address));
    if !path.is_empty() {
        note.push_str(&format!(" at {}", flat(path)));
    }
    if !finding.environments.is_empty() {
        let noun = if finding.environments.len() == 1 {
            "environment"
        } else {
            "environments"
        };
        note.push_str(&format!(
            ", in the {noun} {}",
            flat(&finding.environments.join(", "))
        ));
    }
    if finding.conditional {
        note.push_str(", which exists only under an unknown condition");
    }
    if let Some(presence) = finding.presence {
        note.push_str(&format!(" ({})", presence.text()));
    }
    note
}

/// The remedies; where there are several findings, each with its check and the rest of its path.
fn helps(findings: &[&Finding], prefix: &str) -> Vec<String> {
    let help = |finding: &&Finding| {
        let remedy = flat(&finding.check.remedy);
        if findings.len() == 1 {
            return remedy;
        }
        match flat(&finding.path[prefix.len()..]) {
            rest if rest.is_empty() => format!("{}: {remedy}", finding.check.id),
            rest => format!("{} ({rest}): {remedy}", finding.check.id),
        }
    };
    findings.iter().map(help).collect()
}

/// Text below a frame, filled to the width that the gutter and the word before it leave.
fn filled(text: &str, look: Look) -> String {
    wrapped(text, look.width.saturating_sub(GUTTER).max(GUTTER)).join("\n")
}

/// The longest path that all findings share, ending between segments.
fn common_path<'a>(findings: &[&'a Finding]) -> &'a str {
    let Some(first) = findings.first() else {
        return "";
    };
    findings
        .iter()
        .fold(first.path.as_str(), |prefix, finding| {
            shared(prefix, &finding.path)
        })
}

fn shared<'a>(one: &'a str, two: &str) -> &'a str {
    let is_end = |text: &str, at: usize| at == text.len() || text[at..].starts_with(['.', '[']);
    let mut ends = one
        .char_indices()
        .map(|(at, _)| at)
        .chain([one.len()])
        .rev();
    let end = ends.find(|at| two.starts_with(&one[..*at]) && is_end(one, *at) && is_end(two, *at));
    &one[..end.unwrap_or(0)]
}

/// A place with what it has to do with the findings.
struct Mark {
    text: Text,
    span: Span,
    label: Option<String>,
    kind: AnnotationKind,
}

/// All places of a frame: those of the findings, then what is related to them.
struct Places {
    marks: Vec<Mark>,
}

/// Marks that are shown in one snippet.
struct Shown<'a> {
    window: Window,
    path: String,
    marks: Vec<&'a Mark>,
}

impl Places {
    fn of(findings: &[&Finding], texts: &Texts<'_>) -> Self {
        let mut places = Self { marks: Vec::new() };
        for finding in findings {
            places.push(finding.span, None, AnnotationKind::Primary, texts);
        }
        for related in findings.iter().flat_map(|finding| &finding.related) {
            places.push(
                related.span,
                Some(flat(&related.message)),
                AnnotationKind::Context,
                texts,
            );
        }
        places
    }

    fn push(&mut self, span: Span, label: Option<String>, kind: AnnotationKind, texts: &Texts<'_>) {
        let text = texts.get(span.file);
        let span = on_one_line(&text.file, span);
        if !self
            .marks
            .iter()
            .any(|mark| mark.span == span && mark.label == label)
        {
            self.marks.push(Mark {
                text,
                span,
                label,
                kind,
            });
        }
    }

    /// Marks in one file and near each other go together, in the order of the first of each.
    fn snippets(&self) -> Vec<Shown<'_>> {
        let mut clusters: Vec<Vec<&Mark>> = Vec::new();
        for mark in &self.marks {
            let near = |cluster: &Vec<&Mark>| cluster.iter().any(|other| is_near(other, mark));
            match clusters.iter_mut().find(|cluster| near(cluster)) {
                Some(cluster) => cluster.push(mark),
                None => clusters.push(vec![mark]),
            }
        }
        clusters.into_iter().map(Shown::of).collect()
    }
}

fn is_near(one: &Mark, two: &Mark) -> bool {
    one.span.file == two.span.file && one.line().abs_diff(two.line()) <= NEAR
}

impl Mark {
    fn line(&self) -> u32 {
        self.text.file.position(self.span.start).line
    }
}

/// The part of a span on its first line, without the white space at its end: an enclosing map is named by its first line.
pub(super) fn on_one_line(file: &SourceFile, span: Span) -> Span {
    let line = file
        .line_span(file.position(span.start).line)
        .unwrap_or(span);
    let end = span.end.min(line.end).max(span.start);
    let text = file.slice(Span::new(span.file, span.start, end));
    let kept = u32::try_from(text.trim_end().len()).unwrap_or(0);
    Span::new(span.file, span.start, span.start + kept)
}

impl<'a> Shown<'a> {
    fn of(marks: Vec<&'a Mark>) -> Self {
        let first = marks.iter().map(|mark| mark.line()).min().unwrap_or(0);
        let last = marks.iter().map(|mark| mark.line()).max().unwrap_or(0);
        let spans: Vec<Span> = marks.iter().map(|mark| mark.span).collect();
        let text = &marks[0].text;
        let window = Window::new(text, first, last, &spans);
        Self {
            window,
            path: neutral(&shown(&text.file.path)).into_owned(),
            marks,
        }
    }

    fn element(&self) -> Snippet<'_, Annotation<'_>> {
        let snippet = Snippet::source(self.window.text.as_str())
            .line_start(self.window.line_start())
            .path(self.path.as_str());
        snippet.annotations(self.marks.iter().map(|mark| {
            mark.kind
                .span(self.window.range(mark.span))
                .label(mark.label.as_deref())
        }))
    }
}
