//! The states of things that questions are about: what files declare, in each environment, and each cluster.

use graph::{Graph, Namespace};
use kubernetes::Version;
use reach::{Access, Options as AccessOptions, Resources};
use smol_str::SmolStr;
use source::FileSystem;

use super::Told;
use crate::error::Error;
use crate::options::{Fixes, Options, Progress};
use crate::project::Project;
use crate::scan::{Analysis, analyzed};

/// The check that is judged beside those for secrets, whose places are hidden: a run needs one.
const CHEAP: &str = "missing-role";

/// Distributions whose servers ask another authorizer too, and what that knows.
const CLOUDS: [(&str, &str); 3] = [
    ("eks", "access entries of EKS"),
    ("gke", "IAM of Google Cloud"),
    ("aks", "Azure RBAC"),
];

/// A state of things.
pub(crate) struct World<'a> {
    pub(crate) project: &'a Project,
    pub(crate) graph: &'a Graph,
    pub(crate) environment: Option<SmolStr>,
    pub(crate) version: Version,
    pub(crate) access: Access,
    pub(crate) resources: Resources,
}

/// Answers for each state of things. One in which nobody knows what is asked is left out, unless there is no other.
///
/// # Errors
/// When the call or the configuration can't be followed, or no state of things knows what is asked.
pub(super) fn each<T: Send + PartialEq>(
    system: &dyn FileSystem,
    options: &Options,
    progress: &dyn Progress,
    answer: impl Fn(&World<'_>) -> Result<T, Error> + Send,
) -> Result<super::Access<T>, Error> {
    let options = Options {
        fixes: Fixes::None,
        unknown: false,
        select: vec![CHEAP.to_owned()],
        ..options.clone()
    };
    analyzed(system, &options, progress, |analysis| {
        let worlds = answers(&analysis, answer)?;
        Ok(super::Access {
            worlds,
            report: analysis.report,
        })
    })?
}

fn answers<T: PartialEq>(
    analysis: &Analysis,
    answer: impl Fn(&World<'_>) -> Result<T, Error>,
) -> Result<Vec<Told<T>>, Error> {
    let mut told = Vec::new();
    let mut failed = None;
    let (declared, running) = analysis.projects();
    let running: Vec<&Project> = running.collect();
    let has_files = !declared.graph.is_empty() || running.is_empty();
    let projects = has_files.then_some(declared).into_iter().chain(running);
    let version = analysis.report.kubernetes_version.parse();
    for project in projects {
        for environment in reach::environments(&project.graph) {
            let world = World::of(project, environment, version.clone().unwrap_or_default());
            match answer(&world) {
                Ok(answer) => add(&mut told, &world, answer),
                Err(error) => failed = failed.or(Some(error)),
            }
        }
    }
    match failed {
        Some(error) if told.is_empty() => Err(error),
        _ => Ok(told),
    }
}

/// Adds an answer, or the environment to those that have an equal one.
fn add<T: PartialEq>(told: &mut Vec<Told<T>>, world: &World<'_>, answer: T) {
    let (name, notes) = (world.name(), world.notes());
    let start = format!("{name} in ");
    let equal = told.iter_mut().find(|other| {
        other.world.starts_with(&start) && other.answer == answer && other.notes == notes
    });
    match (equal, &world.environment) {
        (Some(other), Some(environment)) => {
            other.world.push_str(", ");
            other.world.push_str(environment);
        }
        (_, Some(environment)) => told.push(Told {
            world: format!("{start}{environment}"),
            notes,
            answer,
        }),
        (_, None) => told.push(Told {
            world: name,
            notes,
            answer,
        }),
    }
}

impl<'a> World<'a> {
    /// Roles and bindings of Kubernetes itself are written nowhere in files; in a cluster they are objects.
    pub(super) fn of(project: &'a Project, environment: Option<SmolStr>, version: Version) -> Self {
        let running = project.running.as_ref();
        let options = AccessOptions {
            environment: environment.clone(),
            built_in: running.is_none().then_some(version),
            ..AccessOptions::default()
        };
        Self {
            project,
            graph: &project.graph,
            environment,
            version: running.map_or(version, |running| running.version),
            access: Access::of(&project.graph, &options),
            resources: Resources::of(&project.graph),
        }
    }

    /// What it is, without its environment.
    fn name(&self) -> String {
        let running = self.project.running.as_ref();
        running.map_or_else(
            || "files".to_owned(),
            |running| format!("cluster {}", running.root.display()),
        )
    }

    /// Whether there may be bindings that were not read.
    pub(super) fn may_hold_more(&self) -> bool {
        let absent = |kind| self.graph.completeness.absent(kind, &Namespace::Cluster);
        absent("ClusterRoleBinding").is_some()
    }

    /// What the answer leaves out.
    fn notes(&self) -> Vec<String> {
        let completeness = &self.graph.completeness;
        let absent = completeness.absent("ClusterRoleBinding", &Namespace::Cluster);
        let mut notes = Vec::new();
        if let Some(absent) = absent {
            let cause = absent.cause.text();
            let text = match absent.is_unread() {
                true => format!("other bindings may exist: {cause}"),
                false => "bindings that are not in the input may allow more; --complete says that there are none".to_owned(),
            };
            notes.push(text);
        }
        notes.push(match self.cloud() {
            Some(cloud) => format!("RBAC is asked only; {cloud} may allow more"),
            None => "RBAC is asked only; the Node authorizer, webhooks, ABAC and authorizers of clouds may allow more".to_owned(),
        });
        notes
    }

    /// What the cloud of the cluster knows beside RBAC.
    fn cloud(&self) -> Option<&'static str> {
        let id = self.graph.surrounding()?;
        let tree = &self.graph.resource(id).tree;
        let distribution = tree.text(graph::NodeId::ROOT, "distribution")?;
        let mut clouds = CLOUDS.into_iter();
        clouds
            .find(|(name, _)| name == distribution)
            .map(|(_, cloud)| cloud)
    }
}
