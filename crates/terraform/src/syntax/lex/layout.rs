//! Ends of what is not closed. Where brackets don't match, the lines tell what belongs together: what a line opened ends
//! before the next line that is not indented deeper, or before the next block of the outermost level.

use super::super::schema;
use super::code::FAR;
use super::{Group, Kind, Lexer, Open};

impl<'a> Lexer<'a> {
    /// Closes, before the first token of a line, what this line does not belong to. Says whether it closed something.
    pub(super) fn close_by_layout(&mut self) -> bool {
        let keep = self.kept();
        if keep == self.open.len() {
            self.note_content();
            return false;
        }
        self.close_missing(keep);
        if self.open.last().is_some_and(|open| open.group.is_text()) {
            self.at = self.line.start;
        } else {
            self.end_line();
        }
        true
    }

    /// How many of the open groups this line belongs to.
    fn kept(&self) -> usize {
        let is_heredoc = |index: &usize| matches!(self.open[*index].group, Group::Heredoc { .. });
        let heredoc = (0..self.open.len()).rev().take(FAR).find(is_heredoc);
        let line = &self.text[self.at..self.line_end(self.at)];
        if let Some(heredoc) = heredoc.filter(|_| line.trim() == self.marker()) {
            return heredoc + 1;
        }
        let mut keep = self.open.len();
        while keep > 0 && self.is_over(keep - 1) {
            keep -= 1;
            // A string that holds an unclosed sequence is unclosed too.
            while keep > 0 && self.open[keep - 1].group == Group::Quote {
                keep -= 1;
            }
            if keep > 0 && self.open[keep - 1].group.is_text() {
                break;
            }
        }
        keep
    }

    /// Whether the group ends before the line whose first token stands at the current place.
    fn is_over(&self, index: usize) -> bool {
        let (open, indent) = (self.open[index], self.line.indent);
        if let Some(byte @ (b'}' | b']' | b')')) = self.byte(self.at) {
            let is_shallow = indent < open.indent;
            return is_shallow && self.closed_by(byte).is_some_and(|closed| closed <= index);
        }
        match indent.cmp(&open.indent) {
            std::cmp::Ordering::Less => true,
            std::cmp::Ordering::Equal => {
                self.is_header(self.line.start)
                    || open.content.is_some_and(|content| content > indent)
                    || open.group != Group::Brace && self.is_attribute()
            }
            std::cmp::Ordering::Greater => false,
        }
    }

    /// Whether `name =` stands at the current place.
    fn is_attribute(&self) -> bool {
        self.name_end(self.at).is_some_and(|end| {
            let rest = self.text[end..].trim_start_matches([' ', '\t']);
            rest.starts_with('=') && !rest.starts_with("==") && !rest.starts_with("=>")
        })
    }

    fn note_content(&mut self) {
        let indent = self.line.indent;
        if let Some(open) = self.open.last_mut() {
            open.content.get_or_insert(indent);
        }
    }

    /// Whether a block of the outermost level begins at the beginning of this line.
    fn is_header(&self, line: usize) -> bool {
        let Some(end) = self.name_end(line) else {
            return false;
        };
        let rest = self.text[end..].trim_start_matches([' ', '\t']);
        schema::is_outermost(&self.text[line..end]) && rest.starts_with(['"', '{'])
    }

    /// Ends all open groups but the first `keep`, none of which is closed where it should be.
    pub(super) fn close_missing(&mut self, keep: usize) {
        let end = self
            .out
            .tokens
            .last()
            .map_or(self.at, |token| token.end as usize);
        let (at, line) = (self.at, self.line);
        for index in keep..self.open.len() {
            let Open { token, line, .. } = self.open[index];
            // One problem is enough for a line.
            if self.told.replace(line) != Some(line) {
                self.tell(token);
            }
        }
        while self.open.len() > keep {
            if let Some(open) = self.open.pop() {
                self.close_token(open, end, end);
            }
        }
        (self.at, self.line) = (at, line);
    }

