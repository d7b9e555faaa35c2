//! JSON patches (RFC 6902), with the freedoms that the library of kustomize takes.

use graph::Role;
use smol_str::SmolStr;
use source::{FileId, Level, Problem, SourceFile, Span};

use crate::bounds::Bounds;
use crate::node::{
    DEEPEST, Data, Entry, Kind, Node, Origin, Placing, Resolved, Scalar, Style, Tag, from_tree,
    json, protected, resolve,
};

/// One operation.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    span: Span,
    act: Act,
    path: SmolStr,
    from: SmolStr,
    value: Option<Node>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Add,
    Remove,
    Replace,
    Move,
    Copy,
    Test,
}

/// Reads the operations of a text, which is JSON or YAML.
pub(super) fn operations(
    text: &str,
    placing: &Placing,
    whole: Span,
) -> (Vec<Operation>, Vec<Problem>) {
    let file = SourceFile::new(FileId(0), "", text);
    let read = yaml::read(&file, &yaml::Options::default());
    let mut problems: Vec<Problem> = read.problems;
    for problem in &mut problems {
        if let source::Place::Span(span) = problem.place {
            problem.place = source::Place::Span(placing.span(&span.range()));
        }
    }
    let mut operations = Vec::new();
    let list = read.documents.first().map(|document| {
        let mut node = from_tree(&document.tree);
        node.each_mut(&mut |node| place(node, placing));
        node
    });
    for item in list.iter().flat_map(Node::items) {
        match operation(item) {
            Ok(operation) => operations.push(operation),
            Err(message) => {
                let span = item.origin.span;
                problems.push(Problem::at(
                    Level::Error,
                    "kustomization-patch",
                    message,
                    span,
                ));
            }
        }
    }
    if list.is_none_or(|list| list.items().is_empty()) && problems.is_empty() {
        let message = "a list of operations is expected";
        problems.push(Problem::at(
            Level::Error,
            "kustomization-patch",
            message,
            whole,
        ));
    }
    (operations, problems)
}

fn place(node: &mut Node, placing: &Placing) {
    let moved = |span: Span| placing.span(&span.range());
    let span = moved(node.origin.span);
    node.origin = Origin::at(span);
    if let Data::Map(entries) = &mut node.data {
        for entry in entries {
            entry.span = moved(entry.span);
        }
    }
}

fn operation(node: &Node) -> Result<Operation, String> {
    let text = |key| node.get(key).map(Node::text).cloned().unwrap_or_default();
    let act = match text("op").as_str() {
        "add" => Act::Add,
        "remove" => Act::Remove,
        "replace" => Act::Replace,
        "move" => Act::Move,
        "copy" => Act::Copy,
        "test" => Act::Test,
        _ => return Err("`op` is add, remove, replace, move, copy or test".to_owned()),
    };
    if node.get("path").is_none() {
        return Err("an operation needs a `path`".to_owned());
    }
    Ok(Operation {
        span: node.origin.span,
        act,
        path: text("path"),
        from: text("from"),
        value: node.get("value").cloned(),
    })
}

/// Applies operations. Those that can't be are told and left out; a test that fails ends the patch.
pub(super) fn apply(
    node: &mut Node,
    operations: &[Operation],
    bounds: &Bounds,
) -> Vec<(Span, String)> {
    let before = node.clone();
    let mut faults = Vec::new();
    for operation in operations {
        match operation.apply(node, bounds) {
            Ok(()) => {}
            Err(message) => {
                faults.push((operation.span, message));
                if operation.act == Act::Test {
                    *node = before;
                    return faults;
                }
            }
        }
    }
    node.each_mut(&mut normalize);
    faults
}

/// A scalar as it is after it went through JSON.
fn normalize(node: &mut Node) {
    let Data::Scalar(scalar) = &mut node.data else {
        return;
    };
    let Ok(resolved) = resolve(scalar) else {
        return;
    };
    let tagged = |text: String, tag| Scalar::tagged(text, tag);
    *scalar = match resolved {
        Resolved::Null => tagged("null".to_owned(), Tag::Null),
        Resolved::Bool(truth) => tagged(truth.to_string(), Tag::Bool),
        #[expect(
            clippy::cast_precision_loss,
            reason = "JSON's numbers are floats to Go"
        )]
        Resolved::Int(number) => float(number as f64),
        #[expect(
            clippy::cast_precision_loss,
            reason = "JSON's numbers are floats to Go"
        )]
        Resolved::Unsigned(number) => float(number as f64),
        Resolved::Float(number) => float(number),
        Resolved::String(text) => rewritten(text),
    };
}

