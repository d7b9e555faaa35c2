//! Errors of the program, and how they are told.

use std::error::Error as _;
use std::io::{self, ErrorKind, Write as _};
use std::path::PathBuf;

use anstyle::{AnsiColor, Style};
use source::ReadError;
use thiserror::Error;

/// Why the program can't do what it was asked for.
#[derive(Debug, Error)]
pub(crate) enum Error {
    /// The call or the configuration can't be followed.
    #[error(transparent)]
    Analysis(#[from] analysis::Error),
    /// The cluster can't be read.
    #[error(transparent)]
    Cluster(#[from] cluster::Error),
    /// The language server can't work.
    #[error(transparent)]
    Lsp(#[from] lsp::Error),
    /// The screen can't be shown.
    #[error(transparent)]
    Tui(#[from] tui::Error),
    /// The filter is not understood.
    #[error(transparent)]
    Query(#[from] analysis::query::QueryError),
    /// The standard output or error takes no more.
    #[error("cannot write the output")]
    Output(#[from] io::Error),
    /// The standard input can't be read.
    #[error("cannot read the standard input")]
    Input(#[source] io::Error),
    /// A file for the output can't be written.
    #[error("cannot write {}", source::neutral(&path.to_string_lossy()))]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: ReadError,
    },
    /// The output can't be put into its format.
    #[error("cannot write the output as {format}")]
    Format {
        /// The format.
        format: &'static str,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The call contradicts itself.
    #[error("{message}")]
    Usage {
        /// What is wrong.
        message: String,
        /// What to do.
        help: String,
    },
}

impl Error {
    /// The next step for a person, where there is one.
    fn help(&self) -> Option<String> {
        match self {
            Self::Analysis(error) => error.help(),
            Self::Usage { help, .. } => Some(help.clone()),
            Self::Query(error) => error.help.clone(),
            Self::Tui(tui::Error::NoTerminal) => {
                Some("`scantling scan` prints findings for programs and files".to_owned())
            }
            Self::File { source, .. } => match source {
                ReadError::NotFound => Some("make the folder first".to_owned()),
                _ => None,
            },
            Self::Cluster(_)
            | Self::Lsp(_)
            | Self::Tui(_)
            | Self::Output(_)
            | Self::Input(_)
            | Self::Format { .. } => None,
        }
    }

    /// Whether the reader of the output went away, as `head` does: that is nobody's fault.
    pub(crate) fn is_closed_pipe(&self) -> bool {
        let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(self);
        while let Some(error) = cause {
            if error
                .downcast_ref::<io::Error>()
                .is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
            {
                return true;
            }
            cause = error.source();
        }
        false
    }
}

/// Prints the error with its causes and what to do about it.
pub(crate) fn tell(error: &Error) {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!(": {error}"));
        cause = error.source();
    }
    let style = Style::new()
        .fg_color(Some(AnsiColor::BrightRed.into()))
        .bold();
    let help = error.help().map_or_else(String::new, |help| {
        format!(
            "\n{style}help{style:#}: {help}",
            style = Style::new().bold()
        )
    });
    // Where the standard error is closed as well, nobody can be told.
    let _ = writeln!(
        anstream::stderr().lock(),
        "{style}error{style:#}: {text}{help}"
    );
}
