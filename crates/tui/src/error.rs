//! Why the screen can't be shown.

use std::io;

use thiserror::Error;

/// Why the screen can't be shown.
#[derive(Debug, Error)]
pub enum Error {
    /// The input or the output is no terminal.
    #[error("the standard input and output are no terminal")]
    NoTerminal,
    /// What the user prefers can't be followed.
    #[error("the preferences can't be followed: {0}")]
    Preferences(String),
    /// The terminal refuses.
    #[error("the terminal can't be used")]
    Terminal(#[from] io::Error),
}
