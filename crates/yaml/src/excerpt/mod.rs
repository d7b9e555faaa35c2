//! A part of a text that is read in place of the whole, where only some of its entries are asked for.

mod scalar;
#[cfg(test)]
mod tests;

use crate::characters::{first_unusual, position};
use crate::layout::lines;
use scalar::{Value, closes, continues, value};

/// Longer texts are read as a whole: a shorter one can't meet the bound on values.
const LONGEST: usize = 1 << 20;

/// The deepest nesting of an excerpt's text.
const DEEPEST: usize = 60;

/// The longest simple key.
const LONGEST_KEY: usize = 100;

/// The entries with these keys of the uppermost map, as text; nothing unless the whole text is a map in a form so plain that
/// reading it finds no error. That form has one entry a line, names as keys, and no anchors, tags or tabs. Checking it takes a
/// small part of the time that reading takes. The excerpt has line feeds alone as line breaks.
#[must_use]
pub fn excerpt(text: &str, keys: &[&str]) -> Option<String> {
    let is_blank = |byte| (byte == b'\t') | (byte == b'\r');
    match position(text.as_bytes(), is_blank) {
        None => {}
        Some(at) if text[at..].starts_with("\r\n") => {
            let text = text.replace("\r\n", "\n");
            let is_usual = position(text.as_bytes(), is_blank).is_none();
            return is_usual.then(|| excerpt(&text, keys))?;
        }
        Some(_) => return None,
    }
    if text.len() > LONGEST || text.contains('\u{feff}') || first_unusual(text).is_some() {
        return None;
    }
    let mut check = Check::default();
    lines(text).try_for_each(|line| check.line(line))?;
    if let Last::Quoted(..) = check.last {
        return None;
    }
    check.entries.push(text.len());
    let entries = check.entries.windows(2);
    let entries = entries.filter_map(|ends| text.get(ends[0]..ends[1]));
    let is_wanted = |entry: &&str| {
        entry
            .split_once(':')
            .is_some_and(|(key, _)| keys.contains(&key))
    };
    Some(entries.filter(is_wanted).collect())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    List,
    Map,
}

/// A list or map, and the column of its dashes or keys.
#[derive(Clone, Copy, Debug)]
struct Open {
    kind: Kind,
    column: usize,
}

/// What the next line may do with the value that was met last.
#[derive(Clone, Copy, Debug, Default)]
enum Last {
    /// Nothing.
    #[default]
    Whole,
    /// Give it, as nothing of it is there yet.
    Missing,
    /// Continue its words, if it is indented deeper than this column.
    Plain(usize),
    /// Continue its text up to this quote, if it is indented deeper than this column.
    Quoted(usize, u8),
    /// Continue its lines, if it is indented deeper than this column, and as the first one is, once there is one.
    Lines(usize, Option<usize>),
}

/// What was understood of the lines so far.
#[derive(Debug, Default)]
struct Check {
    open: Vec<Open>,
    last: Last,
    /// Where the uppermost entries begin.
    entries: Vec<usize>,
    at: usize,
}

impl Check {
    /// Takes the next line, unless it is not plain.
    fn line(&mut self, line: &str) -> Option<()> {
        let start = self.at;
        self.at += line.len();
        let line = line.strip_suffix('\n').unwrap_or(line);
        let indent = line.bytes().take_while(|byte| *byte == b' ').count();
        let text = &line[indent..];
        if text.is_empty() {
            // Before the first line of several, spaces tell how deep these are.
            let is_told = indent == 0 || !matches!(self.last, Last::Lines(_, None));
            return is_told.then_some(());
        }
        match self.last {
            Last::Lines(above, None) if indent > above => {
                self.last = Last::Lines(above, Some(indent));
                return Some(());
            }
            Last::Lines(above, Some(first)) if indent > above => {
                return (indent >= first).then_some(());
            }
            Last::Lines(..) => self.last = Last::Whole,
            Last::Plain(above) if indent > above => return continues(text).then_some(()),
            Last::Plain(_) => self.last = Last::Whole,
            Last::Quoted(above, quote) => {
                if indent <= above {
                    return None;
                }
                if closes(text, quote)? {
                    self.last = Last::Whole;
                }
                return Some(());
            }
            Last::Whole | Last::Missing => {}
        }
        let first = text.as_bytes()[0];
        if first == b'#' {
            return Some(());
        }
        if indent == 0 && first != b'-' {
            self.entries.push(start);
        }
        self.nodes(text, indent)
    }

