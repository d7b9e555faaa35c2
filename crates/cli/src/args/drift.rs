//! What is compared with what runs.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::ReadArgs;
use crate::output::Target;

/// What is compared, and how.
#[derive(Debug, ClapArgs)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct DriftArgs {
    /// Files and folders that declare what should run; without `--cluster`, a snapshot of what runs among them.
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// A format and where to put it: human, json or sarif; may be repeated [default: human].
    #[arg(short, long, value_name = "FORMAT[=FILE]", value_parser = Target::parse, help_heading = "Output")]
    pub(crate) output: Vec<Target>,
    /// What is read, and with what it is evaluated.
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    /// The configuration [default: the nearest scantling.yaml upward].
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub(crate) config: Option<PathBuf>,
    /// Exit with 3 where an input was not understood wholly, or a module or chart is not in the input.
    #[arg(long, help_heading = "Exit code")]
    pub(crate) strict: bool,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  what runs is as it is declared
  1  differences that matter
  2  wrong usage, or the tool could not work
  3  nothing that is declared runs; with --strict, some input was not understood wholly, or a module or chart is not there";
