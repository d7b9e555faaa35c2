//! The inputs of a run, read into one graph.

mod applications;
mod collect;
mod files;
mod given;
mod links;
mod live;
mod load;
mod read;
mod rendering;
mod rows;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use graph::{Graph, Resource, ResourceId};
use kubernetes::snapshot::Snapshot;
use kubernetes::{Duplicates, Spending};
use smol_str::SmolStr;
use source::{Problem, SourceFile, Sources, Span};

use crate::gitops;
use crate::helm;
use crate::marked::Marked;
use crate::report::Input;
use crate::terraform::{self, Settings};
use crate::workspace::Kept;

pub(crate) use files::ReadBefore;
pub(crate) use live::{ReadObjects, Running, is_given_label, is_given_to_pod};
pub(crate) use rendering::{Changed, Declared, Rendered, Rendering, Text, share};
pub(crate) use rows::by_parts;

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Kubernetes,
    Helm,
    Kustomize,
    Terraform,
    /// What runs in a cluster.
    Cluster,
}

impl Format {
    /// The word in output.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Kubernetes => "kubernetes",
            Self::Helm => "helm",
            Self::Kustomize => "kustomize",
            Self::Terraform => "terraform",
            Self::Cluster => "cluster",
        }
    }

    /// Whether resources are made of several files together.
    pub(crate) fn is_rendered(self) -> bool {
        matches!(self, Self::Helm | Self::Kustomize)
    }
}

/// What a resource was made from: a block of Terraform in all instances of its module, a chart in all its environments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Block<'a> {
    /// The same for all that one text makes: findings at one place in it are one.
    pub(crate) group: &'a SmolStr,
    /// What names the resource in fingerprints.
    pub(crate) identity: &'a SmolStr,
}

/// What its format tells of a resource.
#[derive(Clone)]
enum Told {
    /// It is written as it is.
    Written,
    Evaluated(Arc<terraform::Declared>),
    Rendered(Arc<Declared>),
}

/// A file that was read, and what later stages need of it.
#[derive(Clone)]
pub(crate) struct LoadedFile {
    pub(crate) file: Arc<SourceFile>,
    pub(crate) format: Format,
    pub(crate) comments: Vec<yaml::Comment>,
    /// The spans of the documents, in order.
    pub(crate) documents: Vec<Span>,
}

/// Everything that was read.
pub(crate) struct Project {
    /// 0 is what files declare, each other number a cluster.
    pub(crate) number: usize,
    pub(crate) sources: Arc<Sources>,
    /// The files that gave resources or problems, by shown path.
    pub(crate) files: Vec<Arc<LoadedFile>>,
    pub(crate) graph: Graph,
    /// What computing its links took.
    spending: Spending,
    duplicates: Duplicates,
    /// Which resources have annotations that may hold directives.
    pub(crate) annotated: Marked,
    /// Which resources hold secrets.
    pub(crate) secretive: Marked,
    /// The file of each resource, as an index into `files`, by number.
    file_of: Vec<usize>,
    /// What its format tells of each resource, by number.
    told: Vec<Told>,
    /// How many are blocks of Terraform that are no resources.
    blocks: usize,
    /// What charts and kustomizations are made of, by the names of their blocks.
    pub(crate) renderings: BTreeMap<SmolStr, Arc<Rendering>>,
    /// Secrets outside of resources.
    pub(crate) secrets: Vec<Span>,
    pub(crate) inputs: Vec<Arc<Input>>,
    pub(crate) problems: Vec<Problem>,
    /// What is known of the cluster in which all of it runs, if it is that.
    pub(crate) running: Option<Running>,
}

/// How files are read.
#[derive(Default)]
pub(crate) struct ReadOptions {
    pub(crate) kubernetes: kubernetes::Options,
    pub(crate) yaml: yaml::Options,
    pub(crate) complete: bool,
    /// Whether the call or the configuration says the version of Kubernetes, so that no cluster's counts.
    pub(crate) has_version: bool,
    pub(crate) terraform: Settings,
    pub(crate) helm: helm::Settings,
    pub(crate) gitops: gitops::Settings,
    /// What was read of a live cluster.
    pub(crate) snapshot: Option<Arc<Snapshot>>,
    /// What was read before, where this is not the first reading.
    pub(crate) kept: Kept,
    /// The folder that shown paths are relative to.
    pub(crate) directory: PathBuf,
}

