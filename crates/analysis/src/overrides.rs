//! What the configuration says of single paths.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use check::{Library, Severity};
use smol_str::SmolStr;
use source::Globs;

use crate::config::Config;
use crate::error::Error;
use crate::select::{ids, severities};

/// What differs at some paths.
pub(crate) struct Overrides(Vec<Row>);

struct Row {
    paths: Globs,
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
        let rows = config.overrides.iter().map(|row| {
            Ok(Row {
                paths: globs(config, &row.paths)?,
                disabled: ids(library, &row.disable)?.into_iter().collect(),
                severities: severities(library, &row.severity)?,
            })
        });
        Ok(Self(rows.collect::<Result<_, Error>>()?))
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

/// Globs of a configuration.
///
/// # Errors
/// When one can't be read.
pub(crate) fn globs(config: &Config, globs: &[String]) -> Result<Globs, Error> {
    Globs::new(globs.iter().map(String::as_str)).map_err(|error| Error::Config {
        path: config.file.clone(),
        line: None,
        message: error.to_string(),
    })
}
