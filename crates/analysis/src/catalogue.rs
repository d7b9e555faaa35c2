//! All checks that there are, for lists and pages.

use std::path::PathBuf;
use std::sync::Arc;

use check::{Check, Library};
use rayon::prelude::*;
use source::{FileSystem, Problem, Sources};

use crate::config::Config;
use crate::discover::clean;
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
    let (library, problems) = library(system, &folders(options, &config), &sources)?;
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
    let called = options.check_folders.iter().cloned();
    configured
        .chain(called)
        .map(|folder| clean(&options.directory.join(folder)))
        .collect()
}

/// The built-in checks and those of `folders`.
///
/// # Errors
/// When a folder is not there.
pub(crate) fn library(
    system: &dyn FileSystem,
    folders: &[PathBuf],
    sources: &Sources,
) -> Result<(Library, Vec<Problem>), Error> {
    let shares = rayon::current_num_threads();
    let shares: Vec<Library> = (0..shares)
        .into_par_iter()
        .map(|share| Library::builtin_share(share, shares))
        .collect();
    let mut library = Library::join(shares);
    let problems = load(system, &mut library, folders, sources)?;
    Ok((library, problems))
}

/// Adds the checks of users' folders to a library.
///
/// # Errors
/// When a folder is not there.
pub(crate) fn load(
    system: &dyn FileSystem,
    library: &mut Library,
    folders: &[PathBuf],
    sources: &Sources,
) -> Result<Vec<Problem>, Error> {
    let mut problems = Vec::new();
    for folder in folders {
        if let Err(source) = system.canonical(folder) {
            let path = folder.clone();
            return Err(Error::Read { path, source });
        }
        problems.extend(library.load(system, folder, sources, &kubernetes::is_known_subject));
    }
    Ok(problems)
}
