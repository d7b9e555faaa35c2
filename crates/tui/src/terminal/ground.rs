//! The color of the terminal's ground, for which the terminal is asked (OSC 11). Not all terminals answer, some late, and people type
//! meanwhile: the answer comes among the keys, as crossterm knows no such answers. What is none goes on as the keys that it is.

use std::mem;

use crate::keys::{Code, Press};
use crate::message::Message;
use crate::theme::Theme;

/// Asks for the color of the ground.
pub(crate) const QUESTION: &str = "\u{1b}]11;?\u{1b}\\";

/// How each answer begins, behind `ESC ]`.
const LEAD: &str = "11;rgb:";

/// The longest answer: three numbers of four digits.
const LONGEST: usize = LEAD.len() + 14;

/// What may be an answer, of the keys that are told.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    /// The keys that may be the beginning of an answer.
    held: Vec<Press>,
    text: String,
    is_behind_escape: bool,
    theme: Option<Theme>,
}

impl Answer {
    /// Takes answers out of what is told.
    pub(crate) fn take_out(&mut self, told: Vec<Message>) -> Vec<Message> {
        let mut rest = Vec::with_capacity(told.len());
        for message in told {
            match message {
                Message::Pressed(press) => rest.extend(self.press(press)),
                other => {
                    rest.extend(self.release());
                    rest.push(other);
                }
            }
        }
        rest
    }

    /// The theme for the ground that was answered, once.
    pub(crate) fn theme(&mut self) -> Option<Theme> {
        self.theme.take()
    }

    /// Takes a key, and returns those that are no part of an answer.
    fn press(&mut self, press: Press) -> Vec<Message> {
        let is_behind_escape = mem::replace(&mut self.is_behind_escape, press.code == Code::Esc);
        let is_start = press.code == Code::Char(']') && (press.has_alt || is_behind_escape);
        if is_start {
            let before = self.release();
            self.held.push(press);
            return before;
        }
        if self.held.is_empty() {
            return vec![Message::Pressed(press)];
        }
        self.held.push(press);
        let is_end = press.code == Code::Char('g') && press.has_control
            || press.code == Code::Char('\\') && press.has_alt;
        match (press.code, is_end) {
            (_, true) => match theme(&self.text) {
                Some(theme) => {
                    self.theme = Some(theme);
                    self.release();
                    Vec::new()
                }
                None => self.release(),
            },
            (Code::Char(letter), false) if !press.has_alt && !press.has_control => {
                self.text.push(letter);
                match may_be_answer(&self.text) {
                    true => Vec::new(),
                    false => self.release(),
                }
            }
            _ => self.release(),
        }
    }

    /// The keys that are no answer after all.
    fn release(&mut self) -> Vec<Message> {
        self.text.clear();
        let held = mem::take(&mut self.held);
        held.into_iter().map(Message::Pressed).collect()
    }
}

fn may_be_answer(text: &str) -> bool {
    let is_part = |letter: char| letter.is_ascii_hexdigit() || letter == '/';
    match text.strip_prefix(LEAD) {
        Some(color) => text.len() <= LONGEST && color.chars().all(is_part),
        None => LEAD.starts_with(text),
    }
}

/// The theme for a ground such as `11;rgb:ffff/ffff/ffff`.
fn theme(answer: &str) -> Option<Theme> {
    let parts = answer.strip_prefix(LEAD)?.split('/').map(part);
    let parts: Vec<f64> = parts.collect::<Option<_>>()?;
    let [red, green, blue] = parts[..] else {
        return None;
    };
    let brightness = 0.299 * red + 0.587 * green + 0.114 * blue;
    Some(match brightness > 0.5 {
        true => Theme::Light,
        false => Theme::Dark,
    })
}

/// A part of a color of one to four hexadecimal digits, of 1.
fn part(digits: &str) -> Option<f64> {
    let number = u16::from_str_radix(digits, 16).ok()?;
    let digits = i32::try_from(digits.len()).ok()?;
    Some(f64::from(number) / (16_f64.powi(digits) - 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left of keys, by their names or as text, and the theme that was answered.
    fn taken(parts: &[&str]) -> (String, Option<Theme>) {
        let mut answer = Answer::default();
        let mut left = Vec::new();
        for part in parts {
            let presses: Vec<Press> = match Press::parse(part) {
                Some(press) => vec![press],
                None => part.chars().map(Press::letter).collect(),
            };
            for press in presses {
                left.extend(answer.take_out(vec![Message::Pressed(press)]));
            }
        }
        let names = left.iter().map(|message| match message {
            Message::Pressed(press) => press.to_string(),
            _ => String::new(),
        });
        (names.collect::<Vec<String>>().join(" "), answer.theme())
    }

    #[test]
    fn answers_are_taken_out_and_all_keys_go_on() {
        let (light, dark) = (Some(Theme::Light), Some(Theme::Dark));
        let cases: [(&[&str], &str, Option<Theme>); 11] = [
            (&["alt-]", "11;rgb:ffff/ffff/ffff", "alt-\\"], "", light),
            (&["alt-]", "11;rgb:14/17/1c", "ctrl-g"], "", dark),
            (&["j", "alt-]", "11;rgb:f/f/f", "ctrl-g", "k"], "j k", light),
            // The beginning of the answer came by itself, and was taken for a key.
            (
                &["esc", "]", "11;rgb:0000/0000/0000", "alt-\\"],
                "esc",
                dark,
            ),
            (&["alt-]", "1", "2"], "alt-] 1 2", None),
            (&["alt-]", "11;rgb:", "q"], "alt-] 1 1 ; r g b : q", None),
            (&["alt-]", "11", "down"], "alt-] 1 1 down", None),
            (
                &["alt-]", "1", "alt-]", "11;rgb:0/0/0", "ctrl-g"],
                "alt-] 1",
                dark,
            ),
            (
                &["alt-]", "11;rgb:1/2", "ctrl-g"],
                "alt-] 1 1 ; r g b : 1 / 2 ctrl-g",
                None,
            ),
            (
                &["]", "11;rgb:0/0/0", "ctrl-g"],
                "] 1 1 ; r g b : 0 / 0 / 0 ctrl-g",
                None,
            ),
            (
                &["alt-]", "11;rgb:ffff/ffff/ffff0"],
                "alt-] 1 1 ; r g b : f f f f / f f f f / f f f f 0",
                None,
            ),
        ];
        for (parts, left, theme) in cases {
            assert_eq!(taken(parts), (left.to_owned(), theme), "{parts:?}");
        }
    }
}
