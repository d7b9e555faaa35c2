//! YAML as it is written, for dialects that give scalars another meaning than the API server does.

use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, StructureStyle};
use source::{FileId, Place, Problem, SourceFile};
use thiserror::Error;

use crate::characters::{Unusual, first_unusual};
use crate::events::parse;
use crate::failure::message;
use crate::layout;
use crate::parsed::{Budget, Chunk, LONGEST_KEY};
use crate::read::Options;

/// The deepest nesting that [`nodes`] reads.
const DEEPEST: usize = 200;

/// The most nodes that [`nodes`] reads.
const MOST: usize = 1_000_000;

/// A value as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Its tag, where one is written; those of YAML itself are written in full (`tag:yaml.org,2002:int`).
    pub tag: Option<String>,
    /// The number of its anchor, where it has one. Anchors of one name that follow each other have numbers of their own.
    pub anchor: Option<usize>,
    /// Where it is written, without tag and anchor.
    pub range: Range<usize>,
}

/// What a [`Node`] is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// Text.
    Scalar {
        /// The text without quotes, escapes and indentation.
        text: String,
        /// Whether it has neither quotes nor the head of a block.
        plain: bool,
        /// Whether it has quotes.
        quoted: bool,
    },
    /// A sequence.
    List(Vec<Node>),
    /// A mapping: its keys and values.
    Map(Vec<(Node, Node)>),
    /// The anchor of the node that stands here again; none where no anchor of the name stands before.
    Alias(Option<usize>),
}

/// Text that the YAML library of Go does not take.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct InvalidYaml {
    /// The byte at which it begins.
    pub at: usize,
    /// What is wrong.
    pub message: String,
}

/// Reads the documents of a text. Nothing is resolved: neither the meaning of scalars nor aliases nor merge keys.
///
/// # Errors
/// When the text is not YAML, or holds what Go's ports of libyaml refuse.
pub fn nodes(text: &str) -> Result<Vec<Node>, InvalidYaml> {
    let mut options = granit_parser::options! {
        emit_unresolved_aliases: true,
        flow_nesting_limit: DEEPEST,
        block_nesting_limit: DEEPEST,
    };
    options.max_buffered_comment_events = usize::MAX;
    let mut builder = Builder::new(text);
    for event in Parser::new_from_str_with_options(text, options) {
        match event {
            Ok((event, place)) => builder.take(event, &place)?,
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or_default();
                return Err(invalid(at, message(error.kind())));
            }
        }
    }
    if builder.may_be_refused {
        refuse_dialect(text)?;
    }
    refuse_controls(text)?;
    Ok(builder.documents)
}

fn refuse_controls(text: &str) -> Result<(), InvalidYaml> {
    match first_unusual(text) {
        Some((at, Unusual::Control)) => {
            Err(invalid(at, "control characters need an escape".to_owned()))
        }
        _ => Ok(()),
    }
}

/// Tells what libyaml refuses although YAML 1.2 allows it.
fn refuse_dialect(text: &str) -> Result<(), InvalidYaml> {
    let file = SourceFile::new(FileId(0), "", text);
    let options = Options::default();
    let parsed = parse(Chunk {
        file: &file,
        options: &options,
        text,
        base: 0,
        budget: Budget {
            nodes: MOST,
            copies: MOST,
        },
        longest_key: LONGEST_KEY,
        blanked: &[],
    });
    let problems = parsed.problems.finish(file.span());
    match problems
        .into_iter()
        .find(|problem| problem.code == "yaml-dialect")
    {
        Some(Problem {
            message,
            place: Place::Span(span),
            ..
        }) => Err(invalid(span.start as usize, message)),
        _ => Ok(()),
    }
}

fn invalid(at: usize, message: String) -> InvalidYaml {
    InvalidYaml { at, message }
}

/// A list or map that is not at its end.
struct Open {
    node: Node,
    /// Where its last child ends.
    last: usize,
    /// The key of a map whose value comes next.
    key: Option<Node>,
}

