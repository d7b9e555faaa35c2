//! Where the text of a value stands: a file, or a scalar of a file that holds text of its own.

use std::ops::Range;

use source::{FileId, SourceFile, Span};

/// The way from bytes of a text to the file that they stand in.
#[derive(Clone, Debug)]
pub(crate) enum Placing {
    /// The text is that of a file.
    File(FileId),
    /// The lines of the text stand in a file, each beginning at another byte.
    Lines {
        whole: Span,
        /// Where each line begins in the text, and where in the file.
        lines: Vec<(usize, u32)>,
    },
    /// The text as a whole came from here.
    Whole(Span),
}

impl Placing {
    /// That of a text which a scalar of a file holds.
    pub(crate) fn of_scalar(text: &str, file: &SourceFile, span: Span) -> Self {
        let written = file.slice(span);
        if let Some(lines) = block_lines(text, written, span) {
            return Self::Lines { whole: span, lines };
        }
        let inner = written.get(1..written.len().saturating_sub(1));
        let start = match (written == text, inner == Some(text)) {
            (true, _) => span.start,
            (_, true) => span.start + 1,
            _ => return Self::Whole(span),
        };
        let lines = vec![(0, start)];
        let is_one_line = !text.contains('\n');
        match is_one_line {
            true => Self::Lines { whole: span, lines },
            false => Self::Whole(span),
        }
    }

    /// That of a part of the text which begins at `offset`.
    pub(crate) fn skip(self, offset: usize) -> Self {
        match self {
            Self::Lines { whole, lines } => {
                let first = lines.iter().rposition(|(start, _)| *start <= offset);
                let kept = lines[first.unwrap_or_default()..].iter();
                let moved = kept.map(|(start, at)| match offset.checked_sub(*start) {
                    Some(skipped) => (0, at + u32::try_from(skipped).unwrap_or_default()),
                    None => (start - offset, *at),
                });
                Self::Lines {
                    whole,
                    lines: moved.collect(),
                }
            }
            other => other,
        }
    }

    /// The place of bytes of the text.
    pub(crate) fn span(&self, range: &Range<usize>) -> Span {
        match self {
            Self::File(file) => Span::new(*file, number(range.start), number(range.end)),
            Self::Whole(span) => *span,
            Self::Lines { whole, lines } => {
                let start = place(lines, range.start);
                let end = place(lines, range.end);
                match (start, end) {
                    (Some(start), Some(end)) if start <= end => Span::new(whole.file, start, end),
                    _ => *whole,
                }
            }
        }
    }
}

fn number(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

fn place(lines: &[(usize, u32)], offset: usize) -> Option<u32> {
    let behind = lines.partition_point(|(start, _)| *start <= offset);
    let (start, at) = lines.get(behind.checked_sub(1)?)?;
    at.checked_add(number(offset - start))
}

/// Where the lines of a text stand in a block, if that is how it is written.
fn block_lines(text: &str, written: &str, span: Span) -> Option<Vec<(usize, u32)>> {
    if !written.starts_with('|') {
        return None;
    }
    let head = written.find('\n')? + 1;
    let mut at = head;
    let mut start = 0;
    let mut lines = Vec::new();
    let mut rest = written[head..].split_inclusive('\n');
    for line in text.split_inclusive('\n') {
        let Some(shown) = rest.next() else {
            // What ends the text is not written where the block ends.
            break;
        };
        let content = line.trim_end_matches('\n');
        let shown_content = shown.trim_end_matches(['\n', '\r']);
        let indent = match content.trim().is_empty() && shown_content.len() < content.len() {
            true => 0,
            false => shown_content.strip_suffix(content)?.len(),
        };
        lines.push((start, span.start + number(at + indent)));
        at += shown.len();
        start += line.len();
    }
    Some(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(written: &str, text: &str, part: &str) {
        let content = format!("patch: {written}\n");
        let file = SourceFile::new(FileId(0), "k", content.as_str());
        let start = 7;
        let span = Span::new(FileId(0), start, start + number(written.len()));
        let placing = Placing::of_scalar(text, &file, span);
        let at = text.find(part).unwrap();
        let found = placing.span(&(at..at + part.len()));
        assert_eq!(file.slice(found), part, "{written}");
    }

    #[test]
    fn text_of_scalars_stands_where_it_is_written() {
        check("|-\n  a: 1\n  b:\n    c: 2", "a: 1\nb:\n  c: 2", "c: 2");
        check("|\n    a: 1\n\n    b: 2\n", "a: 1\n\nb: 2\n", "b: 2");
        check("'{\"a\": 1}'", "{\"a\": 1}", "1");
        check("{a}", "{a}", "a");
    }

    #[test]
    fn folded_text_stands_as_a_whole() {
        let file = SourceFile::new(FileId(0), "k", ">-\n  a:\n  1\n");
        let span = Span::new(FileId(0), 0, 11);
        let placing = Placing::of_scalar("a: 1", &file, span);
        assert_eq!(placing.span(&(0..1)), span);
    }
}
