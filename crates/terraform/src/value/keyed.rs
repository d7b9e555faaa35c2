//! Objects with keys that are partly unknown.

use graph::UNKNOWN_PART;
use smol_str::SmolStr;

use super::{Data, Entries, Shape, TextPiece, Value};

/// What is known of a key: its text, in which something stands for what is unknown. Nothing where nothing is known.
pub(crate) fn partly_known(key: &Value) -> Option<String> {
    let Data::Unknown(unknown) = &key.data else {
        return None;
    };
    let Some(Shape::Text(pieces)) = &unknown.shape else {
        return None;
    };
    let texts = pieces.iter().map(|piece| match piece {
        TextPiece::Known { text, .. } => text.as_str(),
        TextPiece::Unknown(_) => UNKNOWN_PART,
    });
    let has_text =
        |piece: &TextPiece| matches!(piece, TextPiece::Known { text, .. } if !text.is_empty());
    let text = texts.collect();
    pieces.iter().any(has_text).then_some(text)
}

/// Adds an entry of whose key so much is known. Two keys of which the same is known may be different ones.
pub(crate) fn insert(entries: &mut Entries, known: &str, value: Value) {
    let mut key = SmolStr::from(known);
    while entries.contains_key(&key) {
        key = format!("{UNKNOWN_PART}{key}").into();
    }
    entries.insert(key, value);
}