impl Open {
    fn add(&mut self, child: Node) {
        self.last = child.range.end;
        match &mut self.node.kind {
            NodeKind::List(items) => items.push(child),
            NodeKind::Map(entries) => match self.key.take() {
                Some(key) => entries.push((key, child)),
                None => self.key = Some(child),
            },
            NodeKind::Scalar { .. } | NodeKind::Alias(_) => {}
        }
    }
}

struct Builder<'a> {
    text: &'a str,
    documents: Vec<Node>,
    open: Vec<Open>,
    /// The end of the last token.
    cursor: usize,
    count: usize,
    /// In how many brackets the next token stands.
    brackets: usize,
    /// Whether something was met that libyaml may refuse: tabs, names of anchors, tags, escapes, and what stands in brackets.
    may_be_refused: bool,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            documents: Vec::new(),
            open: Vec::new(),
            cursor: 0,
            count: 0,
            brackets: 0,
            may_be_refused: text.contains('\t'),
        }
    }

    fn take(&mut self, event: Event<'_>, place: &granit_parser::Span) -> Result<(), InvalidYaml> {
        let range = place.byte_range().unwrap_or_default();
        self.may_be_refused |= self.may_refuse(&event, &range);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let range = self.scalar_range(style, range);
                let is_left_out = style == ScalarStyle::Plain && range.is_empty();
                let mut text = if is_left_out {
                    String::new()
                } else {
                    text.into_owned()
                };
                if is_block(style) && self.lacks_last_break() && range.end == self.text.len() {
                    text.truncate(text.trim_end_matches('\n').len());
                }
                let kind = scalar(text, style);
                self.add(node(kind, (anchor, tag.as_deref()), range))
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.brackets += usize::from(style == StructureStyle::Flow);
                let list = NodeKind::List(Vec::new());
                self.start(node(list, (anchor, tag.as_deref()), range));
                Ok(())
            }
            Event::MappingStart(style, anchor, tag) => {
                let is_bracket = style == StructureStyle::Flow;
                self.brackets += usize::from(is_bracket);
                let end = if is_bracket { range.end } else { range.start };
                let map = NodeKind::Map(Vec::new());
                self.start(node(map, (anchor, tag.as_deref()), range.start..end));
                Ok(())
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(&range),
            Event::DocumentStart(_, Some(version)) if version.minor != 1 => {
                let message = "only version 1.1 of YAML is taken".to_owned();
                Err(invalid(range.start, message))
            }
            Event::Alias(anchor) => self.add(node(NodeKind::Alias(Some(anchor)), (0, None), range)),
            Event::UnresolvedAlias(_) => self.add(node(NodeKind::Alias(None), (0, None), range)),
            _ => Ok(()),
        }
    }

    fn may_refuse(&self, event: &Event<'_>, range: &Range<usize>) -> bool {
        let (anchor, tag) = match event {
            Event::Scalar(_, ScalarStyle::DoubleQuoted, ..)
                if self.text[range.clone()].contains('\\') =>
            {
                return true;
            }
            Event::Scalar(_, _, anchor, tag)
            | Event::SequenceStart(_, anchor, tag)
            | Event::MappingStart(_, anchor, tag) => (*anchor, tag),
            _ => return false,
        };
        self.brackets > 0 || anchor != 0 || tag.is_some()
    }

    /// Whether the text ends without a line break; unlike YAML 1.2, libyaml then gives none to a block either.
    fn lacks_last_break(&self) -> bool {
        !self.text.ends_with(['\n', '\r'])
    }

    fn scalar_range(&self, style: ScalarStyle, range: Range<usize>) -> Range<usize> {
        if !is_block(style) {
            return range;
        }
        let head = layout::block_head(self.text.as_bytes(), self.cursor);
        let head = head
            .filter(|head| *head < range.start)
            .unwrap_or(range.start);
        head..layout::block_end(self.text, range.start, range.end).max(head)
    }

    fn start(&mut self, node: Node) {
        self.cursor = self.cursor.max(node.range.end);
        self.open.push(Open {
            node,
            last: 0,
            key: None,
        });
    }

    /// Brackets have an extent; what ends without one ends with its last child.
    fn end(&mut self, range: &Range<usize>) -> Result<(), InvalidYaml> {
        let Some(mut open) = self.open.pop() else {
            return Ok(());
        };
        let end = if range.is_empty() {
            open.last
        } else {
            range.end
        };
        self.brackets = self.brackets.saturating_sub(usize::from(!range.is_empty()));
        open.node.range.end = open.node.range.end.max(end);
        self.add(open.node)
    }

    fn add(&mut self, node: Node) -> Result<(), InvalidYaml> {
        self.cursor = self.cursor.max(node.range.end);
        self.count += 1;
        if self.count > MOST {
            return Err(invalid(
                node.range.start,
                format!("the text holds more than {MOST} values"),
            ));
        }
        match self.open.last_mut() {
            Some(open) => open.add(node),
            None => self.documents.push(node),
        }
        Ok(())
    }
}

