//! YAML to values, as `sigs.k8s.io/yaml` reads it: through JSON, so that every number is a `float64`.

use std::collections::HashMap;
use std::rc::Rc;

use graph::{NodeId, Tree};
use source::{FileId, Level, Place, Problem, SourceFile, Span};

use crate::run::{Failure, Run};
use crate::value::{Key, Mark, Text, TextBuilder, Value};
use go::deeper;
use yaml::Yaml;

/// How many bytes of texts that were read are kept.
const MOST_KEPT: usize = 1 << 20;

/// Texts that were read: charts have the same one read in each of their templates.
#[derive(Debug, Default)]
pub struct Kept {
    texts: HashMap<Box<str>, Rc<Yaml>>,
    bytes: usize,
}

impl Kept {
    fn read(&mut self, text: &str) -> Rc<Yaml> {
        if let Some(read) = self.texts.get(text) {
            return Rc::clone(read);
        }
        let file = SourceFile::new(FileId(0), "text", text);
        let read = Rc::new(yaml::read(&file, &yaml::Options::default()));
        if self.bytes + text.len() <= MOST_KEPT {
            self.bytes += text.len();
            self.texts.insert(text.into(), Rc::clone(&read));
        }
        read
    }
}

/// Reads the first document of a text; nil where there is none. What is wrong with it is told in our own words.
///
/// # Errors
/// When a bound is reached.
pub fn read(run: &mut Run, text: &Text) -> Result<Result<Value, String>, Failure> {
    run.room_for(text.len().saturating_mul(16))?;
    let string = text.to_str();
    // Places in a text whose bytes were replaced would be wrong.
    let text = match string.len() == text.len() {
        true => text.clone(),
        false => Text::marked(string.as_bytes(), text.mark()),
    };
    let read = run.texts.read(&string);
    // The library stops to read behind the first document.
    let second = read.documents.get(1);
    let end = second.map_or(u32::MAX, |document| document.span.start);
    let mut problems = read.problems.iter();
    if let Some(problem) = problems.find(|problem| is_refused(problem, end)) {
        return Ok(Err(problem.message.clone()));
    }
    let Some(document) = read.documents.first() else {
        return Ok(Ok(Value::nil()));
    };
    let reader = Reader {
        text: &text,
        tree: &document.tree,
    };
    reader.value(run, NodeId::ROOT).map(Ok)
}

/// Whether Helm's library reads nothing of a text with this problem, of which it reads up to `end`.
fn is_refused(problem: &Problem, end: u32) -> bool {
    let code = problem.code;
    let is_read = match problem.place {
        Place::Span(span) => span.start < end,
        Place::Path(_) => true,
    };
    let is_error = problem.level == Level::Error;
    is_read && (is_error || matches!(code, "yaml-dialect" | "control-character"))
}

struct Reader<'t> {
    text: &'t Text,
    tree: &'t Tree,
}

impl Reader<'_> {
    fn value(&self, run: &mut Run, id: NodeId) -> Result<Value, Failure> {
        run.spend(1)?;
        let node = self.tree.node(id);
        let value = match &node.data {
            graph::Data::Null | graph::Data::Unknown(_) | graph::Data::Partial(_) => Value::nil(),
            graph::Data::Bool(truth) => Value::bool(*truth),
            #[expect(
                clippy::cast_precision_loss,
                reason = "JSON's numbers are floating-point numbers to Go"
            )]
            graph::Data::Int(number) => Value::float(*number as f64),
            graph::Data::Float(number) => Value::float(*number),
            graph::Data::String(string) => {
                let string = self.without_added_break(string, node.span);
                Value::text(self.string(string, node.span))
            }
            graph::Data::List => Value::list(self.items(run, id)?),
            graph::Data::Map => Value::map(self.entries(run, id)?),
        };
        Ok(value.marked(self.mark(node.span)))
    }

    fn items(&self, run: &mut Run, id: NodeId) -> Result<Vec<Value>, Failure> {
        let children = self.tree.children(id);
        children
            .map(|child| deeper(|| self.value(run, child)))
            .collect()
    }

    fn entries(&self, run: &mut Run, id: NodeId) -> Result<Vec<(Key, Value)>, Failure> {
        let mut entries = Vec::new();
        for child in self.tree.children(id) {
            if let Some(key) = &self.tree.node(child).key {
                let key = Key::marked(key.text.clone(), self.mark(key.span));
                entries.push((key, deeper(|| self.value(run, child))?));
            }
        }
        Ok(entries)
    }

    /// A text block that ends with the whole text, and without a line break, has none either. `kubectl` would add one
    /// first.
    fn without_added_break<'s>(&self, string: &'s str, span: Span) -> &'s str {
        let range = span.range();
        let is_last = range.end == self.text.len();
        match self.text.as_bytes().get(range.start) {
            Some(b'|' | b'>') if is_last => string.strip_suffix('\n').unwrap_or(string),
            _ => string,
        }
    }

    /// A string with the pieces of the text that it stands in, also within quotes.
    fn string(&self, string: &str, span: Span) -> Text {
        let range = span.range();
        let written = self.text.as_bytes().get(range.clone()).unwrap_or_default();
        let bytes = string.as_bytes();
        let quoted = written.get(1..written.len().saturating_sub(1));
        let mut builder = TextBuilder::default();
        if written == bytes {
            builder.push_range(self.text, range);
        } else if quoted == Some(bytes) {
            builder.push_range(self.text, range.start + 1..range.end - 1);
        } else {
            builder.push_instead(string, self.text, range);
        }
        builder.finish()
    }

    fn mark(&self, span: Span) -> Mark {
        self.text.mark_of(span.range())
    }
}
