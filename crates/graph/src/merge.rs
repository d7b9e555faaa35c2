//! Two values of which one holds, and nobody knows which, as one value.

use std::sync::Arc;

use foldhash::HashMap;
use smol_str::SmolStr;

use crate::{Data, Key, Known, NodeId, Tree, Type, Unknown};

/// How two values become one.
pub struct Merger<'a> {
    /// Why it can't be known which of them holds.
    pub why: &'a Arc<Unknown>,
    /// The names by which the elements of lists are told apart, by the key of the list.
    pub merge_key: fn(&str) -> Option<&'static str>,
}

impl Merger<'_> {
    /// Both trees as one. What is equal in both is known, and stands where it does in the first one. What is different is an
    /// unknown, whose children are the values that it may be; a key that one of them lacks may be null. Elements that only one
    /// of two lists has stand behind the others, as those that may be there.
    #[must_use]
    pub fn merge(&self, one: &Tree, other: &Tree) -> Tree {
        let root = one.node(NodeId::ROOT);
        let mut tree = Tree::new(Data::Null, root.span);
        let sides = (Side::new(one, NodeId::ROOT), Side::new(other, NodeId::ROOT));
        self.fill(&mut tree, NodeId::ROOT, sides);
        tree
    }

    /// Puts what two nodes are into one that is there already.
    fn fill(&self, tree: &mut Tree, node: NodeId, (one, other): (Side<'_>, Side<'_>)) {
        match (one.data(), other.data()) {
            (Data::Map, Data::Map) => {
                self.take(tree, node, one);
                self.entries(tree, node, one, other);
            }
            (Data::List, Data::List) => {
                self.take(tree, node, one);
                self.elements(tree, node, one, other);
            }
            (data, other_data) if data == other_data && one.is_leaf() && other.is_leaf() => {
                self.take(tree, node, one);
            }
            (Data::List, Data::Null) => self.list(tree, node, one),
            (Data::Null, Data::List) => self.list(tree, node, other),
            _ => self.alternatives(tree, node, &[Some(one), Some(other)]),
        }
        if let Some(open) = one.open().or(other.open()) {
            tree.set_open(node, Arc::clone(open));
        }
    }

    /// Gives a node everything of another one but its children.
    fn take(&self, tree: &mut Tree, node: NodeId, side: Side<'_>) {
        let found = side.tree.node(side.node);
        tree.set(node, found.data.clone());
        tree.set_span(node, found.span);
        if let Some(passage) = side.tree.passage(side.node) {
            tree.set_passage(node, Arc::new(passage.clone()));
        }
    }

    fn entries(&self, tree: &mut Tree, node: NodeId, one: Side<'_>, other: Side<'_>) {
        for child in one.children() {
            match child.key().and_then(|key| other.get(&key.text)) {
                Some(same) => {
                    let made = self.push(tree, node, child);
                    self.fill(tree, made, (child, same));
                }
                None => self.conditional(tree, node, [Some(child), None]),
            }
        }
        for child in other.children() {
            if child.key().is_some_and(|key| one.get(&key.text).is_none()) {
                self.conditional(tree, node, [None, Some(child)]);
            }
        }
    }

    /// An entry of a map that only one side has.
    fn conditional(&self, tree: &mut Tree, map: NodeId, sides: [Option<Side<'_>>; 2]) {
        let Some(side) = sides.iter().flatten().next().copied() else {
            return;
        };
        let made = self.push(tree, map, side);
        match side.data() {
            Data::List => self.list(tree, made, side),
            _ => self.alternatives(tree, made, &sides),
        }
    }

    /// A list that only one side has: without it there is as much as in an empty one.
    fn list(&self, tree: &mut Tree, node: NodeId, side: Side<'_>) {
        self.take(tree, node, side);
        self.symbolic(tree, node, side.children());
    }

    fn push(&self, tree: &mut Tree, parent: NodeId, side: Side<'_>) -> NodeId {
        let span = side.tree.node(side.node).span;
        tree.push(parent, side.key().cloned(), Data::Null, span)
    }

    fn elements(&self, tree: &mut Tree, list: NodeId, one: Side<'_>, other: Side<'_>) {
        let Matched { pairs, rest } = self.matched(one, other);
        let (sure, may): (Vec<_>, Vec<_>) = pairs
            .into_iter()
            .partition(|(one, other)| !one.is_symbolic() && !other.is_symbolic());
        let sure = sure.into_iter().map(|pair| (pair, false));
        for ((one, other), is_symbolic) in sure.chain(may.into_iter().map(|pair| (pair, true))) {
            let made = self.push(tree, list, one);
            self.fill(tree, made, (one, other));
            if is_symbolic {
                tree.set_symbolic(made);
            }
        }
        self.symbolic(tree, list, rest.into_iter());
    }

    /// Elements that may be there.
    fn symbolic<'s>(
        &self,
        tree: &mut Tree,
        list: NodeId,
        elements: impl Iterator<Item = Side<'s>>,
    ) {
        for element in elements {
            let made = tree.copy(list, None, element.tree, element.node);
            tree.set_symbolic(made);
            if tree.open(list).is_none() {
                tree.set_open(list, Arc::clone(self.why));
            }
        }
    }

    fn matched<'s>(&self, one: Side<'s>, other: Side<'s>) -> Matched<'s> {
        let (left, right): (Vec<Side<'s>>, Vec<Side<'s>>) =
            (one.children().collect(), other.children().collect());
        let list = one.key().map_or("", |key| key.text.as_str());
        let names = (self.merge_key)(list).and_then(|key| {
            let left = names(&left, key)?;
            Some((left, names(&right, key)?))
        });
        match names {
            Some((left_names, right_names)) => by_name((left, left_names), (right, right_names)),
            None if left.len() == right.len() => Matched {
                pairs: left.into_iter().zip(right).collect(),
                rest: Vec::new(),
            },
            None => by_place(&left, &right),
        }
    }

    /// An unknown that is one of several values; `None` is that there is nothing.
    fn alternatives(&self, tree: &mut Tree, node: NodeId, sides: &[Option<Side<'_>>]) {
        let mut distinct: Vec<Side<'_>> = Vec::new();
        let is_absent = sides.iter().any(Option::is_none);
        let values = sides.iter().flatten().flat_map(|side| side.values());
        for value in values {
            let is_known = |known: &Side<'_>| known.is_equal(value);
            if !distinct.iter().any(is_known) {
                distinct.push(value);
            }
        }
        let kinds: Vec<Option<Type>> = distinct.iter().map(|side| side.data().kind()).collect();
        let is_null = |kind: &Option<Type>| *kind == Some(Type::Null);
        let needs_null = is_absent && !kinds.iter().any(is_null);
        tree.set(
            node,
            Data::Unknown(Arc::new(Unknown {
                known: known(&kinds, needs_null),
                ..(**self.why).clone()
            })),
        );
        if needs_null {
            let span = tree.node(node).span;
            tree.push(node, None, Data::Null, span);
        }
        for side in distinct {
            tree.copy(node, None, side.tree, side.node);
        }
    }
}

