//! Texts of several lines, which `|` begins.

use super::Reader;
use crate::resolve::Tag;

impl<'a> Reader<'a> {
    /// Takes the lines behind the sign at `at`.
    pub(super) fn lines(&mut self, at: usize, sign: &'a str) -> Option<()> {
        let is_stripped = match sign {
            "|" => false,
            "|-" => true,
            _ => return None,
        };
        let above = self.open.last()?.column;
        let mut text = String::new();
        let mut indent = None;
        let mut blank = 0;
        let mut end = at;
        while let Some((start, line)) = self.line_of_text(above, &mut indent)? {
            let Some(line) = line else {
                blank += 1;
                continue;
            };
            let breaks = blank + usize::from(end > at);
            text.extend(std::iter::repeat_n('\n', breaks));
            text.push_str(line);
            blank = 0;
            end = start + line.len();
        }
        indent?;
        if !is_stripped {
            text.push('\n');
        }
        self.scalar(&text, Tag::Text, at, end);
        Some(())
    }

    /// The next line of a text, without its indentation, and where it begins; no line where it is blank. `Some(None)` where the
    /// text has ended, and nothing where it is not plain.
    fn line_of_text(
        &mut self,
        above: usize,
        indent: &mut Option<usize>,
    ) -> Option<Option<(usize, Option<&'a str>)>> {
        if self.at >= self.chunk.text.len() {
            return Some(None);
        }
        let before = self.at;
        let (start, line) = self.next_line();
        let spaces = line.bytes().take_while(|byte| *byte == b' ').count();
        if spaces == line.len() {
            // Before the first line with text, spaces tell how deep it is; behind it, more of them are text.
            let most = indent.unwrap_or(0);
            return (spaces <= most).then_some(Some((start, None)));
        }
        if spaces <= above {
            self.at = before;
            return Some(None);
        }
        let indent = *indent.get_or_insert(spaces);
        let text = line.get(indent..).filter(|_| spaces >= indent)?;
        Some(Some((start + indent, Some(text))))
    }
}
