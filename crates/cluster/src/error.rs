//! Why a cluster can't be read at all.

use std::path::PathBuf;

/// Why a cluster can't be read at all.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The configuration of the client can't be followed.
    #[error("the configuration of the cluster can't be read: {0}")]
    Configuration(String),
    /// The configuration would run a program, and nobody vouches for it.
    #[error(
        "{} would run the program `{command}`, and it is in a folder that is scanned; copy it elsewhere if you trust it",
        path.display()
    )]
    Untrusted {
        /// The configuration.
        path: PathBuf,
        /// The program.
        command: String,
    },
    /// The connection can't be made.
    #[error("{address} can't be reached: {why}")]
    Unreachable {
        /// The server.
        address: String,
        /// Why not.
        why: String,
    },
    /// The server does not know who asks.
    #[error(
        "{address} does not accept these credentials ({status}); log in again, or choose another context"
    )]
    Refused {
        /// The server.
        address: String,
        /// Its answer.
        status: http::StatusCode,
    },
    /// The server answers what no API server answers.
    #[error("{address} does not answer like an API server of Kubernetes: {why}")]
    NoServer {
        /// The server.
        address: String,
        /// What is odd.
        why: String,
    },
    /// The threads of the client can't be started.
    #[error("the client can't start: {0}")]
    Runtime(std::io::Error),
}
