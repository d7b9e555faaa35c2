//! The schemas that can be printed.

use clap::ValueEnum;

/// What a schema is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// The output of `scan -o json`.
    Report,
    /// The output of `drift -o json`.
    Drift,
    /// The output of `who-can -o json`.
    WhoCan,
    /// The output of `can -o json`.
    Can,
    /// The output of `paths -o json`.
    Paths,
    /// The output of `graph -o json`.
    Graph,
    /// The output of `diff -o json`.
    Diff,
    /// The output of `reach -o json`.
    Reach,
    /// The output of `least-privilege -o json`.
    LeastPrivilege,
    /// The file scantling.yaml.
    Configuration,
    /// The file tui.yaml of a user.
    Preferences,
}