    /// Tells that the group which this token opened is not closed.
    fn tell(&mut self, token: usize) {
        let token = self.out.tokens[token];
        let Kind::Open(group) = token.kind else {
            return;
        };
        let place = (token.start as usize, token.end as usize);
        let (code, message, help) = match group {
            Group::Quote => (
                "unclosed-string",
                "the string has no closing quote on its line",
                "write `\"` behind it, or use a heredoc for text of several lines",
            ),
            Group::Heredoc { .. } => (
                "unclosed-heredoc",
                "the heredoc has no end: no line below has only its end marker",
                "write the end marker on a line of its own",
            ),
            Group::Brace => (
                "unclosed-bracket",
                "this `{` has no `}`",
                "write `}` where it ends",
            ),
            Group::Bracket => (
                "unclosed-bracket",
                "this `[` has no `]`",
                "write `]` where it ends",
            ),
            Group::Parenthesis => (
                "unclosed-bracket",
                "this `(` has no `)`",
                "write `)` where it ends",
            ),
            Group::Interpolation | Group::Directive => (
                "unclosed-bracket",
                "this sequence has no `}`",
                "write `}` where it ends, or `$${` and `%%{` for the characters themselves",
            ),
        };
        self.fault(code, message, help, place);
    }

    /// Where the unclosed string ends whose line ends at `end`: where it is a label, before the brace of the block.
    pub(super) fn label_end(&self, end: usize) -> usize {
        let text = &self.text[self.at..end];
        let Some(label) = text.trim_end().strip_suffix('{') else {
            return end;
        };
        let tokens = self.out.tokens.iter().rev();
        let mut tokens = tokens.take_while(|token| token.start as usize >= self.line.start);
        let is_header = tokens.all(|token| {
            matches!(
                token.kind,
                Kind::Identifier
                    | Kind::Literal
                    | Kind::Open(Group::Quote)
                    | Kind::Close(Group::Quote)
            )
        });
        if is_header {
            self.at + label.trim_end().len()
        } else {
            end
        }
    }

    /// Ends the string that has no quote on its line, and all others that began on the line: quotes behind the missing one
    /// open and close the wrong way round.
    pub(super) fn end_unclosed_string(&mut self) {
        let line = self.line.start;
        let of_line = self.open.iter().rev().take_while(|open| open.line == line);
        let first = self.open.len() - of_line.count();
        let outermost = self.open[first..].iter();
        let outermost = outermost
            .map(|open| open.group)
            .position(|group| group == Group::Quote);
        let innermost = self.open.len().saturating_sub(1);
        self.close_missing(outermost.map_or(innermost, |index| first + index));
    }

    /// Ends the heredoc that begins here, if no line has its end marker.
    pub(super) fn end_unclosed_heredoc(&mut self) {
        let marker = self.marker();
        if !self.missing_markers.contains(&marker) {
            let mut lines = self.text[self.at..].lines();
            if lines.any(|line| line.trim() == marker) {
                return;
            }
            self.missing_markers.push(marker);
        }
        let end = self.heredoc_limit();
        if end > self.at {
            self.push(Kind::Literal, end);
        }
        self.begin_line(end);
        self.close_missing(self.open.len().saturating_sub(1));
        self.end_line();
    }

    /// Where an unclosed heredoc ends: before the brace that ends its block, or before the next block.
    fn heredoc_limit(&self) -> usize {
        let (mut at, mut brace) = (self.at, None);
        while at < self.text.len() && !self.is_header(at) {
            let end = self.line_end(at);
            match self.text[at..end].trim() {
                "" => {}
                "}" => brace = Some(at),
                _ => brace = None,
            }
            at = (end + 1).min(self.text.len());
        }
        brace.unwrap_or(at)
    }

    /// Ends the line before the current place, as far as that matters.
    fn end_line(&mut self) {
        let group = self.open.last().map(|open| open.group);
        if matches!(group, None | Some(Group::Brace)) {
            let fresh = self.line.is_fresh;
            self.push(Kind::Newline, self.at);
            self.line.is_fresh = fresh;
        }
    }
}
