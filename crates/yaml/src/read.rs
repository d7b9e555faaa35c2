//! Reads a file: its documents, comments and problems.

use graph::Tree;
use source::{Problem, SourceFile, Span};

use crate::characters::{self, Unusual};
use crate::chunks::{Oddity, Section, sections};
use crate::json::{self, Json};
use crate::layout::line_end;
use crate::parsed::{Budget, Chunk, LONGEST_KEY, Parsed};
use crate::problems::Problems;
use crate::recover;

/// What was read from one file.
#[derive(Debug)]
pub struct Yaml {
    /// The documents that hold a value, in the order of the text.
    pub documents: Vec<Document>,
    /// All comments, in the order of the text.
    pub comments: Vec<Comment>,
    /// What could not be understood, and what others understand differently, in the order of the
    /// text.
    pub problems: Vec<Problem>,
}

/// One document of a file.
#[derive(Debug)]
pub struct Document {
    /// The text of the document with its marker and the comments around it.
    pub span: Span,
    /// The value.
    pub tree: Tree,
}

/// A comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// From the `#` to the end of the line, without the line break.
    pub span: Span,
    /// Whether nothing but blanks stands before it on its line.
    pub own_line: bool,
}

/// Bounds and dialect of a reading.
#[derive(Clone, Debug)]
pub struct Options {
    /// The most values that a file may hold, those that aliases repeat included.
    pub max_nodes: usize,
    /// The most lists and maps that may be open at once.
    pub max_depth: usize,
    /// Whether `!unknown` makes a scalar a value that can't be known, as in the examples of checks.
    pub placeholder_tags: bool,
}

impl Default for Options {
    /// Bounds far above what people write and far below what exhausts a machine: a million values,
    /// 200 levels.
    fn default() -> Self {
        Self {
            max_nodes: 2_000_000,
            max_depth: 200,
            placeholder_tags: false,
        }
    }
}

/// How many values aliases may repeat, beside one for each byte of the file: many more than people write, and so few that small
/// files can't take much memory.
const COPIES: usize = 20_000;

/// Reads a file. What can't be understood is a problem, and everything else of the file is there
/// nevertheless.
#[must_use]
pub fn read(file: &SourceFile, options: &Options) -> Yaml {
    let mut yaml = Yaml {
        documents: Vec::new(),
        comments: Vec::new(),
        problems: Vec::new(),
    };
    let mut problems = Problems::default();
    let mut budget = Budget {
        nodes: options.max_nodes,
        copies: COPIES + file.text.len(),
    };
    for section in sections(&file.text) {
        let text = &file.text[section.start..section.end];
        let base = section.start as u32;
        let chunk = Chunk {
            file,
            options,
            text,
            base,
            budget,
            longest_key: LONGEST_KEY,
            blanked: &[],
        };
        let parsed = read_section(chunk);
        if !parsed.documents.is_empty() {
            report_oddity(&section, file, &mut problems);
        }
        yaml.documents.extend(parsed.documents);
        yaml.comments.extend(parsed.comments);
        problems.append(parsed.problems);
        budget = parsed.budget;
        if parsed.stopped {
            break;
        }
    }
    report_characters(file, &mut problems);
    yaml.problems = problems.finish(file.span());
    yaml
}

fn read_section(chunk: Chunk<'_>) -> Parsed {
    if !json::begins_with_brace(chunk.text) {
        return recover::read(chunk);
    }
    let Json {
        parsed,
        end,
        broken,
    } = json::read(chunk);
    let Some(broken) = broken else { return parsed };
    // What is not JSON may be YAML in braces; if it is neither, the reading that understands more
    // counts.
    let rest = Chunk {
        text: &chunk.text[end..],
        base: chunk.base + end as u32,
        budget: parsed.budget,
        ..chunk
    };
    let yaml = recover::read(rest);
    let size = |parsed: &Parsed| {
        parsed
            .documents
            .iter()
            .map(|document| document.tree.len())
            .sum::<usize>()
    };
    let rest = if yaml.is_broken && size(&broken) > size(&yaml) {
        broken
    } else {
        yaml
    };
    parsed.then(rest)
}

fn report_oddity(section: &Section, file: &SourceFile, problems: &mut Problems) {
    let Some((oddity, at)) = section.oddity else {
        return;
    };
    let (code, message) = match oddity {
        Oddity::TextBehindMarker => (
            "document-marker",
            "kubectl takes nothing but a comment on the line of `---`",
        ),
        Oddity::NoMarker => (
            "document-marker",
            "kubectl does not read what follows `...` without `---`",
        ),
        Oddity::Directives => ("directive", "kubectl takes no directives"),
    };
    let end = line_end(file.text.as_bytes(), at);
    problems.warning(code, message, Span::new(file.id, at as u32, end as u32));
}

fn report_characters(file: &SourceFile, problems: &mut Problems) {
    let Some((at, sort)) = characters::first_unusual(&file.text) else {
        return;
    };
    let (code, message) = match sort {
        Unusual::Control => (
            "control-character",
            "kubectl takes no control characters outside of escapes",
        ),
        Unusual::LineBreak => (
            "line-break",
            "kubectl takes this character for a line break, as YAML 1.1 does",
        ),
    };
    let length = file.text[at..].chars().next().map_or(0, char::len_utf8);
    problems.warning(
        code,
        message,
        Span::new(file.id, at as u32, (at + length) as u32),
    );
}
