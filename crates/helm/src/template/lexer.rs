//! From the text of a template to tokens, in the way of Go's `text/template/parse`.

use go::letters::is_printed;

use super::letters::is_alphanumeric;
use super::token::{Keyword, Token, TokenKind};

const LEFT: &str = "{{";
const RIGHT: &str = "}}";
const SPACES: &[u8] = b" \t\r\n";
/// A trim marker and the space beside it.
const MARKER: usize = 2;

/// Reads one token after the other.
#[derive(Debug)]
pub(super) struct Lexer<'a> {
    text: &'a str,
    position: usize,
    /// Where the token begins that is being read.
    start: usize,
    in_action: bool,
    parentheses: u32,
    /// What is wrong, after which nothing is read any more.
    pub(super) error: Option<String>,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            position: 0,
            start: 0,
            in_action: false,
            parentheses: 0,
            error: None,
        }
    }

    /// The next token. After an error there is only the end. It is called where tokens are looked at that were read already, too,
    /// which must not become longer by this.
    #[inline(never)]
    pub(super) fn next_token(&mut self) -> Token<'a> {
        if self.error.is_some() {
            return self.token(TokenKind::End);
        }
        if self.in_action {
            return self.action();
        }
        loop {
            if let Some(token) = self.text() {
                return token;
            }
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.position..).unwrap_or_default()
    }

    /// What was not read yet, for looking at ASCII.
    fn rest_bytes(&self) -> &'a [u8] {
        let bytes = self.text.as_bytes();
        bytes.get(self.position..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        match self.rest_bytes().first() {
            Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
            _ => self.rest().chars().next(),
        }
    }

    fn next(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.position += letter.len_utf8();
        Some(letter)
    }

    fn accept(&mut self, wanted: impl Fn(char) -> bool) -> bool {
        let is_wanted = self.peek().is_some_and(wanted);
        if is_wanted {
            self.next();
        }
        is_wanted
    }

    fn accept_run(&mut self, wanted: impl Fn(char) -> bool) {
        while self.accept(&wanted) {}
    }

    /// Passes letters and digits. Those that are not ASCII are rare.
    fn accept_name(&mut self) {
        loop {
            let bytes = self.rest_bytes().iter();
            self.position += bytes.take_while(|byte| is_of_name(**byte)).count();
            if self.rest_bytes().first().is_none_or(u8::is_ascii) || !self.accept(is_alphanumeric) {
                return;
            }
        }
    }

    fn accept_spaces(&mut self) {
        let bytes = self.rest_bytes().iter();
        self.position += bytes.take_while(|byte| SPACES.contains(byte)).count();
    }

    fn token(&mut self, kind: TokenKind) -> Token<'a> {
        let text = self.text.get(self.start..self.position).unwrap_or_default();
        let token = Token {
            kind,
            start: self.start,
            text,
        };
        self.start = self.position;
        token
    }

    fn error(&mut self, message: impl Into<String>) -> Token<'a> {
        self.error = Some(message.into());
        self.position = self.start;
        self.token(TokenKind::Error)
    }

    fn skip_to(&mut self, position: usize) {
        self.position = position;
        self.start = position;
    }

    /// Text up to the next action, if there is any.
    fn text(&mut self) -> Option<Token<'a>> {
        let rest = self.rest();
        let Some(length) = find_left(rest.as_bytes()) else {
            self.position = self.text.len();
            let is_end = self.position == self.start;
            return Some(self.token(if is_end {
                TokenKind::End
            } else {
                TokenKind::Text
            }));
        };
        let delimiter = self.position + length;
        let text = rest.get(..length).unwrap_or_default();
        let bytes = self.text.as_bytes();
        let after = bytes.get(delimiter + LEFT.len()..).unwrap_or_default();
        let kept = if has_left_marker(after) {
            trimmed_end(text.as_bytes())
        } else {
            length
        };
        self.position += kept;
        let token = (kept > 0).then(|| self.token(TokenKind::Text));
        self.skip_to(delimiter);
        token.or_else(|| self.left_delimiter())
    }

    /// The start of an action; of a comment nothing but what is wrong with it.
    fn left_delimiter(&mut self) -> Option<Token<'a>> {
        self.position += LEFT.len();
        let marker = if has_left_marker(self.rest_bytes()) {
            MARKER
        } else {
            0
        };
        let after = self.rest_bytes().get(marker..).unwrap_or_default();
        if let [b'/', b'*', ..] = after {
            self.skip_to(self.position + marker);
            return self.comment();
        }
        let token = self.token(TokenKind::LeftDelimiter);
        self.in_action = true;
        self.parentheses = 0;
        self.skip_to(self.position + marker);
        Some(token)
    }

    fn comment(&mut self) -> Option<Token<'a>> {
        let Some(length) = self.rest().get(2..).and_then(|rest| rest.find("*/")) else {
            return Some(self.error("unclosed comment"));
        };
        self.position += length + 4;
        let Some(trims) = self.at_right_delimiter() else {
            return Some(self.error("comment ends before closing delimiter"));
        };
        self.right_delimiter(trims);
        None
    }

    /// Whether an action ends here, and whether it trims the text behind it.
    fn at_right_delimiter(&self) -> Option<bool> {
        match self.rest_bytes() {
            [b'}', b'}', ..] => Some(false),
            [space, b'-', b'}', b'}', ..] if SPACES.contains(space) => Some(true),
            _ => None,
        }
    }

    fn right_delimiter(&mut self, trims: bool) -> Token<'a> {
        let marker = if trims { MARKER } else { 0 };
        self.skip_to(self.position + marker);
        self.position += RIGHT.len();
        let token = self.token(TokenKind::RightDelimiter);
        if trims {
            self.accept_spaces();
            self.start = self.position;
        }
        self.in_action = false;
        token
    }

    fn action(&mut self) -> Token<'a> {
        if let Some(trims) = self.at_right_delimiter() {
            return if self.parentheses == 0 {
                self.right_delimiter(trims)
            } else {
                self.error("unclosed left paren")
            };
        }
        let Some(letter) = self.next() else {
            return self.error("unclosed action");
        };
        match letter {
            ' ' | '\t' | '\r' | '\n' => self.space(),
            '=' => self.token(TokenKind::Assign),
            ':' if self.accept(|next| next == '=') => self.token(TokenKind::Declare),
            ':' => self.error("expected :="),
            '|' => self.token(TokenKind::Pipe),
            '"' => self.quoted(b'"', TokenKind::String, "unterminated quoted string"),
            '\'' => self.quoted(
                b'\'',
                TokenKind::CharConstant,
                "unterminated character constant",
            ),
            '`' => self.raw_string(),
            '$' => self.name(TokenKind::Variable),
            '.' if !self.peek().is_some_and(|next| next.is_ascii_digit())
                && self.peek().is_some() =>
            {
                self.name(TokenKind::Field)
            }
            '.' | '+' | '-' | '0'..='9' => {
                self.position = self.start;
                self.number()
            }
            _ if is_alphanumeric(letter) => self.identifier(),
            '(' => {
                self.parentheses += 1;
                self.token(TokenKind::LeftParenthesis)
            }
            ')' => self.right_parenthesis(),
            ' '..='~' => self.token(TokenKind::Char),
            _ => {
                let shown = unicode(letter);
                self.error(format!("unrecognized character in action: {shown}"))
            }
        }
    }

    fn right_parenthesis(&mut self) -> Token<'a> {
        match self.parentheses.checked_sub(1) {
            Some(left) => {
                self.parentheses = left;
                self.token(TokenKind::RightParenthesis)
            }
            None => self.error("unexpected right paren"),
        }
    }

    /// A run of spaces. The last one belongs to the delimiter if that has a trim marker.
    fn space(&mut self) -> Token<'a> {
        self.accept_spaces();
        self.position -= 1;
        if self.at_right_delimiter() != Some(true) {
            self.position += 1;
        } else if self.position == self.start {
            return self.right_delimiter(true);
        }
        self.token(TokenKind::Space)
    }

    fn quoted(&mut self, quote: u8, kind: TokenKind, unterminated: &str) -> Token<'a> {
        let is_sign = |byte: &u8| *byte == quote || matches!(byte, b'\\' | b'\n');
        loop {
            let rest = self.rest_bytes();
            let sign = rest.iter().position(is_sign);
            self.position += sign.map_or(rest.len(), |sign| sign + 1);
            match sign.map(|sign| rest[sign]) {
                Some(b'\\') if self.next().is_some_and(|next| next != '\n') => {}
                None | Some(b'\\' | b'\n') => return self.error(unterminated),
                Some(_) => return self.token(kind),
            }
        }
    }

    fn raw_string(&mut self) -> Token<'a> {
        match self.rest().find('`') {
            Some(length) => {
                self.position += length + 1;
                self.token(TokenKind::RawString)
            }
            None => self.error("unterminated raw quoted string"),
        }
    }

    /// A field or variable, whose first character was read.
    fn name(&mut self, kind: TokenKind) -> Token<'a> {
        if self.at_terminator() {
            return self.token(match kind {
                TokenKind::Variable => kind,
                _ => TokenKind::Dot,
            });
        }
        self.accept_name();
        if self.at_terminator() {
            return self.token(kind);
        }
        self.bad_character()
    }

    fn bad_character(&mut self) -> Token<'a> {
        let shown = self.peek().map_or_else(|| "U+FFFD".to_owned(), unicode);
        self.error(format!("bad character {shown}"))
    }

    fn at_terminator(&self) -> bool {
        match self.rest_bytes() {
            [] | [b'}', b'}', ..] => true,
            [byte, ..] => {
                matches!(byte, b'.' | b',' | b'|' | b':' | b')' | b'(') || SPACES.contains(byte)
            }
        }
    }

    fn identifier(&mut self) -> Token<'a> {
        self.accept_name();
        if !self.at_terminator() {
            return self.bad_character();
        }
        let word = self.text.get(self.start..self.position).unwrap_or_default();
        let kind = match (word, Keyword::of(word)) {
            (_, Some(keyword)) => TokenKind::Keyword(keyword),
            ("true" | "false", _) => TokenKind::Bool,
            _ => TokenKind::Identifier,
        };
        self.token(kind)
    }

    fn number(&mut self) -> Token<'a> {
        if !self.scan_number() {
            return self.bad_number();
        }
        if matches!(self.peek(), Some('+' | '-')) {
            let is_complex = self.scan_number() && self.text[..self.position].ends_with('i');
            return if is_complex {
                self.token(TokenKind::Complex)
            } else {
                self.bad_number()
            };
        }
        self.token(TokenKind::Number)
    }

    fn bad_number(&mut self) -> Token<'a> {
        let text = self.text.get(self.start..self.position).unwrap_or_default();
        let shown = super::quote(text.as_bytes());
        self.error(format!("bad number syntax: {shown}"))
    }

    /// Whether a number stands here. More than numbers passes; the parser looks closer.
    fn scan_number(&mut self) -> bool {
        self.accept(|letter| matches!(letter, '+' | '-'));
        let mut radix = 10;
        if self.accept(|letter| letter == '0') {
            let prefix = self.peek().map(|letter| letter.to_ascii_lowercase());
            radix = match prefix {
                Some('x') => 16,
                Some('o') => 8,
                Some('b') => 2,
                _ => 10,
            };
            if radix != 10 {
                self.next();
            }
        }
        let is_digit = |letter: char| letter.is_digit(radix) || letter == '_';
        self.accept_run(is_digit);
        if self.accept(|letter| letter == '.') {
            self.accept_run(is_digit);
        }
        let exponent = match radix {
            10 => 'e',
            16 => 'p',
            _ => '\0',
        };
        if exponent != '\0' && self.accept(|letter| letter.to_ascii_lowercase() == exponent) {
            self.accept(|letter| matches!(letter, '+' | '-'));
            self.accept_run(|letter| letter.is_ascii_digit() || letter == '_');
        }
        self.accept(|letter| letter == 'i');
        !self.accept(is_alphanumeric)
    }
}

/// Where the next action begins.
fn find_left(text: &[u8]) -> Option<usize> {
    let mut braces = memchr::memchr_iter(b'{', text);
    braces.find(|at| text.get(at + 1) == Some(&b'{'))
}

fn has_left_marker(text: &[u8]) -> bool {
    matches!(text, [b'-', space, ..] if SPACES.contains(space))
}

/// The length of a text without the spaces at its end.
fn trimmed_end(text: &[u8]) -> usize {
    let last = text.iter().rposition(|byte| !SPACES.contains(byte));
    last.map_or(0, |last| last + 1)
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The character as `%#U` prints it.
fn unicode(letter: char) -> String {
    let code = format!("U+{:04X}", u32::from(letter));
    if is_printed(letter) {
        format!("{code} '{letter}'")
    } else {
        code
    }
}
