//! Values as expressions of HCL, formatted as `terraform fmt` would.
//!
//! Source: <https://pkg.go.dev/github.com/hashicorp/hcl/v2/hclwrite#TokensForValue>.

use std::fmt::Write as _;
use std::sync::OnceLock;

use regex_automata::meta::Regex;

use crate::functions::files::is_identifier;
use crate::value::{Data, Value};

/// Lines under construction.
#[derive(Default)]
pub(super) struct Lines {
    done: Vec<Line>,
    last: Line,
}

/// A line without its indentation.
#[derive(Default)]
struct Line {
    /// What stands before the equals sign, or the whole line.
    lead: String,
    /// What stands behind it.
    assigned: Option<String>,
    /// How many more brackets are opened than closed.
    opened: i32,
    /// The same, of what stands behind the equals sign.
    opened_behind: i32,
}

impl Lines {
    /// Adds `name = value` as a line.
    pub(super) fn attribute(&mut self, name: &str, value: &Value) {
        self.put(name);
        self.assign(value);
        self.end_line();
    }

    /// Adds a value to the line.
    pub(super) fn value(&mut self, value: &Value) {
        match &value.data {
            Data::Bool(truth) => self.put(if *truth { "true" } else { "false" }),
            Data::Number(number) => self.put(&number.to_string()),
            Data::String(text) => self.put(&quoted(&text.text)),
            Data::Null(_) | Data::Unknown(_) => self.put("null"),
            Data::List(_, items) | Data::Set(_, items) | Data::Tuple(items) => {
                self.bracket("[", 1);
                for (index, item) in items.iter().enumerate() {
                    self.put(if index > 0 { ", " } else { "" });
                    self.value(item);
                }
                self.bracket("]", -1);
            }
            Data::Map(_, entries) | Data::Object(entries) => {
                self.bracket("{", 1);
                if !entries.is_empty() {
                    self.end_line();
                }
                for (key, value) in entries.iter() {
                    if is_identifier(key) {
                        self.put(key);
                    } else {
                        self.put(&quoted(key));
                    }
                    self.assign(value);
                    self.end_line();
                }
                self.bracket("}", -1);
            }
        }
    }

    /// The text, with its indentation and equals signs aligned.
    pub(super) fn finish(mut self) -> String {
        let has_rest = !self.last.lead.is_empty();
        if has_rest {
            self.end_line();
        }
        let indents = indents(&self.done);
        let widths = widths(&self.done);
        let mut out = String::new();
        for ((line, indent), width) in self.done.iter().zip(indents).zip(widths) {
            let _ = write!(out, "{:indent$}{}", "", line.lead);
            if let Some(assigned) = &line.assigned {
                let padding = width.saturating_sub(line.lead.chars().count());
                let _ = write!(out, "{:padding$} = {assigned}", "");
            }
            out.push('\n');
        }
        if has_rest {
            out.pop();
        }
        out
    }

    fn assign(&mut self, value: &Value) {
        self.last.assigned = Some(String::new());
        self.value(value);
    }

    fn put(&mut self, text: &str) {
        match &mut self.last.assigned {
            Some(assigned) => assigned.push_str(text),
            None => self.last.lead.push_str(text),
        }
    }

    fn bracket(&mut self, bracket: &str, change: i32) {
        self.put(bracket);
        self.last.opened += change;
        if self.last.assigned.is_some() {
            self.last.opened_behind += change;
        }
    }

    fn end_line(&mut self) {
        self.done.push(std::mem::take(&mut self.last));
    }
}

impl Line {
    /// Whether its equals sign is aligned with those above and below: its value is whole.
    fn is_aligned(&self) -> bool {
        self.assigned.is_some() && self.opened_behind == 0
    }
}

/// How many blanks stand before each line: those that close as many brackets as another opened stand below it.
fn indents(lines: &[Line]) -> Vec<usize> {
    let mut open: Vec<i32> = Vec::new();
    let of = |line: &Line| {
        let mut closed = -line.opened;
        while closed > 0
            && let Some(last) = open.pop()
        {
            if last > closed {
                open.push(last - closed);
            }
            closed -= last;
        }
        let indent = 2 * open.len();
        if line.opened > 0 {
            open.push(line.opened);
        }
        indent
    };
    lines.iter().map(of).collect()
}

/// How many characters stand before each equals sign.
fn widths(lines: &[Line]) -> Vec<usize> {
    let mut widths = Vec::with_capacity(lines.len());
    for group in lines.chunk_by(|one, two| one.is_aligned() && two.is_aligned()) {
        let width = group.iter().map(|line| line.lead.chars().count()).max();
        widths.extend(group.iter().map(|_| width.unwrap_or_default()));
    }
    widths
}

/// A text in double quotes.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '$' | '%' => {
                out.push(character);
                if characters.peek() == Some(&'{') {
                    out.push(character);
                }
            }
            _ if is_printable(character) => out.push(character),
            _ => {
                let code = u32::from(character);
                let _ = if code > 0xffff {
                    write!(out, "\\U{code:08x}")
                } else {
                    write!(out, "\\u{code:04x}")
                };
            }
        }
    }
    out.push('"');
    out
}

/// What Go's `unicode.IsPrint` says.
fn is_printable(character: char) -> bool {
    static PRINTABLE: OnceLock<Option<Regex>> = OnceLock::new();
    let printable = PRINTABLE.get_or_init(|| Regex::new(r"^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$").ok());
    let mut bytes = [0; 4];
    let text: &str = character.encode_utf8(&mut bytes);
    let is_match = |printable: &Regex| printable.is_match(text);
    character.is_ascii_graphic() || printable.as_ref().is_some_and(is_match)
}
