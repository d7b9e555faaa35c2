//! The files of a report, and where places of them are.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use analysis::Report;
use source::{FileId, Span};

use super::Telling;
use crate::places::Places;
use crate::types::{Location, Range, Uri};
use crate::uri::uri_of;

/// The files of a report, and where places of them are.
pub(crate) struct Files<'a> {
    pub(crate) telling: &'a Telling<'a>,
    folder: &'a Path,
    report: &'a Report,
    known: HashMap<FileId, File>,
}

struct File {
    path: PathBuf,
    uri: Option<Uri>,
    places: Places,
}

impl<'a> Files<'a> {
    pub(crate) fn new(telling: &'a Telling<'a>, folder: &'a Path, report: &'a Report) -> Self {
        Self {
            telling,
            folder,
            report,
            known: HashMap::new(),
        }
    }

    /// The absolute path of the file of a span.
    pub(crate) fn path(&mut self, span: Span) -> PathBuf {
        self.file(span).path.clone()
    }

    pub(crate) fn range(&mut self, span: Span) -> Range {
        self.file(span).places.range(span)
    }

    /// Where a span is; nothing for what is no file of the disk.
    pub(crate) fn location(&mut self, span: Span) -> Option<Location> {
        let file = self.file(span);
        let range = file.places.range(span);
        let uri = file.uri.clone()?;
        Some(Location { uri, range })
    }

    fn file(&mut self, span: Span) -> &File {
        let Self {
            telling,
            folder,
            report,
            known,
        } = self;
        known.entry(span.file).or_insert_with(|| {
            let file = report.sources.get(span.file);
            let path = folder.join(&file.path);
            let open = telling.names.get(&path);
            File {
                uri: open.map(|name| name.uri.clone()).or_else(|| uri_of(&path)),
                places: Places::new(file, telling.encoding),
                path,
            }
        })
    }
}