/// What is known of a value that has one of these types.
fn known(kinds: &[Option<Type>], or_null: bool) -> Known {
    let is_null = |kind: &&Option<Type>| **kind == Some(Type::Null);
    let mut others = kinds.iter().filter(|kind| !is_null(kind));
    let first = others.next().copied().flatten();
    let is_known = |kind: &Option<Type>| kind.is_some();
    Known {
        kind: first.filter(|first| others.all(|kind| *kind == Some(*first))),
        not_null: !or_null
            && kinds.iter().all(is_known)
            && !kinds.iter().any(|kind| is_null(&kind)),
        ..Known::default()
    }
}

/// Elements of two lists.
struct Matched<'a> {
    /// Those that are the same element.
    pairs: Vec<(Side<'a>, Side<'a>)>,
    /// Those that only one list has.
    rest: Vec<Side<'a>>,
}

/// The names of all elements, if each has one of its own.
fn names<'a>(elements: &[Side<'a>], key: &str) -> Option<Vec<&'a SmolStr>> {
    let names = elements
        .iter()
        .map(|element| element.tree.text(element.node, key));
    let names: Vec<&SmolStr> = names.collect::<Option<_>>()?;
    let mut sorted = names.clone();
    sorted.sort();
    sorted.dedup();
    (sorted.len() == names.len()).then_some(names)
}

