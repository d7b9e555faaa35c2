//! Whose access is told, and of what.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use super::ReadArgs;

/// How answers about access are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum AccessFormat {
    /// Text for people.
    Human,
    /// Everything, versioned.
    Json,
}

/// Who may do something.
#[derive(Debug, ClapArgs)]
#[command(after_help = EXIT_CODES, mut_arg("namespace", |arg| arg.help(NAMESPACE)))]
pub(crate) struct WhoCanArgs {
    /// Such as `get`, `create` or `impersonate`.
    #[arg(value_name = "VERB")]
    pub(crate) verb: String,
    /// `pods`, `deploy`, `deployments.apps`, `pods/exec`, `secrets/NAME`, `widgets.example.org`, or a path such as `/metrics`.
    #[arg(value_name = "RESOURCE")]
    pub(crate) resource: String,
    /// What is read to answer, and how the answer is printed.
    #[command(flatten)]
    pub(crate) answer: AnswerArgs,
}

/// What someone may do.
#[derive(Debug, ClapArgs)]
#[command(after_help = EXIT_CODES, mut_arg("namespace", |arg| arg.help(NAMESPACE)))]
pub(crate) struct CanArgs {
    /// `user:NAME`, `group:NAME`, `sa:NAMESPACE/NAME`, or what makes pods, such as `Deployment/shop/api`.
    #[arg(value_name = "SUBJECT")]
    pub(crate) subject: String,
    /// Whether they may do this, such as `get`; without it, all that they may do is told.
    #[arg(value_name = "VERB", requires = "resource")]
    pub(crate) verb: Option<String>,
    /// To this, named as in `who-can`.
    #[arg(value_name = "RESOURCE")]
    pub(crate) resource: Option<String>,
    /// A group that they are in; may be repeated. No cluster knows the groups of users, so that without it they may be in any.
    #[arg(long, value_name = "GROUP")]
    pub(crate) as_group: Vec<String>,
    /// What is read to answer, and how the answer is printed.
    #[command(flatten)]
    pub(crate) answer: AnswerArgs,
}

/// Starts and sinks of paths.
#[derive(Debug, ClapArgs)]
pub(crate) struct BetweenArgs {
    /// From whom: what makes pods, such as `Deployment/shop/api`, `pods` for all of it, `internet`, `jobs` of services that build and
    /// deploy, an identity of a cloud such as `aws_iam_role.deploy`, or a subject as of `can`; may be repeated [default: the internet,
    /// which is taken to get hold of the process that answers it, jobs, all pods, and all subjects that are not of Kubernetes itself].
    #[arg(long, value_name = "START", help_heading = "Question")]
    pub(crate) from: Vec<String>,
    /// To whom: `cluster-admin`, `cloud-admin`, `node`, `secrets`, `secrets:NAMESPACE`, `namespace:NAMESPACE`, or what else is gained, such as
    /// `traffic` or `admission`; may be repeated [default: cluster-admin, node, secrets:kube-system, cloud-admin].
    #[arg(long, value_name = "SINK", help_heading = "Question")]
    pub(crate) to: Vec<String>,
}

/// Who can become whom.
#[derive(Debug, ClapArgs)]
#[command(after_help = PATHS_EXIT_CODES, mut_arg("subresource", |arg| arg.hide(true)))]
pub(crate) struct PathsArgs {
    /// Between whom.
    #[command(flatten)]
    pub(crate) between: BetweenArgs,
    /// All paths of at most this many hops that go over nobody twice, in place of the shortest.
    #[arg(long, value_name = "HOPS", value_parser = clap::value_parser!(u8).range(1..=8), help_heading = "Question")]
    pub(crate) all: Option<u8>,
    /// What would be without this object, such as `RoleBinding/shop/api`; may be repeated. What that closes is told, too.
    #[arg(long, value_name = "ADDRESS", help_heading = "Question")]
    pub(crate) without: Vec<String>,
    /// What would be with what this file or folder declares, too; may be repeated. What that opens is told.
    #[arg(
        long,
        value_name = "PATH",
        help_heading = "Question",
        requires = "paths",
        conflicts_with_all = ["without", "cluster"]
    )]
    pub(crate) with: Vec<PathBuf>,
    /// A group that the users of `--from` are in; may be repeated. What cuts paths is not looked for then.
    #[arg(
        long,
        value_name = "GROUP",
        requires = "from",
        help_heading = "Question"
    )]
    pub(crate) as_group: Vec<String>,
    /// Do not look for the changes that cut the paths.
    #[arg(long, help_heading = "Question")]
    pub(crate) no_cuts: bool,
    /// What is read to answer, and how the answer is printed.
    #[command(flatten)]
    pub(crate) answer: AnswerArgs,
}

/// How a graph of paths is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum GraphFormat {
    /// The language of Graphviz.
    Dot,
    /// The language of Mermaid, which GitHub draws.
    Mermaid,
    /// Nodes and edges, versioned.
    Json,
}

/// Who can become whom, as a graph.
#[derive(Debug, ClapArgs)]
#[command(after_help = GRAPH_EXIT_CODES, mut_arg("subresource", |arg| arg.hide(true)))]
pub(crate) struct GraphArgs {
    /// Between whom.
    #[command(flatten)]
    pub(crate) between: BetweenArgs,
    /// The format.
    #[arg(
        short,
        long,
        value_name = "FORMAT",
        default_value = "mermaid",
        help_heading = "Output"
    )]
    pub(crate) output: GraphFormat,
    /// What is read.
    #[command(flatten)]
    pub(crate) world: WorldArgs,
}

