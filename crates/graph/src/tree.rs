//! The value of a resource: a tree whose nodes know where they were written.

use std::sync::Arc;

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use smol_str::SmolStr;
use source::Span;

use crate::{Passage, Path, Piece, Segment, Type, Unknown};

/// A node of one [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(u32);

/// The id that stands for "no node". Private: the methods of [`Tree`] speak of `Option<NodeId>`.
const NONE: NodeId = NodeId(u32::MAX);

impl NodeId {
    /// The root of every tree.
    pub const ROOT: Self = Self(0);

    fn some(self) -> Option<Self> {
        (self != NONE).then_some(self)
    }
}

/// Stands in the text of a key for a part that is unknown. The map of such a key is open.
pub const UNKNOWN_PART: &str = "${…}";

/// The key under which a map holds a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The key.
    pub text: SmolStr,
    /// Where it is written.
    pub span: Span,
}

/// What a node holds. The elements of lists and maps are nodes of their own.
#[derive(Clone, Debug, PartialEq)]
pub enum Data {
    /// Nothing, written or left empty.
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number that fits.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    String(SmolStr),
    /// A sequence.
    List,
    /// A mapping. Keys are unique: of duplicates, only the last is in the tree.
    Map,
    /// A value that can't be known from the input. Its children, if it has any, are the values that it may be.
    Unknown(Arc<Unknown>),
    /// Text of which pieces are unknown.
    Partial(Arc<[Piece]>),
}

impl Data {
    /// The type of the value, unless it is unknown.
    #[must_use]
    pub fn kind(&self) -> Option<Type> {
        Some(match self {
            Self::Null => Type::Null,
            Self::Bool(_) => Type::Bool,
            Self::Int(_) | Self::Float(_) => Type::Number,
            Self::String(_) | Self::Partial(_) => Type::String,
            Self::List => Type::List,
            Self::Map => Type::Map,
            Self::Unknown(unknown) => return unknown.known.kind,
        })
    }
}

/// One value of a tree with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The value.
    pub data: Data,
    /// Where the value is written: the text that a person would change. Of a defaulted value, the enclosing written node.
    pub span: Span,
    /// The key in the parent, if the parent is a map.
    pub key: Option<Key>,
    parent: NodeId,
    /// The last child. Behind it stands the first one.
    last: NodeId,
    /// The next child of the same parent; of the last one, the first.
    next: NodeId,
}

/// A value with the origin of every part. Children are linked lists in one arena: compact, quick to build and to drop, and
/// nodes keep their ids while others are added.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    nodes: Vec<Node>,
    passages: HashMap<NodeId, Arc<Passage>>,
    /// Lists and maps that may hold more than what is known.
    open: HashMap<NodeId, Arc<Unknown>>,
    /// Elements that stand for any further one of an open list.
    symbolic: HashSet<NodeId>,
}

impl Tree {
    /// A tree of one node.
    #[must_use]
    pub fn new(data: Data, span: Span) -> Self {
        let root = Node {
            data,
            span,
            key: None,
            parent: NONE,
            last: NONE,
            next: NONE,
        };
        Self {
            nodes: vec![root],
            passages: HashMap::new(),
            open: HashMap::new(),
            symbolic: HashSet::new(),
        }
    }

    /// Adds a child at the end of `parent`, which must be a list (then `key` is `None`) or a map that lacks the key.
    ///
    /// # Panics
    /// When a tree gets 2^32 - 1 nodes; readers bound their input far below.
    pub fn push(&mut self, parent: NodeId, key: Option<Key>, data: Data, span: Span) -> NodeId {
        let id =
            NodeId(u32::try_from(self.nodes.len()).expect("readers bound the number of nodes"));
        self.nodes.push(Node {
            data,
            span,
            key,
            parent,
            last: NONE,
            next: NONE,
        });
        self.append(parent, id);
        id
    }

    /// Makes a node the last child of another.
    fn append(&mut self, parent: NodeId, id: NodeId) {
        let last = std::mem::replace(&mut self.nodes[parent.0 as usize].last, id);
        let first = match last.some() {
            Some(last) => std::mem::replace(&mut self.nodes[last.0 as usize].next, id),
            None => id,
        };
        self.nodes[id.0 as usize].next = first;
    }

    /// Takes a node, with all below it, out of its parent. The root stays.
    pub fn remove(&mut self, id: NodeId) {
        if let Some(parent) = self.parent(id) {
            self.retain(parent, |child| child != id);
        }
    }

    /// Takes those elements of a list or map out of it for which `keep` does not hold.
    pub fn retain(&mut self, parent: NodeId, mut keep: impl FnMut(NodeId) -> bool) {
        let children: Vec<NodeId> = self.children(parent).collect();
        self.nodes[parent.0 as usize].last = NONE;
        for child in children {
            if keep(child) {
                self.append(parent, child);
            } else {
                self.nodes[child.0 as usize].parent = NONE;
                self.nodes[child.0 as usize].next = NONE;
            }
        }
    }

