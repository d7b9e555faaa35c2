//! Semantic paths into a resource's value.

use std::fmt;

use smol_str::SmolStr;

/// One step of a [`Path`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// A key of a map.
    Key(SmolStr),
    /// An element of a list by its merge key, such as `[name=api]`.
    Item {
        /// The merge key.
        key: SmolStr,
        /// Its value.
        value: SmolStr,
    },
    /// An element of a list by its place, from 0.
    Index(usize),
}

/// A path that survives unrelated edits: list elements go by their merge key where they have one
/// (`spec.containers[name=api].image`), else by their index.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(pub Vec<Segment>);

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Key(key) if is_plain(key) => {
                    let dot = if index == 0 { "" } else { "." };
                    write!(f, "{dot}{key}")?;
                }
                Segment::Key(key) => write!(f, "[{key:?}]")?,
                Segment::Item { key, value } => write!(f, "[{key}={value}]")?,
                Segment::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

fn is_plain(key: &str) -> bool {
    !key.is_empty()
        && key
            .chars()
            .all(|character| character.is_alphanumeric() || "-_".contains(character))
}
