//! The command line.

mod access;
mod cluster;
mod drift;
mod eval;
mod read;
mod schema;
mod tui;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args as ClapArgs, ColorChoice, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

pub(crate) use access::{
    AccessFormat, CanArgs, DiffArgs, GraphArgs, GraphFormat, LeastArgs, PathsArgs, ReachArgs,
    WhoCanArgs, WorldArgs,
};
pub(crate) use cluster::{ClusterArgs, SnapshotArgs};
pub(crate) use drift::DriftArgs;
pub(crate) use eval::EvalArgs;
pub(crate) use read::{HelmArgs, ReadArgs, TerraformArgs};
pub(crate) use schema::SchemaOf;
pub(crate) use tui::{ThemeArg, TuiArgs};

use crate::output::Target;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// Finds security and reliability weaknesses in infrastructure code, where a person would change them.
///
/// Nothing leaves this machine: no connection is opened but to a cluster that the call asks for, and no program is run but git by
/// `diff`, which reads objects only.
#[derive(Debug, Parser)]
#[command(name = "scantling", version, styles = STYLES, max_term_width = 100)]
pub(crate) struct Args {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// What all commands share.
    #[command(flatten)]
    pub(crate) global: GlobalArgs,
}

/// Options of every command.
#[derive(Debug, ClapArgs)]
pub(crate) struct GlobalArgs {
    /// When to use color; `auto` follows the terminal, NO_COLOR and CLICOLOR_FORCE.
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        help_heading = "Output"
    )]
    pub(crate) color: ColorChoice,
    /// Print only what was found and nothing about the run; twice, print only errors.
    #[arg(short, long, global = true, action = clap::ArgAction::Count, conflicts_with = "verbose", help_heading = "Output")]
    pub(crate) quiet: u8,
    /// Show everything: each finding in full, each input, and why verdicts are unknown.
    #[arg(short, long, global = true, help_heading = "Output")]
    pub(crate) verbose: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Scan files and folders.
    Scan(Box<ScanArgs>),
    /// Show findings, resources and what is between them on the screen; fix what is declared here.
    Tui(Box<TuiArgs>),
    /// Compare what files declare with what runs in a cluster.
    Drift(Box<DriftArgs>),
    /// Tell who may do something, by the roles and bindings of files or a cluster.
    WhoCan(Box<WhoCanArgs>),
    /// Tell what someone may do, or whether they may do something.
    Can(Box<CanArgs>),
    /// Tell who can become whom, hop by hop: pods and subjects that reach nodes, Secrets or the administration of the cluster.
    Paths(Box<PathsArgs>),
    /// Tell which paths are new, and which are gone, between two states of files or clusters.
    Diff(Box<DiffArgs>),
    /// Tell which traffic may flow between pods, Services, addresses and the internet, and which policies decide.
    Reach(Box<ReachArgs>),
    /// Tell the least that somebody needs, by what an audit log says that they did, and what is granted beyond that.
    LeastPrivilege(Box<LeastArgs>),
    /// Draw who can become whom: the paths as a graph for Graphviz, Mermaid or programs.
    Graph(Box<GraphArgs>),
    /// Evaluate expressions in a root module of Terraform or OpenTofu, without network or providers.
    Eval(Box<EvalArgs>),
    /// Render a Helm chart as `helm template` does, or build a kustomization as `kustomize build` does, without network.
    Render(Box<RenderArgs>),
    /// Save what a cluster has, for scans without it. Nothing is changed there, and no Secret is saved.
    Snapshot(SnapshotArgs),
    /// List, show and test checks.
    #[command(subcommand)]
    Checks(ChecksCommand),
    /// Explain a check: why it matters, what to do, and examples.
    Explain(ShowArgs),
    /// Serve an editor over the Language Server Protocol: findings while one types.
    Lsp(LspArgs),
    /// Print a JSON schema: that of `scan -o json`, of another command with `-o json`, of scantling.yaml, or of the preferences
    /// for the screen.
    Schema {
        /// What it is the schema of.
        #[arg(value_enum, default_value = "report")]
        of: SchemaOf,
    },
    /// Print a completion script.
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Print the manual page, of one command if it is named.
    Man {
        /// The command, such as `scan` or `checks list`.
        command: Vec<String>,
    },
}

