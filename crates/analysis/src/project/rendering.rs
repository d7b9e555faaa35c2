//! What many files make together, to be made again with other text.

use std::path::PathBuf;
use std::sync::Arc;

use graph::Resource;
use source::FileSystem;

use super::ReadOptions;
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
