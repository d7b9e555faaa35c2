//! Bringing together what a kustomization lists: files, bases, generators and components, and then transforming it.

mod bases;
mod configurations;
mod finish;
mod plugins;
mod target;
mod vars;

pub(crate) use target::{ORIGIN, Target};

use std::path::Path;
use std::sync::Arc;

use crate::build::Build;
use crate::changes::Changes;
use crate::context::Context;
use crate::kustomization::Var;
use crate::reader::Reader;
use crate::resources::ResourceMap;
use crate::tables::Specs;

/// What was brought together so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Accumulator {
    pub(crate) resources: ResourceMap,
    /// The fields that transformers change; none before the first kustomization.
    pub(crate) specs: Option<Arc<Specs>>,
    /// Sorted by name.
    pub(crate) vars: Vec<Var>,
}

/// Builds the kustomization in a folder with what somebody says of it.
pub(crate) fn build(reader: &Reader<'_>, folder: &Path, changes: Option<&Changes>) -> Build {
    let context = Context::new(reader);
    let resources = finish::run(&context, folder, changes);
    let (used, mut problems) = context.finish();
    source::sort_problems(&mut problems, reader.sources);
    Build {
        resources,
        used,
        problems,
    }
}
