//! Turns the parser's events into trees with exact spans. The only place that knows the YAML library.

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StructureStyle};
use source::{SourceFile, Span};

use crate::compose::{AnchorId, Composed, Composer, Kind, Role, Slot, Written};
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
}

/// What was understood of a chunk.
#[derive(Default)]
pub(crate) struct Parsed {
    pub(crate) documents: Vec<Document>,
    pub(crate) comments: Vec<Comment>,
    pub(crate) problems: Problems,
    /// The first list or map that is used as a key.
    pub(crate) complex_key: Option<Span>,
    pub(crate) failure: Option<Failure>,
    pub(crate) budget: usize,
}

/// Where and why the text is not YAML. Places are offsets in the chunk.
pub(crate) struct Failure {
    pub(crate) at: usize,
    pub(crate) kind: ErrorKind,
    /// The outermost bracket that is open there.
    pub(crate) bracket: Option<usize>,
    /// The last scalar before.
    pub(crate) scalar: (usize, usize),
    pub(crate) message: String,
}

/// Reads a chunk to its end or to the first error.
pub(crate) fn parse(chunk: Chunk<'_>) -> Parsed {
    let mut options = granit_parser::options! {
        emit_unresolved_aliases: true,
        // A flow sequence in a block sequence counts for both.
        flow_nesting_limit: chunk.options.max_depth.saturating_add(1),
        block_nesting_limit: chunk.options.max_depth.saturating_add(1),
    };
    // A file of nothing but comments is no attack, and their text is already in memory.
    options.max_buffered_comment_events = usize::MAX;
    let mut reader = Reader::new(chunk);
    for event in Parser::new_from_str_with_options(chunk.text, options) {
        match event {
            Ok((event, place)) => reader.take(event, &place),
            Err(error) => reader.fail(&error),
        }
        if reader.is_stopped() {
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
    scalar: (usize, usize),
    stopped: bool,
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
            scalar: (0, 0),
            stopped: false,
        }
    }

    fn take(&mut self, event: Event<'_>, place: &granit_parser::Span) {
        let range = place.byte_range().unwrap_or_default();
        let (start, end) = (range.start, range.end);
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
                self.scalar(text, style, tag.as_deref(), anchor, span);
            }
            Event::SequenceStart(style, anchor, _) => {
                let start = if start == end { self.dash_place(start) } else { start };
                self.open(Kind::List, start, if style == StructureStyle::Flow { end } else { start }, anchor);
            }
            Event::MappingStart(_, anchor, _) => self.open(Kind::Map, start, end, anchor),
            Event::SequenceEnd | Event::MappingEnd => self.close(start, end),
            Event::Alias(anchor) => self.alias(Some(anchor), start, end),
            Event::UnresolvedAlias(_) => self.alias(None, start, end),
            Event::Comment(..) => self.comment(start, end),
            Event::DocumentStart(explicit, _) => self.begin_document(if explicit { end } else { start }),
            Event::DocumentEnd => self.end_document(None),
            _ => {}
        }
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        tag: Option<&granit_parser::Tag>,
        anchor: AnchorId,
        (start, end): (usize, usize),
    ) {
        let (tag, role) = match tag {
            None if style == ScalarStyle::Plain && text == "<<" => (Tag::Text, Role::Merge),
            None if style == ScalarStyle::Plain => (Tag::Plain, Role::Value),
            None => (Tag::Text, Role::Value),
            Some(tag) => self.tag(tag, text),
        };
        let span = self.span(start, end);
        self.cursor = end;
        self.scalar = (start, end);
        if let Some(composer) = &mut self.composer {
            composer.scalar(&Written { text, tag, role, span }, anchor);
        }
    }

    fn tag(&self, tag: &granit_parser::Tag, text: &str) -> (Tag, Role) {
        if self.chunk.options.placeholder_tags && tag.handle() == "!" && tag.suffix() == "unknown" {
            return (Tag::Text, Role::Placeholder);
        }
        let tag = match tag.suffix_in_namespace("tag:yaml.org,2002:").as_deref() {
            Some("bool") => Tag::Bool,
            Some("int") => Tag::Int,
            Some("float") => Tag::Float,
            Some("null") => Tag::Null,
            Some("timestamp") => Tag::Timestamp,
            Some("binary") => Tag::Binary,
            Some("merge") if text == "<<" => return (Tag::Text, Role::Merge),
            _ => Tag::Text,
        };
        (tag, Role::Value)
    }

    fn open(&mut self, kind: Kind, start: usize, end: usize, anchor: AnchorId) {
        let span = self.span(start, end);
        if start < end {
            self.brackets.push(start);
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
            self.brackets.pop();
            self.cursor = end;
        }
        if let Some(composer) = &mut self.composer {
            composer.end(bracket);
        }
    }

    fn alias(&mut self, anchor: Option<AnchorId>, start: usize, end: usize) {
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

    fn begin_document(&mut self, at: usize) {
        self.cursor = at;
        if let Some(earlier) = self.parsed.documents.last_mut() {
            self.start = self.chunk.base + at as u32;
            earlier.span.end = self.start;
        }
        self.composer = Some(Composer::new(self.chunk.file, self.chunk.options, self.parsed.budget));
    }

    fn end_document(&mut self, broken: Option<Span>) {
        let Some(composer) = self.composer.take() else { return };
        let Composed { tree, problems, complex_key, budget } = composer.finish(broken);
        self.parsed.problems.append(problems);
        self.parsed.complex_key = self.parsed.complex_key.or(complex_key);
        self.parsed.budget = budget;
        let mut span = self.span(0, self.chunk.text.len());
        span.start = self.start;
        self.parsed.documents.extend(tree.map(|tree| Document { span, tree }));
    }

    fn fail(&mut self, error: &ScanError) {
        let at = error.marker().byte_offset().unwrap_or_default().min(self.chunk.text.len());
        let span = self.span(at, at);
        self.end_document(Some(span));
        self.parsed.failure = Some(Failure {
            at,
            kind: error.kind().clone(),
            bracket: self.brackets.first().copied(),
            scalar: self.scalar,
            message: error.kind().to_string(),
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
