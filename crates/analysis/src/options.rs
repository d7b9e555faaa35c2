//! What a surface asks for.

use std::path::PathBuf;

use std::sync::Arc;

pub use helm::set::Form as SetForm;
use kubernetes::snapshot::Snapshot;

use crate::report::Report;

/// What one run does. Each field that is empty leaves the decision to the configuration.
#[derive(Clone, Debug)]
pub struct Options {
    /// The files and folders to scan; `-` is the standard input.
    pub paths: Vec<PathBuf>,
    /// A file, by its absolute path: of what `paths` has, only the inputs of the source that it belongs to are read.
    pub near: Option<PathBuf>,
    /// The folder that relative paths start from and that shown paths are relative to.
    pub directory: PathBuf,
    /// What the standard input holds, where `paths` has `-`.
    pub stdin: Option<Vec<u8>>,
    /// What was read of a live cluster, which is scanned beside the paths; without paths, nothing else is.
    pub snapshot: Option<Arc<Snapshot>>,
    /// The folder outside of which nothing is read; else the enclosing repository.
    pub root: Option<PathBuf>,
    /// The configuration file; else `scantling.yaml` is looked for upward.
    pub config: Option<PathBuf>,
    /// Folders with further checks.
    pub check_folders: Vec<PathBuf>,
    /// The checks to run: ids, aliases, folders, severities, or `all`; those that are on by default where empty.
    pub select: Vec<String>,
    /// The checks to leave out, named alike.
    pub ignore: Vec<String>,
    /// Globs of paths to leave out, in the syntax of `.gitignore`.
    pub exclude: Vec<String>,
    /// The version of Kubernetes to judge against, such as `1.29`.
    pub kubernetes_version: Option<String>,
    /// Whether everything that exists is in the input, so that what is not there is missing.
    pub complete: bool,
    /// What root modules of Terraform are evaluated with.
    pub terraform: TerraformOptions,
    /// What charts are rendered with.
    pub helm: HelmOptions,
    /// The address of the repository that is scanned; else the configuration or git's remote `origin` says it.
    pub repository_url: Option<String>,
    /// Which fixes are computed and proven.
    pub fixes: Fixes,
    /// Whether the report names each pass: there are many more of them than of anything else.
    pub passes: bool,
    /// Whether the report names each verdict that can't be known.
    pub unknown: bool,
    /// Whether the report lists the resources with their values.
    pub values: bool,
    /// The present time in seconds since 1970; else the clock's.
    pub now: Option<i64>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            paths: Vec::new(),
            near: None,
            directory: PathBuf::from("."),
            stdin: None,
            snapshot: None,
            root: None,
            config: None,
            check_folders: Vec::new(),
            select: Vec::new(),
            ignore: Vec::new(),
            exclude: Vec::new(),
            kubernetes_version: None,
            complete: false,
            terraform: TerraformOptions::default(),
            helm: HelmOptions::default(),
            repository_url: None,
            fixes: Fixes::All,
            passes: false,
            unknown: true,
            values: false,
            now: None,
        }
    }
}

/// What charts are rendered with, as the arguments of `helm template` say it.
#[derive(Clone, Debug, Default)]
pub struct HelmOptions {
    /// Files of values, the weakest first (`--values`).
    pub values: Vec<PathBuf>,
    /// Values by themselves (`--set` and its like).
    pub set: Vec<(SetForm, String)>,
    /// The name of the release; else `release-name`.
    pub release: Option<String>,
    /// Its namespace; else `default`.
    pub namespace: Option<String>,
    /// Versions of APIs that the cluster has beside those that Helm knows.
    pub api_versions: Vec<String>,
    /// Whether the release is there already.
    pub is_upgrade: bool,
}

/// What root modules of Terraform are evaluated with.
#[derive(Clone, Debug, Default)]
pub struct TerraformOptions {
    /// Values for variables; a later one of a name counts, and all count before what the configuration gives.
    pub variables: Vec<Variable>,
    /// Values for variables by name that any file overrides, such as those of `TF_VAR_…`. Roots that do not declare a
    /// name ignore it.
    pub process: Vec<(String, String)>,
    /// `terraform.workspace`; unknown where neither this nor the configuration gives it.
    pub workspace: Option<String>,
}

/// Values for variables of root modules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Variable {
    /// One value as text, as Terraform's `-var` takes it.
    Value {
        /// The variable.
        name: String,
        /// The text.
        value: String,
    },
    /// A variable file.
    File(PathBuf),
}

/// Which fixes are computed and proven. Each costs another evaluation of its resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fixes {
    /// None.
    None,
    /// Those of the first findings of each check: as many as people look at.
    First(usize),
    /// All.
    All,
}

/// Somebody who watches a run.
pub trait Progress: Sync {
    /// A stage of the work begins, with this many steps.
    fn stage(&self, name: &'static str, steps: usize);
    /// A step of the present stage is done.
    fn step(&self);
    /// Whether somebody looks at what is found before all of it is.
    fn is_looking(&self) -> bool {
        false
    }
    /// What was found so far where somebody looks ([`Report::is_early`]); the next one has all of it and more.
    fn found(&self, _early: Report) {}
}

/// Nobody watches.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoProgress;

impl Progress for NoProgress {
    fn stage(&self, _name: &'static str, _steps: usize) {}
    fn step(&self) {}
}
