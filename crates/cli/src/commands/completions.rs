//! `scantling completions`: a script for a shell.

use std::io::Write as _;

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::args::Args;
use crate::error::Error;
use crate::exit::Exit;
use crate::terminal;

pub(super) fn run(shell: Shell) -> Result<Exit, Error> {
    // The generator panics where it can't write, so it writes to memory.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "scantling", &mut script);
    let mut out = terminal::stdout();
    out.write_all(&script)?;
    out.flush()?;
    Ok(Exit::Clean)
}
