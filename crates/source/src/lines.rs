//! Where the lines of a text begin, and how many characters stand before a place.

/// The lines of a text, and its characters at regular distances: any place is found in time that the length of its line, which
/// may be that of a whole file, has no part in.
#[derive(Debug)]
pub(crate) struct Lines {
    /// The byte offset at which each line begins.
    starts: Vec<u32>,
    /// What stands before each block; none where every character is one byte.
    blocks: Vec<Counts>,
}

/// How much stands before a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// In Unicode scalar values.
    pub(crate) chars: u32,
    /// In UTF-16 code units.
    pub(crate) utf16: u32,
}

/// The length of a block in bytes.
const BLOCK: usize = 256;

impl Lines {
    /// The lines of a text; only line feeds end them.
    pub(crate) fn new(text: &str) -> Self {
        let breaks = text.bytes().zip(1..).filter(|(byte, _)| *byte == b'\n');
        let starts = std::iter::once(0)
            .chain(breaks.map(|(_, after)| after))
            .collect();
        let mut blocks = Vec::new();
        if !text.is_ascii() {
            let mut before = Counts::default();
            for block in text.as_bytes().chunks(BLOCK) {
                blocks.push(before);
                before = before.with(block);
            }
            blocks.push(before);
        }
        Self { starts, blocks }
    }

    /// The line of a byte offset, from 0.
    pub(crate) fn line(&self, offset: u32) -> u32 {
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        u32::try_from(line).expect("a text has fewer lines than bytes, which are fewer than 2^32")
    }

    /// The byte offset at which a line begins, or `None` past the last line.
    pub(crate) fn start(&self, line: u32) -> Option<u32> {
        self.starts.get(line as usize).copied()
    }

    /// What stands before a byte offset of the text that this was made of.
    pub(crate) fn before(&self, text: &str, offset: u32) -> Counts {
        let Some(block) = self.blocks.get(offset as usize / BLOCK) else {
            return Counts {
                chars: offset,
                utf16: offset,
            };
        };
        let start = offset as usize / BLOCK * BLOCK;
        block.with(&text.as_bytes()[start..offset as usize])
    }
}

impl Counts {
    fn with(self, bytes: &[u8]) -> Self {
        // Bytes that continue a character are of the form 10xxxxxx, and what begins with 11110xxx is a pair in UTF-16.
        let starts = bytes.iter().filter(|byte| **byte & 0xc0 != 0x80);
        let (mut chars, mut pairs) = (0, 0);
        for byte in starts {
            chars += 1;
            pairs += u32::from(*byte >= 0xf0);
        }
        Self {
            chars: self.chars + chars,
            utf16: self.utf16 + chars + pairs,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_has_the_line_and_the_characters_before_it() {
        let text = "aé𝄞\r\n\n€x".repeat(200);
        for text in [text.as_str(), "plain\ntext", "", "é"] {
            let lines = Lines::new(text);
            for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let before = &text[..offset];
                let at = u32::try_from(offset).unwrap();
                let count = |number: usize| u32::try_from(number).unwrap();
                let line = lines.line(at);
                assert_eq!(line, count(before.matches('\n').count()));
                let start = before.rfind('\n').map_or(0, |at| at + 1);
                assert_eq!(lines.start(line), Some(count(start)));
                let expected = Counts {
                    chars: count(before.chars().count()),
                    utf16: count(before.encode_utf16().count()),
                };
                assert_eq!(lines.before(text, at), expected, "{offset}");
            }
        }
    }
}