/// What is scanned, and how.
#[derive(Debug, ClapArgs)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct ScanArgs {
    /// Files and folders; `-` is the standard input [default: those of scantling.yaml, else `.`].
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// A format and where to put it: human, json, sarif, github or junit; may be repeated [default: human].
    #[arg(short, long, value_name = "FORMAT[=FILE]", value_parser = Target::parse, help_heading = "Output")]
    pub(crate) output: Vec<Target>,
    /// Show only findings that match, such as `severity>=high kind:Deployment ns:prod-* !check:host-*`; the exit code counts
    /// these alone, and the number of the others is told.
    #[arg(long, value_name = "QUERY", long_help = FILTER, help_heading = "Output")]
    pub(crate) filter: Option<String>,
    /// Print the proven fixes as a diff, in place of the findings.
    #[arg(long, conflicts_with = "fix", help_heading = "Fixes")]
    pub(crate) diff: bool,
    /// Write the proven fixes but those that may break what works, and report what is left.
    #[arg(long, help_heading = "Fixes")]
    pub(crate) fix: bool,
    /// Which verdicts `-o json` holds.
    #[arg(
        long,
        value_name = "WHICH",
        default_value = "fail",
        help_heading = "Output"
    )]
    pub(crate) verdicts: Verdicts,
    /// Say where the time went.
    #[arg(long, help_heading = "Output")]
    pub(crate) timings: bool,
    /// Go on, and tell which findings come and go, a line each; Ctrl-C ends it.
    #[arg(
        long,
        requires = "cluster",
        conflicts_with_all = ["diff", "fix", "timings"],
        help_heading = "Cluster"
    )]
    pub(crate) watch: bool,
    /// What is read, and with what it is evaluated.
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    /// Which checks run.
    #[command(flatten)]
    pub(crate) checks: CheckArgs,
    /// When the run fails.
    #[command(flatten)]
    pub(crate) gate: GateArgs,
}

const FILTER: &str = "\
Show only findings that match; the exit code counts these alone, and the number of the others is told.

Words must all hold, `!` turns a word around, commas separate alternatives, and `*` and `?` stand for any text and any
character: severity>=high kind:Deployment,StatefulSet ns:prod-* !check:host-* \"any text\"

Fields: severity (with = < <= > >=), check, kind, ns, name, env, path, format
Flags:  suppressed, fixable, conditional, declared, live";

const EXIT_CODES: &str = "\
Exit codes:
  0  clean
  1  findings at or above --fail-on, or unknown verdicts with --fail-on-unknown
  2  wrong usage, or the tool could not work
  3  nothing was scanned; with --strict, some input or check was not understood wholly, or a module or chart is not there";

/// A chart and what of it is printed.
#[derive(Debug, ClapArgs)]
#[command(after_help = RENDER_EXIT_CODES)]
pub(crate) struct RenderArgs {
    /// The folder of a chart or a kustomization, or a packaged chart.
    #[arg(value_name = "PATH", default_value = ".")]
    pub(crate) path: PathBuf,
    /// Print beside each line where it is written: the file of values or the patch, else the template or the base.
    #[arg(long, help_heading = "Output")]
    pub(crate) origins: bool,
    /// Print the files below `crds/`, too.
    #[arg(long, help_heading = "Output")]
    pub(crate) include_crds: bool,
    /// Leave out hooks.
    #[arg(long, help_heading = "Output")]
    pub(crate) no_hooks: bool,
    /// Leave out hooks that test the release.
    #[arg(long, help_heading = "Output")]
    pub(crate) skip_tests: bool,
    /// Print only the manifests of this template, such as `templates/service.yaml`; may be repeated.
    #[arg(short, long, value_name = "TEMPLATE", help_heading = "Output")]
    pub(crate) show_only: Vec<String>,
    /// What the chart is rendered with.
    #[command(flatten)]
    pub(crate) helm: HelmArgs,
    /// The version of Kubernetes that templates are told [default: that of Helm].
    #[arg(
        long,
        alias = "kube-version",
        value_name = "VERSION",
        help_heading = "Helm"
    )]
    pub(crate) kubernetes_version: Option<String>,
    /// Read nothing outside of this folder [default: the enclosing repository].
    #[arg(long, value_name = "FOLDER", help_heading = "Input")]
    pub(crate) root: Option<PathBuf>,
}

