//! Values to JSON.
//!
//! Source: <https://pkg.go.dev/encoding/json#Marshal>.

use super::node::{Node, Unwritable};
use crate::run::{Failure, Run};
use crate::value::{Text, TextBuilder, Value};
use go::deeper;

/// How JSON is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Whether `<`, `>` and `&` are escaped, which HTML would take for its own.
    pub escapes_html: bool,
    /// Whether each element has a line of its own.
    pub has_lines: bool,
}

/// Writes a value.
///
/// # Errors
/// When JSON has nothing for a part of it, or a bound is reached.
pub fn write(run: &mut Run, value: &Value, style: Style) -> Result<Text, Unwritable> {
    let node = Node::of(run, value)?;
    let mut writer = Writer {
        run,
        style,
        out: TextBuilder::default(),
        depth: 0,
        paid: 0,
    };
    writer.node(&node)?;
    let Writer { run, out, .. } = writer;
    run.room_for(out.len())?;
    Ok(out.finish())
}

struct Writer<'r> {
    run: &'r mut Run,
    style: Style,
    out: TextBuilder,
    depth: usize,
    /// The bytes that were paid for.
    paid: usize,
}

impl Writer<'_> {
    fn node(&mut self, node: &Node) -> Result<(), Failure> {
        self.run.room_for(self.out.len() - self.paid)?;
        self.paid = self.out.len();
        match node {
            Node::Plain(text) => self.out.push(text),
            Node::String(text) => self.string(text),
            Node::List(items) => self.all("[]", items, Self::node)?,
            Node::Map(entries) => self.all("{}", entries, |writer, (key, value)| {
                writer.string(key);
                writer.put(if writer.style.has_lines { ": " } else { ":" });
                writer.node(value)
            })?,
        }
        Ok(())
    }

    fn all<T>(
        &mut self,
        brackets: &str,
        items: &[T],
        write: impl Fn(&mut Self, &T) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let (open, close) = brackets.split_at(1);
        self.put(open);
        self.depth += 1;
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.put(",");
            }
            self.line();
            deeper(|| write(self, item))?;
        }
        self.depth -= 1;
        if !items.is_empty() {
            self.line();
        }
        self.put(close);
        Ok(())
    }

    fn line(&mut self) {
        if self.style.has_lines {
            self.put(&format!("\n{}", "  ".repeat(self.depth)));
        }
    }

    fn put(&mut self, text: &str) {
        self.out.push(&Text::from(text));
    }

    fn string(&mut self, text: &Text) {
        self.put("\"");
        let mut start = 0;
        for (range, letter) in go::runes(text.as_bytes()) {
            let is_byte = letter == char::REPLACEMENT_CHARACTER && range.len() == 1;
            let escape = match is_byte {
                true => Some("\\ufffd".into()),
                false => go::json::escape(letter, self.style.escapes_html),
            };
            if let Some(escape) = escape {
                self.out.push_range(text, start..range.start);
                start = range.end;
                self.out.push_instead(escape, text, range);
            }
        }
        self.out.push_range(text, start..text.len());
        self.put("\"");
    }
}