type Named<'a> = (Vec<Side<'a>>, Vec<&'a SmolStr>);

fn by_name<'a>((left, left_names): Named<'a>, (right, right_names): Named<'a>) -> Matched<'a> {
    let mut others: HashMap<&SmolStr, Side<'a>> = right_names
        .iter()
        .copied()
        .zip(right.iter().copied())
        .collect();
    let (mut pairs, mut rest) = (Vec::new(), Vec::new());
    for (element, name) in left.into_iter().zip(left_names) {
        match others.remove(name) {
            Some(other) => pairs.push((element, other)),
            None => rest.push(element),
        }
    }
    let left_over = right.into_iter().zip(right_names);
    rest.extend(
        left_over
            .filter(|(_, name)| others.contains_key(name))
            .map(|(element, _)| element),
    );
    Matched { pairs, rest }
}

/// Equal elements at the beginning and at the end are the same; what is between them is not.
fn by_place<'a>(left: &[Side<'a>], right: &[Side<'a>]) -> Matched<'a> {
    let is_same = |(one, other): &(&Side<'a>, &Side<'a>)| one.is_equal(**other);
    let start = left.iter().zip(right).take_while(is_same).count();
    let (left_rest, right_rest) = (&left[start..], &right[start..]);
    let ends = left_rest.iter().rev().zip(right_rest.iter().rev());
    let end = ends.take_while(is_same).count();
    let (left_middle, left_end) = left_rest.split_at(left_rest.len() - end);
    let (right_middle, right_end) = right_rest.split_at(right_rest.len() - end);
    let same = left[..start].iter().zip(&right[..start]);
    let same = same.chain(left_end.iter().zip(right_end));
    Matched {
        pairs: same.map(|(one, other)| (*one, *other)).collect(),
        rest: left_middle.iter().chain(right_middle).copied().collect(),
    }
}

/// A node of one of the trees.
#[derive(Clone, Copy)]
struct Side<'a> {
    tree: &'a Tree,
    node: NodeId,
}

impl<'a> Side<'a> {
    fn new(tree: &'a Tree, node: NodeId) -> Self {
        Self { tree, node }
    }

    fn data(self) -> &'a Data {
        &self.tree.node(self.node).data
    }

    fn key(self) -> Option<&'a Key> {
        self.tree.node(self.node).key.as_ref()
    }

    fn open(self) -> Option<&'a Arc<Unknown>> {
        self.tree.open(self.node)
    }

    fn is_symbolic(self) -> bool {
        self.tree.is_symbolic(self.node)
    }

    fn is_leaf(self) -> bool {
        self.tree.first(self.node).is_none()
    }

    fn is_equal(self, other: Self) -> bool {
        self.tree.equal(self.node, other.tree, other.node)
    }

    fn get(self, key: &str) -> Option<Self> {
        let node = self.tree.get(self.node, key)?;
        Some(Self::new(self.tree, node))
    }

    fn children(self) -> impl Iterator<Item = Self> {
        let Self { tree, node } = self;
        tree.children(node).map(move |child| Self::new(tree, child))
    }

    /// The values that it may be: one, unless it is an unknown that is one of several.
    fn values(self) -> Vec<Self> {
        match self.data() {
            Data::Unknown(_) if !self.is_leaf() => self.children().collect(),
            _ => vec![self],
        }
    }
}

#[cfg(test)]
mod tests {
    use source::{FileId, Span};

    use super::*;
    use crate::Cause;

    const SPAN: Span = Span {
        file: FileId(0),
        start: 0,
        end: 0,
    };

    /// A tree of a text in which each line is a key, its depth the number of spaces before it; `-` is an element of a list, and
    /// what stands behind a colon is text.
    fn tree(text: &str) -> Tree {
        let mut tree = Tree::new(Data::Map, SPAN);
        let mut open = vec![NodeId::ROOT];
        for line in text.lines() {
            let line_text = line.trim_start();
            open.truncate(line.len() - line_text.len() + 1);
            let parent = *open.last().unwrap();
            let (name, value) = line_text.split_once(':').unwrap_or((line_text, ""));
            let key = (name != "-").then(|| Key {
                text: name.into(),
                span: SPAN,
            });
            let data = match value {
                "" => Data::Map,
                "[]" => Data::List,
                "~" => Data::Null,
                text => Data::String(text.into()),
            };
            open.push(tree.push(parent, key, data, SPAN));
        }
        tree
    }

