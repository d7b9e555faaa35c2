//! A project: what it contains, what is wrong with it, and what changed. The seam between all thinking and the surfaces.

pub mod access;
mod broken;
mod catalogue;
mod compare;
mod conclusion;
mod config;
mod discover;
mod drift;
mod early;
mod error;
mod examples;
mod finding;
mod findings;
mod fix;
mod gitops;
mod helm;
mod kustomize;
mod listing;
mod marked;
mod named;
mod navigate;
mod near;
mod options;
mod overrides;
mod place;
mod problems;
mod project;
pub mod query;
mod render;
mod report;
mod scan;
mod select;
mod setters;
mod shown;
mod sorted;
mod suppression;
mod system;
mod terraform;
mod together;
mod workspace;

pub use kubernetes::snapshot::{self, Snapshot};

pub use catalogue::{Catalogue, catalogue};
pub use config::{Config, Keys, Preferences, configuration_schema, preferences_schema};
pub use drift::{Drift, DriftClass, DriftReport, LiveValue, drift};
pub use error::Error;
pub use examples::{ExampleResult, TestReport, test_checks};
pub use findings::{FileFindings, Findings};
pub use fix::{FixedFile, FixesTogether, IsOver, fixed_files, path_in_patch, write_fixes};
pub use listing::{Cause, Content, Listed, ListedValue};
pub use navigate::{FileLink, Symbol, Wanted};
pub use options::{
    Fixes, HelmOptions, NoProgress, Options, Progress, SetForm, TerraformOptions, Variable,
};
pub use render::{RenderOptions, RenderedText, render};
pub use report::{
    Finding, Input, Presence, ProposedFix, Related, Report, ResourceName, Status, Suppression,
    Unit, Verdict, VerdictRow,
};
pub use scan::scan;
pub use suppression::{EntryScope, NewEntry, NewSuppressions, without_directive};
pub use terraform::{Answer, Explanation, evaluate};
pub use workspace::{
    About, DefaultsAt, Direction, Grant, Hint, HintValue, Neighbor, Other, Overview, PodSecurityAt,
    PodSecurityLevel, Subject, Survey, Surveyed, ValueAt, ValuesAt, Workspace,
};
