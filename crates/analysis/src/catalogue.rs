//! All checks that there are, for lists and pages.

use std::path::PathBuf;
use std::sync::Arc;

use check::{Check, Library};
use source::{FileSystem, Problem, Sources};

use crate::config::Config;
use crate::error::Error;
use crate::options::Options;

/// All checks, built in and of users' folders.
#[derive(Debug)]
pub struct Catalogue {
    /// The checks, by id.
    pub checks: Vec<Arc<Check>>,
    /// What is wrong with check files.
    pub problems: Vec<Problem>,
    /// The files that spans refer to.
    pub sources: Arc<Sources>,
}

/// Reads all checks.
///
/// # Errors
/// When the configuration is not understood.
pub fn catalogue(system: &dyn FileSystem, options: &Options) -> Result<Catalogue, Error> {
    let config = Config::find(system, options.config.as_deref(), &options.directory)?;
    let sources = Arc::new(Sources::default());
    let (library, problems) = library(system, &folders(options, &config), &sources);
    Ok(Catalogue {
        checks: library.checks,
        problems,
        sources,
    })
}

/// The folders with users' checks: those of the configuration, then those of the call.
pub(crate) fn folders(options: &Options, config: &Config) -> Vec<PathBuf> {
    let configured = config
        .checks
        .iter()
        .map(|folder| config.folder().join(folder));
    configured
        .chain(
            options
                .check_folders
                .iter()
                .map(|folder| options.directory.join(folder)),
        )
        .collect()
}

/// The built-in checks and those of `folders`.
pub(crate) fn library(
    system: &dyn FileSystem,
    folders: &[PathBuf],
    sources: &Sources,
) -> (Library, Vec<Problem>) {
    // The program's own tests see to it that built-in checks have no problems.
    let (mut library, _) = Library::builtin();
    let mut problems = Vec::new();
    for folder in folders {
        problems.extend(library.load(system, folder, sources, &kubernetes::is_known_subject));
    }
    (library, problems)
}
