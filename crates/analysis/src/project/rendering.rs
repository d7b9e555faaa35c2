//! What many files make together, to be made again with other text.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use foldhash::HashMap;
use graph::Resource;
use smol_str::SmolStr;
use source::{FileId, FileSystem, Problem, SourceFile, Span};

use super::ReadOptions;
use crate::report::Input;
use crate::{helm, kustomize};

/// A file with another text, by the path that is shown of it.
pub(crate) type Changed = (PathBuf, String);

/// What many files make together, to be made again with other text.
pub(crate) enum Rendering {
    Chart(helm::ChartInput),
    Kustomizations(kustomize::Unit),
}

impl Rendering {
    /// The resources in all environments, in their order, when files have other texts; nothing where more of it is not understood
    /// than before.
    pub(crate) fn again(
        &self,
        system: &dyn FileSystem,
        options: &ReadOptions,
        changed: &[Changed],
    ) -> Option<Vec<Arc<Resource>>> {
        match self {
            Self::Chart(chart) => chart.again(system, options, changed),
            Self::Kustomizations(unit) => unit.again(system, options, changed),
        }
    }
}

/// What charts or kustomizations gave.
#[derive(Clone, Default)]
pub(crate) struct Rendered {
    /// The resources of all of them.
    pub(crate) resources: Vec<Arc<Declared>>,
    /// The files that they are made of, with the comments in them.
    pub(crate) files: Vec<Text>,
    /// What became of the files.
    pub(crate) inputs: Vec<Input>,
    /// What they are made of, by the names of their blocks.
    pub(crate) renderings: BTreeMap<SmolStr, Arc<Rendering>>,
    pub(crate) problems: Vec<Problem>,
    /// The charts that kustomizations are built with.
    pub(crate) installed: helm::Installed,
}

/// Takes resources that were there before in place of those that are the same, so that these are the same objects in memory.
pub(crate) fn share(before: &[Arc<Declared>], now: &mut [Arc<Declared>]) {
    let before = before.iter().map(|one| &one.resource);
    let before: HashMap<_, &Arc<Resource>> = before
        .map(|resource| ((&resource.address, &resource.environment), resource))
        .collect();
    for one in now {
        let name = (&one.resource.address, &one.resource.environment);
        let same = before.get(&name).copied();
        if let Some(same) = same.filter(|same| same.is_same(&one.resource)) {
            Arc::make_mut(one).resource = Arc::clone(same);
        }
    }
}

/// A file that something is rendered from, and the comments in it.
#[derive(Clone)]
pub(crate) struct Text {
    pub(crate) file: Arc<SourceFile>,
    pub(crate) comments: Vec<yaml::Comment>,
}

/// A resource that was rendered.
#[derive(Clone)]
pub(crate) struct Declared {
    pub(crate) resource: Arc<Resource>,
    /// The file that declares it: a template, or what stands in some base.
    pub(crate) file: FileId,
    /// What names the chart, or the kustomizations that have files in common.
    pub(crate) group: SmolStr,
    /// The number of environments for which it is rendered.
    pub(crate) environments: usize,
    /// The calls of modules that the release which installs it stands in.
    pub(crate) calls: Vec<Span>,
    /// The call that brought the release in, where it stands in a module that the user does not own.
    pub(crate) foreign: Option<Span>,
}
