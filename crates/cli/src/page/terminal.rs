//! The page for a terminal.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use check::Severity;
use source::neutral;

use super::{Block, Page};
use crate::output::style;
use crate::output::text::{flat, wrapped};
use crate::terminal::Look;

/// Longer lines of prose are hard to read.
const WIDTH: usize = 90;

pub(super) fn render(page: &Page, severity: Severity, look: Look) -> String {
    let bold = Style::new().bold();
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{}: {}",
        look.paint(style(severity), &flat(&page.id)),
        look.paint(bold, &flat(&page.title))
    );
    let width = look.width.min(WIDTH);
    for line in wrapped(&page.facts.join(", "), width) {
        let _ = writeln!(out, "{line}");
    }
    for section in &page.sections {
        let _ = writeln!(
            out,
            "\n{}",
            look.paint(
                bold.fg_color(Some(AnsiColor::Green.into())),
                section.heading
            )
        );
        for (index, block) in section.blocks.iter().enumerate() {
            let gap = if index > 0 { "\n" } else { "" };
            let _ = write!(out, "{gap}{}", render_block(block, width, look));
        }
    }
    out
}

fn render_block(block: &Block, width: usize, look: Look) -> String {
    match block {
        Block::Text(text) => wrapped(text, width - 2)
            .iter()
            .map(|line| indented(line, 2))
            .collect(),
        Block::List(lines) => lines
            .iter()
            .map(|line| format!("  {}\n", look.link(url(line), &flat(line))))
            .collect(),
        Block::Code { caption, text, .. } => {
            let code: String = text.split('\n').map(|line| code_line(line, look)).collect();
            format!(
                "  {}\n{code}",
                look.paint(Style::new().italic(), &flat(caption))
            )
        }
    }
}

fn url(line: &str) -> Option<&str> {
    (line.starts_with("https://") && !line.contains(|character: char| character.is_control()))
        .then_some(line)
}

fn indented(line: &str, by: usize) -> String {
    if line.is_empty() {
        "\n".to_owned()
    } else {
        format!("{:by$}{line}\n", "")
    }
}

/// A line of code; the marker of a finding stands out.
fn code_line(line: &str, look: Look) -> String {
    let line = neutral(line.trim_end());
    let painted = match line.find("# finding") {
        Some(at) => {
            line[..at].to_owned()
                + &look.paint(
                    Style::new().fg_color(Some(AnsiColor::BrightRed.into())),
                    &line[at..],
                )
        }
        None => line.into_owned(),
    };
    indented(&painted, 4)
}
