//! Where the text of a template stands.

use std::sync::Arc;

use smol_str::SmolStr;
use source::{FileId, SourceFile, Span};

use super::Range;
use crate::run::FailurePlace;

/// The text of templates, and its name in messages.
#[derive(Debug)]
pub struct TemplateSource {
    /// The name that the whole text has as a template.
    pub name: SmolStr,
    /// The text.
    pub text: Arc<str>,
    /// The file that the text is; none if a template made it (`tpl`).
    pub file: Option<FileId>,
}

impl TemplateSource {
    /// The text of a file.
    #[must_use]
    pub fn of_file(name: impl Into<SmolStr>, file: &SourceFile) -> Self {
        Self {
            name: name.into(),
            text: Arc::clone(&file.text),
            file: Some(file.id),
        }
    }

    /// The text of a part.
    #[must_use]
    pub fn slice(&self, range: Range) -> &str {
        self.text.get(range.start..range.end).unwrap_or_default()
    }

    /// The span of a part in the file.
    #[must_use]
    pub fn span(&self, range: Range) -> Option<Span> {
        let position = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let file = self.file?;
        Some(Span::new(file, position(range.start), position(range.end)))
    }

    /// A part of the text, in a template of it. Go says that it stands at `position`.
    #[must_use]
    pub fn failure_place(&self, position: usize, range: Range, template: &SmolStr) -> FailurePlace {
        let (line, column) = self.line(position);
        FailurePlace {
            file: self.name.clone(),
            template: template.clone(),
            line,
            column,
            span: self.span(range),
        }
    }

    /// The line, from 1, and the column in bytes, from 0, of a byte.
    #[must_use]
    pub fn line(&self, position: usize) -> (usize, usize) {
        let before = self.text.as_bytes().get(..position).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let start = before.iter().rposition(|byte| *byte == b'\n');
        (line, position - start.map_or(0, |newline| newline + 1))
    }
}
