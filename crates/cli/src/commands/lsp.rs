//! `scantling lsp`: findings in editors, while one types.

use crate::args::LspArgs;
use crate::error::Error;
use crate::exit::Exit;

/// Serves one editor until it leaves.
pub(super) fn run(args: &LspArgs) -> Result<Exit, Error> {
    match args.socket {
        Some(address) => ::lsp::serve_socket(address)?,
        None => ::lsp::serve_stdio()?,
    }
    Ok(Exit::Clean)
}
