//! Lines of a file around a place, with the place marked.

use source::Span;

use crate::glyphs::Glyphs;
use crate::picture::Picture;
use crate::text::{Role, Row, code};

/// The longest part of a line that is shown, in characters: machines write files of one line.
const LONGEST: usize = 400;

/// The most lines of a place that are shown.
const MOST: u32 = 12;

/// How a place is shown.
pub(crate) struct Frame {
    /// The lines before and behind it.
    pub(crate) context: u32,
}

impl Frame {
    /// The lines around a place. Other places in them are marked, too.
    pub(crate) fn rows(
        &self,
        picture: &Picture,
        span: Span,
        others: &[Span],
        glyphs: Glyphs,
    ) -> Vec<Row> {
        if picture.is_early() {
            let why = "  the text is shown when it is known what in it is secret";
            return vec![Row::of(Role::Dim, why)];
        }
        let file = picture.file(span);
        let text = picture.report.masked(&file);
        let here = file.position(span.start).line;
        let last = file.position(span.end).line.min(here + MOST);
        let is_wide = last > here;
        let end = if is_wide {
            last.max(here + self.context)
        } else {
            here + self.context
        };
        let lines = here.saturating_sub(self.context)..=end;
        let digits = (end + 1).to_string().len();
        let row = |number: u32| {
            let line = file.line_span(number)?;
            let shown = text.get(line.range())?;
            let is_here = number == here;
            let mut row = Row::of(
                if is_here { Role::Title } else { Role::Dim },
                format!("{:>digits$} {} ", number + 1, glyphs.bar),
            );
            let marked = std::iter::once(span).chain(others.iter().copied());
            let marked = marked.filter(|one| one.file == span.file);
            let marks = marked.filter_map(|one| within(one, line));
            let marks: Vec<(usize, usize)> = marks.filter(|(start, _)| *start < LONGEST).collect();
            push(&mut row, shown, &marks);
            Some(row)
        };
        lines.map_while(row).collect()
    }
}

/// The part of a line that a place takes, in bytes of the line. A place of several lines is marked on its first.
fn within(span: Span, line: Span) -> Option<(usize, usize)> {
    let starts = (line.start..=line.end).contains(&span.start);
    let end = span.end.min(line.end);
    (starts && span.start < end).then(|| {
        (
            (span.start - line.start) as usize,
            (end - line.start) as usize,
        )
    })
}

/// Adds the text of a line, in which places are marked.
fn push(row: &mut Row, line: &str, marks: &[(usize, usize)]) {
    let line = source::brief(line, LONGEST);
    let mut cuts: Vec<usize> = marks
        .iter()
        .flat_map(|(start, end)| [*start, *end])
        .collect();
    cuts.extend([0, line.len()]);
    cuts.retain(|at| *at <= line.len() && line.is_char_boundary(*at));
    cuts.sort_unstable();
    cuts.dedup();
    for pair in cuts.windows(2) {
        let part = code(&line[pair[0]..pair[1]]);
        let is_marked = marks
            .iter()
            .any(|(start, end)| *start <= pair[0] && pair[1] <= *end);
        row.push(if is_marked { Role::Found } else { Role::Text }, part);
    }
}
