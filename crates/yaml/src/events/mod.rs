//! Turns the parser's events into trees with exact spans.

use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, ScanError, StructureStyle};
use graph::{Data, NodeId, Tree};
use source::{SourceFile, Span};

use crate::compose::{AnchorId, Composed, Composer, Kind, ScalarRole, Slot, Written};
use crate::dialect::{self, Before};
use crate::failure::{Failure, Reason, message};
use crate::problems::Problems;
use crate::resolve::Tag;
use crate::{Comment, Document, Options, layout};

/// The part of a file that is parsed at once.
#[derive(Clone, Copy)]
pub(crate) struct Chunk<'a> {
    pub(crate) file: &'a SourceFile,
    pub(crate) options: &'a Options,
    /// The text: that of the file, or one of the same length in which broken text is blank.
    pub(crate) text: &'a str,
    /// Where the text begins in the file.
    pub(crate) base: u32,
    /// How many nodes the file may still have.
    pub(crate) budget: usize,
    /// How long a key may be, in characters.
    pub(crate) longest_key: usize,
    /// What is blank instead of broken.
    pub(crate) blanked: &'a [Range<usize>],
}

/// The deepest nesting that is read over; `goyaml.v2` has the same limit.
const DEEPEST: usize = 10_000;

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
    /// How many nodes the file may still have.
    pub(crate) budget: usize,
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
        Self { documents: self.documents, comments: self.comments, problems: self.problems, ..rest }
    }
}

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
            parsed: Parsed { budget: chunk.budget, ..Parsed::default() },
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
                let empty = style == ScalarStyle::Plain && start == end;
                let text = if empty { "" } else { &*text };
                let has_properties = anchor != 0 || tag.is_some();
                let span = match style {
                    ScalarStyle::Plain if empty => self.empty_place(start, has_properties),
                    ScalarStyle::Literal | ScalarStyle::Folded => self.block_place(start, end),
                    _ => (start, end),
                };
                let is_broken = self.chunk.blanked.iter().any(|blank| start < blank.end && blank.start < end);
                let (tag, role) = if is_broken { (Tag::Text, ScalarRole::Broken) } else { self.tag(tag.as_deref(), style, text) };
                self.scalar(&Written { text, tag, role, span: self.span(span.0, span.1) }, style, anchor);
                self.key_start = tag_place.map_or(span.0, |tag| tag.start);
            }
            Event::SequenceStart(style, anchor, _) => {
                let start = if start == end { self.dash_place(start) } else { start };
                self.open(Kind::List, start, if style == StructureStyle::Flow { end } else { start }, anchor);
            }
            // The sign of a key in `[? a: b]` is no bracket.
            Event::MappingStart(style, anchor, _) => {
                let is_bracket = style == StructureStyle::Flow && self.chunk.text.as_bytes().get(start) == Some(&b'{');
                self.open(Kind::Map, start, if is_bracket { end } else { start }, anchor);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(start, end),
            Event::Alias(anchor) => self.alias(Some(anchor), start, end),
            Event::UnresolvedAlias(_) => self.alias(None, start, end),
            Event::Anchor(_, name) if !dialect::is_anchor(&name, self.chunk.text.as_bytes(), end) => self.report(dialect::ANCHOR, start, end),
            Event::Comment(..) => self.comment(start, end),
            Event::DocumentStart(explicit, _) => self.begin_document(if explicit { end } else { start }, explicit),
            Event::DocumentEnd => {
                self.check_gap(end);
                self.end_document(None);
            }
            _ => {}
        }
    }

    fn scalar(&mut self, written: &Written<'_>, style: ScalarStyle, anchor: AnchorId) {
        let range = written.span.range();
        let (start, end) = (range.start - self.chunk.base as usize, range.end - self.chunk.base as usize);
        self.check_gap(start);
        match style {
            ScalarStyle::Plain => self.check_plain(written.text, start, end),
            ScalarStyle::Literal | ScalarStyle::Folded => self.check_block(start, end),
            _ => self.check_quoted(start, end),
        }
        self.cursor = end;
        self.scalar = (start, end);
        if let Some(composer) = &mut self.composer {
            composer.scalar(written, anchor);
        }
    }

    fn tag(&self, tag: Option<&granit_parser::Tag>, style: ScalarStyle, text: &str) -> (Tag, ScalarRole) {
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
        let own_line = before.iter().all(|byte| matches!(byte, b' ' | b'\t')) || before == "\u{feff}".as_bytes();
        let span = self.span(start, end);
        self.parsed.comments.push(Comment { span, own_line });
    }

    fn begin_document(&mut self, at: usize, explicit: bool) {
        self.check_gap(at);
        if explicit {
            self.cursor = at;
        }
        self.before = if explicit { Before::Token } else { Before::Line };
        if let Some(earlier) = self.parsed.documents.last_mut() {
            self.start = self.chunk.base + at as u32;
            earlier.span.end = self.start;
        }
        self.composer = Some(Composer::new(self.chunk.file, self.chunk.options, self.parsed.budget));
    }

    fn end_document(&mut self, broken: Option<Span>) {
        let Some(composer) = self.composer.take() else { return };
        let Composed { tree, problems, complex_key, budget, stopped } = composer.finish(broken);
        self.parsed.problems.append(problems);
        self.parsed.complex_key = self.parsed.complex_key.or(complex_key);
        self.parsed.budget = budget;
        self.parsed.stopped |= stopped;
        let mut span = self.span(0, self.chunk.text.len());
        span.start = self.start;
        let tree = tree.filter(|tree| !is_empty(tree));
        self.parsed.documents.extend(tree.map(|tree| Document { span, tree }));
    }

    /// Checks what stands between the cursor and the next token, at `start`.
    fn check_gap(&mut self, start: usize) {
        let text = self.chunk.text.as_bytes();
        let gap = self.cursor..start.max(self.cursor);
        let before = std::mem::replace(&mut self.before, Before::Token);
        if self.has_tabs && let Some(tab) = dialect::tab_in_gap(text, gap.clone(), before, !self.brackets.is_empty()) {
            self.report_tab(tab);
        }
        if !self.brackets.is_empty() {
            self.check_gap_in_brackets(gap);
        }
    }

    fn check_gap_in_brackets(&mut self, gap: Range<usize>) {
        let text = self.chunk.text.as_bytes();
        let is_value = self.composer.as_ref().is_some_and(|composer| composer.slot() == Slot::Value);
        if is_value && dialect::is_parted_key(text, self.key_start, gap.end) {
            self.report(dialect::LONG_KEY, self.scalar.0, self.scalar.1);
        }
        let line = self.line_start(gap.end);
        let text = self.chunk.text.as_bytes();
        let is_closed = matches!(text.get(gap.end), Some(b']' | b'}'));
        if line > gap.start && !is_closed && self.columns.last().is_some_and(|column| gap.end - line <= *column) {
            self.report_shallow(gap.end, layout::line_end(text, gap.end));
        }
    }

    /// Where the line of the next token begins, without a look at all that stands before it on a long line.
    fn line_start(&mut self, at: usize) -> usize {
        let (seen, start) = self.line;
        let new = self.chunk.text.as_bytes().get(seen..at).unwrap_or_default();
        let start = new.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map_or(start, |end| seen + end + 1);
        self.line = (at.max(seen), start);
        start
    }

    fn check_plain(&mut self, text: &str, start: usize, end: usize) {
        let parent = self.columns.last().copied();
        self.before = match self.chunk.text.as_bytes().get(start.wrapping_sub(1)) {
            Some(b'-') if start == end => Before::Line,
            _ if start == end => Before::Token,
            _ => Before::Plain(parent),
        };
        if self.has_tabs && let Some(tab) = dialect::tab_in_plain(self.chunk.text.as_bytes(), start..end, parent) {
            self.report_tab(tab);
        }
        if self.brackets.is_empty() {
            return;
        }
        if start == end && dialect::is_joined_colon(self.chunk.text.as_bytes(), self.scalar.0, start) {
            self.report(dialect::COLON_END, self.cursor, end);
        }
        if text.starts_with([':', '?']) {
            self.report(dialect::FLOW_START, start, end);
        } else if text.contains('?') {
            self.report(dialect::QUESTION_MARK, start, end);
        }
    }

    fn check_quoted(&mut self, start: usize, end: usize) {
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

    fn check_block(&mut self, start: usize, end: usize) {
        if let Some(tab) = dialect::tab_in_block(self.chunk.text.as_bytes(), start..end).filter(|_| self.has_tabs) {
            self.has_tabs = false;
            self.report(dialect::BLOCK_TAB, tab, tab + 1);
        }
    }

    fn check_tag(&mut self, start: usize, end: usize) {
        let is_joined = self.chunk.text.as_bytes().get(end).is_some_and(|byte| !byte.is_ascii_whitespace());
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
        self.parsed.problems.warning("shallow-indentation", dialect::SHALLOW, span);
    }

    fn report(&mut self, message: &'static str, start: usize, end: usize) {
        let span = self.span(start, end);
        self.parsed.problems.warning("yaml-dialect", message, span);
    }

    fn fail(&mut self, error: &ScanError) {
        let at = error.marker().byte_offset().unwrap_or_default().min(self.chunk.text.len());
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

    /// Where an empty scalar stands: right behind the colon or dash, else behind its tag and anchor.
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
        if end > start { (head, end) } else { (head, layout::block_head_end(self.chunk.text, head)) }
    }

    /// Where the first dash of a block list stands, which the parser does not tell of lists that are not indented.
    fn dash_place(&self, at: usize) -> usize {
        let is_value = self.composer.as_ref().is_some_and(|composer| composer.slot() == Slot::Value);
        let dash = is_value.then(|| layout::next_dash(self.chunk.text.as_bytes(), self.cursor)).flatten();
        dash.unwrap_or(at)
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.chunk.file.id, self.chunk.base + start as u32, self.chunk.base + end as u32)
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