    fn shown(tree: &Tree, node: NodeId) -> String {
        let mark = if tree.is_symbolic(node) { "?" } else { "" };
        let children: Vec<String> = tree
            .children(node)
            .map(|child| match &tree.node(child).key {
                Some(key) => format!("{}: {}", key.text, shown(tree, child)),
                None => shown(tree, child),
            })
            .collect();
        let children = children.join(", ");
        let open = if tree.open(node).is_some() {
            " …"
        } else {
            ""
        };
        let own = match &tree.node(node).data {
            Data::String(text) => text.to_string(),
            Data::Map => format!("{{{children}{open}}}"),
            Data::List => format!("[{children}{open}]"),
            Data::Unknown(unknown) => format!("({children}: {:?})", unknown.known.kind),
            data => format!("{data:?}"),
        };
        own + mark
    }

    #[track_caller]
    fn check(one: &str, other: &str, expected: &str) {
        let merger = Merger {
            why: &Arc::new(Unknown::new(Cause::Example)),
            merge_key: |list| (list == "containers").then_some("name"),
        };
        let merged = merger.merge(&tree(one), &tree(other));
        assert_eq!(shown(&merged, NodeId::ROOT), expected);
    }

    #[test]
    fn equal_values_are_known_and_others_one_of_both() {
        check("a:1\nb:2", "b:2\na:1", "{a: 1, b: 2}");
        check("a:1", "a:2", "{a: (1, 2: Some(String))}");
        check("a\n b:1", "a:2", "{a: ({b: 1}, 2: None)}");
        check(
            "a\n b:1\n c:3",
            "a\n b:2\n c:3",
            "{a: {b: (1, 2: Some(String)), c: 3}}",
        );
    }

    #[test]
    fn a_key_of_one_side_may_be_null() {
        check("a:1\nb:2", "a:1", "{a: 1, b: (Null, 2: Some(String))}");
        check("a:1", "a:1\nb:2", "{a: 1, b: (Null, 2: Some(String))}");
        check("a:~", "a:1", "{a: (Null, 1: Some(String))}");
    }

    #[test]
    fn elements_of_one_side_may_be_there() {
        let one = "containers:[]\n -\n  name:a\n -\n  name:b\n  x:1";
        let other = "containers:[]\n -\n  name:b\n  x:2";
        let both = "{containers: [{name: b, x: (1, 2: Some(String))}, {name: a}? …]}";
        check(one, other, both);
        check(
            "l:[]\n -:1\n -:2\n -:3",
            "l:[]\n -:1\n -:3",
            "{l: [1, 3, 2? …]}",
        );
        check(
            "l:[]\n -:1\n -:2",
            "l:[]\n -:1\n -:3",
            "{l: [1, (2, 3: Some(String))]}",
        );
        check(
            "l:[]\n -:1",
            "a:1",
            "{l: [1? …], a: (Null, 1: Some(String))}",
        );
        check("l:~", "l:[]\n -:1", "{l: [1? …]}");
    }

    #[test]
    fn values_of_several_merges_are_alternatives_of_one_unknown() {
        let merger = Merger {
            why: &Arc::new(Unknown::new(Cause::Example)),
            merge_key: |_| None,
        };
        let first = merger.merge(&tree("a:1"), &tree("a:2"));
        let second = merger.merge(&tree("a:2"), &tree("b:1"));
        let both = merger.merge(&first, &second);
        let expected = "{a: (1, 2, Null: Some(String)), b: (Null, 1: Some(String))}";
        assert_eq!(shown(&both, NodeId::ROOT), expected);
        let same = merger.merge(&first, &first);
        assert_eq!(shown(&same, NodeId::ROOT), "{a: (1, 2: Some(String))}");
    }
}
