//! Whole roots for tests.

use std::path::{Path, PathBuf};

use source::{Memory, Sources};

use super::{Options, Root, evaluate};
use crate::module::Modules;

/// Evaluates the files of a root in a folder `r`.
pub(crate) fn root(files: &[(&str, &str)]) -> Root {
    let at = |(path, text): &(&str, &str)| (PathBuf::from("r").join(path), (*text).to_owned());
    let system = Memory::new(files.iter().map(at));
    let sources = Sources::default();
    let shown = |path: &Path| path.to_path_buf();
    let modules = Modules::new(&system, &sources, &shown);
    evaluate(&Options {
        modules: &modules,
        folder: Path::new("r"),
        boundary: Path::new("r"),
        inputs: &[],
        workspace: None,
    })
}
