//! The program `scantling`.

mod args;
mod commands;
mod error;
mod exit;
mod output;
mod page;
mod progress;
mod terminal;

use std::process::ExitCode;

use clap::Parser as _;

use crate::args::Args;

fn main() -> ExitCode {
    exit::conclude(commands::run(&Args::parse())).into()
}
