//! All checks that there are, for lists and pages.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use check::{Check, Library};
use rayon::prelude::*;
use source::{FileSystem, Problem, Sources};

use crate::config::Config;
use crate::discover::clean;
use crate::error::Error;
use crate::helm;
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

/// A folder with users' checks.
pub(crate) struct CheckFolder {
    path: PathBuf,
    /// The real path of the folder out of which no link is followed.
    boundary: Option<PathBuf>,
}

impl CheckFolder {
    /// A folder that the call names.
    pub(crate) fn called(options: &Options, path: &Path) -> Self {
        Self {
            path: clean(&options.directory.join(path)),
            boundary: None,
        }
    }

    fn configured(options: &Options, config: &Config, path: &Path) -> Self {
        Self {
            boundary: config.boundary.clone(),
            ..Self::called(options, &config.folder().join(path))
        }
    }
}

/// The folders with users' checks: those of the configuration, then those of the call.
pub(crate) fn folders(options: &Options, config: &Config) -> Vec<CheckFolder> {
    let configured = config.checks.iter();
    let configured = configured.map(|path| CheckFolder::configured(options, config, path));
    let called = options.check_folders.iter();
    let called = called.map(|path| CheckFolder::called(options, path));
    configured.chain(called).collect()
}

/// The built-in checks and those of `folders`.
///
/// # Errors
/// When a folder is not there.
pub(crate) fn library(
    system: &dyn FileSystem,
    folders: &[CheckFolder],
    sources: &Sources,
) -> Result<(Library, Vec<Problem>), Error> {
    let mut library = builtin();
    let problems = load(system, &mut library, folders, sources)?;
    Ok((library, problems))
}

/// The built-in checks, which are read once: a server and a test scan often.
pub(crate) fn builtin() -> Library {
    static BUILTIN: OnceLock<Library> = OnceLock::new();
    if let Some(library) = BUILTIN.get() {
        return library.clone();
    }
    // Not within `get_or_init`: a thread that waits for the shares could take up another scan, which would wait for itself.
    let shares = rayon::current_num_threads();
    let shares: Vec<Library> = (0..shares)
        .into_par_iter()
        .map(|share| Library::builtin_share(share, shares))
        .collect();
    let library = Library::join(shares);
    BUILTIN.get_or_init(|| library).clone()
}

/// Whether some reader produces resources that checks name so.
pub(crate) fn is_known_subject(name: &str) -> bool {
    kubernetes::is_known_subject(name)
        || terraform::resource::is_known_subject(name)
        || helm::is_known_subject(name)
}

/// Adds the checks of users' folders to a library.
///
/// # Errors
/// When a folder is not there.
pub(crate) fn load(
    system: &dyn FileSystem,
    library: &mut Library,
    folders: &[CheckFolder],
    sources: &Sources,
) -> Result<Vec<Problem>, Error> {
    let mut problems = Vec::new();
    for CheckFolder { path, boundary } in folders {
        if let Err(source) = system.canonical(path) {
            let path = path.clone();
            return Err(Error::Read { path, source });
        }
        let boundary = boundary.as_deref();
        problems.extend(library.load(system, path, boundary, sources, &is_known_subject));
    }
    Ok(problems)
}
