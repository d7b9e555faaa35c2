//! Comments that hold directives, and what they are for.

use std::cell::OnceCell;

use foldhash::{HashMap, HashMapExt};
use graph::ResourceId;
use source::{FileId, Place, SourceFile, Span};

use super::directive::Written;
use super::foreign::{self, Kics};
use super::reading::{Ours, Reading, quoted};
use super::scope::Scope;
use crate::project::{LoadedFile, Project};

/// What comments with directives contain.
const MARKS: [&str; 6] = [
    "scantling:",
    "trivy:",
    "tfsec:",
    "checkov:skip=",
    "bridgecrew:skip=",
    "cortex:skip=",
];

/// A comment that may hold a directive.
#[derive(Clone, Copy)]
pub(super) struct Comment<'a> {
    /// The text without the `#`.
    pub(super) text: &'a str,
    pub(super) span: Span,
    /// Whether it has a line of its own.
    pub(super) own_line: bool,
    /// Whether nothing but comments stands before it in the file.
    pub(super) on_top: bool,
    /// The place of the text that it is for: the next one, or the one before it on its line.
    target: Option<u32>,
    /// The line of that text.
    line: Option<u32>,
}

impl Comment<'_> {
    /// What a directive is for: the text on the comment's line, or all of what begins on the line
    /// below.
    fn scope(&self) -> Scope {
        if self.own_line {
            self.below()
        } else {
            self.on_line()
        }
    }

    /// The text that the comment is for.
    pub(super) fn on_line(&self) -> Scope {
        self.line
            .map_or(Scope::Nowhere, |line| Scope::Line(self.span.file, line))
    }

    /// All of what begins on the line of that text.
    pub(super) fn below(&self) -> Scope {
        self.line
            .map_or(Scope::Nowhere, |line| Scope::Below(self.span.file, line))
    }
}

/// Whether comments of a text may hold directives.
pub(crate) fn may_hold_directives(text: &str) -> bool {
    MARKS.iter().any(|mark| text.contains(mark)) || foreign::holds_kics(text)
}

/// Reads the directives in the comments of a file.
pub(super) fn read(reading: &mut Reading<'_>, loaded: &LoadedFile, resources: &Resources<'_>) {
    let file = &loaded.file;
    let is_marked = |comment: &yaml::Comment| {
        let text = file.slice(comment.span);
        MARKS.iter().any(|mark| text.contains(mark)) || foreign::is_kics(plain(text))
    };
    if !loaded.comments.iter().any(is_marked) {
        return;
    }
    let targets = Targets::new(&file.text, &loaded.comments);
    let mut kics = Kics::default();
    for (index, comment) in loaded
        .comments
        .iter()
        .enumerate()
        .filter(|(_, comment)| is_marked(comment))
    {
        let target = targets.of(index, &loaded.documents);
        let comment = Comment {
            text: plain(file.slice(comment.span)),
            span: comment.span,
            own_line: comment.own_line,
            on_top: comment.own_line
                && targets.first.is_none_or(|first| comment.span.start < first),
            target,
            line: target.map(|target| file.position(target).line),
        };
        read_ours(reading, &comment);
        foreign::read_trivy(reading, &comment);
        foreign::read_checkov(reading, &comment, || resources.of(&comment, file));
        kics.read(reading, &comment);
    }
    kics.finish(reading, file.id);
}

/// What a comment says, without its marks in YAML or Terraform's language.
fn plain(text: &str) -> &str {
    let text = text.trim_start_matches(['#', '/', '*']);
    text.strip_suffix("*/").unwrap_or(text).trim()
}

fn read_ours(reading: &mut Reading<'_>, comment: &Comment<'_>) {
    let Some(text) = comment.text.strip_prefix("scantling:") else {
        return;
    };
    let (command, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let place = Place::Span(comment.span);
    match command {
        // Prose about us.
        "" => {}
        "ignore" => {
            let written = Written::read(rest);
            reading.take(&Ours {
                written,
                place,
                names: Vec::new(),
                scope: comment.scope(),
                whereabouts: String::new(),
            });
        }
        command => reading.invalid(
            format!("there is no directive {}", quoted(command)),
            None,
            place,
        ),
    }
}

/// What the comments of a file are for.
struct Targets<'a> {
    text: &'a str,
    comments: &'a [yaml::Comment],
    /// For each comment the place of the next text, or of the text before it on its line.
    places: Vec<Option<u32>>,
    /// The place of the first text of the file.
    first: Option<u32>,
}

