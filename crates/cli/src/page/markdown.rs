//! The page as Markdown, for GitHub's code scanning.

use std::fmt::Write as _;

use source::neutral;

use super::{Block, Page};

pub(super) fn render(page: &Page) -> String {
    let mut out = format!("# {}\n\n", escaped(&page.title));
    let _ = writeln!(
        out,
        "`{}`: {}\n",
        neutral(&page.id),
        escaped(&page.facts.join(", "))
    );
    for section in &page.sections {
        let _ = writeln!(out, "## {}\n", section.heading);
        for block in &section.blocks {
            let _ = writeln!(out, "{}\n", render_block(block));
        }
    }
    out.trim_end().to_owned() + "\n"
}

fn render_block(block: &Block) -> String {
    match block {
        // The text of checks is Markdown: it puts what is code between backticks.
        Block::Text(text) => text
            .trim()
            .split('\n')
            .map(|line| neutral(line).into_owned())
            .collect::<Vec<_>>()
            .join("\n"),
        Block::List(lines) => lines
            .iter()
            .map(|line| format!("- {}", escaped(line)))
            .collect::<Vec<_>>()
            .join("\n"),
        Block::Code {
            caption,
            language,
            text,
        } => {
            let text: Vec<String> = text
                .split('\n')
                .map(|line| neutral(line).into_owned())
                .collect();
            let fence = fence(&text);
            format!(
                "{}:\n\n{fence}{language}\n{}\n{fence}",
                neutral(caption),
                text.join("\n")
            )
        }
    }
}

/// A fence that is longer than any run of backticks in the text.
fn fence(lines: &[String]) -> String {
    let runs = lines
        .iter()
        .flat_map(|line| line.split(|character| character != '`'));
    let longest = runs.map(str::len).max().unwrap_or(0);
    "`".repeat(longest.max(2) + 1)
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for character in neutral(text).chars() {
        if matches!(
            character,
            '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|'
        ) {
            out.push('\\');
        }
        out.push(character);
    }
    out
}
