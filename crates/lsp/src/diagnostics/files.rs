//! The files of a report, and where places of them are.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use analysis::Report;
use source::{FileId, SourceFile, Span};

use super::{FileName, Telling};
use crate::places::Places;
use crate::types::{Location, Range, Uri};

/// The files of a report, and where places of them are.
pub(crate) struct Files<'a> {
    pub(crate) telling: &'a Telling<'a>,
    folder: &'a Path,
    report: &'a Report,
    known: HashMap<FileId, File>,
}

struct File {
    path: PathBuf,
    source: Arc<SourceFile>,
    /// As soon as somebody asks for a place: most files are only told apart.
    located: OnceCell<Located>,
}

struct Located {
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

    /// How a file is called, by its path.
    pub(super) fn name(&self, path: &Path) -> Arc<FileName> {
        self.telling.name(path)
    }

    /// As the client knows a file; nothing where no client can.
    pub(crate) fn uri(&self, path: &Path) -> Option<Uri> {
        self.telling.uri(path)
    }

    /// The absolute path of the file of a span.
    pub(crate) fn path(&mut self, span: Span) -> PathBuf {
        self.path_of(span.file)
    }

    /// The absolute path of a file.
    pub(crate) fn path_of(&mut self, file: FileId) -> PathBuf {
        self.file(file).path.clone()
    }

    pub(crate) fn range(&mut self, span: Span) -> Range {
        self.located(span).places.range(span)
    }

    /// Where a span is; nothing for what is no file of the disk.
    pub(crate) fn location(&mut self, span: Span) -> Option<Location> {
        let located = self.located(span);
        let range = located.places.range(span);
        let uri = located.uri.clone()?;
        Some(Location { uri, range })
    }

    fn located(&mut self, span: Span) -> &Located {
        let telling = self.telling;
        let file = self.file(span.file);
        file.located.get_or_init(|| Located {
            uri: telling.uri(&file.path),
            places: Places::new(Arc::clone(&file.source), telling.encoding),
        })
    }

    fn file(&mut self, file: FileId) -> &File {
        let Self {
            folder,
            report,
            known,
            ..
        } = self;
        known.entry(file).or_insert_with(|| {
            let source = report.sources.get(file);
            File {
                path: folder.join(&source.path),
                source,
                located: OnceCell::new(),
            }
        })
    }
}
