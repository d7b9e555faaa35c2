//! What is evaluated.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::TerraformArgs;

/// An expression and where it is evaluated.
#[derive(Debug, ClapArgs)]
#[command(after_help = EVAL_EXIT_CODES)]
pub(crate) struct EvalArgs {
    /// The folder of the root module.
    #[arg(value_name = "PATH", default_value = ".")]
    pub(crate) path: PathBuf,
    /// The expression, such as `local.tags`; with `-` each line of the standard input is one; without one, all resources are
    /// listed with their values.
    #[arg(value_name = "EXPRESSION")]
    pub(crate) expression: Option<String>,
    /// What the root module is evaluated with.
    #[command(flatten)]
    pub(crate) terraform: TerraformArgs,
    /// Read nothing outside of this folder [default: the enclosing repository].
    #[arg(long, value_name = "FOLDER", help_heading = "Input")]
    pub(crate) root: Option<PathBuf>,
    /// The configuration [default: the nearest scantling.yaml upward].
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub(crate) config: Option<PathBuf>,
}

const EVAL_EXIT_CODES: &str = "\
Exit codes:
  0  every expression has a value, which may be unknown
  1  an expression has none
  2  wrong usage, or the tool could not work";
