//! Why a run could not be done as asked.

use std::path::PathBuf;

use source::ReadError;
use thiserror::Error;

/// Why a run could not be done as asked: the fault of the call or of the configuration, never of the scanned input.
#[derive(Debug, Error)]
pub enum Error {
    /// A file of the configuration can't be read.
    #[error("cannot read {path}")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: ReadError,
    },
    /// The configuration is not understood.
    #[error("{path}{}: {message}", .line.map(|line| format!(":{line}")).unwrap_or_default())]
    Config {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: Option<usize>,
        /// What is wrong, with a suggestion.
        message: String,
    },
    /// A name in `--select`, `--ignore` or the configuration means no check.
    #[error("there is no check {name}{}", .nearest.as_ref().map(|near| format!("; did you mean {near}?")).unwrap_or_default())]
    UnknownCheck {
        /// The name.
        name: String,
        /// The check that is named most alike.
        nearest: Option<String>,
    },
    /// A version of Kubernetes is not one.
    #[error("{text} is no version of Kubernetes; write it as 1.29, or latest")]
    Version {
        /// What was given.
        text: String,
    },
    /// Two fixes can't be written together.
    #[error("the fixes of {path} touch the same text")]
    Overlap {
        /// The file.
        path: PathBuf,
    },
}
