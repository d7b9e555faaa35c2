//! `scantling man`: the manual pages.

use std::io::Write as _;

use clap::{Command, CommandFactory as _};
use clap_mangen::Man;

use crate::args::Args;
use crate::error::Error;
use crate::exit::Exit;
use crate::terminal;

/// Prints the page of the program, or of one of its commands.
pub(super) fn run(names: &[String]) -> Result<Exit, Error> {
    let mut program = Args::command();
    program.build();
    let mut command = &program;
    for name in names.iter().flat_map(|name| name.split_whitespace()) {
        command = command
            .find_subcommand(name)
            .ok_or_else(|| unknown(command, name))?;
    }
    let mut out = terminal::stdout();
    Man::new(command.clone()).render(&mut out)?;
    out.flush()?;
    Ok(Exit::Clean)
}

fn unknown(parent: &Command, name: &str) -> Error {
    let names: Vec<&str> = parent.get_subcommands().map(Command::get_name).collect();
    let help = match source::nearest(name, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if names.is_empty() => format!("`{}` has no commands", parent.get_name()),
        None => format!("the commands are {}", names.join(", ")),
    };
    Error::Usage {
        message: format!("there is no command `{}`", source::neutral(name)),
        help,
    }
}
