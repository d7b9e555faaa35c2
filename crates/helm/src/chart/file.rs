//! A file of a chart.

use std::path::Path;
use std::sync::Arc;

use source::{SourceFile, Sources};

use crate::template::Kept;

/// A file of a chart.
#[derive(Clone, Debug)]
pub struct ChartFile {
    /// Its path in the chart, with `/` between names.
    pub name: String,
    /// What it holds.
    pub contents: Contents,
    /// The templates in it, once it was read as some.
    pub kept: Kept,
}

/// What a file holds.
#[derive(Clone, Debug)]
pub enum Contents {
    /// Text in UTF-8.
    Text(Arc<SourceFile>),
    /// Anything else.
    Bytes(Arc<[u8]>),
}

impl ChartFile {
    pub(super) fn new(name: String, contents: Contents) -> Self {
        Self {
            name,
            contents,
            kept: Kept::default(),
        }
    }

    /// Whether both are the same text of the same file.
    pub(super) fn has_text_of(&self, other: &Self) -> bool {
        let ids = (
            self.text().map(|text| text.id),
            other.text().map(|text| text.id),
        );
        ids.0.is_some() && ids.0 == ids.1
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match &self.contents {
            Contents::Text(file) => file.text.as_bytes(),
            Contents::Bytes(bytes) => bytes,
        }
    }

    /// The text, where it is some.
    #[must_use]
    pub fn text(&self) -> Option<&Arc<SourceFile>> {
        match &self.contents {
            Contents::Text(file) => Some(file),
            Contents::Bytes(_) => None,
        }
    }
}

impl Contents {
    /// What these bytes are, without a byte order mark, which Helm drops. Texts are kept under the name `shown`.
    pub(super) fn new(bytes: &[u8], sources: &Sources, shown: &Path) -> Self {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::Text(sources.add(shown, text)),
            Err(_) => Self::Bytes(bytes.into()),
        }
    }
}
