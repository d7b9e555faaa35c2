//! Text as it is drawn: pieces with roles, harmless and measured in columns of a terminal.

use source::neutral;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// What a piece of text means; a theme gives it its colors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Role {
    #[default]
    Text,
    /// What is less important.
    Dim,
    /// What names a part of the screen.
    Title,
    /// What can be followed or pressed.
    Accent,
    Critical,
    High,
    Medium,
    Low,
    Info,
    /// What is as it should be, and what is added.
    Good,
    /// What failed, and what is removed.
    Bad,
    /// What a person marked.
    Mark,
    /// What changed a moment ago.
    Changed,
    /// The text that a finding is about.
    Found,
}

impl Role {
    /// All roles.
    pub(crate) const ALL: [Self; 14] = [
        Self::Text,
        Self::Dim,
        Self::Title,
        Self::Accent,
        Self::Critical,
        Self::High,
        Self::Medium,
        Self::Low,
        Self::Info,
        Self::Good,
        Self::Bad,
        Self::Mark,
        Self::Changed,
        Self::Found,
    ];
}

/// A text with one role. It holds nothing that drives a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) text: String,
    pub(crate) role: Role,
}

/// A line of the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row(pub(crate) Vec<Piece>);

impl Row {
    /// A line of one piece.
    pub(crate) fn of(role: Role, text: impl AsRef<str>) -> Self {
        Self::default().with(role, text)
    }

    /// The line with one piece more.
    pub(crate) fn with(mut self, role: Role, text: impl AsRef<str>) -> Self {
        self.push(role, text);
        self
    }

    /// Adds a piece.
    pub(crate) fn push(&mut self, role: Role, text: impl AsRef<str>) {
        let text = neutral(text.as_ref()).into_owned();
        if !text.is_empty() {
            self.0.push(Piece { text, role });
        }
    }

    /// The columns that it takes.
    pub(crate) fn width(&self) -> usize {
        self.0.iter().map(|piece| width(&piece.text)).sum()
    }

    /// The text without roles.
    pub(crate) fn text(&self) -> String {
        self.0.iter().map(|piece| piece.text.as_str()).collect()
    }

    /// Blanks up to a column.
    pub(crate) fn pad(&mut self, column: usize) {
        let width = self.width();
        if width < column {
            self.push(Role::Text, " ".repeat(column - width));
        }
    }

    /// The line cut to a width, with a mark where something is left out.
    pub(crate) fn cut(self, most: usize, more: &str) -> Self {
        if self.width() <= most {
            return self;
        }
        let mut left = most.saturating_sub(width(more));
        let mut row = Self::default();
        for piece in self.0 {
            let text = begin(&piece.text, left).to_owned();
            left -= width(&text);
            let is_whole = text.len() == piece.text.len();
            let role = piece.role;
            if !text.is_empty() {
                row.0.push(Piece { text, role });
            }
            if !is_whole {
                row.push(role, begin(more, most));
                break;
            }
        }
        row
    }
}

/// The columns that a text takes.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// The longest beginning of a text that takes at most so many columns.
fn begin(text: &str, most: usize) -> &str {
    let mut left = most;
    for (at, letter) in text.char_indices() {
        let width = letter.width().unwrap_or(0);
        if width > left {
            return &text[..at];
        }
        left -= width;
    }
    text
}

/// The longest end of a text that takes at most so many columns.
fn end(text: &str, most: usize) -> &str {
    let mut left = most;
    for (at, letter) in text.char_indices().rev() {
        let width = letter.width().unwrap_or(0);
        if width > left {
            return &text[at + letter.len_utf8()..];
        }
        left -= width;
    }
    text
}

/// A text in a column: cut at its end, or filled with blanks.
pub(crate) fn cell(text: &str, columns: usize, more: &str) -> String {
    let text = neutral(text);
    let shown = match width(&text) <= columns {
        true => text.into_owned(),
        false => {
            let left = columns.saturating_sub(width(more));
            format!("{}{}", begin(&text, left), begin(more, columns))
        }
    };
    let blanks = columns.saturating_sub(width(&shown));
    shown + &" ".repeat(blanks)
}

/// A text in a column, cut at its beginning: of a path the end says most.
pub(crate) fn cell_end(text: &str, columns: usize, more: &str) -> String {
    let text = neutral(text);
    let shown = match width(&text) <= columns {
        true => text.into_owned(),
        false => {
            let left = columns.saturating_sub(width(more));
            format!("{}{}", begin(more, columns), end(&text, left))
        }
    };
    let blanks = columns.saturating_sub(width(&shown));
    shown + &" ".repeat(blanks)
}

/// Text of code: tabs are blanks, and what follows is harmless.
pub(crate) fn code(text: &str) -> String {
    text.trim_end_matches(['\r', '\n']).replace('\t', "    ")
}

/// The paragraphs of a text, filled to a width. Words that are longer are broken.
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(8);
    let mut lines = Vec::new();
    for (number, paragraph) in text.trim().split("\n\n").enumerate() {
        if number > 0 {
            lines.push(String::new());
        }
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            let word = neutral(word);
            let mut word: &str = &word;
            if !line.is_empty() && width(&line) + 1 + width(word) > columns {
                lines.push(std::mem::take(&mut line));
            }
            while width(word) > columns {
                let part = begin(word, columns);
                lines.push(part.to_owned());
                word = &word[part.len()..];
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

/// `1 finding`, `2 findings`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{} {noun}s", grouped(number)),
    }
}

/// A number with blanks between thousands.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_take_their_columns() {
        let cases = [
            ("ab", 4, "ab  "),
            ("abcd", 4, "abcd"),
            ("abcde", 4, "abc…"),
            ("日本語", 4, "日… "),
            ("a\u{1b}[0m", 20, "a\\u{1b}[0m          "),
            ("ab", 0, ""),
        ];
        for (text, columns, expected) in cases {
            let shown = cell(text, columns, "…");
            assert_eq!(
                (shown.as_str(), width(&shown)),
                (expected, columns),
                "{text}"
            );
        }
        assert_eq!(cell_end("deploy/web/app.yaml", 9, "…"), "…app.yaml");
        assert_eq!(cell_end("日本語", 4, "…"), "…語 ");
    }

    #[test]
    fn lines_are_cut_with_their_roles() {
        let row = Row::of(Role::Title, "abc").with(Role::Dim, "defg");
        let cut = row.clone().cut(5, "…");
        assert_eq!(
            cut,
            Row::of(Role::Title, "abc")
                .with(Role::Dim, "d")
                .with(Role::Dim, "…")
        );
        assert_eq!(row.clone().cut(7, "…"), row);
        assert_eq!(row.cut(0, "…").width(), 0);
    }

    #[test]
    fn paragraphs_are_filled() {
        assert_eq!(
            wrap("one two\nthree\n\nfour", 8),
            ["one two", "three", "", "four"]
        );
        assert_eq!(wrap("0123456789ab", 8), ["01234567", "89ab"]);
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(
            (grouped(7).as_str(), grouped(1_234_567).as_str()),
            ("7", "1 234 567")
        );
    }
}
