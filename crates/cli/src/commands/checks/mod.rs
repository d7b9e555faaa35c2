//! `scantling checks`: lists, pages, examples and the schema of checks.

mod list;
mod test;

use crate::args::{ChecksCommand, GlobalArgs};
use crate::commands::{explain, schema};
use crate::error::Error;
use crate::exit::Exit;
use crate::terminal::Look;

/// Runs a command about checks.
pub(super) fn run(command: &ChecksCommand, global: &GlobalArgs, look: Look) -> Result<Exit, Error> {
    match command {
        ChecksCommand::List { output, library } => list::run(*output, library, global, look),
        ChecksCommand::Test { folders } => test::run(folders, global, look),
        ChecksCommand::Show(args) => explain::run(args, explain::Page::Authors, global, look),
        ChecksCommand::Schema => schema::check_file(),
    }
}
