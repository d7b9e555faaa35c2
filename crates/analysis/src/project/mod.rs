//! The inputs of a run, read into one graph.

mod applications;
mod collect;
mod live;
mod load;
mod read;
mod rendering;
mod rows;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use graph::{Graph, Resource, ResourceId};
use kubernetes::snapshot::Snapshot;
use smol_str::SmolStr;
use source::{Problem, SourceFile, Sources, Span};

use crate::gitops;
use crate::helm;
use crate::report::Input;
use crate::terraform::{self, References, Settings};
use crate::workspace::Kept;

pub(crate) use rendering::{Changed, Declared, Rendered, Rendering, Text};

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// The same for all that one text makes: findings at one place in it are one.
    pub(crate) group: SmolStr,
    /// What names the resource in fingerprints.
    pub(crate) identity: SmolStr,
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
    pub(crate) sources: Arc<Sources>,
    /// The files that gave resources or problems, by shown path.
    pub(crate) files: Vec<LoadedFile>,
    pub(crate) graph: Graph,
    /// The file of each resource, as an index into `files`.
    file_of: Vec<usize>,
    /// What a resource was made from, where several can be made from one.
    blocks: HashMap<ResourceId, Block>,
    /// In how many environments the source of a resource is evaluated, where that may be several.
    environments: HashMap<ResourceId, usize>,
    /// The calls of modules on the way to a resource.
    calls: HashMap<ResourceId, Vec<Span>>,
    /// The calls of modules that the user does not own, by the resources in them.
    foreign: HashMap<ResourceId, Span>,
    /// What charts and kustomizations are made of, by the names of their blocks.
    pub(crate) renderings: BTreeMap<SmolStr, Arc<Rendering>>,
    /// What resources of Terraform refer to.
    references: Vec<References>,
    /// Secrets outside of resources.
    pub(crate) secrets: Vec<Span>,
    pub(crate) inputs: Vec<Input>,
    pub(crate) problems: Vec<Problem>,
}

/// How files are read.
#[derive(Default)]
pub(crate) struct ReadOptions {
    pub(crate) kubernetes: kubernetes::Options,
    pub(crate) yaml: yaml::Options,
    pub(crate) complete: bool,
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
    /// Computes all links of the graph.
    pub(crate) fn link(&mut self) {
        kubernetes::link(&mut self.graph);
        if self.references.is_empty() {
            return;
        }
        let own = terraform::link(&self.graph, &self.references);
        let all = self.graph.links().iter().cloned().chain(own).collect();
        self.graph.set_links(all);
    }

    /// The call to change in place of a span in a module that the user does not own. What its arguments say stands elsewhere.
    pub(crate) fn call_for(&self, id: ResourceId, span: Span) -> Option<Span> {
        let call = *self.foreign.get(&id)?;
        let path = self.sources.path(span.file);
        let mut names = path.components();
        names
            .any(|name| name.as_os_str() == terraform::INSTALLED)
            .then_some(call)
    }

    /// The resources without blocks of Terraform that are none, and without charts.
    pub(crate) fn objects(&self) -> impl Iterator<Item = (ResourceId, &Arc<Resource>)> {
        let resources = self.graph.resources();
        resources.filter(|(_, one)| !terraform::is_block(one) && !helm::is_chart(one))
    }

    /// The blocks that call the modules which a resource stands in.
    pub(crate) fn calls(&self, id: ResourceId) -> &[Span] {
        self.calls.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The number of environments in which the source of a resource is evaluated.
    pub(crate) fn environments(&self, id: ResourceId) -> usize {
        self.environments.get(&id).copied().unwrap_or_default()
    }

    /// What a resource was made from, where several can be made from one.
    pub(crate) fn block(&self, id: ResourceId) -> Option<&Block> {
        self.blocks.get(&id)
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
        file(self) == file(other)
            && self.block(id) == other.block(id)
            && self.environments(id) == other.environments(id)
            && self.calls(id) == other.calls(id)
            && self.foreign.get(&id) == other.foreign.get(&id)
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
