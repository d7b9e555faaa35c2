//! Tokens of text: strings, heredocs and templates.

use super::{Group, Kind, Lexer};

impl<'a> Lexer<'a> {
    /// Reads in a string up to a sequence, or to its end.
    pub(super) fn quoted(&mut self) {
        let end = self.literal_end(|byte| matches!(byte, b'"' | b'\n' | b'\r'));
        let end = match self.byte(end) {
            Some(b'"' | b'$' | b'%') => end,
            _ => self.label_end(end),
        };
        if end > self.at {
            self.push(Kind::Literal, end);
        }
        match self.byte(end) {
            Some(b'$' | b'%') => self.sequence(),
            Some(b'"') => {
                if let Some(open) = self.open.pop() {
                    self.close_token(open, end, end + 1);
                }
            }
            _ => self.end_unclosed_string(),
        }
    }

    /// Reads a line of a heredoc up to a sequence, or its end marker.
    pub(super) fn heredoc_line(&mut self) {
        let marker = self.marker();
        let is_line_start = self.at == self.line.start && self.line.is_fresh;
        let line = &self.text[self.at..self.line_end(self.at)];
        if is_line_start && line.trim() == marker {
            let start = self.at + (line.len() - line.trim_start().len());
            self.end_heredoc(start, start + marker.len());
        } else {
            self.text_line();
        }
    }

    fn end_heredoc(&mut self, start: usize, end: usize) {
        if let Some(open) = self.open.pop() {
            self.close_token(open, start, end);
        }
        if !self.text[end..].contains('\n') {
            self.fault(
                "unclosed-heredoc",
                "the end marker of the heredoc has no line break behind it",
                "end the file with an empty line",
                (start, end),
            );
        }
    }

    /// Reads text up to a sequence, or with the end of the line.
    pub(super) fn text_line(&mut self) {
        let end = self.literal_end(|byte| byte == b'\n');
        if self.byte(end) == Some(b'\n') {
            self.push(Kind::Literal, end + 1);
            self.begin_line(end + 1);
            return;
        }
        if end > self.at {
            self.push(Kind::Literal, end);
        }
        if end < self.text.len() {
            self.sequence();
        }
    }

    /// Where the literal text at the current place ends: before a sequence, or before what `ends` names.
    fn literal_end(&self, ends: impl Fn(u8) -> bool) -> usize {
        let is_quoted = matches!(self.open.last(), Some(open) if open.group == Group::Quote);
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        while let Some(byte) = self.byte(at) {
            if ends(byte) {
                return at;
            }
            at += match byte {
                b'\\' if is_quoted && !matches!(self.byte(at + 1), Some(b'\n' | b'\r')) => {
                    1 + self.width(at + 1)
                }
                b'$' | b'%' if bytes[at..].starts_with(&[byte, byte, b'{']) => 3,
                b'$' | b'%' if self.byte(at + 1) == Some(b'{') => return at,
                _ => 1,
            };
        }
        bytes.len()
    }

    fn width(&self, at: usize) -> usize {
        let character = self.text.get(at..).and_then(|rest| rest.chars().next());
        character.map_or(0, char::len_utf8)
    }

    /// Reads the `${` or `%{` at the current place.
    fn sequence(&mut self) {
        let group = match self.byte(self.at) {
            Some(b'%') => Group::Directive,
            _ => Group::Interpolation,
        };
        let strips = self.byte(self.at + 2) == Some(b'~');
        self.open(group, self.at + if strips { 3 } else { 2 });
    }

    /// Reads `<<EOT` with the line break behind it, if that stands at the current place.
    pub(super) fn heredoc(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let flush = rest.starts_with("<<-");
        let name = self.at + if flush { 3 } else { 2 };
        if !rest.starts_with("<<") {
            return false;
        }
        let Some(end) = self.name_end(name) else {
            return false;
        };
        let behind = &self.text[end..];
        let Some(line_break) = ["\n", "\r\n"].into_iter().find(|at| behind.starts_with(at)) else {
            return false;
        };
        self.open(Group::Heredoc { flush }, end);
        self.at = end + line_break.len();
        self.begin_line(self.at);
        if self.by_layout {
            self.end_unclosed_heredoc();
        }
        true
    }

    /// The end marker of the innermost heredoc.
    pub(super) fn marker(&self) -> &'a str {
        let open = self.open.iter().rev();
        let heredoc = open
            .map(|open| self.out.tokens[open.token])
            .find(|token| matches!(token.kind, Kind::Open(Group::Heredoc { .. })));
        heredoc.map_or("", |token| {
            self.text[token.range()].trim_start_matches(['<', '-'])
        })
    }
}
