//! Paths into values, as kustomize writes them: keys, indices, and elements of lists by what they hold.

use go::regexp::Pattern;
use smol_str::SmolStr;

use super::{Data, Entry, Kind, Node, Origin, Scalar, Style, Tag, protected, resolve::plain};

/// The most parts of a path.
const LONGEST: usize = 100;

/// Why a path leads nowhere.
pub(crate) type PathFault = String;

/// What is made where a path leads to nothing.
#[derive(Clone, Debug)]
pub(crate) struct Created {
    /// The kind of what is made at the end.
    pub(crate) kind: Kind,
    /// Who makes it.
    pub(crate) origin: Origin,
}

/// The parts of a path with slashes between them; `\/` is a slash of a part.
pub(crate) fn split_slashed(path: &str) -> Vec<SmolStr> {
    split(path, '/')
}

fn split(path: &str, delimiter: char) -> Vec<SmolStr> {
    let mut parts: Vec<&str> = path.split(delimiter).collect();
    if parts.len() > 1 && parts[0].is_empty() {
        parts.remove(0);
    }
    let mut joined: Vec<String> = Vec::new();
    for part in parts {
        match joined.last_mut() {
            Some(last) if last.ends_with('\\') => {
                last.pop();
                last.push(delimiter);
                last.push_str(part);
            }
            _ => joined.push(part.to_owned()),
        }
    }
    joined.into_iter().map(SmolStr::from).collect()
}

/// The parts of a path with dots between them. Brackets keep parts together: they stay around what tells elements of lists
/// apart, and go from around keys.
pub(crate) fn split_dotted(path: &str) -> Vec<SmolStr> {
    let mut parts = split(path, '.').into_iter();
    let mut joined = Vec::new();
    while let Some(part) = parts.next() {
        if !part.starts_with('[') || part.ends_with(']') {
            joined.push(part);
            continue;
        }
        let mut whole = part.to_string();
        for part in parts.by_ref() {
            whole.push('.');
            whole.push_str(&part);
            if part.ends_with(']') {
                break;
            }
        }
        joined.push(match whole.contains('=') {
            true => whole.into(),
            false => whole.trim_matches(['[', ']']).into(),
        });
    }
    joined
}

/// The one value that a path leads to.
pub(crate) fn lookup<'n>(node: &'n Node, path: &[SmolStr]) -> Result<Option<&'n Node>, PathFault> {
    let mut at = node;
    let parts = path.iter().map(|part| part.trim());
    for part in parts.filter(|part| !part.is_empty()) {
        let next = match part.parse::<i64>() {
            Ok(index) if index < 0 => return Err("an index can't be negative".to_owned()),
            Ok(index) => element(at, usize::try_from(index).unwrap_or(usize::MAX))?,
            Err(_) if part == "-" => list_of(at)?.last(),
            Err(_) if part == "*" => {
                return Err("this path can't lead to several values".to_owned());
            }
            Err(_) => match condition(part) {
                Some(condition) => matching(at, condition?)?,
                None => field(at, part)?,
            },
        };
        match next {
            Some(next) => at = next,
            None => return Ok(None),
        }
    }
    Ok(Some(at))
}

fn element(node: &Node, index: usize) -> Result<Option<&Node>, PathFault> {
    Ok(list_of(node)?.get(index))
}

fn list_of(node: &Node) -> Result<&[Node], PathFault> {
    match &node.data {
        Data::List(items) => Ok(items),
        _ if node.is_null() || node.is_undecided() => Ok(&[]),
        _ => Err("the path wants a list where there is none".to_owned()),
    }
}

fn field<'n>(node: &'n Node, key: &str) -> Result<Option<&'n Node>, PathFault> {
    match &node.data {
        Data::Map(_) => Ok(node.get(key)),
        _ if node.is_null() || node.is_undecided() => Ok(None),
        _ => Err(format!(
            "the path wants a map with the key `{key}` where there is none"
        )),
    }
}

/// `[key=value]`, or `[=value]` for an element that is a scalar.
fn condition(part: &str) -> Option<Result<(&str, &str), PathFault>> {
    let inner = part.strip_prefix('[')?.strip_suffix(']')?;
    let split = inner.split_once('=');
    Some(split.ok_or_else(|| "an element of a list is told by `[key=value]`".to_owned()))
}

fn matching<'n>(node: &'n Node, (key, value): (&str, &str)) -> Result<Option<&'n Node>, PathFault> {
    let mut items = list_of(node)?.iter();
    Ok(items.find(|item| match key {
        "" => item.text() == value,
        key => item.get(key).is_some_and(|found| found.text() == value),
    }))
}

/// Calls something with every value that a path leads to, and says how many there are.
pub(crate) fn find(
    node: &mut Node,
    path: &[SmolStr],
    created: Option<&Created>,
    visit: &mut dyn FnMut(&mut Node) -> Result<(), PathFault>,
) -> Result<usize, PathFault> {
    if path.len() > LONGEST {
        return Err(format!("a path has more than {LONGEST} parts"));
    }
    Search { created, visit }.search(node, path)
}

struct Search<'a> {
    created: Option<&'a Created>,
    visit: &'a mut dyn FnMut(&mut Node) -> Result<(), PathFault>,
}

