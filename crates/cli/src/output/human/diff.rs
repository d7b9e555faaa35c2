//! Fixes as a unified diff, which `patch` and `git apply` take.

use std::io::{self, Write};

use analysis::FixedFile;
use anstyle::{AnsiColor, Style};
use similar::TextDiff;

use super::window::clean;
use crate::output::location::shown;
use crate::terminal::Look;

/// Writes what the fixes change: exactly, for a patch must fit, and only for a terminal made harmless.
pub(crate) fn diff(files: &[FixedFile], look: Look, out: &mut dyn Write) -> io::Result<()> {
    for file in files {
        let path = shown(&file.path);
        let text = TextDiff::from_lines(&*file.before, file.after.as_str());
        let unified = text
            .unified_diff()
            .header(&format!("a/{path}"), &format!("b/{path}"))
            .to_string();
        for line in unified.split_inclusive('\n') {
            let harmless = if look.terminal {
                clean(line)
            } else {
                line.to_owned()
            };
            out.write_all(painted(&harmless, look).as_bytes())?;
        }
    }
    Ok(())
}

fn painted(line: &str, look: Look) -> String {
    let color = |color: AnsiColor| Style::new().fg_color(Some(color.into()));
    let style = match line.as_bytes() {
        [b'-', b'-', b'-', b' ', ..] | [b'+', b'+', b'+', b' ', ..] => Style::new().bold(),
        [b'@', b'@', ..] => color(AnsiColor::BrightCyan),
        [b'-', ..] => color(AnsiColor::BrightRed),
        [b'+', ..] => color(AnsiColor::BrightGreen),
        _ => return line.to_owned(),
    };
    match line.strip_suffix('\n') {
        Some(text) => look.paint(style, text) + "\n",
        None => look.paint(style, line),
    }
}