const RENDER_EXIT_CODES: &str = "\
Exit codes:
  0  rendered
  1  what Helm would refuse; what could be rendered is printed
  2  wrong usage, or the tool could not work";

/// Which checks there are and which run.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Checks")]
pub(crate) struct CheckArgs {
    /// Run only these, separated by commas: ids, aliases of other tools, folders, severities, or `all`.
    #[arg(long, value_name = "CHECK", value_delimiter = ',')]
    pub(crate) select: Vec<String>,
    /// Leave these out, named alike.
    #[arg(long, value_name = "CHECK", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,
    /// Where checks come from.
    #[command(flatten)]
    pub(crate) library: LibraryArgs,
}

/// Where checks come from.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Checks")]
pub(crate) struct LibraryArgs {
    /// A folder with checks of your own; may be repeated.
    #[arg(long = "checks", value_name = "FOLDER")]
    pub(crate) folders: Vec<PathBuf>,
    /// The configuration [default: the nearest scantling.yaml upward].
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

/// When the run fails.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Exit code")]
pub(crate) struct GateArgs {
    /// The mildest severity of which a finding fails the run.
    #[arg(long, value_name = "SEVERITY", default_value = "medium")]
    pub(crate) fail_on: FailOn,
    /// Unknown verdicts fail the run.
    #[arg(long)]
    pub(crate) fail_on_unknown: bool,
    /// Exit with 3 where an input or a check was not understood wholly, or a module or chart is not in the input.
    #[arg(long)]
    pub(crate) strict: bool,
}

/// A threshold of severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Only critical findings.
    Critical,
    /// High and above.
    High,
    /// Medium and above.
    Medium,
    /// Low and above.
    Low,
    /// Any finding.
    Info,
    /// Findings never fail the run.
    Never,
}

/// Which verdicts the output holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Verdicts {
    /// Findings only.
    Fail,
    /// Also pass and unknown, per check and resource.
    All,
}

/// Commands about checks.
#[derive(Debug, Subcommand)]
pub(crate) enum ChecksCommand {
    /// List all checks.
    List {
        /// The format.
        #[arg(
            short,
            long,
            value_name = "FORMAT",
            default_value = "human",
            help_heading = "Output"
        )]
        output: ListFormat,
        /// Which checks are listed.
        #[command(flatten)]
        library: LibraryArgs,
    },
    /// Run the examples of checks; of the built-in ones where no folder is given.
    Test {
        /// Folders with checks.
        #[arg(value_name = "FOLDER")]
        folders: Vec<PathBuf>,
    },
    /// Print a check with all that it resolves to.
    Show(ShowArgs),
    /// Print the JSON schema of check files.
    Schema,
}

/// How an editor is served.
#[derive(Debug, ClapArgs)]
pub(crate) struct LspArgs {
    /// Wait for the editor at this address, in place of the standard input and output.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) socket: Option<SocketAddr>,
    /// Use the standard input and output, as is done anyway: some editors always say so.
    #[arg(long, hide = true, conflicts_with = "socket")]
    pub(crate) stdio: bool,
}

/// The check to print.
#[derive(Debug, ClapArgs)]
pub(crate) struct ShowArgs {
    /// The id of a check, or its name in another tool.
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Where checks come from.
    #[command(flatten)]
    pub(crate) library: LibraryArgs,
}

/// How checks are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// A table.
    Human,
    /// JSON.
    Json,
}
