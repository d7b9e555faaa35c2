//! Values to YAML, as go-cty-yaml writes it: in blocks, every string in double quotes or, with line breaks, as a block.
//!
//! Source: <https://github.com/zclconf/go-cty-yaml/blob/main/encode.go> and the emitter of libyaml that it drives.

use std::fmt::Write as _;

use super::sparing::{self, LineStyle};
use crate::value::{Data, Value};

/// Quoted text is broken at a blank behind this column.
const WIDTH: usize = 80;

/// The longest key that stands before its colon without a question mark, in bytes.
const LONGEST_KEY: usize = 128;

/// Writes a value, the keys of maps and objects sorted.
///
/// # Errors
/// Why the value can't be written, as a fragment.
pub(in crate::functions) fn write(value: &Value) -> Result<String, &'static str> {
    Emitter::new(Quoting::All).document(value)
}

/// Which strings get quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quoting {
    /// All that are no blocks.
    All,
    /// Those that would mean something else.
    Sparing,
}

/// What a value is in what holds it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Context {
    /// An element of a list, or the whole document.
    Item,
    /// A key before its colon.
    Key,
    /// A key behind a question mark, or a value of a map.
    Entry,
}

/// Text under construction, and what libyaml's emitter knows of its end.
pub(super) struct Emitter {
    quoting: Quoting,
    out: String,
    /// None outside of the document.
    indent: Option<usize>,
    column: usize,
    /// Whether the text ends with a blank.
    is_blank: bool,
    /// Whether the line holds nothing but indentation and the signs of lists and keys.
    is_indented: bool,
}

impl Emitter {
    pub(super) fn new(quoting: Quoting) -> Self {
        Self {
            quoting,
            out: String::new(),
            indent: None,
            column: 0,
            is_blank: true,
            is_indented: true,
        }
    }

