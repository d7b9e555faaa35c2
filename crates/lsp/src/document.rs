//! A document that is open in the editor.

use std::sync::Arc;

use crate::encoding::Encoding;
use crate::places::offset;
use crate::types::{TextDocumentContentChangeEvent, Uri};

/// A document that is open in the editor: its text stands for that of the disk.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// The name by which the editor calls it, which may not be the only one of its file.
    pub(crate) uri: Uri,
    pub(crate) version: i32,
    pub(crate) text: Arc<str>,
}

impl Document {
    /// Makes changes one after the other: each means the text that those before it left.
    pub(crate) fn change(
        &mut self,
        version: i32,
        changes: &[TextDocumentContentChangeEvent],
        encoding: Encoding,
    ) {
        let mut text = self.text.to_string();
        for change in changes {
            match change.range {
                None => text.clone_from(&change.text),
                Some(range) => {
                    let start = offset(&text, range.start, encoding);
                    let end = offset(&text, range.end, encoding).max(start);
                    text.replace_range(start..end, &change.text);
                }
            }
        }
        self.text = text.into();
        self.version = version;
    }
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use super::*;
    use crate::types::{Position, Range};

    fn change(
        range: Option<((u32, u32), (u32, u32))>,
        text: &str,
    ) -> TextDocumentContentChangeEvent {
        let position = |(line, character)| Position { line, character };
        TextDocumentContentChangeEvent {
            range: range.map(|(start, end)| Range::new(position(start), position(end))),
            range_length: None,
            text: text.to_owned(),
        }
    }

    #[test]
    fn changes_are_made_one_after_the_other() {
        let mut document = Document {
            uri: Uri::from_str("file:///a").unwrap(),
            version: 1,
            text: "one\ntwo\n".into(),
        };
        let changes = [
            change(Some(((0, 3), (0, 3))), "𝄞\nx"),
            change(Some(((0, 5), (1, 1))), "-"),
            change(Some(((9, 0), (9, 0))), "end"),
        ];
        document.change(2, &changes, Encoding::Utf16);
        assert_eq!((&*document.text, document.version), ("one𝄞-\ntwo\nend", 2));
        document.change(3, &[change(None, "new")], Encoding::Utf16);
        assert_eq!(&*document.text, "new");
    }
}
