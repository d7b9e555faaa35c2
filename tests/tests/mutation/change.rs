//! Changes of the text at one place, by what was found there.

use std::ops::Range;

use analysis::Finding;
use check::{Check, Expectation, Fix, read_examples};
use graph::{NodeId, Tree};
use tests::{json, words};

use crate::found::Found;

/// Another text in the place of a range.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    /// What it does, in words that fit other places, too.
    pub(crate) what: String,
    pub(crate) range: Range<usize>,
    pub(crate) text: String,
}

impl Change {
    fn new(what: impl Into<String>, range: Range<usize>, text: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            range,
            text: text.into(),
        }
    }

    pub(crate) fn apply(&self, text: &str) -> String {
        let (before, behind) = (&text[..self.range.start], &text[self.range.end..]);
        format!("{before}{}{behind}", self.text)
    }
}

/// What the changes at a place are made of.
pub(crate) struct Words<'a> {
    /// The names of the resources.
    pub(crate) names: &'a [String],
    /// Texts that mend what the check finds in charts themselves.
    pub(crate) texts: &'a [&'static str],
}

/// The changes that are tried at a place, the likeliest first.
pub(crate) fn changes(
    finding: &Finding,
    found: &Found,
    text: &str,
    words: &Words<'_>,
) -> Vec<Change> {
    let range = finding.span.range();
    let check = &finding.check;
    match found {
        Found::Scalar => scalars(check, range, text, words.names),
        Found::Sum => sums(finding, range, text),
        Found::Text(keys) => {
            let mut changes = texts(words.texts, range.clone(), text);
            changes.extend(insertions(check, range, text, keys));
            changes
        }
        Found::Missing(keys) => insertions(check, range, text, keys),
    }
}

