//! Places as people count them.

use std::borrow::Cow;
use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;
use source::{Sources, Span};

/// A range of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Location {
    /// The path, relative to the folder that the run was started in, with `/` between names.
    pub(crate) file: String,
    /// The first character.
    pub(crate) start: Position,
    /// One past the last character.
    pub(crate) end: Position,
}

/// A character of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub(crate) struct Position {
    /// The line, from 1.
    #[schemars(range(min = 1))]
    pub(crate) line: u32,
    /// The column in Unicode code points, from 1.
    #[schemars(range(min = 1))]
    pub(crate) column: u32,
}

impl Location {
    /// The place of a span.
    pub(crate) fn of(span: Span, sources: &Sources) -> Self {
        let file = sources.get(span.file);
        let position = |offset| {
            let position = file.position(offset);
            Position {
                line: position.line + 1,
                column: position.char_column + 1,
            }
        };
        Self {
            file: shown(&file.path).into_owned(),
            start: position(span.start),
            end: position(span.end),
        }
    }
}

/// A path as output writes it; bytes that are not UTF-8 are replaced.
pub(crate) fn shown(path: &Path) -> Cow<'_, str> {
    path.to_string_lossy()
}
