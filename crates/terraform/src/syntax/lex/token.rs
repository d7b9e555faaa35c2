//! The tokens of HCL text.

use std::ops::Range;

/// A token: what it is and where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    /// Its first byte.
    pub(crate) start: u32,
    /// One past its last byte. What closes nothing but was missing is empty.
    pub(crate) end: u32,
    /// Of what opens, the index of what closes it, and the other way round; of all others, their own index.
    pub(crate) partner: u32,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The end of a line, where it may matter: not in `(…)`, `[…]` and `${…}`.
    Newline,
    Identifier,
    Number,
    Open(Group),
    Close(Group),
    /// Text in a string, heredoc or template, escapes included; of several lines, each is a token.
    Literal,
    /// `=`
    Equal,
    /// `:`
    Colon,
    /// `?`
    Question,
    /// `,`
    Comma,
    /// `.`
    Dot,
    /// `...`
    Ellipsis,
    /// `*`
    Star,
    /// `=>`, `::` and all other operators.
    Operator,
    /// A character that means nothing here.
    Invalid,
}

/// What stands between two tokens that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    /// `{…}`
    Brace,
    /// `[…]`
    Bracket,
    /// `(…)`
    Parenthesis,
    /// `"…"`
    Quote,
    /// `<<EOT … EOT`; `<<-` where it is flush.
    Heredoc { flush: bool },
    /// `${…}`
    Interpolation,
    /// `%{…}`
    Directive,
}

impl Group {
    /// Whether text stands in it, and not code.
    pub(crate) fn is_text(self) -> bool {
        matches!(self, Self::Quote | Self::Heredoc { .. })
    }
}

impl Token {
    pub(crate) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether nothing is written here: what should close a group was missing.
    pub(crate) fn is_missing(self) -> bool {
        self.start == self.end
    }
}

/// The index of the token behind the one at `index`, or behind its group where it opens one.
pub(crate) fn behind(tokens: &[Token], index: usize) -> usize {
    match tokens[index].kind {
        Kind::Open(_) => tokens[index].partner as usize + 1,
        _ => index + 1,
    }
}
