//! Writes lists and maps in lines.

use go::deeper;

use super::Value;
use super::resolve::is_string;
use super::scalar::{Analysis, Style, Tabs, is_break};
use super::text::{Builder, Text};

/// How far each level stands to the right of the one around it.
const INDENT: usize = 2;
/// The longest key that stands on one line with its value, in bytes.
const LONGEST_KEY: usize = 128;

/// Asks before so many bytes are added.
type Pay<'a, E> = dyn FnMut(usize) -> Result<(), E> + 'a;

/// Writes a value, with a line break at its end. `pay` is asked before bytes are added, with their number.
///
/// # Errors
/// Those of `pay`.
pub fn emit<T: Text, E>(value: &Value<T>, layout: Layout, pay: &mut Pay<'_, E>) -> Result<T, E> {
    let mut emitter = Emitter::new(layout);
    emitter.node(pay, value, Place::Root)?;
    emitter.new_line();
    pay(emitter.out.length())?;
    Ok(emitter.out.finish())
}

/// Indentation, a part of it at a time.
const SPACES: &str = "                                                                ";

/// How a document looks.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// The column behind which lines are folded at the next space.
    pub width: usize,
    /// Whether the items of a list stand further right than the key that has it.
    pub indents_lists: bool,
    /// Whether tabs may stand in blocks.
    pub tabs: Tabs,
}

/// Where a node stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Root,
    Item,
    /// A key on one line with its value.
    SimpleKey,
    /// Any other key, or a value.
    Mapping,
}

pub(super) struct Emitter<T: Text> {
    pub(super) layout: Layout,
    pub(super) out: T::Builder,
    /// In characters.
    pub(super) column: usize,
    /// None before the first level.
    indent: Option<usize>,
    /// Whether the last character was a space, or something that needs none behind it.
    pub(super) is_blank: bool,
    /// Whether the line has nothing but indentation and signs of items so far.
    pub(super) is_indentation: bool,
    /// The bytes that were paid for.
    paid: usize,
}

impl<T: Text> Emitter<T> {
    fn new(layout: Layout) -> Self {
        Self {
            layout,
            out: T::Builder::default(),
            column: 0,
            indent: None,
            is_blank: true,
            is_indentation: true,
            paid: 0,
        }
    }

    fn node<E>(&mut self, pay: &mut Pay<'_, E>, value: &Value<T>, place: Place) -> Result<(), E> {
        pay(self.out.length() - self.paid)?;
        self.paid = self.out.length();
        match value {
            Value::Plain(text) => self.scalar(text, Style::Plain, place),
            Value::Binary(text) => {
                self.sign("!!binary", Sign::Word);
                self.string(text, place);
            }
            Value::String(text) => self.string(text, place),
            Value::List(items) if items.is_empty() => self.empty("[", "]"),
            Value::Map(entries) if entries.is_empty() => self.empty("{", "}"),
            Value::List(items) => self.list(pay, items, place)?,
            Value::Map(entries) => self.map(pay, entries)?,
        }
        Ok(())
    }

    fn empty(&mut self, open: &str, close: &str) {
        self.sign(open, Sign::Open);
        self.sign(close, Sign::Close);
    }

    fn list<E>(&mut self, pay: &mut Pay<'_, E>, items: &[Value<T>], place: Place) -> Result<(), E> {
        let outer = self.indent;
        let is_value = matches!(place, Place::Mapping | Place::SimpleKey);
        // A list that begins behind a key stands as far left as the key.
        if self.layout.indents_lists || !is_value || self.is_indentation {
            self.deeper(0);
        }
        for item in items {
            self.new_line();
            self.sign("-", Sign::Item);
            deeper(|| self.node(pay, item, Place::Item))?;
        }
        self.indent = outer;
        Ok(())
    }

    fn map<E>(&mut self, pay: &mut Pay<'_, E>, entries: &[(Value<T>, Value<T>)]) -> Result<(), E> {
        let outer = self.indent;
        self.deeper(0);
        for (key, value) in entries {
            self.new_line();
            if Self::is_simple(key) {
                self.node(pay, key, Place::SimpleKey)?;
                self.sign(":", Sign::Close);
            } else {
                self.sign("?", Sign::Item);
                self.node(pay, key, Place::Mapping)?;
                self.new_line();
                self.sign(":", Sign::Item);
            }
            deeper(|| self.node(pay, value, Place::Mapping))?;
        }
        self.indent = outer;
        Ok(())
    }

    fn is_simple(key: &Value<T>) -> bool {
        match key {
            Value::Plain(text) | Value::String(text) => {
                text.bytes().len() <= LONGEST_KEY && !has_breaks(text)
            }
            Value::Binary(text) => {
                let length = text.bytes().len() + "!!binary".len();
                length <= LONGEST_KEY && !has_breaks(text)
            }
            Value::List(_) | Value::Map(_) => false,
        }
    }

    fn deeper(&mut self, first: usize) {
        self.indent = Some(self.indent.map_or(first, |indent| indent + INDENT));
    }

    fn string(&mut self, text: &T, place: Place) {
        let wanted = match std::str::from_utf8(text.bytes()) {
            Ok(string) if string.contains('\n') => Style::Literal,
            Ok(string) if is_string(string) => Style::Plain,
            _ => Style::DoubleQuoted,
        };
        self.scalar(text, wanted, place);
    }

    fn scalar(&mut self, text: &T, wanted: Style, place: Place) {
        let is_simple_key = place == Place::SimpleKey;
        let analysis = Analysis::of(text, self.layout.tabs);
        let outer = self.indent;
        self.deeper(INDENT);
        match analysis.style(wanted, is_simple_key, text.bytes().is_empty()) {
            Style::Plain => self.plain(text, !is_simple_key),
            Style::SingleQuoted => self.single_quoted(text, !is_simple_key),
            Style::DoubleQuoted => self.double_quoted(text, !is_simple_key),
            Style::Literal => self.literal(text),
        }
        self.indent = outer;
    }

    /// Goes to the indentation of this level, on a new line where that is needed.
    pub(super) fn new_line(&mut self) {
        let indent = self.indent.unwrap_or(0);
        let is_there =
            self.is_indentation && (self.column < indent || self.column == indent && self.is_blank);
        if !is_there {
            self.put("\n");
            self.column = 0;
        }
        while self.column < indent {
            let missing = indent - self.column;
            self.put(&SPACES[..missing.min(SPACES.len())]);
        }
        (self.is_blank, self.is_indentation) = (true, true);
    }

    pub(super) fn sign(&mut self, text: &str, sign: Sign) {
        if sign != Sign::Close && !self.is_blank {
            self.put(" ");
        }
        self.put(text);
        self.is_blank = sign == Sign::Open;
        self.is_indentation &= sign == Sign::Item;
    }

    /// Adds text that came from nowhere. It has no line breaks but where the caller sets the column.
    pub(super) fn put(&mut self, text: &str) {
        self.out.put(text);
        self.column += text.chars().count();
    }
}

fn has_breaks(text: &impl Text) -> bool {
    text.string().contains(is_break)
}

/// Something that is part of YAML and not of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// Stands apart from what is before it.
    Word,
    /// The same, and nothing is needed behind it.
    Open,
    /// Stands right behind what is before it.
    Close,
    /// Stands apart, and is part of the indentation.
    Item,
}
