//! Reads as much as possible of text that is not YAML: broken text is blanked, and what it may have
//! held is unknown.
//!
//! The result depends on the text alone, never on what the text was before an edit.

use std::ops::Range;

use graph::{Data, NodeId, Tree};
use source::{Level, Problem, Span};

use crate::Comment;
use crate::blame::{Suspect, suspects};
use crate::events::parse;
use crate::failure::{Failure, Reason};
use crate::layout::{line_start, rest_of_line, trimmed};
use crate::parsed::{Chunk, Parsed};
use crate::plain;
use crate::problems::{BROKEN, LIMIT, unknown, unreadable};
use crate::template::first_action;

/// The code of the problem of a file that is the text of a template and not YAML.
pub const TEMPLATE_TEXT: &str = "template-text";

/// How many bytes may be parsed to find what is broken in one document.
const EFFORT: usize = 8 << 20;

/// The longest key in the last reading of text that stays broken.
const SHORTER_KEY: usize = 64;

/// How many bytes of text an error counts for when losses are compared: one that remains costs more
/// than what it hides.
const LOSS_OF_FAILURE: usize = 16;

/// The most parses of one document.
const MOST_TRIES: usize = 200;

/// Reads a chunk past its errors.
pub(crate) fn read(chunk: Chunk<'_>) -> Parsed {
    if let Some(parsed) = plain::read(chunk) {
        return parsed;
    }
    let parsed = parse(chunk);
    if parsed.failure.is_none() && parsed.complex_key.is_none() {
        return parsed;
    }
    match first_action(chunk.text) {
        Some(action) => read_template(chunk, action),
        None => repair(chunk, parsed),
    }
}

/// Reads what stands above the first action of a template.
fn read_template(chunk: Chunk<'_>, action: Range<usize>) -> Parsed {
    let cut = line_start(chunk.text.as_bytes(), action.start);
    let mut parsed = parse(Chunk {
        text: &chunk.text[..cut],
        ..chunk
    });
    let span = span(chunk, action);
    if let Some(document) = parsed.documents.last_mut() {
        document.span.end = chunk.base + chunk.text.len() as u32;
        open_edge(&mut document.tree, span);
    }
    parsed.failure = None;
    let problem = Problem::at(
        Level::Error,
        TEMPLATE_TEXT,
        "this is text of a template, not YAML",
        span,
    );
    parsed
        .problems
        .add(problem.with_help("scan the chart that it belongs to, or what it renders to"));
    parsed
}

/// Says that all lists and maps at the end of the text may hold more.
fn open_edge(tree: &mut Tree, place: Span) {
    let mut edge = Some(NodeId::ROOT);
    while let Some(node) = edge {
        match tree.node(node).data {
            Data::List | Data::Map => tree.set_open(node, unreadable(BROKEN, place)),
            Data::Null if tree.node(node).span.is_empty() => tree.set(node, unknown(BROKEN, place)),
            _ => {}
        }
        edge = tree
            .children(node)
            .filter(|child| tree.passage(*child).is_none())
            .last();
    }
}

