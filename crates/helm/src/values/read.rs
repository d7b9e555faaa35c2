//! Values files to values. Every number is a `float64`, because Helm reads them through JSON.

use std::rc::Rc;

use graph::{NodeId, Piece, Tree};
use source::{Level, Problem, SourceFile, Span};

use crate::run::print::PLACEHOLDER;
use crate::value::{Data, Key, Map, MapType, Mark, Place, Text, Value};

/// How a place of a file is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It is one of values.
    Values,
    /// It is one of the chart's other files.
    Chart,
}

/// Reads a values file: its first document, which must be a map. What is wrong with it is told beside what could be read.
#[must_use]
pub fn read(file: &SourceFile) -> (Map, Vec<Problem>) {
    let read = yaml::read(file, &yaml::Options::default());
    let mut problems = read.problems;
    let Some(document) = read.documents.first() else {
        return (Map::new(&MapType::ANY, []), problems);
    };
    let map = of_tree(&document.tree, file).unwrap_or_else(|problem| {
        problems.push(problem);
        Map::new(&MapType::ANY, [])
    });
    (map, problems)
}

/// The values of a file that was read.
///
/// # Errors
/// When they are no map.
pub fn of_tree(tree: &Tree, file: &SourceFile) -> Result<Map, Problem> {
    match read_tree(tree, file, Origin::Values).data {
        Data::Map(map) => Ok(map),
        Data::Nil => Ok(Map::new(&MapType::ANY, [])),
        _ => {
            let span = tree.node(NodeId::ROOT).span;
            let message = "values must be a map";
            Err(Problem::at(Level::Error, "chart-values", message, span))
        }
    }
}

/// The value of a tree that was read from this file.
#[must_use]
pub fn read_tree(tree: &Tree, file: &SourceFile, origin: Origin) -> Value {
    let reader = Reader { tree, file, origin };
    reader.value(NodeId::ROOT, &Rc::from(""))
}

/// A value that can't be known: text where that is known of it.
#[must_use]
pub fn unknown(unknown: &graph::Unknown, mark: &Mark) -> Value {
    let mark = mark.union(&unknown_mark(unknown));
    match unknown.known.kind {
        Some(graph::Type::String) => {
            Value::text(Text::marked(PLACEHOLDER, mark.clone())).marked(mark)
        }
        _ => Value::unknown(mark),
    }
}

/// Text of which pieces may be unknown, each of them with a placeholder.
#[must_use]
pub fn pieced(pieces: &[Piece], mark: &Mark) -> Text {
    let texts: Vec<Text> = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Known(text) => Text::marked(text, mark.clone()),
            Piece::Unknown(unknown) => {
                Text::marked(PLACEHOLDER, mark.union(&unknown_mark(unknown)))
            }
        })
        .collect();
    Text::join(&texts, &Text::default())
}

fn unknown_mark(unknown: &graph::Unknown) -> Mark {
    Mark::unknown(Rc::new(unknown.clone()))
}

struct Reader<'a> {
    tree: &'a Tree,
    file: &'a SourceFile,
    origin: Origin,
}

impl Reader<'_> {
    fn value(&self, id: NodeId, path: &Rc<str>) -> Value {
        let node = self.tree.node(id);
        let mark = self.mark(node.span, path);
        let value = match &node.data {
            graph::Data::Null => Value::nil(),
            graph::Data::Partial(pieces) => Value::text(pieced(pieces, &mark)),
            graph::Data::Unknown(unknown) => return self::unknown(unknown, &mark),
            graph::Data::Bool(truth) => Value::bool(*truth),
            #[expect(
                clippy::cast_precision_loss,
                reason = "JSON's numbers are floating-point numbers to Go"
            )]
            graph::Data::Int(number) => Value::float(*number as f64),
            graph::Data::Float(number) => Value::float(*number),
            graph::Data::String(text) => Value::text(self.text(text, node.span, &mark)),
            graph::Data::List => Value::list(self.items(id, path)),
            graph::Data::Map => Value::map(self.entries(id, path)),
        };
        match self.tree.open(id) {
            Some(rest) => value.marked(mark.union(&unknown_mark(rest))),
            None => value.marked(mark),
        }
    }

    fn items(&self, id: NodeId, path: &Rc<str>) -> Vec<Value> {
        let children = self.tree.children(id).enumerate();
        let items = children.map(|(index, child)| {
            let path = Rc::from(format!("{path}[{index}]"));
            self.value(child, &path)
        });
        items.collect()
    }

    fn entries(&self, id: NodeId, path: &Rc<str>) -> Vec<(Key, Value)> {
        let entries = self.tree.children(id).filter_map(|child| {
            let key = self.tree.node(child).key.as_ref()?;
            let path: Rc<str> = match path.is_empty() {
                true => Rc::from(key.text.as_str()),
                false => Rc::from([&**path, ".", key.text.as_str()].concat()),
            };
            let value = self.value(child, &path);
            let mark = self.mark(key.span, &path);
            Some((Key::marked(key.text.clone(), mark), value))
        });
        entries.collect()
    }

    /// A string, whose bytes are verbatim where they stand in the file as they are, also within quotes.
    fn text(&self, text: &str, span: Span, mark: &Mark) -> Text {
        // A value of Terraform may stand in another file than what it is part of.
        let written = match span.file == self.file.id {
            true => self.file.slice(span),
            false => "",
        };
        let quoted = written.get(1..written.len().saturating_sub(1));
        if written == text {
            Text::verbatim(text, mark.clone(), 0)
        } else if quoted == Some(text) {
            Text::verbatim(text, mark.clone(), 1)
        } else {
            Text::marked(text, mark.clone())
        }
    }

    fn mark(&self, span: Span, path: &Rc<str>) -> Mark {
        Mark::at(match self.origin {
            Origin::Values => Place::Values(span, Rc::clone(path)),
            Origin::Chart => Place::Chart(span),
        })
    }
}
