//! What the configuration says of single paths.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use check::{Library, Severity};
use smol_str::SmolStr;
use source::Globs;

use crate::config::Config;
use crate::error::Error;
use crate::select::{ids, severities, within};

/// What differs at some paths.
pub(crate) struct Overrides(Vec<Row>);

struct Row {
    paths: Patterns,
    disabled: HashSet<SmolStr>,
    severities: HashMap<SmolStr, Severity>,
}

/// What differs for one check in one file.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Local {
    pub(crate) disabled: bool,
    pub(crate) severity: Option<Severity>,
}

impl Overrides {
    /// Reads the overrides of a configuration.
    ///
    /// # Errors
    /// When a name means no check, or a glob is none.
    pub(crate) fn new(library: &Library, config: &Config) -> Result<Self, Error> {
        let mut rows = Vec::new();
        for (index, row) in config.overrides.iter().enumerate() {
            let index = index.to_string();
            let at = |key| ["overrides", index.as_str(), key];
            let disabled = ids(library, &row.disable)
                .map_err(|error| within(config, &at("disable"), &error))?;
            rows.push(Row {
                paths: configured_patterns(config, &at("paths"), &row.paths)?,
                disabled: disabled.into_iter().collect(),
                severities: severities(library, config, &at("severity"), &row.severity)?,
            });
        }
        Ok(Self(rows))
    }

    /// What differs for a check in a file; of several rows the last wins.
    pub(crate) fn at(&self, path: &Path, check: &str) -> Local {
        let mut local = Local::default();
        for row in self.0.iter().filter(|row| row.paths.matches(path)) {
            local.disabled |= row.disabled.contains(check);
            local.severity = row.severities.get(check).copied().or(local.severity);
        }
        local
    }
}

/// Patterns of paths that are relative to the folder of the configuration.
#[derive(Clone, Debug)]
pub(crate) struct Patterns {
    globs: Globs,
    /// The path from that folder to the one that shown paths are relative to.
    prefix: PathBuf,
}

impl Patterns {
    /// Whether the patterns match a file, given by its shown path.
    pub(crate) fn matches(&self, shown: &Path) -> bool {
        self.globs.matches(&self.prefix.join(shown))
    }
}

/// Reads patterns that are relative to the folder of the configuration, or of the run where there is none.
///
/// # Errors
/// When one can't be read.
pub(crate) fn patterns(config: &Config, patterns: &[String]) -> Result<Patterns, Error> {
    match Globs::new(patterns.iter().map(String::as_str)) {
        Ok(globs) => Ok(Patterns {
            globs,
            prefix: config.prefix.clone(),
        }),
        Err(error) => Err(Error::Pattern {
            message: source::neutral(&error.to_string()).into_owned(),
        }),
    }
}

/// Reads the patterns that stand in the configuration at a path.
///
/// # Errors
/// When one can't be read.
pub(crate) fn configured_patterns(
    config: &Config,
    path: &[&str],
    given: &[String],
) -> Result<Patterns, Error> {
    patterns(config, given).map_err(|error| within(config, path, &error))
}
