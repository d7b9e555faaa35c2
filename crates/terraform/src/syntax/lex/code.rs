//! Tokens of code: names, numbers, operators, brackets.

use super::{Group, Kind, Lexer, Unbalanced};

/// How many groups are looked through for the one that something ends. Bounds the time for hostile text.
pub(super) const FAR: usize = 64;

impl Lexer<'_> {
    /// Reads one token, comment or run of blanks.
    pub(super) fn code(&mut self) -> Result<(), Unbalanced> {
        self.skip_blanks();
        let Some(byte) = self.byte(self.at) else {
            return Ok(());
        };
        match byte {
            b'\n' => self.newline(1),
            b'\r' if self.byte(self.at + 1) == Some(b'\n') => self.newline(2),
            b'#' => self.line_comment(),
            b'/' if self.byte(self.at + 1) == Some(b'/') => self.line_comment(),
            b'/' if self.byte(self.at + 1) == Some(b'*') => self.comment(),
            _ if self.line.is_fresh && self.by_layout && self.close_by_layout() => {}
            b'}' | b']' | b')' => return self.close(byte),
            _ => self.token(byte),
        }
        Ok(())
    }

    fn token(&mut self, byte: u8) {
        match byte {
            b'{' => self.open(Group::Brace, self.at + 1),
            b'[' => self.open(Group::Bracket, self.at + 1),
            b'(' => self.open(Group::Parenthesis, self.at + 1),
            b'"' => self.open(Group::Quote, self.at + 1),
            b'<' if self.heredoc() => {}
            b'0'..=b'9' => self.push(Kind::Number, self.number_end()),
            b'~' if self.byte(self.at + 1) == Some(b'}') && self.is_in_sequence() => {
                self.close_sequence();
            }
            _ => self.name_or_operator(byte),
        }
    }

    fn name_or_operator(&mut self, byte: u8) {
        if let Some(end) = self.name_end(self.at) {
            self.push(Kind::Identifier, end);
            return;
        }
        let (kind, length) = match (byte, self.byte(self.at + 1), self.byte(self.at + 2)) {
            (b'.', Some(b'.'), Some(b'.')) => (Kind::Ellipsis, 3),
            (b'=' | b'!' | b'<' | b'>', Some(b'='), _)
            | (b'=', Some(b'>'), _)
            | (b'&', Some(b'&'), _)
            | (b'|', Some(b'|'), _)
            | (b':', Some(b':'), _) => (Kind::Operator, 2),
            (b'!' | b'<' | b'>' | b'+' | b'-' | b'/' | b'%', ..) => (Kind::Operator, 1),
            (b'=', ..) => (Kind::Equal, 1),
            (b':', ..) => (Kind::Colon, 1),
            (b'?', ..) => (Kind::Question, 1),
            (b',', ..) => (Kind::Comma, 1),
            (b'.', ..) => (Kind::Dot, 1),
            (b'*', ..) => (Kind::Star, 1),
            _ => {
                let character = self.text[self.at..].chars().next();
                (Kind::Invalid, character.map_or(1, char::len_utf8))
            }
        };
        self.push(kind, self.at + length);
    }

    fn skip_blanks(&mut self) {
        while matches!(self.byte(self.at), Some(b' ' | b'\t')) {
            self.at += 1;
        }
    }

    fn newline(&mut self, length: usize) {
        let matters = matches!(
            self.open.last().map(|open| open.group),
            None | Some(Group::Brace)
        );
        let end = self.at + length;
        if matters {
            self.push(Kind::Newline, end);
        }
        self.at = end;
        self.begin_line(end);
    }

    fn line_comment(&mut self) {
        let end = self.line_end(self.at);
        let end = if self.text[..end].ends_with('\r') {
            end - 1
        } else {
            end
        };
        self.out.comments.push((self.at as u32, end as u32));
        self.at = end;
    }

    fn comment(&mut self) {
        let Some(length) = self.text[self.at + 2..].find("*/") else {
            self.fault(
                "unclosed-comment",
                "the comment has no end",
                "write `*/` behind it",
                (self.at, self.at + 2),
            );
            // What stands below is more likely code than comment.
            self.line_comment();
            return;
        };
        let end = self.at + 2 + length + 2;
        self.out.comments.push((self.at as u32, end as u32));
        self.at = end;
        if let Some(last) = self.text[..end].rfind('\n')
            && last >= self.line.start
        {
            self.begin_line(last + 1);
            self.line.is_fresh = false;
        }
    }

    /// Where the name that begins at `at` ends, if one does.
    pub(super) fn name_end(&self, at: usize) -> Option<usize> {
        let mut characters = self.text[at..].char_indices();
        let (_, first) = characters.next()?;
        if first != '_' && !unicode_ident::is_xid_start(first) {
            return None;
        }
        let length = characters
            .find(|(_, character)| *character != '-' && !unicode_ident::is_xid_continue(*character))
            .map_or(self.text.len() - at, |(length, _)| length);
        Some(at + length)
    }

    /// Where the number at the current place ends. Behind a dot, it is the index of an element and has only digits.
    fn number_end(&self) -> usize {
        let last = self.out.tokens.last();
        let is_index = last.is_some_and(|token| token.kind == Kind::Dot);
        let mut at = self.at;
        let mut end = at;
        loop {
            let is_digit = |at| self.byte(at).is_some_and(|byte| byte.is_ascii_digit());
            match self.byte(at) {
                Some(b'0'..=b'9') => at += 1,
                Some(b'.') if !is_index => {
                    at += 1;
                    continue;
                }
                Some(b'e' | b'E') if !is_index && is_digit(at + 1) => at += 2,
                Some(b'e' | b'E')
                    if !is_index
                        && matches!(self.byte(at + 1), Some(b'+' | b'-'))
                        && is_digit(at + 2) =>
                {
                    at += 3;
                }
                // A number ends before dots that no digit follows.
                _ => return end,
            }
            end = at;
        }
    }

    fn is_in_sequence(&self) -> bool {
        let last = self.open.last();
        last.is_some_and(|open| matches!(open.group, Group::Interpolation | Group::Directive))
    }

    /// Reads the `~}` that ends a sequence.
    fn close_sequence(&mut self) {
        if let Some(open) = self.open.pop() {
            self.close_token(open, self.at, self.at + 2);
        }
    }

    fn close(&mut self, byte: u8) -> Result<(), Unbalanced> {
        if self
            .open
            .last()
            .is_some_and(|open| closes(byte, open.group))
        {
            self.close_here();
        } else if self.open.is_empty() {
            self.push(Kind::Invalid, self.at + 1);
        } else if !self.by_layout {
            return Err(Unbalanced);
        } else if let Some(index) = self.closed_by(byte).filter(|index| self.is_near(*index)) {
            self.close_missing(index + 1);
            self.close_here();
        } else {
            self.push(Kind::Invalid, self.at + 1);
        }
        Ok(())
    }

    /// Whether something at the current place may close a group over others: in a line, only what the line opened.
    fn is_near(&self, index: usize) -> bool {
        self.line.is_fresh || self.open[index].line == self.line.start
    }

    fn close_here(&mut self) {
        if let Some(open) = self.open.pop() {
            self.close_token(open, self.at, self.at + 1);
        }
    }

    /// The innermost open group that the byte closes. What stands in a string closes nothing outside of it.
    pub(super) fn closed_by(&self, byte: u8) -> Option<usize> {
        let inner = self.open.iter().enumerate().rev().take(FAR);
        let mut inner = inner.take_while(|(_, open)| !open.group.is_text());
        inner
            .find(|(_, open)| closes(byte, open.group))
            .map(|(index, _)| index)
    }
}

fn closes(byte: u8, group: Group) -> bool {
    match group {
        Group::Brace | Group::Interpolation | Group::Directive => byte == b'}',
        Group::Bracket => byte == b']',
        Group::Parenthesis => byte == b')',
        Group::Quote | Group::Heredoc { .. } => false,
    }
}