    /// Copies `node` of `other`, with all below it and its passages, to the end of `parent`.
    pub fn copy(&mut self, parent: NodeId, key: Option<Key>, other: &Self, node: NodeId) -> NodeId {
        let source = other.node(node);
        let id = self.push(parent, key, source.data.clone(), source.span);
        self.copy_notes(id, other, node);
        for child in other.children(node) {
            self.copy(id, other.node(child).key.clone(), other, child);
        }
        id
    }

    /// The subtree of `node` as a tree of its own.
    #[must_use]
    pub fn subtree(&self, node: NodeId) -> Self {
        let mut tree = Self::new(self.node(node).data.clone(), self.node(node).span);
        tree.copy_notes(NodeId::ROOT, self, node);
        for child in self.children(node) {
            tree.copy(NodeId::ROOT, self.node(child).key.clone(), self, child);
        }
        tree
    }

    fn copy_notes(&mut self, id: NodeId, other: &Self, node: NodeId) {
        if let Some(passage) = other.passages.get(&node) {
            self.passages.insert(id, Arc::clone(passage));
        }
        if let Some(open) = other.open.get(&node) {
            self.open.insert(id, Arc::clone(open));
        }
        if other.is_symbolic(node) {
            self.set_symbolic(id);
        }
    }

    /// Frees the memory that growing reserved. The nodes move: allocators may leave a block that shrinks as it is.
    pub fn shrink(&mut self) {
        let mut nodes = Vec::with_capacity(self.nodes.len());
        nodes.append(&mut self.nodes);
        self.nodes = nodes;
        self.passages.shrink_to_fit();
    }

