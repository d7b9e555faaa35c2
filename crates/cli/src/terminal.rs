//! What the terminal at the other end can show.

use std::io::{IsTerminal as _, Write};

use anstream::AutoStream;
use anstyle::Style;
use clap::ColorChoice;

/// The width where there is no terminal to ask: CI logs and files.
const WIDTH: usize = 120;
/// Wider frames are hard to read.
const MAX_WIDTH: usize = 140;

/// How text is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Look {
    /// Whether styles are written.
    pub(crate) color: bool,
    /// Whether a person looks at it.
    pub(crate) terminal: bool,
    /// Whether links are written (OSC 8).
    pub(crate) links: bool,
    /// Whether frames are drawn with box-drawing characters.
    pub(crate) unicode: bool,
    /// The number of columns.
    pub(crate) width: usize,
}

impl Look {
    /// Plain text, as files get it.
    pub(crate) const PLAIN: Self = Self {
        color: false,
        terminal: false,
        links: false,
        unicode: false,
        width: WIDTH,
    };

    /// What the standard output shows.
    pub(crate) fn of_stdout(choice: ColorChoice) -> Self {
        let stdout = std::io::stdout();
        let terminal = stdout.is_terminal();
        let capable = terminal && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
        let color = is_color(choice, &stdout);
        Self {
            color,
            terminal,
            links: capable && color,
            unicode: capable && is_utf8(),
            width: width(terminal),
        }
    }

    /// What the standard error shows.
    pub(crate) fn of_stderr(choice: ColorChoice) -> Self {
        let stderr = std::io::stderr();
        let terminal = stderr.is_terminal();
        Self {
            color: is_color(choice, &stderr),
            terminal,
            width: width(terminal),
            ..Self::PLAIN
        }
    }

    /// `text` in a style.
    pub(crate) fn paint(self, style: Style, text: &str) -> String {
        if self.color {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }

    /// `text` as a link.
    pub(crate) fn link(self, url: Option<&str>, text: &str) -> String {
        match url {
            Some(url) if self.links => format!("\u{1b}]8;;{url}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\"),
            _ => text.to_owned(),
        }
    }
}

/// Sets when all streams of the program use color.
pub(crate) fn choose_color(choice: ColorChoice) {
    stream_choice(choice).write_global();
}

/// The locked standard output. What is written must already have the look of the stream.
pub(crate) fn stdout() -> impl Write {
    std::io::BufWriter::with_capacity(1 << 16, anstream::stdout().lock())
}

/// The locked standard error.
pub(crate) fn stderr() -> impl Write {
    anstream::stderr().lock()
}

fn is_color(choice: ColorChoice, stream: &impl anstream::stream::RawStream) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => AutoStream::choice(stream) != anstream::ColorChoice::Never,
    }
}

fn stream_choice(choice: ColorChoice) -> anstream::ColorChoice {
    match choice {
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
        ColorChoice::Auto => anstream::ColorChoice::Auto,
    }
}

fn width(terminal: bool) -> usize {
    let size = if terminal {
        terminal_size::terminal_size()
    } else {
        None
    };
    size.map_or(WIDTH, |(width, _)| {
        usize::from(width.0).clamp(40, MAX_WIDTH)
    })
}

/// Whether the locale says that the terminal takes UTF-8; macOS and Windows terminals do without saying so.
fn is_utf8() -> bool {
    let named = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .filter_map(std::env::var_os)
        .find(|value| !value.is_empty());
    match named {
        Some(locale) => {
            let locale = locale.to_string_lossy().to_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        }
        None => cfg!(any(target_os = "macos", windows)),
    }
}
