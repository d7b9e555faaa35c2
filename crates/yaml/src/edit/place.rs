//! Where values stand in the text: their entries in lists and maps, with keys, dashes and aliases.

use std::ops::Range;

use graph::{Data, Node, NodeId, Role, Tree};
use source::{SourceFile, Span, TextEdit};

use crate::layout::{after_colon, line_end, line_start, next_dash, skip_blanks};

/// A tree with the text that it was read from.
#[derive(Clone, Copy)]
pub(super) struct Written<'a> {
    pub(super) file: &'a SourceFile,
    pub(super) tree: &'a Tree,
}

impl<'a> Written<'a> {
    pub(super) fn text(self) -> &'a str {
        &self.file.text
    }

    pub(super) fn bytes(self) -> &'a [u8] {
        self.file.text.as_bytes()
    }

    pub(super) fn node(self, node: NodeId) -> &'a Node {
        self.tree.node(node)
    }

    /// The range of a value's text.
    pub(super) fn range(self, node: NodeId) -> Range<usize> {
        self.node(node).span.range()
    }

    /// Whether somebody wrote the value.
    pub(super) fn is_written(self, node: NodeId) -> bool {
        self.tree
            .passage(node)
            .is_none_or(|passage| passage.default.is_none())
    }

    /// The alias that stands in the place of the value, if one does.
    fn alias(self, node: NodeId) -> Option<Span> {
        let steps = &self.tree.passage(node)?.steps;
        let key_end = self
            .node(node)
            .key
            .as_ref()
            .map(|key| key.span.end as usize);
        let is_here = |span: &Span| match key_end {
            Some(end) => {
                self.skip_properties(after_colon(self.bytes(), end)) == span.start as usize
            }
            None => true,
        };
        steps
            .iter()
            .filter(|step| step.role == Role::Alias)
            .map(|step| step.span)
            .rfind(is_here)
    }

    /// The node whose text the value is: an alias makes copies of it.
    pub(super) fn original_value(self, node: NodeId) -> Option<NodeId> {
        let span = self.node(node).span;
        self.original(node, |other| {
            !self.is_aliased(other) && self.node(other).span == span
        })
    }

    /// The node whose text the value with its key or dash is.
    pub(super) fn original_entry(self, node: NodeId) -> Option<NodeId> {
        let (token, key) = (self.token(node), &self.node(node).key);
        let is_here = |other| !self.is_aliased(other) || self.alias(other).is_some();
        self.original(node, |other| {
            is_here(other) && self.token(other) == token && self.node(other).key == *key
        })
    }

    fn original(self, node: NodeId, is_it: impl Fn(NodeId) -> bool) -> Option<NodeId> {
        let above = std::iter::successors(Some(node), |node| self.tree.parent(*node));
        if !above.into_iter().any(|node| self.is_aliased(node)) {
            return Some(node);
        }
        let mut work = vec![NodeId::ROOT];
        while let Some(other) = work.pop() {
            if is_it(other) {
                return Some(other);
            }
            if !self.is_aliased(other) {
                work.extend(self.tree.children(other));
            }
        }
        None
    }

    fn is_aliased(self, node: NodeId) -> bool {
        self.tree
            .passage(node)
            .is_some_and(|passage| passage.steps.iter().any(|step| step.role == Role::Alias))
    }

    /// The range of what stands in the place of the value.
    pub(super) fn token(self, node: NodeId) -> Range<usize> {
        self.alias(node)
            .map_or_else(|| self.range(node), Span::range)
    }

    /// Whether the value is a list or map in brackets.
    pub(super) fn has_brackets(self, node: NodeId) -> bool {
        matches!(
            self.bytes().get(self.node(node).span.start as usize),
            Some(b'[' | b'{')
        )
    }

    /// Whether the value stands in brackets.
    pub(super) fn is_in_brackets(self, node: NodeId) -> bool {
        std::iter::successors(self.tree.parent(node), |node| self.tree.parent(*node))
            .any(|node| self.has_brackets(node))
    }

    /// The range of a value with its key or dash, without a comma.
    pub(super) fn entry(self, node: NodeId) -> Range<usize> {
        let token = self.token(node);
        let start = match &self.node(node).key {
            Some(key) => self.before_properties(key.span.start as usize),
            None => self
                .dash(node)
                .unwrap_or_else(|| self.before_properties(token.start)),
        };
        start..token.end
    }

    /// The dash of an item of a list without brackets.
    pub(super) fn dash(self, node: NodeId) -> Option<usize> {
        let list = self.tree.parent(node)?;
        if self.has_brackets(list) {
            return None;
        }
        let before = self
            .tree
            .children(list)
            .take_while(|child| *child != node)
            .last();
        match before {
            Some(before) => next_dash(self.bytes(), self.token(before).end),
            None => Some(self.range(list).start),
        }
    }

    /// The column of a place in bytes.
    pub(super) fn column(self, at: usize) -> usize {
        at - line_start(self.bytes(), at)
    }

    /// Whether only blanks stand before a place on its line.
    pub(super) fn begins_line(self, at: usize) -> bool {
        // Looks no further than the blanks: a file may be one long line.
        let before = self.text()[..at].trim_end_matches([' ', '\t', '\u{feff}']);
        before.is_empty() || before.ends_with(['\n', '\r'])
    }

    /// Where the line of a place ends, before its line break.
    pub(super) fn line_end(self, at: usize) -> usize {
        line_end(self.bytes(), at)
    }

    /// Where the next line begins.
    pub(super) fn next_line(self, at: usize) -> usize {
        let end = self.line_end(at);
        let line_break = if self.text()[end..].starts_with("\r\n") {
            2
        } else {
            1
        };
        (end + line_break).min(self.text().len())
    }

    /// The whole lines of a range, with the last line break.
    pub(super) fn whole_lines(self, range: Range<usize>) -> Range<usize> {
        line_start(self.bytes(), range.start)..self.next_line(range.end)
    }

    /// Where the lines of a value that ends at `end` end, before the last line break. The blank
    /// lines behind a block scalar with `+` are its own.
    pub(super) fn end_of_lines(self, node: NodeId, end: usize) -> usize {
        let mut last = node;
        while let Some(child) = self
            .tree
            .children(last)
            .filter(|child| self.tree.passage(*child).is_none())
            .last()
        {
            last = child;
        }
        let mut end = self.line_end(end);
        let head = self.text()[self.range(last)]
            .lines()
            .next()
            .unwrap_or_default();
        let keeps_lines = head.starts_with(['|', '>'])
            && head
                .split(' ')
                .next()
                .is_some_and(|head| head.contains('+'));
        while keeps_lines && end < self.text().len() {
            let next = self.next_line(end);
            let next_end = self.line_end(next);
            if next == self.text().len() || !self.text()[next..next_end].trim().is_empty() {
                break;
            }
            end = next_end;
        }
        end
    }

    /// Where the comments end that stand on the lines below `end` and deeper than `column`, or
    /// `end`.
    pub(super) fn end_of_comments(self, mut end: usize, column: usize) -> usize {
        loop {
            let next = self.next_line(end);
            let line = &self.text()[next..self.line_end(next)];
            let text = line.trim_start_matches(' ');
            if next == end || !text.starts_with('#') || line.len() - text.len() <= column {
                return end;
            }
            end = self.line_end(next);
        }
    }

    /// The line break of the file.
    pub(super) fn line_break(self) -> &'static str {
        match self.text().find('\n') {
            Some(at) if self.text()[..at].ends_with('\r') => "\r\n",
            _ => "\n",
        }
    }

    /// Where a value begins whose anchor and tag may begin at or behind `at`.
    fn skip_properties(self, at: usize) -> usize {
        self.properties_from(at).last().map_or_else(
            || skip_blanks(self.bytes(), at),
            |last| skip_blanks(self.bytes(), last.end),
        )
    }

    fn properties_from(self, at: usize) -> impl Iterator<Item = Range<usize>> {
        let bytes = self.bytes();
        let mut at = at;
        std::iter::from_fn(move || {
            let start = skip_blanks(bytes, at);
            matches!(bytes.get(start), Some(b'&' | b'!')).then_some(())?;
            let is_end =
                |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b']' | b'}');
            at = start
                + bytes[start..]
                    .iter()
                    .take_while(|byte| !is_end(byte))
                    .count();
            Some(start..at)
        })
    }

    /// The anchor and tag of a value.
    fn properties(self, node: NodeId) -> impl Iterator<Item = Range<usize>> {
        let start = self.range(node).start;
        let from = self
            .sign_end(node)
            .unwrap_or_else(|| self.before_properties(start));
        self.properties_from(from)
            .take_while(move |property| property.end <= start)
    }

    /// The tag of a value, with the blank before it.
    pub(super) fn tag(self, node: NodeId) -> Option<Range<usize>> {
        let tag = self
            .properties(node)
            .find(|property| self.bytes()[property.start] == b'!')?;
        let blanks = self.text()[..tag.start].len()
            - self.text()[..tag.start].trim_end_matches([' ', '\t']).len();
        Some(tag.start - blanks..tag.end)
    }

    /// The anchor of a value.
    pub(super) fn anchor(self, node: NodeId) -> Option<Range<usize>> {
        self.properties(node)
            .find(|property| self.bytes()[property.start] == b'&')
    }

    /// Where the colon or dash before a value ends, or the anchor behind it. The root has none.
    pub(super) fn head_end(self, node: NodeId) -> Option<usize> {
        let sign = self.sign_end(node)?;
        Some(self.anchor(node).map_or(sign, |anchor| anchor.end))
    }

    fn sign_end(self, node: NodeId) -> Option<usize> {
        match &self.node(node).key {
            Some(key) => Some(after_colon(self.bytes(), key.span.end as usize)),
            None => self.dash(node).map(|dash| dash + 1),
        }
    }

    /// Whether the value is a list or map without brackets.
    pub(super) fn is_block(self, node: NodeId) -> bool {
        matches!(self.node(node).data, Data::List | Data::Map) && !self.has_brackets(node)
    }

    /// Whether a key has neither colon nor value.
    pub(super) fn lacks_colon(self, node: NodeId) -> bool {
        let key = self.node(node).key.as_ref();
        key.is_some_and(|key| {
            after_colon(self.bytes(), key.span.end as usize) == key.span.end as usize
        })
    }

    /// What has to stand between a key or dash without a value and the value.
    pub(super) fn missing_sign(self, node: NodeId) -> String {
        if !self.lacks_colon(node) {
            return " ".to_owned();
        }
        if self.is_in_brackets(node) {
            return ": ".to_owned();
        }
        let column = self.column(self.entry(node).start);
        format!("{}{}: ", self.line_break(), " ".repeat(column))
    }

    /// Replaces a range by text of several lines: what stands behind the range on its line goes
    /// behind the first of them.
    pub(super) fn replace_first_line(self, range: Range<usize>, text: &str) -> Vec<TextEdit> {
        let end = self.line_end(range.end);
        match text.find(self.line_break()) {
            Some(at) if end > range.end => vec![
                self.edit(range, &text[..at]),
                self.edit(end..end, &text[at..]),
            ],
            _ => vec![self.edit(range, text)],
        }
    }

    /// Where the anchor, tag or `?` begins that stands on the same line directly before `at`, or
    /// `at`.
    pub(super) fn before_properties(self, at: usize) -> usize {
        let mut start = at;
        loop {
            let before = self.text()[..start].trim_end_matches([' ', '\t']);
            let end = before.len();
            let rest = before.trim_end_matches(|character: char| {
                !matches!(character, ' ' | '\t' | '{' | '[' | ',' | '\n' | '\r')
            });
            let word = end - rest.len();
            match self.bytes().get(end - word) {
                Some(b'&' | b'!') if word > 0 => start = end - word,
                Some(b'?') if word == 1 => start = end - word,
                _ => return start,
            }
        }
    }

    pub(super) fn edit(self, range: Range<usize>, text: impl Into<String>) -> TextEdit {
        TextEdit {
            span: Span::new(self.file.id, range.start as u32, range.end as u32),
            text: text.into(),
        }
    }
}