    /// The number of nodes, including removed ones.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Never: every tree has a root.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        false
    }

    /// Whether the tree has a node with this id, which may come from another version of it.
    #[must_use]
    pub fn has(&self, id: NodeId) -> bool {
        (id.0 as usize) < self.nodes.len()
    }

    /// The node with this id.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// Replaces what a node holds; a list or map that gets other data must have no children.
    pub fn set(&mut self, id: NodeId, data: Data) {
        self.nodes[id.0 as usize].data = data;
    }

    /// Replaces the place of a node.
    pub fn set_span(&mut self, id: NodeId, span: Span) {
        self.nodes[id.0 as usize].span = span;
    }

    /// Replaces the place of a node's key, where it has one.
    pub fn set_key_span(&mut self, id: NodeId, span: Span) {
        if let Some(key) = &mut self.nodes[id.0 as usize].key {
            key.span = span;
        }
    }

    /// What the node's value passed through.
    #[must_use]
    pub fn passage(&self, id: NodeId) -> Option<&Passage> {
        self.passages.get(&id).map(AsRef::as_ref)
    }

    /// The same, to add to.
    pub fn passage_mut(&mut self, id: NodeId) -> &mut Passage {
        Arc::make_mut(self.passages.entry(id).or_default())
    }

    /// Replaces what the node's value passed through. Many nodes may share one passage, which saves memory.
    pub fn set_passage(&mut self, id: NodeId, passage: Arc<Passage>) {
        self.passages.insert(id, passage);
    }

    /// The unknown rest of a list or map that may hold more than its known elements.
    #[must_use]
    pub fn open(&self, id: NodeId) -> Option<&Arc<Unknown>> {
        self.open.get(&id)
    }

    /// Says that a list or map may hold more than its known elements.
    pub fn set_open(&mut self, id: NodeId, rest: Arc<Unknown>) {
        self.open.insert(id, rest);
    }

    /// Whether an element of an open list stands for any further one: there may be none like it, or many.
    #[must_use]
    pub fn is_symbolic(&self, id: NodeId) -> bool {
        self.symbolic.contains(&id)
    }

    /// Says that an element of an open list stands for any further one.
    pub fn set_symbolic(&mut self, id: NodeId) {
        self.symbolic.insert(id);
    }

    /// The node that holds this one.
    #[must_use]
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).parent.some()
    }

    /// The elements of a list or map, in order.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.first(id), |child| self.next(*child))
    }

    /// The first element of a list or map.
    #[must_use]
    pub fn first(&self, id: NodeId) -> Option<NodeId> {
        let last = self.node(id).last.some()?;
        self.node(last).next.some()
    }

    /// The element after this one in the list or map that holds both.
    #[must_use]
    pub fn next(&self, id: NodeId) -> Option<NodeId> {
        let is_last = self.node(self.parent(id)?).last == id;
        self.node(id).next.some().filter(|_| !is_last)
    }

    /// The element of a map under `key`.
    #[must_use]
    pub fn get(&self, id: NodeId, key: &str) -> Option<NodeId> {
        self.children(id).find(|child| {
            self.node(*child)
                .key
                .as_ref()
                .is_some_and(|found| found.text == key)
        })
    }

    /// The element reached through one key after the other.
    #[must_use]
    pub fn at(&self, id: NodeId, keys: &[&str]) -> Option<NodeId> {
        keys.iter().try_fold(id, |node, key| self.get(node, key))
    }

    /// The text under `key`, if it is a known text.
    #[must_use]
    pub fn text(&self, id: NodeId, key: &str) -> Option<&SmolStr> {
        self.as_text(self.get(id, key)?)
    }

    /// The text of a node, if it is a known text.
    #[must_use]
    pub fn as_text(&self, id: NodeId) -> Option<&SmolStr> {
        match &self.node(id).data {
            Data::String(text) => Some(text),
            _ => None,
        }
    }

    /// Whether two subtrees hold the same value, wherever they were written. Maps are equal in any order.
    #[must_use]
    pub fn equal(&self, node: NodeId, other: &Self, other_node: NodeId) -> bool {
        let count = self.children(node).count();
        self.node(node).data == other.node(other_node).data
            && count == other.children(other_node).count()
            && match self.node(node).data {
                Data::Map => self.children(node).all(|child| {
                    let key = self
                        .node(child)
                        .key
                        .as_ref()
                        .map_or("", |key| key.text.as_str());
                    other
                        .get(other_node, key)
                        .is_some_and(|found| self.equal(child, other, found))
                }),
                _ => self
                    .children(node)
                    .zip(other.children(other_node))
                    .all(|(a, b)| self.equal(a, other, b)),
            }
    }

    /// The path from the root to a node. `merge_key` names the key by which the elements of the list at a path of keys are
    /// told apart (`containers` go by `name`), if they are.
    #[must_use]
    pub fn path(&self, id: NodeId, merge_key: impl Fn(&str) -> Option<&'static str>) -> Path {
        let mut segments = Vec::new();
        let mut node = id;
        while let Some(parent) = self.parent(node) {
            segments.push(match &self.node(node).key {
                Some(key) => Segment::Key(key.text.clone()),
                None => self.element_segment(parent, node, &merge_key),
            });
            node = parent;
        }
        segments.reverse();
        Path(segments)
    }

    fn element_segment(
        &self,
        list: NodeId,
        element: NodeId,
        merge_key: &impl Fn(&str) -> Option<&'static str>,
    ) -> Segment {
        let list_key = self
            .node(list)
            .key
            .as_ref()
            .map_or("", |key| key.text.as_str());
        let by_key = merge_key(list_key).and_then(|key| {
            let value = self.text(element, key)?;
            let unique = self
                .children(list)
                .filter(|other| self.text(*other, key) == Some(value))
                .count()
                == 1;
            unique.then(|| Segment::Item {
                key: key.into(),
                value: value.clone(),
            })
        });
        by_key.unwrap_or_else(|| {
            Segment::Index(
                self.children(list)
                    .take_while(|child| *child != element)
                    .count(),
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use source::FileId;

    use super::*;

    const SPAN: Span = Span {
        file: FileId(0),
        start: 0,
        end: 0,
    };

    fn key(text: &str) -> Option<Key> {
        Some(Key {
            text: text.into(),
            span: SPAN,
        })
    }

    fn sample() -> (Tree, [NodeId; 3]) {
        let mut tree = Tree::new(Data::Map, SPAN);
        let list = tree.push(NodeId::ROOT, key("containers"), Data::List, SPAN);
        let items = ["a", "b", "c"].map(|name| {
            let item = tree.push(list, None, Data::Map, SPAN);
            tree.push(item, key("name"), Data::String(name.into()), SPAN);
            item
        });
        (tree, items)
    }

    #[test]
    fn paths_go_by_merge_key_and_else_by_index() {
        let (tree, items) = sample();
        let by_name = |list: &str| (list == "containers").then_some("name");
        assert_eq!(
            tree.path(items[1], by_name).to_string(),
            "containers[name=b]"
        );
        assert_eq!(tree.path(items[1], |_| None).to_string(), "containers[1]");
    }

    #[test]
    fn removed_nodes_leave_the_others_in_order() {
        for gone in 0..3 {
            let (mut tree, items) = sample();
            let list = tree.get(NodeId::ROOT, "containers").unwrap();
            tree.remove(items[gone]);
            let added = tree.push(list, None, Data::Null, SPAN);
            let mut expected: Vec<NodeId> = items
                .iter()
                .copied()
                .filter(|item| *item != items[gone])
                .collect();
            expected.push(added);
            assert_eq!(tree.children(list).collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn subtrees_are_equal_to_what_they_were_copied_from() {
        let (tree, items) = sample();
        let copy = tree.subtree(items[2]);
        assert!(copy.equal(NodeId::ROOT, &tree, items[2]));
        assert!(!copy.equal(NodeId::ROOT, &tree, items[1]));
    }

    #[test]
    fn nodes_stay_small() {
        assert!(
            size_of::<Node>() <= 88,
            "{} bytes a node multiply with every value of the input",
            size_of::<Node>()
        );
    }
}
