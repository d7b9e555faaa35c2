//! The characters of strings that need not be UTF-8.

use std::ops::Range;

/// The characters of a string and where they stand. A byte that is part of none is U+FFFD, as in Go's `range`.
pub fn runes(text: &[u8]) -> impl Iterator<Item = (Range<usize>, char)> {
    let mut position = 0;
    text.utf8_chunks().flat_map(move |chunk| {
        let start = position;
        let (valid, invalid) = (chunk.valid(), chunk.invalid().len());
        position += valid.len() + invalid;
        let bad = start + valid.len();
        let valid = valid.char_indices().map(move |(at, letter)| {
            let at = start + at;
            (at..at + letter.len_utf8(), letter)
        });
        valid.chain((bad..bad + invalid).map(|at| (at..at + 1, char::REPLACEMENT_CHARACTER)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_text_count_one_by_one() {
        let found: Vec<_> = runes(b"a\xe2\x82\xc3\xa9\xff").collect();
        let bad = char::REPLACEMENT_CHARACTER;
        let expected = [
            (0..1, 'a'),
            (1..2, bad),
            (2..3, bad),
            (3..5, 'é'),
            (5..6, bad),
        ];
        assert_eq!(found, expected);
    }
}