impl<'a> Targets<'a> {
    fn new(text: &'a str, comments: &'a [yaml::Comment]) -> Self {
        let mut targets = Self {
            text,
            comments,
            places: vec![None; comments.len()],
            first: None,
        };
        // From the end: a comment above another one is for the same text, which is looked for once.
        for index in (0..comments.len()).rev() {
            let Span { start, end, .. } = comments[index].span;
            targets.places[index] = if comments[index].own_line {
                targets.next(end)
            } else {
                before(text, start)
            };
        }
        let start = if text.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8()
        } else {
            0
        };
        targets.first = u32::try_from(start)
            .ok()
            .and_then(|start| targets.next(start));
        targets
    }

    /// The place of the text that a comment is for, if that is in the same document.
    fn of(&self, index: usize, documents: &[Span]) -> Option<u32> {
        let at = self.comments[index].span.start;
        let document = documents.get(documents.partition_point(|document| document.end <= at))?;
        let is_inside = |place: u32| document.start <= place && place < document.end;
        self.places[index].filter(|place| is_inside(at) && is_inside(*place))
    }

    /// The place of the next text that is neither a comment nor a mark between documents.
    fn next(&self, at: u32) -> Option<u32> {
        let bytes = self.text.as_bytes();
        let mut at = at as usize;
        loop {
            at += bytes
                .get(at..)?
                .iter()
                .take_while(|byte| byte.is_ascii_whitespace())
                .count();
            match self.text.get(at..)? {
                "" => return None,
                rest if rest.starts_with(['#', '/']) => {
                    if let Some(place) = self.at_comment(at) {
                        return place;
                    }
                    return u32::try_from(at).ok();
                }
                rest if self.begins_line(at) && is_mark(rest) => {
                    at += rest.find('\n').unwrap_or(rest.len());
                }
                _ => return u32::try_from(at).ok(),
            }
        }
    }

    /// What the comment that begins at a place is for; none where none begins there.
    fn at_comment(&self, at: usize) -> Option<Option<u32>> {
        let next = self
            .comments
            .partition_point(|comment| (comment.span.start as usize) < at);
        let is_there = self
            .comments
            .get(next)
            .is_some_and(|comment| comment.span.start as usize == at);
        is_there.then(|| self.places[next])
    }

    fn begins_line(&self, at: usize) -> bool {
        self.text[..at].is_empty() || self.text[..at].ends_with(['\n', '\r', '\u{feff}'])
    }
}

/// Whether a line is a mark between documents or a directive of YAML, and nothing else.
fn is_mark(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    let rest = line
        .strip_prefix("---")
        .or_else(|| line.strip_prefix("..."));
    let is_bare = |rest: &str| {
        rest.trim_start().is_empty()
            || rest.starts_with([' ', '\t']) && rest.trim_start().starts_with('#')
    };
    line.starts_with('%') || rest.is_some_and(is_bare)
}

/// The place of the last character that is not blank before `at`.
fn before(text: &str, at: u32) -> Option<u32> {
    let (place, _) = text
        .get(..at as usize)?
        .trim_end()
        .char_indices()
        .next_back()?;
    u32::try_from(place).ok()
}

/// The resources of each file by their place, and by the calls of the modules that they stand in, as soon as somebody asks.
pub(super) struct Resources<'a> {
    project: &'a Project,
    of_file: OnceCell<OfFile>,
}

type OfFile = HashMap<FileId, Vec<(Span, ResourceId)>>;

impl<'a> Resources<'a> {
    pub(super) fn new(project: &'a Project) -> Self {
        Self {
            project,
            of_file: OnceCell::new(),
        }
    }

    fn of_file(project: &Project) -> OfFile {
        let mut files: HashMap<FileId, Vec<(Span, ResourceId)>> = HashMap::new();
        for (id, resource) in project.graph.resources() {
            for span in [resource.span()].iter().chain(project.calls(id)) {
                files.entry(span.file).or_default().push((*span, id));
            }
        }
        files
            .values_mut()
            .for_each(|resources| resources.sort_unstable());
        files
    }

    /// The resource that a comment stands in or directly above; of a block, all its instances, and of the call of a module all
    /// that the module declares for it.
    fn of(&self, comment: &Comment<'_>, file: &SourceFile) -> Vec<ResourceId> {
        let all = self.of_file.get_or_init(|| Self::of_file(self.project));
        let Some(resources) = all.get(&file.id) else {
            return Vec::new();
        };
        let Some(span) = Self::span_of(resources, comment, file) else {
            return Vec::new();
        };
        let start = resources.partition_point(|(other, _)| *other < span);
        let same = resources[start..]
            .iter()
            .take_while(|(other, _)| *other == span);
        same.map(|(_, id)| *id).collect()
    }

    fn span_of(
        resources: &[(Span, ResourceId)],
        comment: &Comment<'_>,
        file: &SourceFile,
    ) -> Option<Span> {
        let target = comment.target?;
        let inside = |at: u32| {
            let (span, _) =
                resources[..resources.partition_point(|(span, _)| span.start <= at)].last()?;
            (at < span.end).then_some(*span)
        };
        let above = || {
            let (span, _) =
                resources.get(resources.partition_point(|(span, _)| span.start < target))?;
            (comment.own_line && comment.line == Some(file.position(span.start).line))
                .then_some(*span)
        };
        let at = if comment.own_line {
            comment.span.start
        } else {
            target
        };
        inside(at).or_else(above)
    }
}
