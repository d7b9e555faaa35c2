//! Values of rendered text that can't be known.

use std::ops::Range;
use std::sync::Arc;

use graph::{Data, Piece, Type, Unknown};

use super::Placing;
use super::layout::Part;

impl Placing<'_> {
    /// Why a part of the text can't be known.
    pub(super) fn unknown(&self, range: Range<usize>) -> Option<Unknown> {
        self.layout.pieces(range).find_map(|part| unknown(&part))
    }

    /// What a node holds instead of what was read of a placeholder; none where everything is known.
    pub(super) fn unknown_data(&self, data: &Data, range: Range<usize>) -> Option<Data> {
        let parts: Vec<Part<'_>> = self.layout.pieces(range).collect();
        let cause = parts.iter().find_map(unknown)?;
        let content = parts.iter().filter(|part| !part.is_mark());
        let is_known = content.clone().any(|part| !part.is_unknown());
        let text = match data {
            Data::String(text) if is_known => text,
            _ => return Some(Data::Unknown(Arc::new(whole(cause, data, &parts)))),
        };
        let pieces: Vec<Piece> = content.map(piece).collect();
        // Where YAML changed the text, by escapes or folding, its pieces are not those of the value.
        let length: usize = parts.iter().map(|part| part.bytes.len()).sum();
        let quotes = parts.iter().filter(|part| part.is_mark());
        let quoted: usize = quotes.map(|part| part.bytes.len()).sum();
        match length - quoted == text.len() {
            true => Some(Data::Partial(pieces.into())),
            false => Some(Data::Unknown(Arc::new(whole(cause, data, &parts)))),
        }
    }
}

fn unknown(part: &Part<'_>) -> Option<Unknown> {
    let unknown = part.piece.mark.unknowns().first()?;
    Some(unknown.as_ref().clone())
}

/// An unknown in the place of a whole value: text in quotes stays text, and what is not may turn out to be anything.
fn whole(cause: Unknown, data: &Data, parts: &[Part<'_>]) -> Unknown {
    let mut unknown = cause;
    let is_quoted = parts
        .first()
        .is_some_and(|part| part.bytes.starts_with(b"\"") || part.bytes.starts_with(b"'"));
    let is_known = parts
        .iter()
        .any(|part| !part.is_mark() && !part.is_unknown());
    if matches!(data, Data::String(_)) && (is_quoted || is_known) {
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