type Properties<'a> = (usize, Option<&'a granit_parser::Tag>);

fn node(kind: NodeKind, (anchor, tag): Properties<'_>, range: Range<usize>) -> Node {
    Node {
        kind,
        tag: tag.map(|tag| format!("{}{}", tag.handle(), tag.suffix())),
        anchor: (anchor != 0).then_some(anchor),
        range,
    }
}

fn is_block(style: ScalarStyle) -> bool {
    matches!(style, ScalarStyle::Literal | ScalarStyle::Folded)
}

fn scalar(text: String, style: ScalarStyle) -> NodeKind {
    NodeKind::Scalar {
        text,
        plain: style == ScalarStyle::Plain,
        quoted: matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes a node on one line: scalars as `text@range`.
    fn line(node: &Node, text: &str) -> String {
        let of = |node: &Node| line(node, text);
        let tag = node
            .tag
            .as_ref()
            .map(|tag| format!("<{tag}>"))
            .unwrap_or_default();
        let anchor = node
            .anchor
            .map(|anchor| format!("&{anchor}"))
            .unwrap_or_default();
        let kind = match &node.kind {
            NodeKind::Scalar { text: value, .. } => {
                format!("{value:?}@{:?}", &text[node.range.clone()])
            }
            NodeKind::List(items) => {
                format!("[{}]", items.iter().map(of).collect::<Vec<_>>().join(" "))
            }
            NodeKind::Map(entries) => {
                let entry = |(key, value): &(Node, Node)| format!("{}={}", of(key), of(value));
                format!(
                    "{{{}}}",
                    entries.iter().map(entry).collect::<Vec<_>>().join(" ")
                )
            }
            NodeKind::Alias(anchor) => format!("*{anchor:?}"),
        };
        format!("{tag}{anchor}{kind}")
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let nodes = nodes(text).unwrap();
        let lines: Vec<String> = nodes.iter().map(|node| line(node, text)).collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn scalars_keep_their_text_tags_and_places() {
        check("a: 0x1F", &[r#"{"a"@"a"="0x1F"@"0x1F"}"#]);
        check(
            "- 'x'\n- !!int \"1\"",
            &[r#"["x"@"'x'" <tag:yaml.org,2002:int>"1"@"\"1\""]"#],
        );
        check("a: |\n  x\n  y\n", &[r#"{"a"@"a"="x\ny\n"@"|\n  x\n  y"}"#]);
        check("a:\n", &[r#"{"a"@"a"=""@""}"#]);
    }

    #[test]
    fn aliases_and_merge_keys_stay_as_they_are() {
        check(
            "a: &x {k: 1}\nb: {<<: *x}\nc: *y",
            &[r#"{"a"@"a"=&1{"k"@"k"="1"@"1"} "b"@"b"={"<<"@"<<"=*Some(1)} "c"@"c"=*None}"#],
        );
    }

    #[test]
    fn documents_stand_apart_and_damaged_text_is_refused() {
        check("a\n---\nb", &[r#""a"@"a""#, r#""b"@"b""#]);
        for text in [
            "[a",
            "a: b: c",
            "a: \u{1}",
            "\ta: 1",
            "a: *",
            "{\"a\": \"\\/\"}",
        ] {
            assert!(nodes(text).is_err(), "{text}");
        }
    }
}
