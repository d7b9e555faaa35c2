//! What is shown on the screen.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use super::{CheckArgs, ReadArgs};

/// What is shown on the screen.
#[derive(Debug, ClapArgs)]
#[command(after_help = PREFERENCES)]
pub(crate) struct TuiArgs {
    /// Files, folders and snapshots of clusters [default: those of scantling.yaml, else `.`].
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The colors; `sixteen` are the terminal's own [default: what the terminal says of itself].
    #[arg(long, value_name = "THEME", help_heading = "Screen")]
    pub(crate) theme: Option<ThemeArg>,
    /// Draw only signs of ASCII.
    #[arg(long, help_heading = "Screen")]
    pub(crate) ascii: bool,
    /// What is read, and with what it is evaluated.
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    /// Which checks run.
    #[command(flatten)]
    pub(crate) checks: CheckArgs,
}

const PREFERENCES: &str = "\
`?` lists all keys. They, the theme and the mouse are set in $XDG_CONFIG_HOME/scantling/tui.yaml, else
~/.config/scantling/tui.yaml; `scantling schema preferences` says how.";

/// The colors of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ThemeArg {
    /// Light text on a dark ground.
    Dark,
    /// Dark text on a light ground.
    Light,
    /// The terminal's own 16 colors.
    Sixteen,
    /// No color.
    Plain,
}