/// A text as kustomize writes it anew: with quotes where it is empty, as a block where it has several lines.
fn rewritten(text: SmolStr) -> Scalar {
    let is_plain = !text.is_empty() && !text.contains('\n');
    let scalar = protected(&Scalar::string(text));
    match is_plain {
        true => scalar,
        false => Scalar {
            style: Style::Quoted,
            ..scalar
        },
    }
}

fn float(number: f64) -> Scalar {
    let text = go::float::json(number).unwrap_or_default();
    let is_whole = !text.contains(['.', 'e']);
    Scalar::tagged(text, if is_whole { Tag::Int } else { Tag::Float })
}

/// The parts of a pointer. What stands before the first slash does not count.
fn parts(pointer: &str) -> Vec<String> {
    let parts = pointer.split('/').skip(1);
    parts
        .map(|part| part.replace("~1", "/").replace("~0", "~"))
        .collect()
}

impl Operation {
    fn apply(&self, node: &mut Node, bounds: &Bounds) -> Result<(), String> {
        match self.act {
            Act::Add => {
                bounds.copies(self.value.as_ref().map_or(1, Node::size))?;
                self.add(node, &self.path, self.given(), bounds)
            }
            Act::Remove => remove(node, &self.path, self.span).map(|_| ()),
            Act::Replace => self.replace(node, bounds),
            Act::Move => {
                let moved = remove(node, &self.from, self.span)?;
                self.add(node, &self.path, moved, bounds)
            }
            Act::Copy => {
                let found = get(node, &self.from)?;
                bounds.copies(found.map_or(1, Node::size))?;
                let mut copy = found.cloned().unwrap_or_else(|| self.null());
                copy.origin = copy.origin.through(Role::Placed, self.span);
                self.add(node, &self.path, copy, bounds)
            }
            Act::Test => self.test(node),
        }
    }

    fn null(&self) -> Node {
        Node::scalar(Scalar::tagged("null", Tag::Null), Origin::at(self.span))
    }

    /// The value of the operation.
    fn given(&self) -> Node {
        self.value.clone().unwrap_or_else(|| self.null())
    }

    fn add(&self, node: &mut Node, path: &str, value: Node, bounds: &Bounds) -> Result<(), String> {
        let parts = parts(path);
        let Some((key, parents)) = parts.split_last() else {
            return Err(format!("there is nothing at `{path}`"));
        };
        if parents.len() + value.depth() > DEEPEST {
            return Err("values are nested too deep".to_owned());
        }
        let parent = parent(node, parents, key).ok_or_else(|| missing(path))?;
        match &mut parent.data {
            Data::Map(entries) => {
                put(entries, key, value, self.span);
                Ok(())
            }
            Data::List(items) => {
                let count = items.len();
                let index = match key.as_str() {
                    "-" => count,
                    key => index(key, count + 1).ok_or_else(|| missing(path))?,
                };
                bounds.steps(count)?;
                items.insert(index, value);
                Ok(())
            }
            Data::Scalar(_) => Err(missing(path)),
        }
    }

    fn replace(&self, node: &mut Node, bounds: &Bounds) -> Result<(), String> {
        bounds.copies(self.value.as_ref().map_or(1, Node::size))?;
        let mut value = self.given();
        if self.path.is_empty() {
            if matches!(value.data, Data::Scalar(_)) {
                return Err("an object can't be replaced by a text".to_owned());
            }
            *node = value;
            return Ok(());
        }
        let parts = parts(&self.path);
        let (key, parents) = parts.split_last().ok_or_else(|| missing(&self.path))?;
        if parents.len() + value.depth() > DEEPEST {
            return Err("values are nested too deep".to_owned());
        }
        let parent = parent(node, parents, key).ok_or_else(|| missing(&self.path))?;
        match &mut parent.data {
            Data::Map(entries) => {
                put(entries, key, value, self.span);
                Ok(())
            }
            Data::List(items) => {
                let index = index(key, items.len()).filter(|index| *index < items.len());
                let index = index.ok_or_else(|| missing(&self.path))?;
                value.origin = value.origin.over(&items[index].origin, Role::Replaced);
                items[index] = value;
                Ok(())
            }
            Data::Scalar(_) => Err(missing(&self.path)),
        }
    }

