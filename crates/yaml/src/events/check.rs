//! Tells what the API server's library takes differently, while the text is read.

use std::ops::Range;

use super::Reader;
use crate::compose::Slot;
use crate::dialect::{self, Before};
use crate::layout;

impl Reader<'_> {
    /// Checks what stands between the cursor and the next token, at `start`.
    pub(super) fn check_gap(&mut self, start: usize) {
        let text = self.chunk.text.as_bytes();
        let gap = self.cursor..start.max(self.cursor);
        let before = std::mem::replace(&mut self.before, Before::Token);
        if self.has_tabs
            && let Some(tab) =
                dialect::tab_in_gap(text, gap.clone(), before, !self.brackets.is_empty())
        {
            self.report_tab(tab);
        }
        if !self.brackets.is_empty() {
            self.check_gap_in_brackets(gap);
        }
    }

    fn check_gap_in_brackets(&mut self, gap: Range<usize>) {
        let text = self.chunk.text.as_bytes();
        let is_value = self
            .composer
            .as_ref()
            .is_some_and(|composer| composer.slot() == Slot::Value);
        if is_value && dialect::is_parted_key(text, self.key_start, gap.end) {
            self.report(dialect::LONG_KEY, self.scalar.0, self.scalar.1);
        }
        let line = self.line_start(gap.end);
        let text = self.chunk.text.as_bytes();
        let is_closed = matches!(text.get(gap.end), Some(b']' | b'}'));
        if line > gap.start
            && !is_closed
            && self
                .columns
                .last()
                .is_some_and(|column| gap.end - line <= *column)
        {
            self.report_shallow(gap.end, layout::line_end(text, gap.end));
        }
    }

    /// Where the line of the next token begins, without a look at all that stands before it on a
    /// long line.
    pub(super) fn line_start(&mut self, at: usize) -> usize {
        let (seen, start) = self.line;
        let new = self.chunk.text.as_bytes().get(seen..at).unwrap_or_default();
        let start = new
            .iter()
            .rposition(|byte| matches!(byte, b'\n' | b'\r'))
            .map_or(start, |end| seen + end + 1);
        self.line = (at.max(seen), start);
        start
    }

    pub(super) fn check_plain(&mut self, text: &str, start: usize, end: usize) {
        let parent = self.columns.last().copied();
        self.before = match self.chunk.text.as_bytes().get(start.wrapping_sub(1)) {
            Some(b'-') if start == end => Before::Line,
            _ if start == end => Before::Token,
            _ => Before::Plain(parent),
        };
        if self.has_tabs
            && let Some(tab) = dialect::tab_in_plain(self.chunk.text.as_bytes(), start..end, parent)
        {
            self.report_tab(tab);
        }
        if self.brackets.is_empty() {
            return;
        }
        if start == end
            && dialect::is_joined_colon(self.chunk.text.as_bytes(), self.scalar.0, start)
        {
            self.report(dialect::COLON_END, self.cursor, end);
        }
        if text.starts_with([':', '?']) {
            self.report(dialect::FLOW_START, start, end);
        } else if text.contains('?') {
            self.report(dialect::QUESTION_MARK, start, end);
        }
    }

    pub(super) fn check_quoted(&mut self, start: usize, end: usize) {
        let written = &self.chunk.text[start..end];
        if written.starts_with('"') && dialect::has_refused_escape(written) {
            self.report(dialect::ESCAPE, start, end);
        }
        if let Some(column) = self.columns.last()
            && dialect::is_shallow(self.chunk.text.as_bytes(), start..end, *column)
        {
            self.report_shallow(start, end);
        }
    }

    pub(super) fn check_block(&mut self, start: usize, end: usize) {
        if let Some(tab) =
            dialect::tab_in_block(self.chunk.text.as_bytes(), start..end).filter(|_| self.has_tabs)
        {
            self.has_tabs = false;
            self.report(dialect::BLOCK_TAB, tab, tab + 1);
        }
    }

    pub(super) fn check_anchor(&mut self, name: &str, start: usize, end: usize) {
        if !dialect::is_anchor(name, self.chunk.text.as_bytes(), end) {
            self.report(dialect::ANCHOR, start, end);
        }
    }

    pub(super) fn check_tag(&mut self, start: usize, end: usize) {
        let is_joined = self
            .chunk
            .text
            .as_bytes()
            .get(end)
            .is_some_and(|byte| !byte.is_ascii_whitespace());
        if is_joined || self.chunk.text[start..end].contains('#') {
            self.report(dialect::TAG, start, end);
        }
    }

    /// Reports one tab of many.
    fn report_tab(&mut self, at: usize) {
        self.has_tabs = false;
        self.report(dialect::TAB, at, at + 1);
    }

    fn report_shallow(&mut self, start: usize, end: usize) {
        let span = self.span(start, end);
        self.parsed
            .problems
            .warning("shallow-indentation", dialect::SHALLOW, span);
    }

    fn report(&mut self, message: &'static str, start: usize, end: usize) {
        let span = self.span(start, end);
        self.parsed.problems.warning("yaml-dialect", message, span);
    }
}
