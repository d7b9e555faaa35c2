//! Values of different forms, looked at one level at a time.

use graph::{Data, NodeId, Tree};
use serde_json::Value;

/// What a value is, on its first level.
#[derive(Clone, Debug)]
pub(crate) enum Shape<'v, V> {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(&'v str),
    List(Vec<V>),
    Map(Vec<(&'v str, V)>),
    /// It can't be known.
    Unknown,
}

/// A value of some form.
pub(crate) trait View<'v>: Copy {
    fn shape(self) -> Shape<'v, Self>;

    /// Whether a list or map may hold more than what is known.
    fn is_open(self) -> bool;

    /// The value under a key of a map.
    fn get(self, key: &str) -> Option<Self>;

    fn is_unknown(self) -> bool {
        matches!(self.shape(), Shape::Unknown)
    }

    /// The text under a key.
    fn text(self, key: &str) -> Option<&'v str> {
        match self.get(key)?.shape() {
            Shape::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// A node of a tree.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TreeView<'v> {
    pub(crate) tree: &'v Tree,
    pub(crate) node: NodeId,
}

impl<'v> TreeView<'v> {
    /// Whether nobody wrote the value.
    pub(crate) fn is_default(self) -> bool {
        let passage = self.tree.passage(self.node);
        passage.is_some_and(|passage| passage.default.is_some())
    }

    fn children(self) -> impl Iterator<Item = Self> {
        let Self { tree, node } = self;
        tree.children(node).map(move |node| Self { tree, node })
    }

    fn key(self) -> Option<&'v str> {
        let key = self.tree.node(self.node).key.as_ref()?;
        Some(key.text.as_str())
    }
}

impl<'v> View<'v> for TreeView<'v> {
    fn shape(self) -> Shape<'v, Self> {
        match &self.tree.node(self.node).data {
            Data::Null => Shape::Null,
            Data::Bool(known) => Shape::Bool(*known),
            Data::Int(number) => Shape::Int(*number),
            Data::Float(number) => Shape::Float(*number),
            Data::String(text) => Shape::Text(text),
            Data::List => Shape::List(self.children().collect()),
            Data::Map => Shape::Map(
                self.children()
                    .filter_map(|child| Some((child.key()?, child)))
                    .collect(),
            ),
            Data::Unknown(_) | Data::Partial(_) => Shape::Unknown,
        }
    }

    fn is_open(self) -> bool {
        self.tree.open(self.node).is_some()
    }

    fn get(self, key: &str) -> Option<Self> {
        let node = self.tree.get(self.node, key)?;
        Some(Self { node, ..self })
    }
}

impl<'v> View<'v> for &'v Value {
    fn shape(self) -> Shape<'v, Self> {
        match self {
            Value::Null => Shape::Null,
            Value::Bool(known) => Shape::Bool(*known),
            Value::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(number), _) => Shape::Int(number),
                (None, Some(number)) => Shape::Float(number),
                (None, None) => Shape::Unknown,
            },
            Value::String(text) => Shape::Text(text),
            Value::Array(items) => Shape::List(items.iter().collect()),
            Value::Object(map) => {
                Shape::Map(map.iter().map(|(key, one)| (key.as_str(), one)).collect())
            }
        }
    }

    fn is_open(self) -> bool {
        false
    }

    fn get(self, key: &str) -> Option<Self> {
        Value::get(self, key)
    }
}
