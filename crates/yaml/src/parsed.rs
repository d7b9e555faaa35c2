//! A part of a file, and what was understood of it.

use std::ops::Range;

use source::{SourceFile, Span};

use crate::failure::Failure;
use crate::problems::Problems;
use crate::{Comment, Document, Options};

/// The part of a file that is parsed at once.
#[derive(Clone, Copy)]
pub(crate) struct Chunk<'a> {
    pub(crate) file: &'a SourceFile,
    pub(crate) options: &'a Options,
    /// The text: that of the file, or one of the same length in which broken text is blank.
    pub(crate) text: &'a str,
    /// Where the text begins in the file.
    pub(crate) base: u32,
    /// What the file may still have.
    pub(crate) budget: Budget,
    /// How long a key may be, in characters.
    pub(crate) longest_key: usize,
    /// What is blank instead of broken.
    pub(crate) blanked: &'a [Range<usize>],
}

/// What a file may still have.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Budget {
    /// How many nodes.
    pub(crate) nodes: usize,
    /// How many of them may be copies that aliases and merges make.
    pub(crate) copies: usize,
}

/// The longest key that YAML allows.
pub(crate) const LONGEST_KEY: usize = 1024;

/// What was understood of a chunk.
#[derive(Default)]
pub(crate) struct Parsed {
    pub(crate) documents: Vec<Document>,
    pub(crate) comments: Vec<Comment>,
    pub(crate) problems: Problems,
    /// The first list or map that is used as a key.
    pub(crate) complex_key: Option<Span>,
    pub(crate) failure: Option<Failure>,
    /// What the file may still have.
    pub(crate) budget: Budget,
    /// Whether reading stopped because the file has no nodes left.
    pub(crate) stopped: bool,
    /// Whether text was left out because it is not YAML.
    pub(crate) is_broken: bool,
}

impl Parsed {
    /// This with what was understood of the text behind it.
    pub(crate) fn then(mut self, rest: Self) -> Self {
        self.documents.extend(rest.documents);
        self.comments.extend(rest.comments);
        self.problems.append(rest.problems);
        Self {
            documents: self.documents,
            comments: self.comments,
            problems: self.problems,
            ..rest
        }
    }
}
