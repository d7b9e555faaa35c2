//! Notices about directives of ours, no more of each file than a person reads.

use foldhash::HashMap;
use source::{FileId, Level, Place, Problem, Sources};

/// More notices than a person reads; a file can give millions.
const MOST: usize = 200;

/// The notices so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Notices {
    list: Vec<Problem>,
    counts: HashMap<FileId, usize>,
}

impl Notices {
    pub(super) fn add(&mut self, notice: Problem) {
        if let Place::Span(span) = &notice.place {
            let count = self.counts.entry(span.file).or_default();
            *count += 1;
            if *count > MOST {
                return;
            }
        }
        self.list.push(notice);
    }

    /// The notices, with one for each file of which some were left out.
    pub(super) fn finish(mut self, sources: &Sources) -> Vec<Problem> {
        for (file, count) in self.counts.into_iter().filter(|(_, count)| *count > MOST) {
            let message = format!("{} more notices of this file are not shown", count - MOST);
            let span = sources.get(file).span();
            self.list.push(Problem::at(
                Level::Notice,
                "too-many-problems",
                message,
                span,
            ));
        }
        self.list
    }
}
