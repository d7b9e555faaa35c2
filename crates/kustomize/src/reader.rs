//! Building kustomizations from files.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use source::{FileSystem, Limits, Problem, ReadError, SourceFile, Sources, Span};

use crate::bounds::Bounds;
use crate::build::Build;
use crate::changes::Changes;
use crate::charts::Charts;
use crate::kustomization::{self, Kustomization};
use crate::node::{Placing, Read, read};

/// Reads kustomizations. Files that several of them use are read once.
pub struct Reader<'a> {
    /// Where files come from.
    pub system: &'a dyn FileSystem,
    /// Where files that were read are kept.
    pub sources: &'a Sources,
    /// The name under which people know a path.
    pub shown: &'a (dyn Fn(&Path) -> PathBuf + Sync),
    /// How large files may be.
    pub limits: Limits,
    /// Who renders charts.
    pub charts: &'a dyn Charts,
    files: Mutex<HashMap<PathBuf, Result<Content, ReadError>>>,
}

/// What a file holds.
#[derive(Clone, Debug)]
pub(crate) struct Content {
    /// The bytes of what is no text.
    bytes: Option<Arc<[u8]>>,
    /// The file as text, unless it is none.
    pub(crate) file: Option<Arc<SourceFile>>,
    /// The values in it, as soon as somebody wants them.
    values: Arc<OnceLock<Read>>,
    /// The kustomization in it, likewise.
    kustomization: Arc<OnceLock<ReadKustomization>>,
}

/// The kustomization in a file, and what is wrong with that.
#[derive(Clone, Debug)]
pub(crate) struct ReadKustomization {
    /// None where the file holds nothing.
    pub(crate) kustomization: Option<Arc<Kustomization>>,
    pub(crate) problems: Vec<Problem>,
}

impl ReadKustomization {
    fn of(file: &SourceFile) -> Self {
        let yaml = yaml::read(file, &yaml::Options::default());
        let mut problems = yaml.problems;
        let document = yaml.documents.first();
        let kustomization = document.map(|document| {
            let (kustomization, faults) = kustomization::read(&document.tree);
            problems.extend(faults);
            Arc::new(kustomization)
        });
        Self {
            kustomization,
            problems,
        }
    }
}

impl Content {
    /// The bytes of the file.
    pub(crate) fn bytes(&self) -> Arc<[u8]> {
        match (&self.file, &self.bytes) {
            (Some(file), _) => file.text.as_bytes().into(),
            (None, bytes) => bytes.clone().unwrap_or_default(),
        }
    }

    /// The values in a file, which are read once for all that use it.
    pub(crate) fn values(&self, file: &SourceFile) -> &Read {
        let read = || read(&file.text, &Placing::File(file.id), &Bounds::default());
        self.values.get_or_init(read)
    }

    /// The kustomization in a file, which is read once for all that use it.
    pub(crate) fn kustomization(&self, file: &SourceFile) -> &ReadKustomization {
        self.kustomization
            .get_or_init(|| ReadKustomization::of(file))
    }
}

impl<'a> Reader<'a> {
    /// A reader of files that have the names under which they are read.
    #[must_use]
    pub fn new(system: &'a dyn FileSystem, sources: &'a Sources, charts: &'a dyn Charts) -> Self {
        Self {
            system,
            sources,
            shown: &Path::to_path_buf,
            limits: Limits::default(),
            charts,
            files: Mutex::default(),
        }
    }

    /// The same, where people know paths under other names.
    #[must_use]
    pub fn showing(self, shown: &'a (dyn Fn(&Path) -> PathBuf + Sync)) -> Self {
        Self { shown, ..self }
    }

    /// Builds the kustomization in a folder.
    #[must_use]
    pub fn build(&self, folder: &Path) -> Build {
        crate::accumulate::build(self, folder, None)
    }

    /// Builds the kustomization in a folder with what somebody says of it.
    #[must_use]
    pub fn build_changed(&self, folder: &Path, changes: &Changes) -> Build {
        crate::accumulate::build(self, folder, Some(changes))
    }

    /// A file that was read while something was built, if it is text.
    #[must_use]
    pub fn file(&self, path: &Path) -> Option<Arc<SourceFile>> {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.get(path)?.as_ref().ok()?.file.clone()
    }

    pub(crate) fn content(&self, path: &Path) -> Result<Content, ReadError> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = files.get(path) {
            return known.clone();
        }
        let content = self.read(path);
        files.insert(path.to_path_buf(), content.clone());
        content
    }

    fn read(&self, path: &Path) -> Result<Content, ReadError> {
        let bytes = self.system.read(path, self.limits)?;
        let shown = (self.shown)(path);
        let file = self.sources.take(bytes, &shown, self.limits).ok();
        // Nearly all files are text, so that their bytes are not kept twice.
        let bytes = match &file {
            Some(_) => None,
            None => Some(self.system.read(path, self.limits)?.into()),
        };
        Ok(Content {
            bytes,
            file,
            values: Arc::default(),
            kustomization: Arc::default(),
        })
    }

    pub(crate) fn problem(&self, error: &ReadError, path: &Path, span: Span) -> Problem {
        let shown = (self.shown)(path);
        let message = format!("{}: {error}", shown.display());
        Problem::at(source::Level::Error, "unreadable-file", message, span)
    }
}