/// Blanks broken text until the rest can be read.
fn repair(chunk: Chunk<'_>, mut parsed: Parsed) -> Parsed {
    let mut text = chunk.text.to_owned();
    let (mut blanked, mut comments, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    let mut tries = (EFFORT / chunk.text.len().max(1)).min(MOST_TRIES);
    while let Some(failure) = parsed.failure.take() {
        let now = Chunk {
            text: &text,
            blanked: &blanked,
            ..chunk
        };
        let Some((suspect, attempt)) = better(now, &failure, &mut tries) else {
            parsed = read_shorter_keys(now, parsed);
            let at = rest_of_line(chunk.text, failure.at);
            problems.push(problem(&failure, None, span(chunk, at)));
            break;
        };
        let place = span(chunk, trimmed(chunk.text, suspect.range.clone()));
        problems.push(problem(&failure, suspect.message, place));
        blank(&mut text, suspect.range.clone());
        if failure.reason == Reason::JoinedComment {
            let span = span(chunk, suspect.range);
            comments.push(Comment {
                span,
                own_line: false,
            });
        } else {
            blanked.push(suspect.range);
        }
        parsed = attempt;
    }
    mark_all(&mut parsed, chunk, &blanked);
    parsed.is_broken = problems.iter().any(|problem| problem.level == Level::Error);
    problems
        .into_iter()
        .for_each(|problem| parsed.problems.add(problem));
    parsed.comments.extend(comments);
    parsed.comments.sort_by_key(|comment| comment.span);
    parsed
}

/// Says in the trees where the blanked text may have added something.
fn mark_all(parsed: &mut Parsed, chunk: Chunk<'_>, blanked: &[Range<usize>]) {
    for range in blanked {
        let place = span(chunk, trimmed(chunk.text, range.clone()));
        let mut documents = parsed.documents.iter_mut();
        if let Some(document) = documents.find(|document| document.span.contains(place)) {
            mark(&mut document.tree, chunk, place);
        }
    }
}

/// Before it knows what a bracket begins, the parser reads on as far as a key may reach, and an
/// error there hides all that stands before. So shorter keys may show more.
fn read_shorter_keys(chunk: Chunk<'_>, parsed: Parsed) -> Parsed {
    let shorter = parse(Chunk {
        longest_key: SHORTER_KEY,
        ..chunk
    });
    let size = |parsed: &Parsed| {
        parsed
            .documents
            .iter()
            .map(|document| document.tree.len())
            .sum::<usize>()
    };
    let mut best = if size(&shorter) > size(&parsed) {
        shorter
    } else {
        parsed
    };
    best.failure = None;
    best
}

/// The suspect without which the least text is lost, if that is less than what is lost behind the
/// failure.
fn better(chunk: Chunk<'_>, failure: &Failure, tries: &mut usize) -> Option<(Suspect, Parsed)> {
    if failure.reason == Reason::Depth {
        return None;
    }
    let mut least = lost(chunk.text, failure);
    let mut best = None;
    for suspect in suspects(chunk.text, failure) {
        *tries = tries.checked_sub(1)?;
        let mut text = chunk.text.to_owned();
        blank(&mut text, suspect.range.clone());
        let blanked = [chunk.blanked, std::slice::from_ref(&suspect.range)].concat();
        let parsed = parse(Chunk {
            text: &text,
            blanked: &blanked,
            ..chunk
        });
        let next = parsed.failure.as_ref();
        let before = (failure.understood, failure.at);
        let goes_on = next.is_none_or(|next| (next.understood, next.at) > before);
        let rest = next.map_or(0, |next| lost(&text, next));
        let lost = rest + chunk.text[suspect.range.clone()].trim().len();
        if goes_on && lost < least {
            least = lost;
            best = Some((suspect, parsed));
        }
    }
    best
}

/// How much text is lost if reading ends with the failure. What was understood of its line may be
/// understood wrong.
fn lost(text: &str, failure: &Failure) -> usize {
    let understood = failure
        .understood
        .min(line_start(text.as_bytes(), failure.at));
    text[understood..].trim().len() + LOSS_OF_FAILURE
}

/// Replaces all but line breaks by spaces, so that every place stays what it is.
fn blank(text: &mut String, range: Range<usize>) {
    let is_break = |byte: u8| matches!(byte, b'\n' | b'\r');
    let bytes = text[range.clone()].bytes();
    let blanks: String = bytes
        .map(|byte| {
            if is_break(byte) {
                char::from(byte)
            } else {
                ' '
            }
        })
        .collect();
    text.replace_range(range, &blanks);
}

/// Says in the tree where the text that was blanked at `place` may have added something.
fn mark(tree: &mut Tree, chunk: Chunk<'_>, place: Span) {
    let own_column = column(chunk, place.start);
    let mut deeper = None;
    for node in path_before(tree, place.start).into_iter().rev() {
        let span = tree.node(node).span;
        match tree.node(node).data {
            Data::Null
                if lacks_value(chunk, span, place)
                    && column(chunk, start(tree, node)) < own_column =>
            {
                return tree.set(node, unknown(BROKEN, place));
            }
            Data::List | Data::Map => {
                if is_around(chunk, span, place) || node == NodeId::ROOT {
                    // Text that is indented like nothing above may belong to the next deeper list
                    // or map, too.
                    let unclear = deeper.filter(|_| column(chunk, span.start) != own_column);
                    for node in [Some(node), unclear].into_iter().flatten() {
                        tree.set_open(node, unreadable(BROKEN, place));
                    }
                    return;
                }
                deeper = Some(node);
            }
            _ => {}
        }
    }
}

/// Whether nothing is written at `span`, nor between it and `place`.
fn lacks_value(chunk: Chunk<'_>, span: Span, place: Span) -> bool {
    let range = (span.end - chunk.base) as usize..(place.start.max(span.end) - chunk.base) as usize;
    span.is_empty() && chunk.text[range].trim().is_empty()
}

/// Whether `place` is indented as a part of the list or map at `span`, which begins before it.
fn is_around(chunk: Chunk<'_>, span: Span, place: Span) -> bool {
    let byte = |at: u32| chunk.text.as_bytes().get((at - chunk.base) as usize);
    let (column, own) = (column(chunk, span.start), column(chunk, place.start));
    match byte(span.start) {
        Some(b'[' | b'{') => span.end > place.start,
        Some(b'-') if column == own => byte(place.start) == Some(&b'-'),
        _ => column <= own,
    }
}

fn column(chunk: Chunk<'_>, at: u32) -> usize {
    let at = (at - chunk.base) as usize;
    at - line_start(chunk.text.as_bytes(), at)
}

/// The nodes from the root to the last one that begins before `offset`.
fn path_before(tree: &Tree, offset: u32) -> Vec<NodeId> {
    let mut path = vec![NodeId::ROOT];
    let mut last = Some(NodeId::ROOT);
    while let Some(node) = last {
        let written = tree
            .children(node)
            .filter(|child| tree.passage(*child).is_none());
        last = written
            .take_while(|child| start(tree, *child) < offset)
            .last();
        path.extend(last);
    }
    path
}

fn start(tree: &Tree, node: NodeId) -> u32 {
    let node = tree.node(node);
    node.key
        .as_ref()
        .map_or(node.span.start, |key| key.span.start)
}

fn problem(failure: &Failure, message: Option<&str>, place: Span) -> Problem {
    let (level, code) = match failure.reason {
        // The comment is left out, and nothing else is lost.
        Reason::JoinedComment => (Level::Warning, "joined-comment"),
        Reason::Depth => (Level::Error, "too-deep"),
        _ => (Level::Error, "syntax"),
    };
    let problem = Problem::at(level, code, message.unwrap_or(&failure.message), place);
    match failure.reason {
        Reason::Depth => problem.with_help(LIMIT),
        _ => problem,
    }
}

fn span(chunk: Chunk<'_>, range: Range<usize>) -> Span {
    Span::new(
        chunk.file.id,
        chunk.base + range.start as u32,
        chunk.base + range.end as u32,
    )
}