    /// Takes what begins on a line: dashes, and a key and its value or a value.
    fn nodes(&mut self, mut text: &str, mut column: usize) -> Option<()> {
        if matches!(text, "{}" | "[]") {
            let is_below = self.open.last()?.column < column;
            let is_wanted = is_below && matches!(self.last, Last::Missing);
            self.last = Last::Whole;
            return is_wanted.then_some(());
        }
        while let Some(rest) = behind_dash(text) {
            self.begin(Kind::List, column)?;
            let trimmed = rest.trim_start_matches(' ');
            if key(trimmed).is_none() && behind_dash(trimmed).is_none() {
                return self.value(trimmed, column);
            }
            column += text.len() - trimmed.len();
            text = trimmed;
        }
        let key = key(text)?;
        if column == 0 && matches!(text.as_bytes()[0], b'"' | b'\'') {
            return None;
        }
        self.begin(Kind::Map, column)?;
        self.value(text.get(key + 1..)?.trim_start_matches(' '), column)
    }

    /// Takes the beginning of an item or entry at a column.
    fn begin(&mut self, kind: Kind, column: usize) -> Option<()> {
        while let Some(open) = self.open.last() {
            let is_inner_list = open.column == column && open.kind == Kind::List;
            if open.column < column
                || open.column == column && !(is_inner_list && kind == Kind::Map)
            {
                break;
            }
            self.open.pop();
            self.last = Last::Whole;
        }
        let is_missing = matches!(self.last, Last::Missing);
        self.last = Last::Missing;
        let is_new = match self.open.last() {
            None => kind == Kind::Map && column == 0 && self.entries.len() == 1,
            Some(open) if open.column < column => is_missing,
            // The dashes of a list may stand below the key that it is the value of.
            Some(open) if open.kind == Kind::Map && kind == Kind::List => is_missing,
            Some(open) => return (open.kind == kind).then_some(()),
        };
        if !is_new || self.open.len() >= DEEPEST {
            return None;
        }
        self.open.push(Open { kind, column });
        Some(())
    }

    /// Takes a value, or nothing where it may follow.
    fn value(&mut self, text: &str, column: usize) -> Option<()> {
        self.last = match value(text)? {
            Value::Missing => Last::Missing,
            Value::Whole => Last::Whole,
            Value::Plain => Last::Plain(column),
            Value::Quoted(quote) => Last::Quoted(column, quote),
            Value::Lines => Last::Lines(column, None),
        };
        Some(())
    }
}

/// What follows a dash, if it stands there and a space or nothing follows.
fn behind_dash(text: &str) -> Option<&str> {
    let is_dash = matches!(text.as_bytes(), [b'-'] | [b'-', b' ', ..]);
    is_dash.then(|| &text[1..])
}

/// Where a key ends, if the text begins with a simple one and its colon.
fn key(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let quote = bytes.first().filter(|byte| matches!(byte, b'"' | b'\''));
    let quotes = usize::from(quote.is_some());
    let name = bytes.get(quotes..)?;
    let name = &name[..name.iter().take_while(|byte| is_of_name(**byte)).count()];
    let end = quotes + name.len() + quotes;
    if quote.is_some() && bytes.get(end - 1) != quote {
        return None;
    }
    let is_key = matches!(bytes.get(end..)?, [b':'] | [b':', b' ', ..]);
    let begins = name.first().is_some_and(u8::is_ascii_alphabetic);
    let is_null = name.eq_ignore_ascii_case(b"null");
    (is_key && begins && !is_null && end <= LONGEST_KEY).then_some(end)
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'/')
}
