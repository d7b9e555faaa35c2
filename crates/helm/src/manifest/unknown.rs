//! Values of rendered text that can't be known.

use std::ops::Range;
use std::sync::Arc;

use graph::{Data, Piece, Type, Unknown};

use super::Placing;
use super::layout::Part;

impl Placing<'_> {
    /// What a node holds instead of what was read of a placeholder; none where everything is known.
    pub(super) fn unknown_data(&self, data: &Data, range: Range<usize>) -> Option<Data> {
        let parts: Vec<Part<'_>> = self.layout.pieces(range).collect();
        let cause = parts.iter().find_map(unknown)?;
        let content = parts.iter().filter(|part| !part.is_mark());
        let is_known = content.clone().any(|part| !part.is_unknown());
        let text = match data {
            Data::String(text) if is_known => text,
            _ => return Some(Data::Unknown(Arc::new(whole(cause, data)))),
        };
        let pieces: Vec<Piece> = content.map(piece).collect();
        // Where YAML changed the text, by escapes or folding, its pieces are not those of the value.
        let length: usize = parts.iter().map(|part| part.bytes.len()).sum();
        let quotes = parts.iter().filter(|part| part.is_mark());
        let quoted: usize = quotes.map(|part| part.bytes.len()).sum();
        match length - quoted == text.len() {
            true => Some(Data::Partial(pieces.into())),
            false => Some(Data::Unknown(Arc::new(whole(cause, data)))),
        }
    }
}

fn unknown(part: &Part<'_>) -> Option<Unknown> {
    let unknown = part.piece.mark.unknowns().first()?;
    Some(unknown.as_ref().clone())
}

/// An unknown in the place of a whole value: text stays text.
fn whole(cause: Unknown, data: &Data) -> Unknown {
    let mut unknown = cause;
    if matches!(data, Data::String(_)) {
        unknown.known.kind = Some(Type::String);
        unknown.known.not_null = true;
    }
    unknown
}

fn piece(part: &Part<'_>) -> Piece {
    match unknown(part) {
        Some(unknown) => Piece::Unknown(unknown),
        None => Piece::Known(String::from_utf8_lossy(part.bytes).into()),
    }
}
