//! The units that columns are counted in, as client and server agree on them.

use crate::types::PositionEncodingKind;

/// The units that columns are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    Utf16,
    Utf32,
}

impl Encoding {
    /// The first one of a client's that is known; UTF-16 where it names none, as the protocol says.
    pub(crate) fn negotiate(offered: Option<&[PositionEncodingKind]>) -> Self {
        let mut offered = offered.unwrap_or_default().iter();
        offered.find_map(Self::of).unwrap_or(Self::Utf16)
    }

    fn of(kind: &PositionEncodingKind) -> Option<Self> {
        let known = [Self::Utf8, Self::Utf16, Self::Utf32];
        known.into_iter().find(|one| one.kind() == *kind)
    }

    /// Its name in the protocol.
    pub(crate) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// How many units a character takes.
    pub(crate) fn width(self, character: char) -> usize {
        match self {
            Self::Utf8 => character.len_utf8(),
            Self::Utf16 => character.len_utf16(),
            Self::Utf32 => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_known_encoding_of_the_client_is_taken() {
        let offered = [
            PositionEncodingKind::new("utf-7"),
            PositionEncodingKind::UTF32,
            PositionEncodingKind::UTF8,
        ];
        assert_eq!(Encoding::negotiate(Some(&offered)), Encoding::Utf32);
        assert_eq!(Encoding::negotiate(Some(&[])), Encoding::Utf16);
        assert_eq!(Encoding::negotiate(None), Encoding::Utf16);
    }
}