    /// Writes the value of a whole document.
    pub(super) fn document(mut self, value: &Value) -> Result<String, &'static str> {
        let is_plain = self.value(value, Context::Item)?;
        self.start_line();
        if is_plain {
            self.out.push_str("...\n");
        }
        Ok(self.out)
    }

    /// Writes a value and says whether it is text without quotes.
    fn value(&mut self, value: &Value, context: Context) -> Result<bool, &'static str> {
        match &value.data {
            Data::Null(_) => self.plain("null"),
            Data::Bool(truth) => self.plain(if *truth { "true" } else { "false" }),
            Data::Number(number) => match self.quoting {
                Quoting::All => self.plain(&number.to_string()),
                Quoting::Sparing => self.plain(&sparing::number(number)),
            },
            Data::String(text) => {
                self.string(&text.text, context);
                return Ok(false);
            }
            Data::Unknown(_) => return Err("a part of the value is unknown"),
            _ => {
                self.collection(value, context)?;
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn collection(&mut self, value: &Value, context: Context) -> Result<(), &'static str> {
        let outer = self.indent;
        if let Some(items) = value.as_items() {
            if items.is_empty() {
                self.sign("[]", false);
                return Ok(());
            }
            // The dashes of a list that is the value of a key stand below the key.
            if context != Context::Entry || self.is_indented {
                self.deepen(0);
            }
            for item in items.iter() {
                self.start_line();
                self.sign("-", true);
                self.value(item, Context::Item)?;
            }
        } else if let Some(entries) = value.as_entries() {
            if entries.is_empty() {
                self.sign("{}", false);
                return Ok(());
            }
            self.deepen(0);
            let entries = match self.quoting {
                Quoting::All => entries.iter().collect(),
                Quoting::Sparing => sparing::by_count(entries),
            };
            for (key, value) in entries {
                self.start_line();
                self.entry(key, value)?;
            }
        }
        self.indent = outer;
        Ok(())
    }

    fn entry(&mut self, key: &str, value: &Value) -> Result<(), &'static str> {
        if key.len() <= LONGEST_KEY && !key.contains(is_break) {
            self.string(key, Context::Key);
            self.put(":");
            (self.is_blank, self.is_indented) = (false, false);
        } else {
            self.sign("?", true);
            self.string(key, Context::Entry);
            self.start_line();
            self.sign(":", true);
        }
        self.value(value, Context::Entry).map(|_| ())
    }

    fn plain(&mut self, text: &str) {
        self.sign(text, false);
        self.is_indented = false;
    }

    fn string(&mut self, text: &str, context: Context) {
        let outer = self.indent;
        self.deepen(2);
        let is_block = text.contains('\n');
        let style = match self.quoting {
            Quoting::Sparing if !is_block => sparing::line_style(text),
            _ => LineStyle::Double,
        };
        match style {
            _ if is_block && context != Context::Key && fits_block(text) => self.block(text),
            LineStyle::Double => self.quoted(text, context),
            style => self.line(text, context, style),
        }
        self.indent = outer;
    }

    /// Writes text without escapes; of single quotes within such, each is written twice.
    fn line(&mut self, text: &str, context: Context, style: LineStyle) {
        let quote = if style == LineStyle::Single { "'" } else { "" };
        self.sign(quote, false);
        let last = text.len().saturating_sub(1);
        let mut characters = text.char_indices().peekable();
        let mut follows_blank = false;
        while let Some((at, character)) = characters.next() {
            let is_single =
                !follows_blank && characters.peek().is_none_or(|(_, next)| *next != ' ');
            let may_break = context != Context::Key && is_single && at > 0 && at < last;
            follows_blank = character == ' ';
            if character == ' ' && may_break && self.column > WIDTH {
                self.start_line();
                continue;
            }
            if character == '\'' {
                self.put(quote);
            }
            self.put_char(character);
        }
        self.put(quote);
        (self.is_blank, self.is_indented) = (false, false);
    }

    fn block(&mut self, text: &str) {
        let hint = if text.starts_with(|first| first == ' ' || is_break(first)) {
            "2"
        } else {
            ""
        };
        self.sign("|", false);
        self.put(hint);
        self.put(chomping(text));
        self.line_break();
        (self.is_indented, self.is_blank) = (true, true);
        let mut begins_line = true;
        for character in text.chars() {
            if is_break(character) {
                self.out.push(character);
                self.column = 0;
                self.is_indented = true;
                begins_line = true;
                continue;
            }
            if begins_line {
                self.start_line();
            }
            self.put_char(character);
            self.is_indented = false;
            begins_line = false;
        }
    }

    fn quoted(&mut self, text: &str, context: Context) {
        self.sign("\"", false);
        let last = text.len().saturating_sub(1);
        let mut characters = text.char_indices().peekable();
        let mut follows_blank = false;
        while let Some((at, character)) = characters.next() {
            let may_break = context != Context::Key && !follows_blank && at > 0 && at < last;
            follows_blank = character == ' ';
            if character == ' ' && may_break && self.column > WIDTH {
                self.start_line();
                if characters.peek().is_some_and(|(_, next)| *next == ' ') {
                    self.put("\\");
                }
            } else if needs_escape(character) {
                self.escape(character);
            } else {
                self.put_char(character);
            }
        }
        self.put("\"");
        (self.is_blank, self.is_indented) = (false, false);
    }

    fn escape(&mut self, character: char) {
        let short = match character {
            '\0' => "\\0",
            '\u{7}' => "\\a",
            '\u{8}' => "\\b",
            '\t' => "\\t",
            '\n' => "\\n",
            '\u{b}' => "\\v",
            '\u{c}' => "\\f",
            '\r' => "\\r",
            '\u{1b}' => "\\e",
            '"' => "\\\"",
            '\\' => "\\\\",
            '\u{85}' => "\\N",
            '\u{2028}' => "\\L",
            '\u{2029}' => "\\P",
            _ => "",
        };
        if !short.is_empty() {
            return self.put(short);
        }
        let code = u32::from(character);
        let mut long = String::new();
        let _ = match code {
            0..=0xff => write!(long, "\\x{code:02X}"),
            0x100..=0xffff => write!(long, "\\u{code:04X}"),
            _ => write!(long, "\\U{code:08X}"),
        };
        self.put(&long);
    }

    /// Writes a sign with a blank before it where the text does not end with one. Some signs count as indentation.
    fn sign(&mut self, sign: &str, indents: bool) {
        if !self.is_blank {
            self.put(" ");
        }
        self.put(sign);
        self.is_blank = false;
        self.is_indented &= indents;
    }

    /// Goes to the indentation, on a new line where this one holds more.
    fn start_line(&mut self) {
        let indent = self.indent.unwrap_or_default();
        let is_there = self.column == indent && self.is_blank;
        if !self.is_indented || self.column > indent || self.column == indent && !is_there {
            self.line_break();
        }
        while self.column < indent {
            self.put(" ");
        }
        (self.is_blank, self.is_indented) = (true, true);
    }

    fn deepen(&mut self, first: usize) {
        self.indent = Some(self.indent.map_or(first, |indent| indent + 2));
    }

    fn line_break(&mut self) {
        self.out.push('\n');
        self.column = 0;
    }

    fn put(&mut self, text: &str) {
        self.out.push_str(text);
        self.column += text.chars().count();
    }

    fn put_char(&mut self, character: char) {
        self.out.push(character);
        self.column += 1;
    }
}

pub(super) fn is_break(character: char) -> bool {
    matches!(character, '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// What YAML 1.1 calls printable, as far as libyaml follows it.
pub(super) fn is_printable(character: char) -> bool {
    matches!(character, '\n' | ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}')
        && character != '\u{feff}'
}

fn needs_escape(character: char) -> bool {
    !is_printable(character) || is_break(character) || matches!(character, '"' | '\\')
}

/// Whether a text can stand as a block: blanks neither at its end nor before a line break, nothing that needs an escape.
fn fits_block(text: &str) -> bool {
    let blank_before_break = text
        .chars()
        .zip(text.chars().skip(1))
        .any(|(one, two)| one == ' ' && is_break(two));
    text.chars().all(is_printable) && !text.ends_with(' ') && !blank_before_break
}

/// The sign that tells what becomes of the line breaks at the end of a block.
fn chomping(text: &str) -> &'static str {
    let mut last = text.chars().rev();
    match (
        last.next().is_some_and(is_break),
        last.next().is_none_or(is_break),
    ) {
        (false, _) => "-",
        (true, true) => "+",
        (true, false) => "",
    }
}
