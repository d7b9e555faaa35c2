//! Turns the parser's events into trees with exact spans.

mod check;

use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, ScanError, StructureStyle};
use graph::{Data, NodeId, Tree};
use source::Span;

use crate::compose::{AnchorId, Composed, Composer, Kind, ScalarRole, Slot, Written};
use crate::dialect::Before;
use crate::failure::{Failure, Reason, message};
use crate::parsed::{Chunk, Parsed};
use crate::resolve::Tag;
use crate::{Comment, Document, layout};

/// The deepest nesting that is read over; `goyaml.v2` has the same limit.
const DEEPEST: usize = 10_000;

/// Reads a chunk to its end or to the first error.
pub(crate) fn parse(chunk: Chunk<'_>) -> Parsed {
    let mut options = granit_parser::options! {
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        simple_key_max_lookahead: chunk.longest_key,
        // The composer leaves out what is nested too deep, and what stands behind it is read.
        flow_nesting_limit: chunk.options.max_depth.max(DEEPEST),
        block_nesting_limit: chunk.options.max_depth.max(DEEPEST),
    };
    // A file of nothing but comments is no attack, and their text is already in memory.
    options.max_buffered_comment_events = usize::MAX;
    let mut reader = Reader::new(chunk);
    for event in Parser::new_from_str_with_options(chunk.text, options) {
        match event {
            Ok((event, place)) => reader.take(event, &place),
            Err(error) => reader.fail(&error),
        }
        if reader.parsed.failure.is_some() || reader.is_stopped() {
            break;
        }
    }
    reader.finish()
}

struct Reader<'a> {
    chunk: Chunk<'a>,
    composer: Option<Composer<'a>>,
    parsed: Parsed,
    /// Where the document begins in the file.
    start: u32,
    /// The end of the last token of a node.
    cursor: usize,
    brackets: Vec<usize>,
    /// The columns at which the open lists and maps without brackets begin.
    columns: Vec<usize>,
    /// The last scalar, and where it or its tag begins.
    scalar: (usize, usize),
    key_start: usize,
    /// Up to where line breaks were looked for, and where the line there begins.
    line: (usize, usize),
    /// What stands before the cursor.
    before: Before,
    has_tabs: bool,
}

impl<'a> Reader<'a> {
    fn new(chunk: Chunk<'a>) -> Self {
        Self {
            chunk,
            composer: None,
            parsed: Parsed {
                budget: chunk.budget,
                ..Parsed::default()
            },
            start: chunk.base,
            cursor: 0,
            brackets: Vec::new(),
            columns: Vec::new(),
            scalar: (0, 0),
            key_start: 0,
            line: (0, 0),
            before: Before::Line,
            has_tabs: chunk.text.contains('\t'),
        }
    }