impl Search<'_> {
    fn search(&mut self, node: &mut Node, path: &[SmolStr]) -> Result<usize, PathFault> {
        let Some((part, rest)) = path.split_first() else {
            (self.visit)(node)?;
            return Ok(1);
        };
        if node.is_null() {
            return self.null(node, path);
        }
        if node.is_undecided() {
            if self.created.is_none() {
                return Ok(0);
            }
            node.decide(part_kind(path.first(), Kind::Map));
        }
        if let Ok(index) = part.parse::<usize>() {
            return self.index(node, index, rest);
        }
        if let Some(condition) = condition(part) {
            let (key, pattern) = condition?;
            return self.elements(node, key, pattern, rest);
        }
        if part == "*" {
            let mut count = 0;
            for item in items_of(node)? {
                count += self.search(item, rest)?;
            }
            return Ok(count);
        }
        self.field(node, part, rest)
    }

    /// What is made in a null is not printed.
    fn null(&mut self, node: &Node, path: &[SmolStr]) -> Result<usize, PathFault> {
        let kind = part_kind(path.first(), Kind::Map);
        let mut made = Node::empty(kind, node.origin.clone());
        self.search(&mut made, path)
    }

    fn field(&mut self, node: &mut Node, key: &str, rest: &[SmolStr]) -> Result<usize, PathFault> {
        if field(node, key)?.is_none() {
            let Some(created) = self.created else {
                return Ok(0);
            };
            add(node, key, created, rest.first());
        }
        match node.get_mut(key) {
            Some(found) => self.search(found, rest),
            None => Ok(0),
        }
    }

    fn index(
        &mut self,
        node: &mut Node,
        index: usize,
        rest: &[SmolStr],
    ) -> Result<usize, PathFault> {
        let items = items_of(node)?;
        if let Some(created) = self.created.filter(|_| items.len() == index) {
            items.push(Node::empty(
                part_kind(rest.first(), created.kind),
                created.origin.clone(),
            ));
        }
        let count = items.len();
        match items.get_mut(index) {
            Some(item) => self.search(item, rest),
            None => Err(format!(
                "the path wants element {index} of a list of {count}"
            )),
        }
    }

    fn elements(
        &mut self,
        node: &mut Node,
        key: &str,
        pattern: &str,
        rest: &[SmolStr],
    ) -> Result<usize, PathFault> {
        let regex = Pattern::compiled(pattern).map_err(|error| error.to_string())?;
        let is_match = |node: &Node| {
            let shown = shown(node);
            regex.first(shown.trim()).map(|found| found.is_some())
        };
        let mut count = 0;
        for item in items_of(node)? {
            let told = match key {
                "" => Some(&*item),
                key => item.get(key),
            };
            let Some(told) = told else { continue };
            if is_match(told).map_err(|error| error.to_string())? {
                count += match key {
                    "" => self.search(item, &[])?,
                    _ => self.search(item, rest)?,
                };
            }
        }
        let Some(created) = self.created.filter(|_| count == 0) else {
            return Ok(count);
        };
        self.create_element(node, (key, pattern), created, rest)
    }

    fn create_element(
        &mut self,
        node: &mut Node,
        (key, text): (&str, &str),
        created: &Created,
        rest: &[SmolStr],
    ) -> Result<usize, PathFault> {
        let value = Node::scalar(Scalar::open(text), created.origin.clone());
        let mut item = match key {
            "" => value,
            key => {
                let entry = Entry {
                    key: key.into(),
                    span: created.origin.span,
                    value,
                };
                Node::new(Data::Map(vec![entry]), created.origin.clone())
            }
        };
        let count = match key {
            "" => self.search(&mut item, &[])?,
            _ => self.search(&mut item, rest)?,
        };
        items_of(node)?.push(item);
        Ok(count)
    }
}

fn items_of(node: &mut Node) -> Result<&mut Vec<Node>, PathFault> {
    match &mut node.data {
        Data::List(items) => Ok(items),
        _ => Err("the path wants a list where there is none".to_owned()),
    }
}

/// Adds a key with an empty value of the kind that the next part of the path goes on with.
fn add(node: &mut Node, key: &str, created: &Created, next: Option<&SmolStr>) {
    if let Data::Map(entries) = &mut node.data {
        let kind = part_kind(next, created.kind);
        entries.push(Entry {
            key: key.into(),
            span: created.origin.span,
            value: Node::empty(kind, created.origin.clone()),
        });
    }
}

fn part_kind(next: Option<&SmolStr>, last: Kind) -> Kind {
    match next {
        None => last,
        Some(next) if next.is_empty() => last,
        Some(next) if next.starts_with('[') && next.ends_with(']') => Kind::List,
        Some(next) if next.parse::<usize>().is_ok() => Kind::List,
        Some(_) => Kind::Map,
    }
}

/// A scalar as it is printed, with quotes if it has any.
fn shown(node: &Node) -> String {
    match &node.data {
        Data::Scalar(scalar) => {
            let scalar = protected(scalar);
            let is_quoted = scalar.tag == Tag::String && plain(&scalar.text).0 != Tag::String;
            match matches!(scalar.style, Style::Plain | Style::LeftOut) && !is_quoted {
                true => scalar.text.to_string(),
                false => format!("\"{}\"", scalar.text),
            }
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_taken_apart_as_kustomize_does() {
        for (path, parts) in [
            ("spec.template", vec!["spec", "template"]),
            (
                "metadata.annotations.[a.b/c]",
                vec!["metadata", "annotations", "a.b/c"],
            ),
            ("a.[name=x.y].b", vec!["a", "[name=x.y]", "b"]),
            (r"a.b\.c", vec!["a", "b.c"]),
            (".a", vec!["a"]),
        ] {
            assert_eq!(split_dotted(path), parts, "{path}");
        }
        assert_eq!(
            split_slashed(r"metadata/annotations/a\/b"),
            ["metadata", "annotations", "a/b"]
        );
        assert_eq!(split_slashed("/a/b"), ["a", "b"]);
    }
}
