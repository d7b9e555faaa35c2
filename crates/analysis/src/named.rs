//! Files that the call or the configuration names: a run can't do without them.

use std::path::Path;
use std::sync::Arc;

use source::{FileSystem, Limits, SourceFile, Sources};

use crate::config::Config;
use crate::discover::clean;
use crate::error::Error;
use crate::options::Options;

/// Where named files are read from.
pub(crate) struct NamedFiles<'a> {
    pub(crate) system: &'a dyn FileSystem,
    pub(crate) sources: &'a Sources,
    /// The folder of the run.
    directory: &'a Path,
}

impl<'a> NamedFiles<'a> {
    /// Those of a run.
    pub(crate) fn of(
        system: &'a dyn FileSystem,
        sources: &'a Sources,
        options: &'a Options,
    ) -> Self {
        Self {
            system,
            sources,
            directory: &options.directory,
        }
    }

    /// A file that the call names.
    ///
    /// # Errors
    /// When it can't be read.
    pub(crate) fn called(&self, path: &Path) -> Result<Arc<SourceFile>, Error> {
        self.load(path, path)
    }

    /// A file that the configuration names at a key.
    ///
    /// # Errors
    /// When it can't be read, with the place in the configuration.
    pub(crate) fn configured(
        &self,
        config: &Config,
        key: &[&str],
        path: &Path,
    ) -> Result<Arc<SourceFile>, Error> {
        let shown = clean(&config.folder().join(path));
        self.load(&shown, &shown)
            .map_err(|error| config.error(key, cause(&error), None))
    }

    fn load(&self, path: &Path, shown: &Path) -> Result<Arc<SourceFile>, Error> {
        let full = clean(&self.directory.join(path));
        let loaded = self
            .sources
            .load(self.system, &full, shown, Limits::default());
        loaded.map_err(|source| Error::Read {
            path: shown.to_path_buf(),
            source,
        })
    }
}

fn cause(error: &Error) -> String {
    let source = std::error::Error::source(error);
    match source {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}
