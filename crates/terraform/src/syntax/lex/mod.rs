//! Text to tokens. Iterative, so that nesting costs no stack, and forgiving: what is not closed ends where the layout of
//! the lines says that it should.
//!
//! Source: <https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md>, and for what it leaves open,
//! <https://github.com/hashicorp/hcl/blob/main/hclsyntax/scan_tokens.rl>.

mod code;
mod layout;
mod text;
mod token;

pub(super) use token::{Group, Kind, Token, behind};

/// The most tokens of one text. Twelve megabytes of what people write have fewer.
const MOST_TOKENS: usize = 2_000_000;

/// How often a text may turn out to be broken before its layout is trusted from the start.
const MOST_RETRIES: usize = 32;

/// A byte order mark.
const MARK: char = '\u{feff}';

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// Blocks, attributes, expressions.
    Code,
    /// Text with `${…}` and `%{…}`.
    Template,
}

/// The tokens of a text.
#[derive(Debug, Default)]
pub(super) struct Lexed {
    pub(super) tokens: Vec<Token>,
    /// From the first byte to one past the last of each comment, without the line break.
    pub(super) comments: Vec<(u32, u32)>,
    pub(super) faults: Vec<Fault>,
}

/// What is wrong with a range of a text.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) code: &'static str,
    pub(super) message: &'static str,
    pub(super) help: &'static str,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// Reads the tokens of a text.
pub(super) fn lex(text: &str, mode: Mode) -> Lexed {
    let mut lexer = Lexer::new(text, mode);
    let mut retries = 0;
    while lexer.at < text.len() {
        let begin = lexer.checkpoint();
        lexer.by_layout = retries >= MOST_RETRIES;
        if lexer.item().is_err() {
            retries += 1;
            lexer.reset(&begin);
            lexer.by_layout = true;
            // By layout, nothing is unbalanced.
            let _ = lexer.item();
        }
        if lexer.out.tokens.len() > MOST_TOKENS {
            lexer.give_up();
            break;
        }
    }
    lexer.out
}

/// Something closes what is not open, or the text ends while something is open.
struct Unbalanced;

struct Lexer<'a> {
    text: &'a str,
    mode: Mode,
    at: usize,
    out: Lexed,
    open: Vec<Open>,
    line: Line,
    /// Whether the layout of the lines decides where things end that are not closed.
    by_layout: bool,
    /// The line of which it was told last that something in it is not closed.
    told: Option<usize>,
    /// The end markers that no line from here on has.
    missing_markers: Vec<&'a str>,
}

/// A group that is not closed yet.
#[derive(Clone, Copy)]
struct Open {
    group: Group,
    token: usize,
    /// Where the line begins that opened it.
    line: usize,
    /// How far that line is indented.
    indent: usize,
    /// How far the first line in it is indented, once there is one.
    content: Option<usize>,
}

/// The line that is being read.
#[derive(Clone, Copy)]
struct Line {
    start: usize,
    indent: usize,
    /// Whether nothing of it but blanks was read.
    is_fresh: bool,
}

struct Checkpoint {
    at: usize,
    tokens: usize,
    comments: usize,
    faults: usize,
    line: Line,
}

impl<'a> Lexer<'a> {
    fn new(text: &'a str, mode: Mode) -> Self {
        let at = if text.starts_with(MARK) {
            MARK.len_utf8()
        } else {
            0
        };
        let mut lexer = Self {
            text,
            mode,
            at,
            out: Lexed::default(),
            open: Vec::new(),
            line: Line {
                start: at,
                indent: 0,
                is_fresh: true,
            },
            by_layout: false,
            told: None,
            missing_markers: Vec::new(),
        };
        lexer.begin_line(at);
        lexer
    }

    /// Reads up to the end of the line at which nothing is open: an attribute or a block of the outermost level.
    fn item(&mut self) -> Result<(), Unbalanced> {
        let first = self.out.tokens.len();
        while self.at < self.text.len() {
            self.step()?;
            let is_over = || {
                let last = self.out.tokens[first..].last();
                last.is_some_and(|token| token.kind == Kind::Newline)
            };
            if self.open.is_empty() && is_over() || self.out.tokens.len() > MOST_TOKENS {
                return Ok(());
            }
        }
        if self.open.is_empty() {
            return Ok(());
        }
        if !self.by_layout {
            return Err(Unbalanced);
        }
        self.close_missing(0);
        Ok(())
    }

    /// Reads at least one byte, or closes what the layout says is over.
    fn step(&mut self) -> Result<(), Unbalanced> {
        match (self.open.last().map(|open| open.group), self.mode) {
            (Some(Group::Quote), _) => self.quoted(),
            (Some(Group::Heredoc { .. }), _) => self.heredoc_line(),
            (None, Mode::Template) => self.text_line(),
            _ => return self.code(),
        }
        Ok(())
    }

    fn checkpoint(&self) -> Checkpoint {
        Checkpoint {
            at: self.at,
            tokens: self.out.tokens.len(),
            comments: self.out.comments.len(),
            faults: self.out.faults.len(),
            line: self.line,
        }
    }

    fn reset(&mut self, to: &Checkpoint) {
        self.at = to.at;
        self.line = to.line;
        self.out.tokens.truncate(to.tokens);
        self.out.comments.truncate(to.comments);
        self.out.faults.truncate(to.faults);
        self.open.clear();
        self.told = None;
    }

    fn give_up(&mut self) {
        let end = self.at;
        self.fault(
            "text-too-large",
            "what stands from here on is not read: the text has more than two million words and signs",
            "split the file",
            (end, self.line_end(end)),
        );
        while let Some(open) = self.open.pop() {
            self.close_token(open, end, end);
        }
        self.at = self.text.len();
    }

    fn push(&mut self, kind: Kind, end: usize) {
        let (start, partner) = (self.at as u32, self.out.tokens.len() as u32);
        let end_offset = end as u32;
        self.out.tokens.push(Token {
            kind,
            start,
            end: end_offset,
            partner,
        });
        self.at = end;
        self.line.is_fresh = false;
    }

    fn open(&mut self, group: Group, end: usize) {
        self.open.push(Open {
            group,
            token: self.out.tokens.len(),
            line: self.line.start,
            indent: self.line.indent,
            content: None,
        });
        self.push(Kind::Open(group), end);
    }

    /// Adds the token that closes a group which is no longer among the open ones.
    fn close_token(&mut self, open: Open, start: usize, end: usize) {
        let closing = self.out.tokens.len();
        self.out.tokens[open.token].partner = closing as u32;
        self.at = start;
        self.push(Kind::Close(open.group), end);
        self.out.tokens[closing].partner = open.token as u32;
    }

    fn begin_line(&mut self, start: usize) {
        let rest = &self.text.as_bytes()[start..];
        let indent = rest
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t'))
            .count();
        self.line = Line {
            start,
            indent,
            is_fresh: true,
        };
    }

    fn fault(
        &mut self,
        code: &'static str,
        message: &'static str,
        help: &'static str,
        (start, end): (usize, usize),
    ) {
        self.out.faults.push(Fault {
            code,
            message,
            help,
            start: start as u32,
            end: end as u32,
        });
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// Where the line that holds `at` ends, before its line break.
    fn line_end(&self, at: usize) -> usize {
        let rest = &self.text.as_bytes()[at..];
        let length = rest.iter().position(|byte| *byte == b'\n');
        at + length.unwrap_or(rest.len())
    }
}