    fn take(&mut self, event: Event<'_>, place: &granit_parser::Span) {
        let range = place.byte_range().unwrap_or_default();
        let (start, end) = (range.start, range.end);
        let tag_place = place.tag_span().and_then(|tag| tag.byte_range());
        if let Some(tag) = &tag_place {
            self.check_tag(tag.start, tag.end);
        }
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.take_scalar((&text, style, tag.as_deref()), anchor, range);
                self.key_start = tag_place.map_or(self.scalar.0, |tag| tag.start);
            }
            Event::SequenceStart(StructureStyle::Flow, anchor, _) => {
                self.open(Kind::List, start, end, anchor);
            }
            Event::SequenceStart(StructureStyle::Block, anchor, _) => {
                let dash = self.dash_place(start);
                self.open(Kind::List, dash, dash, anchor);
            }
            // The sign of a key in `[? a: b]` is no bracket.
            Event::MappingStart(style, anchor, _) => {
                let first = self.chunk.text.as_bytes().get(start);
                let is_bracket = style == StructureStyle::Flow && first == Some(&b'{');
                let end = if is_bracket { end } else { start };
                self.open(Kind::Map, start, end, anchor);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(start, end),
            Event::Alias(anchor) => self.alias(Some(anchor), start, end),
            Event::UnresolvedAlias(_) => self.alias(None, start, end),
            Event::Anchor(_, name) => self.check_anchor(&name, start, end),
            Event::Comment(..) => self.comment(start, end),
            Event::DocumentStart(explicit, _) => {
                self.begin_document(if explicit { end } else { start }, explicit);
            }
            Event::DocumentEnd => {
                self.check_gap(end);
                self.end_document(None);
            }
            _ => {}
        }
    }

    fn take_scalar(
        &mut self,
        (text, style, tag): (&str, ScalarStyle, Option<&granit_parser::Tag>),
        anchor: AnchorId,
        range: Range<usize>,
    ) {
        let is_empty = style == ScalarStyle::Plain && range.is_empty();
        let text = if is_empty { "" } else { text };
        let (start, end) = match style {
            ScalarStyle::Plain if is_empty => {
                self.empty_place(range.start, anchor != 0 || tag.is_some())
            }
            ScalarStyle::Literal | ScalarStyle::Folded => self.block_place(range.start, range.end),
            _ => (range.start, range.end),
        };
        let is_blanked = |blank: &Range<usize>| range.start < blank.end && blank.start < range.end;
        let (tag, role) = if self.chunk.blanked.iter().any(is_blanked) {
            (Tag::Text, ScalarRole::Broken)
        } else {
            self.tag(tag, style, text)
        };
        self.check_gap(start);
        match style {
            ScalarStyle::Plain => self.check_plain(text, start, end),
            ScalarStyle::Literal | ScalarStyle::Folded => self.check_block(start, end),
            _ => self.check_quoted(start, end),
        }
        self.cursor = end;
        self.scalar = (start, end);
        let span = self.span(start, end);
        if let Some(composer) = &mut self.composer {
            composer.scalar(
                &Written {
                    text,
                    tag,
                    role,
                    span,
                },
                anchor,
            );
        }
    }

    fn tag(
        &self,
        tag: Option<&granit_parser::Tag>,
        style: ScalarStyle,
        text: &str,
    ) -> (Tag, ScalarRole) {
        let Some(tag) = tag else {
            return match (style, text) {
                (ScalarStyle::Plain, "<<") => (Tag::Text, ScalarRole::Merge),
                (ScalarStyle::Plain, _) => (Tag::Plain, ScalarRole::Value),
                _ => (Tag::Text, ScalarRole::Value),
            };
        };
        if self.chunk.options.placeholder_tags && tag.handle() == "!" && tag.suffix() == "unknown" {
            return (Tag::Text, ScalarRole::Placeholder);
        }
        let tag = match tag.suffix_in_namespace("tag:yaml.org,2002:").as_deref() {
            Some("bool") => Tag::Bool,
            Some("int") => Tag::Int,
            Some("float") => Tag::Float,
            Some("null") => Tag::Null,
            Some("timestamp") => Tag::Timestamp,
            Some("binary") => Tag::Binary,
            Some("merge") if text == "<<" => return (Tag::Text, ScalarRole::Merge),
            _ => Tag::Text,
        };
        (tag, ScalarRole::Value)
    }

    fn open(&mut self, kind: Kind, start: usize, end: usize, anchor: AnchorId) {
        self.check_gap(start);
        let span = self.span(start, end);
        if start < end {
            self.brackets.push(start);
        } else if self.brackets.is_empty() {
            let column = start - self.line_start(start);
            self.columns.push(column);
        }
        self.cursor = end;
        if let Some(composer) = &mut self.composer {
            composer.start(kind, span, anchor);
        }
    }

    /// Brackets have an extent; what ends without one ends with its last child.
    fn close(&mut self, start: usize, end: usize) {
        let bracket = (start < end).then(|| self.span(start, end).end);
        if bracket.is_some() {
            self.check_gap(start);
            self.brackets.pop();
            self.cursor = end;
        } else if self.brackets.is_empty() {
            self.columns.pop();
        }
        if let Some(composer) = &mut self.composer {
            composer.end(bracket);
        }
    }

    fn alias(&mut self, anchor: Option<AnchorId>, start: usize, end: usize) {
        self.check_gap(start);
        let span = self.span(start, end);
        self.cursor = end;
        if let Some(composer) = &mut self.composer {
            composer.alias(anchor, span);
        }
    }

    fn comment(&mut self, start: usize, end: usize) {
        let text = self.chunk.text.as_bytes();
        let before = &text[layout::line_start(text, start)..start];
        let own_line = before.iter().all(|byte| matches!(byte, b' ' | b'\t'))
            || before == "\u{feff}".as_bytes();
        let span = self.span(start, end);
        self.parsed.comments.push(Comment { span, own_line });
    }

    fn begin_document(&mut self, at: usize, explicit: bool) {
        self.check_gap(at);
        if explicit {
            self.cursor = at;
        }
        self.before = if explicit {
            Before::Token
        } else {
            Before::Line
        };
        if let Some(earlier) = self.parsed.documents.last_mut() {
            self.start = self.chunk.base + at as u32;
            earlier.span.end = self.start;
        }
        self.composer = Some(Composer::new(
            self.chunk.file,
            self.chunk.options,
            self.parsed.budget,
        ));
    }

    fn end_document(&mut self, broken: Option<Span>) {
        let Some(composer) = self.composer.take() else {
            return;
        };
        let Composed {
            tree,
            problems,
            complex_key,
            budget,
            stopped,
        } = composer.finish(broken);
        self.parsed.problems.append(problems);
        self.parsed.complex_key = self.parsed.complex_key.or(complex_key);
        self.parsed.budget = budget;
        self.parsed.stopped |= stopped;
        let mut span = self.span(0, self.chunk.text.len());
        span.start = self.start;
        let tree = tree.filter(|tree| !is_empty(tree));
        self.parsed
            .documents
            .extend(tree.map(|tree| Document { span, tree }));
    }

    fn fail(&mut self, error: &ScanError) {
        let at = error
            .marker()
            .byte_offset()
            .unwrap_or_default()
            .min(self.chunk.text.len());
        let span = self.span(at, at);
        self.end_document(Some(span));
        self.parsed.failure = Some(Failure {
            at,
            understood: self.cursor,
            reason: Reason::of(error.kind()),
            bracket: self.brackets.first().copied(),
            scalar: self.scalar,
            message: message(error.kind()),
        });
    }

    /// Where an empty scalar stands: right behind the colon or dash, else behind its tag and
    /// anchor.
    fn empty_place(&self, at: usize, has_properties: bool) -> (usize, usize) {
        let text = self.chunk.text.as_bytes();
        let place = match self.composer.as_ref().map(Composer::slot) {
            _ if has_properties => at,
            Some(Slot::Value) => layout::after_colon(text, self.cursor),
            Some(Slot::Item) => layout::next_dash(text, self.cursor).map_or(at, |dash| dash + 1),
            Some(Slot::Key | Slot::Root) | None => at,
        };
        (place, place)
    }

    fn block_place(&self, start: usize, end: usize) -> (usize, usize) {
        let head = layout::block_head(self.chunk.text.as_bytes(), self.cursor);
        let head = head.filter(|head| *head < start).unwrap_or(start);
        let end = layout::block_end(self.chunk.text, start, end);
        if end > start {
            (head, end)
        } else {
            (head, layout::block_head_end(self.chunk.text, head))
        }
    }

    /// Where the first dash of a block list stands, which the parser does not tell of lists that
    /// are not indented.
    fn dash_place(&self, at: usize) -> usize {
        let is_value = self
            .composer
            .as_ref()
            .is_some_and(|composer| composer.slot() == Slot::Value);
        let dash = is_value
            .then(|| layout::next_dash(self.chunk.text.as_bytes(), self.cursor))
            .flatten();
        dash.unwrap_or(at)
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(
            self.chunk.file.id,
            self.chunk.base + start as u32,
            self.chunk.base + end as u32,
        )
    }

    fn is_stopped(&self) -> bool {
        self.composer.as_ref().is_some_and(Composer::is_stopped)
    }

    fn finish(mut self) -> Parsed {
        let rest = self.span(self.cursor, self.cursor);
        self.end_document(Some(rest));
        self.parsed
    }
}

/// Whether nothing is written of the document.
fn is_empty(tree: &Tree) -> bool {
    let root = tree.node(NodeId::ROOT);
    root.data == Data::Null && root.span.is_empty()
}
