//! What applications deploy, and with what.

use std::path::PathBuf;
use std::sync::Arc;

use ::helm::render::Written;
use ::helm::set::Form;
use ::kustomize::Changes;
use graph::{NodeId, Resource, Tree, Unknown};
use smol_str::{SmolStr, format_smolstr};
use source::{Problem, Span};

use super::flux::PostBuild;
use crate::helm::Passages;

/// An object that may be one of Argo CD or Flux.
#[derive(Clone, Debug)]
pub(crate) struct Object {
    pub(crate) resource: Arc<Resource>,
    /// The path of its file, as it is shown.
    pub(crate) file: PathBuf,
    /// Whether it stands in a file of manifests as it is, and is not rendered from something.
    pub(crate) is_plain: bool,
}

/// Who deploys something.
#[derive(Clone, Debug)]
pub(crate) struct Deployer {
    /// Its name.
    pub(crate) name: SmolStr,
    /// What sort of object it is, for people.
    pub(super) word: &'static str,
    /// The object that it is, or that makes it.
    pub(super) object: Object,
    /// Which of its sources this is.
    pub(super) source: usize,
    /// Other objects that decide what is deployed.
    pub(super) needs: Vec<Object>,
}

/// Something in the tree that an application deploys.
#[derive(Clone, Debug)]
pub(crate) struct Deployment {
    pub(crate) by: Deployer,
    /// The real path of the folder that is deployed.
    pub(crate) folder: PathBuf,
    /// The path by which people know it, below the folder of the run.
    pub(crate) path: PathBuf,
    /// Outside of what nothing is read.
    pub(crate) boundary: PathBuf,
    /// Whether it is an example or a test of what it deploys.
    pub(crate) is_demonstration: bool,
    /// The name of the environment; none where nothing else deploys the folder.
    pub(crate) environment: Option<SmolStr>,
    /// How often the folder is deployed.
    pub(crate) environments: usize,
    pub(crate) how: How,
}

impl Deployment {
    /// Whether another one is of the same application, which says the same.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.folder == other.folder
            && self.environment == other.environment
            && self.environments == other.environments
            && self.by.name == other.by.name
            && self.by.source == other.by.source
            && self.by.object.is_same(&other.by.object)
            && self.by.needs.len() == other.by.needs.len()
            && (self.by.needs.iter().zip(&other.by.needs)).all(|(one, other)| one.is_same(other))
    }
}

impl Object {
    /// Whether another one is the same object, which says the same.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let (one, other) = (&self.resource, &other.resource);
        one.address == other.address
            && one.environment == other.environment
            && one.tree.equal(NodeId::ROOT, &other.tree, NodeId::ROOT)
    }
}

/// As what a folder is deployed.
#[derive(Clone, Debug)]
pub(crate) enum How {
    Chart(Box<ChartOptions>),
    Kustomization(Box<KustomizationOptions>),
    /// Its manifests are what they are.
    Directory,
}

/// What a kustomization is built with.
#[derive(Clone, Debug, Default)]
pub(crate) struct KustomizationOptions {
    /// What is said of it beside its file.
    pub(crate) changes: Option<Changes>,
    /// What is done to the objects that it gives.
    pub(crate) post_build: Option<Arc<PostBuild>>,
}

/// What a chart is rendered with.
#[derive(Clone, Debug)]
pub(crate) struct ChartOptions {
    /// The name of the release.
    pub(crate) name: Written,
    pub(crate) namespace: Option<Written>,
    /// The files that stand for the values of the chart itself, the weakest first; none where these count.
    pub(crate) defaults: Vec<Values>,
    /// The values, the weakest first.
    pub(crate) values: Vec<Values>,
    /// Single values, which count before all others.
    pub(crate) parameters: Vec<Parameter>,
    /// What the parameters and names came through.
    pub(crate) passages: Passages,
    /// Why nothing is known of any value for certain.
    pub(crate) open: Option<Arc<Unknown>>,
    /// Whether the definitions of custom resources are left out.
    pub(crate) skips_crds: bool,
    /// Versions of the API that the cluster has beside the usual ones.
    pub(crate) apis: Vec<String>,
    /// The places of values that are never printed.
    pub(crate) secrets: Vec<Span>,
}

/// Values of a chart.
#[derive(Clone, Debug)]
pub(crate) enum Values {
    /// Those of a file.
    File {
        path: PathBuf,
        /// How the path is shown.
        shown: PathBuf,
    },
    /// Those that are written in an object.
    Tree(Arc<Tree>),
    /// A single one.
    Single(Parameter),
}

/// A single value of a chart.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    /// The path of the key, in Helm's grammar.
    pub(crate) path: SmolStr,
    pub(crate) form: Form,
    pub(crate) value: Given,
    /// Where it is written.
    pub(crate) span: Span,
}

/// What a parameter gives.
#[derive(Clone, Debug)]
pub(crate) enum Given {
    Text(String),
    /// The text of a file.
    File(PathBuf),
    Unknown(Arc<Unknown>),
}

/// What the applications of a run deploy.
#[derive(Default)]
pub(crate) struct Deployments {
    pub(crate) all: Vec<Deployment>,
    pub(crate) problems: Vec<Problem>,
}

impl Deployments {
    /// Names the environments of what is deployed several times.
    pub(super) fn name(&mut self) {
        let mut folders: std::collections::BTreeMap<PathBuf, Vec<usize>> =
            std::collections::BTreeMap::new();
        for (at, deployment) in self.all.iter().enumerate() {
            let own = folders.entry(deployment.folder.clone());
            own.or_default().push(at);
        }
        for own in folders.into_values().filter(|own| own.len() > 1) {
            let deployers: Vec<&Deployer> = own.iter().map(|at| &self.all[*at].by).collect();
            let names = names(&deployers);
            for (at, name) in own.iter().zip(names) {
                self.all[*at].environment = Some(name);
                self.all[*at].environments = own.len();
            }
        }
    }
}

/// What tells applications apart: their names, else their environments, else both.
fn names(deployers: &[&Deployer]) -> Vec<SmolStr> {
    let of = |name: &dyn Fn(&Deployer) -> SmolStr| -> Vec<SmolStr> {
        deployers.iter().map(|deployer| name(deployer)).collect()
    };
    let environment = |deployer: &Deployer| {
        let own = &deployer.object.resource.environment;
        own.clone().unwrap_or_default()
    };
    let names = of(&|deployer| deployer.name.clone());
    let environments = of(&environment);
    let both = || of(&|one| format_smolstr!("{}/{}", environment(one), one.name));
    let has = |names: &[SmolStr]| names.iter().all(|name| !name.is_empty());
    match () {
        () if is_distinct(&names) => names,
        () if is_distinct(&environments) && has(&environments) => environments,
        () if has(&environments) => both(),
        () => names,
    }
}

fn is_distinct(names: &[SmolStr]) -> bool {
    let mut sorted: Vec<&SmolStr> = names.iter().collect();
    sorted.sort();
    sorted.windows(2).all(|pair| pair[0] != pair[1])
}
