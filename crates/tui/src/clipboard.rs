//! The clipboard of the terminal (OSC 52), which works over SSH, too.

use std::path::PathBuf;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use source::Disk;

use crate::message::{Message, Tone};
use crate::text::count;

/// The longest text that terminals take, in bytes: xterm reads 100 000 of the sequence.
const LONGEST: usize = 74_994;

/// Where texts are copied to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clipboard {
    /// Whether tmux stands between the program and the terminal: it passes the sequence on only where it is told to.
    pub(crate) is_tmux: bool,
    /// The file for texts that the terminal may not take.
    pub(crate) file: Option<PathBuf>,
}

impl Clipboard {
    /// What is sent to the terminal, and what is told.
    pub(crate) fn copy(&self, text: &str) -> (Option<String>, Message) {
        let is_short = text.len() <= LONGEST;
        let sequence = is_short.then(|| self.sequence(text));
        let lines = count(text.lines().count(), "line");
        let plain = |text: String| Message::Told(Tone::Plain, text);
        if is_short && !self.is_tmux {
            return (sequence, plain(format!("copied {lines}")));
        }
        let Some(file) = &self.file else {
            let why = "the terminal may not take it, and there is no folder for a file";
            return (sequence, Message::Told(Tone::Bad, why.to_owned()));
        };
        let shown = file.display();
        let told = match (Disk.write_bytes(file, text.as_bytes()), is_short) {
            (Ok(()), true) => plain(format!(
                "copied {lines}; where tmux keeps it back, it is in {shown}"
            )),
            (Ok(()), false) => plain(format!("too long for the terminal; it is in {shown}")),
            (Err(error), _) => {
                Message::Told(Tone::Bad, format!("{shown} can't be written: {error}"))
            }
        };
        (sequence, told)
    }

    /// The sequence that puts a text into the clipboard.
    fn sequence(&self, text: &str) -> String {
        let plain = format!("\u{1b}]52;c;{}\u{7}", BASE64_STANDARD.encode(text));
        match self.is_tmux {
            true => format!("{plain}\u{1b}Ptmux;\u{1b}{plain}\u{1b}\\"),
            false => plain,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_go_to_the_terminal() {
        let (sequence, told) = Clipboard::default().copy("a\n");
        assert_eq!(sequence.as_deref(), Some("\u{1b}]52;c;YQo=\u{7}"));
        assert!(matches!(told, Message::Told(Tone::Plain, text) if text == "copied 1 line"));
    }

    #[test]
    fn long_texts_go_to_a_file() {
        let (sequence, told) = Clipboard::default().copy(&"a".repeat(LONGEST + 1));
        assert_eq!(sequence, None);
        assert!(matches!(told, Message::Told(Tone::Bad, _)));
    }

    #[test]
    fn tmux_is_asked_to_pass_it_on() {
        let clipboard = Clipboard {
            is_tmux: true,
            file: None,
        };
        let sequence = clipboard.sequence("a");
        assert_eq!(
            sequence,
            "\u{1b}]52;c;YQ==\u{7}\u{1b}Ptmux;\u{1b}\u{1b}]52;c;YQ==\u{7}\u{1b}\\"
        );
    }
}
