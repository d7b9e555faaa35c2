//! Values from and to Rust, and as text.

use std::cell::Cell;
use std::fmt::{self, Display, Write as _};

use graph::{Data, NodeId, Piece, Tree};
use jaq_core::val::Range;
use smol_str::SmolStr;

use super::view::Elements;
use super::{Value, View, kind_name};
use crate::run;

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        run::spend(1);
        Self::Bool(value)
    }
}

impl From<isize> for Value {
    fn from(value: isize) -> Self {
        run::spend(1);
        Self::Int(value)
    }
}

impl From<usize> for Value {
    fn from(value: usize) -> Self {
        run::spend(1);
        isize::try_from(value).map_or(Self::Float(value as f64), Self::Int)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        run::spend(1);
        Self::Float(value)
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        run::spend(1 + value.len() as u64 / 16);
        Self::Text(value.into())
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        run::spend(1 + value.len() as u64 / 16);
        Self::Text(value.into())
    }
}

/// jq's paths hold a slice as an object with its bounds.
impl From<Range<Value>> for Value {
    fn from(range: Range<Value>) -> Self {
        let bound = |bound: Option<Value>| bound.unwrap_or(Self::Null);
        Self::object([
            ("start".into(), bound(range.start)),
            ("end".into(), bound(range.end)),
        ])
    }
}

impl FromIterator<Value> for Value {
    fn from_iter<T: IntoIterator<Item = Value>>(values: T) -> Self {
        Self::array(values.into_iter().inspect(|_| run::spend(1)).collect())
    }
}

impl Value {
    /// The value of a subtree, without places: settings and constants.
    pub(crate) fn constant(tree: &Tree, node: NodeId) -> Self {
        match &tree.node(node).data {
            Data::Null | Data::Unknown(_) => Self::Null,
            Data::Bool(value) => Self::Bool(*value),
            Data::Int(value) => {
                isize::try_from(*value).map_or(Self::Float(*value as f64), Self::Int)
            }
            Data::Float(value) => Self::Float(*value),
            Data::String(value) => Self::Text(value.clone()),
            Data::Partial(pieces) => Self::Text(known_pieces(pieces)),
            Data::List => Self::array(
                tree.children(node)
                    .map(|child| Self::constant(tree, child))
                    .collect(),
            ),
            Data::Map => Self::object(tree.children(node).map(|child| {
                let key = tree
                    .node(child)
                    .key
                    .as_ref()
                    .map(|key| key.text.clone())
                    .unwrap_or_default();
                (key, Self::constant(tree, child))
            })),
        }
    }
}

fn known_pieces(pieces: &[Piece]) -> SmolStr {
    let known = pieces.iter().filter_map(|piece| match piece {
        Piece::Known(text) => Some(text.as_str()),
        Piece::Unknown(_) => None,
    });
    known.collect::<String>().into()
}

thread_local! {
    static REDACTED: Cell<bool> = const { Cell::new(false) };
}

/// Runs `f` so that values print as their types.
pub(crate) fn redacted<T>(f: impl FnOnce() -> T) -> T {
    REDACTED.set(true);
    let result = f();
    REDACTED.set(false);
    result
}

/// JSON, except that unknown values show as `(unknown)`; inside of [`redacted`] the type.
impl Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if REDACTED.get() {
            return f.write_str(self.kind().map_or("an unknown value", kind_name));
        }
        match self.view() {
            View::Null => f.write_str("null"),
            View::Bool(value) => value.fmt(f),
            View::Int(value) => value.fmt(f),
            View::Float(value) => float(value, f),
            View::Text(text) => f.write_str(&serde_json::Value::from(text).to_string()),
            View::Array(elements) => sequence(elements, f),
            View::Object(entries) => mapping(entries, f),
            View::Unknown(_) | View::Partial => f.write_str("(unknown)"),
        }
    }
}

fn float(value: f64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if value.is_finite() {
        value.fmt(f)
    } else {
        f.write_str("null")
    }
}

fn sequence(elements: Elements<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_char('[')?;
    for (index, value) in elements.values().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        write!(f, "{comma}{value}")?;
    }
    f.write_char(']')
}

fn mapping(entries: Elements<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_char('{')?;
    for (index, (key, value)) in entries.keys().zip(entries.values()).enumerate() {
        let comma = if index == 0 { "" } else { "," };
        write!(
            f,
            "{comma}{}:{value}",
            serde_json::Value::from(key.as_str())
        )?;
    }
    f.write_char('}')
}
