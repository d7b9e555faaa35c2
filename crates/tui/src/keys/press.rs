//! A key that is pressed, and its name.

use std::fmt;

/// A key with what is held down beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Press {
    pub(crate) code: Code,
    pub(crate) has_control: bool,
    pub(crate) has_alt: bool,
}

/// A key. Capitals are letters of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Code {
    Char(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    Function(u8),
}

/// The names of keys that are no letters.
const NAMES: [(&str, Code); 16] = [
    ("enter", Code::Enter),
    ("esc", Code::Esc),
    ("tab", Code::Tab),
    ("shift-tab", Code::BackTab),
    ("backspace", Code::Backspace),
    ("delete", Code::Delete),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("home", Code::Home),
    ("end", Code::End),
    ("pageup", Code::PageUp),
    ("pagedown", Code::PageDown),
    ("space", Code::Char(' ')),
    ("minus", Code::Char('-')),
];

impl Press {
    /// A key by itself.
    pub(crate) fn plain(code: Code) -> Self {
        Self {
            code,
            has_control: false,
            has_alt: false,
        }
    }

    /// A letter by itself.
    #[cfg(test)]
    pub(crate) fn letter(letter: char) -> Self {
        Self::plain(Code::Char(letter))
    }

    /// The key of a name, such as `j`, `ctrl-d`, `alt-x`, `shift-tab` or `f5`.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        if let Some(rest) = name.strip_prefix("ctrl-") {
            let press = Self::parse(rest)?;
            return Some(Self {
                has_control: true,
                ..press
            });
        }
        if let Some(rest) = name.strip_prefix("alt-") {
            let press = Self::parse(rest)?;
            return Some(Self {
                has_alt: true,
                ..press
            });
        }
        let known = NAMES.iter().find(|(known, _)| *known == name);
        let function = name
            .strip_prefix('f')
            .and_then(|number| number.parse().ok());
        let function = function.filter(|number| (1..=12).contains(number));
        let mut letters = name.chars();
        let letter = letters.next().filter(|_| letters.next().is_none());
        let code = known.map(|(_, code)| *code);
        let code = code.or_else(|| function.map(Code::Function));
        let code = code.or_else(|| letter.map(Code::Char));
        code.map(Self::plain)
    }
}

impl fmt::Display for Press {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.has_control {
            f.write_str("ctrl-")?;
        }
        if self.has_alt {
            f.write_str("alt-")?;
        }
        let known = NAMES.iter().find(|(_, code)| *code == self.code);
        match (known, self.code) {
            (Some((name, _)), _) => f.write_str(name),
            (None, Code::Char(letter)) => write!(f, "{letter}"),
            (None, Code::Function(number)) => write!(f, "f{number}"),
            (None, _) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        let names = [
            "j",
            "G",
            "?",
            "ctrl-d",
            "alt-x",
            "ctrl-alt-a",
            "enter",
            "shift-tab",
            "space",
            "f5",
            "f",
            "minus",
            "é",
        ];
        for name in names {
            let press = Press::parse(name).expect(name);
            assert_eq!(press.to_string(), name);
        }
        for name in ["", "ctrl-", "jj", "f13", "f0x"] {
            assert_eq!(Press::parse(name), None, "{name}");
        }
    }
}