/// Which paths are new, and which are gone.
#[derive(Debug, ClapArgs)]
#[command(after_help = DIFF_EXIT_CODES, mut_arg("subresource", |arg| arg.hide(true)))]
pub(crate) struct DiffArgs {
    /// Files, folders or snapshots as they were before; may be repeated. Or, where nothing is called so, a revision of git, such as
    /// `main` or `HEAD~1`, and then the files and folders that are read of it and of now. What is now is what `--path` and `--cluster`
    /// say. Of git only objects are read: no hook and no filter is run.
    #[arg(value_name = "BEFORE", required = true)]
    pub(crate) before: Vec<PathBuf>,
    /// Between whom.
    #[command(flatten)]
    pub(crate) between: BetweenArgs,
    /// What is read to answer, and how the answer is printed.
    #[command(flatten)]
    pub(crate) answer: AnswerArgs,
}

/// Which traffic may flow.
#[derive(Debug, ClapArgs)]
#[command(after_help = REACH_EXIT_CODES, mut_arg("subresource", |arg| arg.hide(true)))]
pub(crate) struct ReachArgs {
    /// What makes pods, such as `Deployment/shop/web`, `namespace:NAME`, `internet`, an address or a block of them such as `10.0.0.0/8`
    /// [default: all pods, and the internet].
    #[arg(value_name = "FROM")]
    pub(crate) from: Option<String>,
    /// The same, or a Service such as `Service/shop/web`; `:PORT` or `:PORT/udp` behind it asks about one port. Without it, all pods and
    /// the internet.
    #[arg(value_name = "TO")]
    pub(crate) to: Option<String>,
    /// What is read to answer, and how the answer is printed.
    #[command(flatten)]
    pub(crate) answer: AnswerArgs,
}

/// The least that somebody needs.
#[derive(Debug, ClapArgs)]
#[command(after_help = LEAST_EXIT_CODES, mut_arg("subresource", |arg| arg.hide(true)))]
pub(crate) struct LeastArgs {
    /// `user:NAME`, `sa:NAMESPACE/NAME`, or what makes pods, such as `Deployment/shop/api`.
    #[arg(value_name = "SUBJECT")]
    pub(crate) subject: String,
    /// What was done: an audit log of the API server, an event of `audit.k8s.io` a line. What the commands of their pods say that
    /// they do counts, too, and is all that counts without a log.
    #[arg(long, value_name = "FILE", help_heading = "Question")]
    pub(crate) audit_log: Option<PathBuf>,
    /// A group that they are in; may be repeated.
    #[arg(long, value_name = "GROUP", help_heading = "Question")]
    pub(crate) as_group: Vec<String>,
    /// What is read to answer, and how the answer is printed.
    #[command(flatten)]
    pub(crate) answer: AnswerArgs,
}

const REACH_EXIT_CODES: &str = "\
Exit codes:
  0  told; where TO was named, yes
  1  no, or not known, where TO was named
  2  wrong usage, or the tool could not work";

const LEAST_EXIT_CODES: &str = "\
Exit codes:
  0  nothing is granted that was not used
  1  something is
  2  wrong usage, or the tool could not work";

const DIFF_EXIT_CODES: &str = "\
Exit codes:
  0  no path is new
  1  paths are new
  2  wrong usage, or the tool could not work";

const GRAPH_EXIT_CODES: &str = "\
Exit codes:
  0  drawn
  2  wrong usage, or the tool could not work";

const PATHS_EXIT_CODES: &str = "\
Exit codes:
  0  there is no path
  1  there are paths
  2  wrong usage, or the tool could not work";

/// What is read to answer, and how the answer is printed.
#[derive(Debug, ClapArgs)]
pub(crate) struct AnswerArgs {
    /// The format.
    #[arg(
        short,
        long,
        value_name = "FORMAT",
        default_value = "human",
        help_heading = "Output"
    )]
    pub(crate) output: AccessFormat,
    /// What is read.
    #[command(flatten)]
    pub(crate) world: WorldArgs,
}

/// What is read to answer.
#[derive(Debug, ClapArgs)]
pub(crate) struct WorldArgs {
    /// Files, folders and snapshots that are read; may be repeated [default: those of scantling.yaml, else `.`].
    #[arg(short, long = "path", value_name = "PATH", help_heading = "Input")]
    pub(crate) paths: Vec<PathBuf>,
    /// The subresource, if RESOURCE does not say it.
    #[arg(long, value_name = "NAME", help_heading = "Question")]
    pub(crate) subresource: Option<String>,
    /// What is read, and with what it is evaluated.
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    /// The configuration [default: the nearest scantling.yaml upward].
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub(crate) config: Option<PathBuf>,
}

/// What the namespace is for.
pub(crate) const NAMESPACE: &str =
    "The namespace that is asked about [default: all]; charts are rendered into it";

const EXIT_CODES: &str = "\
Exit codes:
  0  answered; where a question was asked of a subject, yes
  1  no, or not known, where a question was asked of a subject
  2  wrong usage, or the tool could not work";
