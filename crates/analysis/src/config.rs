//! `scantling.yaml`: what a team settles once for all its runs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use source::{FileSystem, Limits};

use crate::error::Error;

/// The name of the file that is looked for upward.
const NAME: &str = "scantling.yaml";

/// The configuration of a project. All paths are relative to the folder that the file stands in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// What is scanned where the call names no path.
    pub paths: Vec<PathBuf>,
    /// Globs of paths that are left out.
    pub exclude: Vec<String>,
    /// Folders with further checks.
    pub checks: Vec<PathBuf>,
    /// Checks to run beside those that are on by default.
    pub enable: Vec<String>,
    /// Checks not to run.
    pub disable: Vec<String>,
    /// The severity of a check, by its name.
    pub severity: BTreeMap<String, String>,
    /// The settings of a check, by its name.
    pub settings: BTreeMap<String, serde_yaml::Mapping>,
    /// The version of Kubernetes to judge against.
    pub kubernetes_version: Option<String>,
    /// Whether everything that exists is in the input.
    pub complete: bool,
    /// Where pods stand in further custom kinds, such as `Rollout.argoproj.io spec.template`.
    pub pods: Vec<String>,
    /// Findings that are known and accepted.
    pub suppress: Vec<SuppressEntry>,
    /// What is different for some paths.
    pub overrides: Vec<Override>,
    /// The file that this was read from.
    #[serde(skip)]
    pub file: PathBuf,
    /// The path from the folder of the configuration to that which shown paths are relative to.
    #[serde(skip)]
    pub(crate) prefix: PathBuf,
}

/// An accepted finding.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SuppressEntry {
    /// The checks, by id or alias.
    pub checks: Vec<String>,
    /// The address of the resource, with `*` for any text; any where absent.
    pub address: Option<String>,
    /// The glob of the files; any where absent.
    pub path: Option<String>,
    /// Why.
    pub reason: String,
    /// The last day, `YYYY-MM-DD`; for ever where absent.
    pub until: Option<String>,
}

/// What is different for some paths.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Override {
    /// Globs of the files.
    pub paths: Vec<String>,
    /// Checks not to run there.
    pub disable: Vec<String>,
    /// Other severities there.
    pub severity: BTreeMap<String, String>,
}

impl Config {
    /// The configuration of a run: the given file, else the nearest `scantling.yaml` at or above `directory`, up to the
    /// enclosing repository's root.
    ///
    /// # Errors
    /// When the given file can't be read, or the one that is found is not understood.
    pub fn find(
        system: &dyn FileSystem,
        given: Option<&Path>,
        directory: &Path,
    ) -> Result<Self, Error> {
        if let Some(path) = given {
            return Self::read(system, path);
        }
        let start = system
            .canonical(directory)
            .unwrap_or_else(|_| directory.to_path_buf());
        for folder in start.ancestors() {
            let path = folder.join(NAME);
            if system.exists(&path) {
                let mut config = Self::read(system, &path)?;
                config.prefix = start
                    .strip_prefix(folder)
                    .unwrap_or(Path::new(""))
                    .to_path_buf();
                return Ok(config);
            }
            if system.exists(&folder.join(".git")) {
                break;
            }
        }
        Ok(Self::default())
    }

    fn read(system: &dyn FileSystem, path: &Path) -> Result<Self, Error> {
        let failed = |source| Error::Read {
            path: path.to_path_buf(),
            source,
        };
        let bytes = system.read(path, Limits::default()).map_err(failed)?;
        let text = String::from_utf8_lossy(&bytes);
        let mut config: Self = match serde_yaml::from_str(&text) {
            Ok(config) => config,
            Err(error) if text.trim().is_empty() => {
                let _ = error;
                Self::default()
            }
            Err(error) => {
                let line = error.location().map(|location| location.line());
                return Err(Error::Config {
                    path: path.to_path_buf(),
                    line,
                    message: explain(&error.to_string()),
                });
            }
        };
        config.file = path.to_path_buf();
        Ok(config)
    }

    /// The folder that the paths of the configuration are relative to.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.file.parent().unwrap_or(Path::new(""))
    }
}

/// The message of the reader, with the key that was probably meant.
fn explain(message: &str) -> String {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    match quoted.split_first() {
        Some((unknown, known)) if message.contains("unknown field") => {
            let near = source::nearest(unknown, known.iter().copied());
            let suggestion = near.map_or_else(
                || format!("; the keys are {}", known.join(", ")),
                |near| format!("; did you mean `{near}`?"),
            );
            format!("there is no key `{unknown}`{suggestion}")
        }
        _ => message.to_owned(),
    }
}
