//! Reads a file: its documents, comments and problems.

use graph::Tree;
use source::{Problem, SourceFile, Span};

use crate::chunks::{Oddity, Section, sections};
use crate::events::{Chunk, parse};
use crate::problems::Problems;

/// What was read from one file.
#[derive(Debug)]
pub struct Yaml {
    /// The documents that hold a value, in the order of the text.
    pub documents: Vec<Document>,
    /// All comments, in the order of the text.
    pub comments: Vec<Comment>,
    /// What could not be understood, and what others understand differently, in the order of the text.
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

/// Reads a file. What can't be understood is a problem, and everything else of the file is there nevertheless.
#[must_use]
pub fn read(file: &SourceFile, options: &Options) -> Yaml {
    let mut yaml = Yaml { documents: Vec::new(), comments: Vec::new(), problems: Vec::new() };
    let mut problems = Problems::default();
    let mut budget = options.max_nodes;
    for section in sections(&file.text) {
        let text = &file.text[section.start..section.end];
        let chunk = Chunk { file, options, text, base: section.start as u32, budget };
        let parsed = parse(chunk);
        budget = parsed.budget;
        yaml.documents.extend(parsed.documents);
        yaml.comments.extend(parsed.comments);
        problems.append(parsed.problems);
        if let Some(failure) = parsed.failure {
            let at = chunk.base + failure.at as u32;
            problems.error("syntax", failure.message, Span::new(file.id, at, at));
        }
    }
    yaml.problems = problems.finish(file.span());
    yaml
}