/// Texts in the place of one: what mends it, itself in quotes, one that is text in YAML and in templates, and nothing.
fn texts(own: &[&'static str], range: Range<usize>, text: &str) -> Vec<Change> {
    let quoted = format!("\"{}\"", &text[range.clone()]);
    let words = own.iter().map(|word| (*word).to_owned());
    let words = words.chain([quoted, "\"a\"".to_owned(), "null".to_owned()]);
    let mut changes: Vec<Change> = words
        .map(|word| Change::new(format!("{word} for a text"), range.clone(), word))
        .collect();
    changes.extend(removals(text, range.clone()));
    changes.extend(removal_with_keys(text, range));
    changes
}

/// The lines of a range, and the keys above it that hold nothing else.
fn removal_with_keys(text: &str, range: Range<usize>) -> Option<Change> {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let is_said = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let end = (line_end(text, range.end.max(range.start + 1) - 1) + 1).min(text.len());
    let behind = text[end..].lines().find(is_said).map_or(0, indent);
    let mut start = line_start(text, range.start);
    let mut own = indent(&text[start..]);
    for line in text[..start].lines().rev().filter(is_said) {
        let is_key = line.trim_end().ends_with(':') && indent(line) < own;
        if !is_key || behind > indent(line) {
            break;
        }
        own = indent(line);
        start = text[..start].rfind(line)?;
    }
    let is_more = start < line_start(text, range.start);
    is_more.then(|| Change::new("no lines and no keys above", start..end, ""))
}

fn scalars(check: &Check, range: Range<usize>, text: &str, names: &[String]) -> Vec<Change> {
    let fixed = fixed(check).into_iter();
    let words = words::all().map(str::to_owned);
    let texts = fixed.chain(words).chain(names.iter().cloned());
    let mut changes: Vec<Change> = texts
        .map(|word| Change::new(format!("{word} for a scalar"), range.clone(), word))
        .collect();
    changes.extend(removals(text, range));
    changes
}

fn sums(finding: &Finding, range: Range<usize>, text: &str) -> Vec<Change> {
    let empty = ["{}", "[]", "null", "{a: b}", "[a]"].map(str::to_owned);
    let key = finding.path.rsplit('.').next().map(str::to_owned);
    let shown = shown(&finding.check, key.as_slice());
    let texts = fixed(&finding.check).into_iter().chain(shown).chain(empty);
    let mut changes: Vec<Change> = texts
        .map(|word| Change::new(format!("{word} for a sum"), range.clone(), word))
        .collect();
    changes.extend(removals(text, range));
    changes
}

/// The lines of a range without it, and without all that belongs to the entry that begins there.
fn removals(text: &str, range: Range<usize>) -> Vec<Change> {
    let start = line_start(text, range.start);
    let end = line_end(text, range.end.max(range.start + 1) - 1);
    vec![Change::new(
        "no lines",
        start..(end + 1).min(text.len()),
        "",
    )]
}

/// A key with a value where it would stand: at the head of a map, below the key of one, or in brackets.
fn insertions(check: &Check, range: Range<usize>, text: &str, keys: &[String]) -> Vec<Change> {
    let mut values = fixed(check);
    values.extend(shown(check, keys));
    values.extend(words::all().map(str::to_owned));
    let entries = values.iter().map(|value| entry(keys, value));
    let changes = entries.flat_map(|entry| places(text, range.clone(), &entry));
    // What took the key out may stand there.
    let removals = removals(text, range.clone());
    let replacements = replacements(text, range.clone(), keys, &values);
    changes.chain(removals).chain(replacements).collect()
}

/// Where a JSON patch takes out what the key or a map above it is: that it writes a value in its place.
///
/// RFC 6902, section 4.3: `replace` demands that there is something, as `remove` does.
fn replacements(
    text: &str,
    range: Range<usize>,
    keys: &[String],
    values: &[String],
) -> Vec<Change> {
    let taken = &text[range.clone()];
    let operation = taken.replacen("op: remove", "op: replace", 1);
    let path = taken
        .split_once("path: ")
        .and_then(|(_, rest)| rest.lines().next())
        .map(|path| path.trim_end_matches('}'));
    let Some(path) = path.filter(|_| operation != taken) else {
        return Vec::new();
    };
    let last = path.trim_end().rsplit('/').next();
    let above = keys.iter().position(|key| Some(key.as_str()) == last);
    let below = above.map_or(keys, |above| &keys[above + 1..]);
    let column = range.start - line_start(text, range.start);
    let with = |value: &String| {
        let value = match below {
            [] => value.clone(),
            below => format!("{{ {} }}", entry(below, value)),
        };
        let text = match operation.strip_suffix('}') {
            Some(head) => format!("{head}, value: {value}}}"),
            None => format!("{operation}\n{}value: {value}", " ".repeat(column)),
        };
        Change::new(
            format!("{value} in place of what is taken out"),
            range.clone(),
            text,
        )
    };
    values.iter().map(with).collect()
}

/// The ways to write an entry into the map that begins at a place.
fn places(text: &str, range: Range<usize>, entry: &str) -> Vec<Change> {
    let (start, end) = (range.start, range.end);
    let found = &text[range.clone()];
    if matches!(found, "{}" | "null" | "~" | "") {
        let what = format!("{{{entry}}} for nothing");
        return vec![Change::new(what, range, format!("{{ {entry} }}"))];
    }
    if found.starts_with('{') && !found.starts_with("{{") {
        let what = format!("{entry} in brackets");
        return vec![Change::new(
            what,
            start + 1..start + 1,
            format!(" {entry}, "),
        )];
    }
    if let Some(behind) = text[end..].strip_prefix(':') {
        return below_key(text, start, text.len() - behind.len(), entry);
    }
    let indent = " ".repeat(start - line_start(text, start));
    let what = format!("{entry} at the head");
    vec![Change::new(
        what,
        start..start,
        format!("{entry}\n{indent}"),
    )]
}

/// The ways to write an entry below a key that begins at a place and ends with its colon.
fn below_key(text: &str, key: usize, colon: usize, entry: &str) -> Vec<Change> {
    let rest = text[colon..].trim_start_matches(' ');
    if rest.starts_with("{}") {
        let start = text.len() - rest.len();
        let what = format!("{{{entry}}} for nothing");
        return vec![Change::new(
            what,
            start..start + 2,
            format!("{{ {entry} }}"),
        )];
    }
    if rest.starts_with('{') && !rest.starts_with("{{") {
        let start = text.len() - rest.len() + 1;
        let what = format!("{entry} in brackets");
        return vec![Change::new(what, start..start, format!(" {entry}, "))];
    }
    let columns = columns(text, key, colon);
    let changes = columns.into_iter().map(|column| {
        let line = format!("\n{}{entry}", " ".repeat(column));
        Change::new(format!("{entry} below the key"), colon..colon, line)
    });
    changes.collect()
}

/// The columns at which the entries below a key may stand: that of the next line, or what the actions behind the key indent by.
fn columns(text: &str, key: usize, colon: usize) -> Vec<usize> {
    let own = key - line_start(text, key);
    let lines = text[line_end(text, colon)..].lines().skip(1);
    let mut lines = lines.filter(|line| {
        let line = line.trim_start();
        !line.is_empty() && !line.starts_with('#')
    });
    let head = &text[colon..line_end(text, colon)];
    let next = lines
        .clone()
        .find(|line| !line.trim_start().starts_with("{{"));
    let next = next.map(|line| line.len() - line.trim_start().len());
    let actions = [head].into_iter().chain(lines.by_ref().take(4));
    let indents = actions.flat_map(|line| {
        let behind = line.split("indent ").skip(1);
        behind.filter_map(|rest| {
            let digits = rest.find(|sign: char| !sign.is_ascii_digit());
            rest[..digits.unwrap_or(rest.len())].parse().ok()
        })
    });
    let all = next.into_iter().chain(indents).chain([own + 2, own + 4]);
    let mut columns: Vec<usize> = Vec::new();
    for column in all.filter(|column| *column > own || next == Some(*column)) {
        if !columns.contains(&column) {
            columns.push(column);
        }
    }
    columns
}

/// `a: {"b": 1}` for the keys `a` and `b`.
fn entry(keys: &[String], value: &str) -> String {
    let Some((first, rest)) = keys.split_first() else {
        return value.to_owned();
    };
    let inner = rest.iter().rev();
    let value = inner.fold(value.to_owned(), |value, key| {
        format!("{{ {key:?}: {value} }}")
    });
    let is_plain = |sign: char| sign.is_alphanumeric() || "-_".contains(sign);
    match first.chars().all(is_plain) {
        true => format!("{first}: {value}"),
        false => format!("{first:?}: {value}"),
    }
}

/// What the fix of a check writes.
fn fixed(check: &Check) -> Vec<String> {
    let value = |node| json::value(&check.tree, node);
    match check.fix {
        Some(Fix::Set(node)) => vec![value(node).to_string()],
        Some(Fix::Insert(node)) => vec![serde_json::json!([value(node)]).to_string()],
        Some(Fix::Remove) | None => Vec::new(),
    }
}

/// What the passing examples of a check hold under these keys.
fn shown(check: &Check, keys: &[String]) -> Vec<String> {
    let (examples, _) = read_examples(&check.text);
    let passing = examples.examples.iter();
    let passing = passing.filter(|example| example.expectation == Expectation::Pass);
    let mut shown = Vec::new();
    for file in passing.flat_map(|example| &example.files) {
        for document in json::read(&file.text).documents {
            let tree = &document.tree;
            let nodes = ending_with(tree, keys).into_iter();
            shown.extend(nodes.map(|node| json::value(tree, node).to_string()));
        }
    }
    shown.sort();
    shown.dedup();
    shown
}

/// The nodes whose own key and those above it end with these.
fn ending_with(tree: &Tree, keys: &[String]) -> Vec<NodeId> {
    let key = |node: NodeId| tree.node(node).key.as_ref().map(|key| key.text.as_str());
    let ends = |node: &NodeId| {
        let mut above = std::iter::successors(Some(*node), |node| tree.parent(*node));
        let mut keys = keys.iter().rev();
        keys.all(|wanted| above.next().and_then(key) == Some(wanted))
    };
    let mut all = Vec::new();
    let mut open = vec![NodeId::ROOT];
    while let Some(node) = open.pop() {
        all.push(node);
        open.extend(tree.children(node));
    }
    all.into_iter().filter(ends).collect()
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..]
        .find('\n')
        .map_or(text.len(), |newline| at + newline)
}