    fn test(&self, node: &mut Node) -> Result<(), String> {
        let failed = || {
            format!(
                "the value at `{}` is not the one that is expected",
                self.path
            )
        };
        let expected = self.given();
        if self.path.is_empty() {
            return (json(node) == json(&expected))
                .then_some(())
                .ok_or_else(failed);
        }
        match get(node, &self.path)? {
            None if self.value.is_none() => Ok(()),
            // Nobody tries what can't be known: the patch counts as one that fits.
            Some(found) if found.holds_unknown() => Ok(()),
            Some(found) if json(found) == json(&expected) => Ok(()),
            _ => Err(failed()),
        }
    }
}

fn missing(path: &str) -> String {
    format!("there is nothing at `{path}`")
}

/// The map or list at the end of the parts.
fn parent<'n>(node: &'n mut Node, parts: &[String], last: &str) -> Option<&'n mut Node> {
    let mut at = node;
    for part in parts {
        at.decide(part_kind(part));
        at = match &mut at.data {
            Data::Map(entries) => {
                let entry = entries
                    .iter_mut()
                    .find(|entry| entry.key == part.as_str())?;
                &mut entry.value
            }
            Data::List(items) => {
                let index = index(part, items.len())?;
                items.get_mut(index)?
            }
            Data::Scalar(_) => return None,
        };
    }
    at.decide(part_kind(last));
    Some(at)
}

/// What holds the value that a part of a pointer names, where that can't be known.
fn part_kind(part: &str) -> Kind {
    match part == "-" || go::numbers::parse_int_of(part, 10).is_ok() {
        true => Kind::List,
        false => Kind::Map,
    }
}

/// The place of an element of a list; negative ones count from its end.
fn index(part: &str, count: usize) -> Option<usize> {
    let number = go::numbers::parse_int_of(part, 10).ok()?;
    let index = match number {
        0.. => usize::try_from(number).ok()?,
        _ => count.checked_sub(usize::try_from(number.unsigned_abs()).ok()?)?,
    };
    (index < count).then_some(index)
}

fn get<'n>(node: &'n mut Node, path: &str) -> Result<Option<&'n Node>, String> {
    let parts = parts(path);
    let (key, parents) = parts.split_last().ok_or_else(|| missing(path))?;
    let parent = parent(node, parents, key).ok_or_else(|| missing(path))?;
    match &parent.data {
        Data::Map(_) => Ok(parent.get(key)),
        Data::List(items) => {
            let index = index(key, items.len()).ok_or_else(|| missing(path))?;
            Ok(items.get(index))
        }
        Data::Scalar(_) => Err(missing(path)),
    }
}

/// Takes a value out, and notes what did so.
fn remove(node: &mut Node, path: &str, span: Span) -> Result<Node, String> {
    let parts = parts(path);
    let (key, parents) = parts.split_last().ok_or_else(|| missing(path))?;
    let parent = parent(node, parents, key).ok_or_else(|| missing(path))?;
    match &mut parent.data {
        Data::Map(_) => {
            let entry = parent.remove(key).ok_or_else(|| missing(path))?;
            parent.origin.remove(entry.key, span);
            Ok(entry.value)
        }
        Data::List(items) => {
            let index = index(key, items.len()).ok_or_else(|| missing(path))?;
            Ok(items.remove(index))
        }
        Data::Scalar(_) => Err(missing(path)),
    }
}

fn put(entries: &mut Vec<Entry>, key: &str, mut value: Node, span: Span) {
    match entries.iter_mut().find(|entry| entry.key == key) {
        Some(entry) => {
            value.origin = value.origin.over(&entry.value.origin, Role::Replaced);
            entry.value = value;
        }
        None => entries.push(Entry {
            key: key.into(),
            span,
            value,
        }),
    }
}
