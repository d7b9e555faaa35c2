//! What every command that reads a project is given: a cluster, what of the input is read, and with what it is evaluated.

use std::path::PathBuf;

use analysis::{HelmOptions, Options, SetForm, TerraformOptions};
use clap::Args as ClapArgs;

use super::ClusterArgs;
use crate::variables::{self, VariableArgs};

/// What is read, and with what it is evaluated.
#[derive(Debug, ClapArgs)]
pub(crate) struct ReadArgs {
    /// Read what runs in a cluster, together with the paths that are named; nothing is changed there.
    #[arg(long, help_heading = "Cluster")]
    pub(crate) cluster: bool,
    /// Which cluster.
    #[command(flatten)]
    pub(crate) access: ClusterArgs,
    /// What of the input is read.
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// What root modules of Terraform are evaluated with.
    #[command(flatten)]
    pub(crate) terraform: TerraformArgs,
    /// What charts are rendered with.
    #[command(flatten)]
    pub(crate) helm: HelmArgs,
}

impl ReadArgs {
    /// What of them the options of a run hold; paths and what runs in the cluster are left to the command.
    pub(crate) fn options(&self) -> Options {
        Options {
            root: self.input.root.clone(),
            exclude: self.input.exclude.clone(),
            kubernetes_version: self.input.kubernetes_version.clone(),
            complete: self.input.complete,
            repository_url: self.input.repo_url.clone(),
            terraform: self.terraform.options(),
            helm: self.helm.options(),
            ..Options::default()
        }
    }
}

/// What charts are rendered with, as the arguments of `helm template`.
#[derive(Debug, Default, ClapArgs)]
#[command(next_help_heading = "Helm")]
pub(crate) struct HelmArgs {
    /// Read values for charts from this file; may be repeated, and the last value counts. Without one, files such as
    /// `values-prod.yaml` beside a chart make environments.
    #[arg(short = 'f', long, value_name = "FILE")]
    values: Vec<PathBuf>,
    /// Set values, such as `image.tag=1,ports[0]=80`; may be repeated.
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// Set values as text.
    #[arg(long, value_name = "KEY=VALUE")]
    set_string: Vec<String>,
    /// Set values as JSON.
    #[arg(long, value_name = "KEY=JSON")]
    set_json: Vec<String>,
    /// Set values to the text of files.
    #[arg(long, value_name = "KEY=FILE")]
    set_file: Vec<String>,
    /// Set a value to everything behind `=`.
    #[arg(long, value_name = "KEY=TEXT")]
    set_literal: Vec<String>,
    /// The name of the release [default: release-name].
    #[arg(long, value_name = "NAME")]
    release: Option<String>,
    /// The namespace of the release [default: default]; with `--cluster`, the only one that is read beside what has none.
    #[arg(short, long, value_name = "NAME")]
    namespace: Option<String>,
    /// A version of an API that the cluster has, such as `monitoring.coreos.com/v1`; may be repeated.
    #[arg(long, value_name = "API", value_delimiter = ',')]
    api_versions: Vec<String>,
    /// Render for an upgrade of a release that is there.
    #[arg(long)]
    is_upgrade: bool,
}

impl HelmArgs {
    /// What charts are rendered with.
    pub(crate) fn options(&self) -> HelmOptions {
        let forms = [
            (SetForm::Set, &self.set),
            (SetForm::String, &self.set_string),
            (SetForm::Json, &self.set_json),
            (SetForm::File, &self.set_file),
            (SetForm::Literal, &self.set_literal),
        ];
        let set = forms.into_iter();
        HelmOptions {
            values: self.values.clone(),
            set: set
                .flat_map(|(form, all)| all.iter().map(move |one| (form, one.clone())))
                .collect(),
            release: self.release.clone(),
            namespace: self.namespace.clone(),
            api_versions: self.api_versions.clone(),
            is_upgrade: self.is_upgrade,
        }
    }
}

/// What is read.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Input")]
pub(crate) struct InputArgs {
    /// Leave out paths that match this glob, in the syntax of .gitignore; may be repeated.
    #[arg(long, value_name = "GLOB")]
    pub(crate) exclude: Vec<String>,
    /// Everything that exists is in the input: a reference to something else is dangling, not unknown.
    #[arg(long)]
    pub(crate) complete: bool,
    /// The version of Kubernetes to judge against [default: the newest known].
    #[arg(long, value_name = "VERSION")]
    pub(crate) kubernetes_version: Option<String>,
    /// The address of the repository that is scanned, by which Argo CD and Flux deploy it [default: `repository-url` of
    /// scantling.yaml, else the remote `origin` of git].
    #[arg(long, value_name = "URL")]
    pub(crate) repo_url: Option<String>,
    /// Read nothing outside of this folder [default: the enclosing repository].
    #[arg(long, value_name = "FOLDER")]
    pub(crate) root: Option<PathBuf>,
}

/// What root modules of Terraform are evaluated with.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Terraform and OpenTofu")]
pub(crate) struct TerraformArgs {
    /// Values for variables.
    #[command(flatten)]
    pub(crate) variables: VariableArgs,
    /// The value of `terraform.workspace` [default: unknown].
    #[arg(long, value_name = "NAME")]
    pub(crate) workspace: Option<String>,
    /// Take variables from `TF_VAR_…` and the workspace from `TF_WORKSPACE` in the environment of this process.
    #[arg(long)]
    pub(crate) env_vars: bool,
}

impl TerraformArgs {
    /// What root modules are evaluated with.
    pub(crate) fn options(&self) -> TerraformOptions {
        let mut options = TerraformOptions {
            variables: self.variables.0.clone(),
            workspace: self.workspace.clone(),
            process: Vec::new(),
        };
        if self.env_vars {
            options.process = variables::of_process();
            let workspace = std::env::var("TF_WORKSPACE").ok();
            options.workspace = options
                .workspace
                .or(workspace.filter(|name| !name.is_empty()));
        }
        options
    }
}