impl Project {
    /// A project of which nothing was read yet.
    fn new(sources: Arc<Sources>, problems: Vec<Problem>) -> Self {
        Self {
            number: 0,
            sources,
            files: Vec::new(),
            graph: Graph::default(),
            spending: Spending::default(),
            duplicates: Duplicates::default(),
            annotated: Marked::default(),
            secretive: Marked::default(),
            file_of: Vec::new(),
            told: Vec::new(),
            blocks: 0,
            renderings: BTreeMap::new(),
            secrets: Vec::new(),
            inputs: Vec::new(),
            problems,
            running: None,
        }
    }

    /// The call to change in place of a span in a module that the user does not own. What its arguments say stands elsewhere.
    pub(crate) fn call_for(&self, id: ResourceId, span: Span) -> Option<Span> {
        let call = self.foreign(id)?;
        let path = self.sources.path(span.file);
        let mut names = path.components();
        names
            .any(|name| name.as_os_str() == terraform::INSTALLED)
            .then_some(call)
    }

    /// The resources without blocks of Terraform that are none, and without charts.
    pub(crate) fn objects(&self) -> impl Iterator<Item = (ResourceId, &Arc<Resource>)> {
        let all = self.graph.resources();
        all.filter(|(id, one)| self.is_object(*id, one))
    }

    fn is_object(&self, id: ResourceId, resource: &Resource) -> bool {
        match &self.told[id.0 as usize] {
            Told::Written => !resource.facts.surrounds,
            Told::Evaluated(_) => !terraform::is_block(resource),
            Told::Rendered(_) => !helm::is_chart(resource),
        }
    }

    /// How many these are. Of a cluster, all are but what is known of it as a whole.
    pub(crate) fn count_objects(&self) -> usize {
        match (&self.running, self.graph.surrounding()) {
            (Some(_), Some(_)) => self.graph.len() - 1,
            _ => {
                let is_counted = |(id, one): &(ResourceId, &Arc<Resource>)| {
                    matches!(self.told[id.0 as usize], Told::Evaluated(_))
                        || self.is_object(*id, one)
                };
                self.graph.resources().filter(is_counted).count() - self.blocks
            }
        }
    }

    /// The blocks that call the modules which a resource stands in.
    pub(crate) fn calls(&self, id: ResourceId) -> &[Span] {
        match &self.told[id.0 as usize] {
            Told::Written => &[],
            Told::Evaluated(declared) => &declared.calls,
            Told::Rendered(declared) => &declared.calls,
        }
    }

    /// The call of a module that the user does not own, which a resource stands in.
    fn foreign(&self, id: ResourceId) -> Option<Span> {
        match &self.told[id.0 as usize] {
            Told::Written => None,
            Told::Evaluated(declared) => declared.foreign,
            Told::Rendered(declared) => declared.foreign,
        }
    }

    /// The number of environments in which the source of a resource is evaluated.
    pub(crate) fn environments(&self, id: ResourceId) -> usize {
        match &self.told[id.0 as usize] {
            Told::Written => 0,
            Told::Evaluated(declared) => declared.environments,
            Told::Rendered(declared) => declared.environments,
        }
    }

    /// What a resource was made from, where several can be made from one.
    pub(crate) fn block(&self, id: ResourceId) -> Option<Block<'_>> {
        match &self.told[id.0 as usize] {
            Told::Written => None,
            Told::Evaluated(declared) => Some(Block {
                group: &declared.block,
                identity: &declared.block,
            }),
            Told::Rendered(declared) => Some(Block {
                group: &declared.group,
                identity: &declared.resource.address,
            }),
        }
    }

    /// Whether a resource is told of like that of the same number of another project, which is the same object: in the same file,
    /// with the same block, environments and calls.
    pub(crate) fn tells_alike(&self, other: &Self, id: ResourceId) -> bool {
        let number = id.0 as usize;
        let file = |project: &Self| {
            let file = project.file_of.get(number)?;
            let file = project.files.get(*file)?;
            Some((file.file.id, file.format))
        };
        let is_known = match (&self.told[number], &other.told[number]) {
            (Told::Written, Told::Written) => true,
            (Told::Evaluated(one), Told::Evaluated(two)) => Arc::ptr_eq(one, two),
            (Told::Rendered(one), Told::Rendered(two)) => Arc::ptr_eq(one, two),
            _ => false,
        };
        let is_alike = || {
            self.block(id) == other.block(id)
                && self.environments(id) == other.environments(id)
                && self.calls(id) == other.calls(id)
                && self.foreign(id) == other.foreign(id)
        };
        file(self) == file(other) && (is_known || is_alike())
    }

    /// The file that declares a resource.
    pub(crate) fn file(&self, id: ResourceId) -> &LoadedFile {
        &self.files[self.file_of[id.0 as usize]]
    }
}

/// A path with `/` between names, as output shows it everywhere.
pub(crate) fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
