//! Patterns of paths in the syntax of `.gitignore`.

use std::path::Path;

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use thiserror::Error;

/// Patterns of paths in the syntax of `.gitignore` (<https://git-scm.com/docs/gitignore>), relative to one folder.
#[derive(Clone, Debug)]
pub struct Globs(Gitignore);

/// A pattern that can't be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct InvalidGlob(String);

impl Globs {
    /// Reads patterns; later ones win, and `!` takes paths out again.
    ///
    /// # Errors
    /// When a pattern can't be read.
    pub fn new<'a>(patterns: impl IntoIterator<Item = &'a str>) -> Result<Self, InvalidGlob> {
        let mut builder = GitignoreBuilder::new("");
        for pattern in patterns {
            builder
                .add_line(None, pattern)
                .map_err(|error| InvalidGlob(error.to_string()))?;
        }
        builder
            .build()
            .map(Self)
            .map_err(|error| InvalidGlob(error.to_string()))
    }

    /// Whether a file, given by its relative path, or a folder above it matches.
    #[must_use]
    pub fn matches(&self, path: &Path) -> bool {
        path.is_relative() && self.0.matched_path_or_any_parents(path, false).is_ignore()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_files_and_what_is_below_folders() {
        let globs = Globs::new(["vendor/", "*.gen.yaml", "!keep.gen.yaml"]).unwrap();
        for (path, expected) in [
            ("a/vendor/b.yaml", true),
            ("x.gen.yaml", true),
            ("keep.gen.yaml", false),
            ("a.yaml", false),
            ("/abs", false),
        ] {
            assert_eq!(globs.matches(Path::new(path)), expected, "{path}");
        }
        assert!(Globs::new(["[z-a]"]).is_err());
    }
}
