//! How a string may be written: without quotes, with single or double ones, or as a block.

use super::Text;

/// The ways to write a scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
}

/// What the characters of a scalar allow.
#[derive(Debug)]
pub(super) struct Analysis {
    /// Whether it has line breaks.
    pub(super) has_breaks: bool,
    plain: bool,
    single_quoted: bool,
    block: bool,
}

/// Whether tabs may stand in blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tabs {
    /// They are quoted.
    Quoted,
    /// They may.
    InBlocks,
}

impl Analysis {
    pub(super) fn of(text: &impl Text, tabs: Tabs) -> Self {
        let string = text.string();
        let mut analysis = Self {
            has_breaks: false,
            plain: !begins_with_indicator(&string),
            single_quoted: true,
            block: !string.is_empty(),
        };
        let mut before = None;
        let mut letters = string.chars().peekable();
        while let Some(letter) = letters.next() {
            let after = letters.peek().copied();
            if !(is_ordinary(letter) && before.is_some() && after.is_some()) {
                analysis.add(before, letter, after, tabs);
            }
            before = Some(letter);
        }
        analysis
    }

    fn add(&mut self, before: Option<char>, letter: char, after: Option<char>, tabs: Tabs) {
        let is_blank = |letter: char| matches!(letter, ' ' | '\t');
        let ends_word = after.is_none_or(is_blank);
        if letter == ':' && ends_word {
            self.plain = false;
        }
        let begins_word =
            before.is_some_and(|before| is_blank(before) || is_break(before) || before == '\0');
        if letter == '#' && begins_word {
            self.plain = false;
        }
        let is_tab_in_block = letter == '\t' && tabs == Tabs::InBlocks;
        if is_tab_in_block {
            (self.plain, self.single_quoted) = (false, false);
        } else if !is_printable(letter) {
            self.forbid_all();
        }
        let is_outermost = before.is_none() || after.is_none();
        if letter == ' ' {
            self.plain &= !is_outermost;
            self.block &= after.is_some();
            if before.is_some_and(is_break) {
                (self.plain, self.single_quoted) = (false, false);
            }
        } else if is_break(letter) {
            (self.has_breaks, self.plain) = (true, false);
            if before == Some(' ') {
                self.forbid_all();
            }
        }
    }

    fn forbid_all(&mut self) {
        (self.plain, self.single_quoted, self.block) = (false, false, false);
    }

    /// The way to write the scalar that comes closest to the one that is wanted.
    pub(super) fn style(&self, wanted: Style, is_simple_key: bool, is_empty: bool) -> Style {
        let mut style = wanted;
        if is_simple_key && self.has_breaks {
            style = Style::DoubleQuoted;
        }
        if style == Style::Plain && (!self.plain || is_empty && is_simple_key) {
            style = Style::SingleQuoted;
        }
        match style {
            Style::SingleQuoted if !self.single_quoted => Style::DoubleQuoted,
            Style::Literal if !self.block || is_simple_key => Style::DoubleQuoted,
            style => style,
        }
    }
}

fn begins_with_indicator(text: &str) -> bool {
    if text.starts_with("---") || text.starts_with("...") {
        return true;
    }
    let mut letters = text.chars();
    match letters.next() {
        Some('?' | ':' | '-') => letters.next().is_none_or(|next| matches!(next, ' ' | '\t')),
        Some(first) => "#,[]{}&*!|>'\"%@`".contains(first),
        None => false,
    }
}

/// Whether a character within a text forbids no way to write it.
fn is_ordinary(letter: char) -> bool {
    letter.is_ascii_graphic() && !matches!(letter, ':' | '#')
}

/// Whether a character may stand as it is. Those outside of the first plane may not.
pub(super) fn is_printable(letter: char) -> bool {
    matches!(
        letter,
        '\n' | ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}'
    )
}

pub(super) fn is_break(letter: char) -> bool {
    matches!(letter, '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}')
}
