//! Files, read as what their content says that they are.

use std::path::Path;
use std::sync::Arc;

use graph::Resource;
use kubernetes::snapshot::{Printed, is_snapshot, printed};
use source::{Limits, Problem, ReadError, SourceFile, Sources};

use super::live::Live;
use super::{Format, LoadedFile, ReadOptions};
use crate::terraform;

/// A file that was read, by what it is.
pub(super) enum Read {
    Manifests(Arc<Manifests>),
    Plan(terraform::Plan),
    Live(Live),
    /// Objects of a cluster as `kubectl` printed them, to be put together with those of other files.
    Printed(Printed),
    /// An object by itself as `kubectl` printed it, which may be what somebody declares.
    Exported(Printed, Arc<Manifests>),
}

/// How a file came to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// The call named it.
    Named,
    /// It stands in a folder.
    Found,
}

impl Read {
    /// The objects of manifests.
    pub(super) fn resources(&self) -> &[Arc<Resource>] {
        match self {
            Self::Manifests(read) | Self::Exported(_, read) => &read.resources,
            Self::Plan(_) | Self::Live(_) | Self::Printed(_) => &[],
        }
    }
}

#[derive(Clone)]
pub(super) struct Manifests {
    pub(super) loaded: Arc<LoadedFile>,
    /// The resources in the order of the text.
    pub(super) resources: Vec<Arc<Resource>>,
    pub(super) problems: Vec<Problem>,
}

/// What a file is, told by its content.
pub(super) fn read_bytes(
    bytes: Vec<u8>,
    (shown, origin): (&Path, Origin),
    sources: &Sources,
    options: &ReadOptions,
) -> Result<Read, ReadError> {
    if is_snapshot(&bytes) {
        return Ok(Read::Live(Live::unpacked(&bytes, shown, sources, options)));
    }
    if let Some(plan) = terraform::Plan::read_archive(&bytes, shown, sources) {
        return Ok(Read::Plan(plan));
    }
    let file = sources.take(bytes, shown, Limits::default())?;
    let manifests = |file| {
        let read = read_file(file, Format::Kubernetes, &options.yaml, &options.kubernetes);
        Arc::new(read)
    };
    if let Some(plan) = terraform::Plan::read(&file) {
        return Ok(Read::Plan(plan));
    }
    Ok(match printed(&file, &options.yaml) {
        Some(printed) if printed.is_list || origin == Origin::Named => Read::Printed(printed),
        Some(printed) => Read::Exported(printed, manifests(file)),
        None => Read::Manifests(manifests(file)),
    })
}

/// The manifests of a file, as those of a format.
pub(super) fn read_file(
    file: Arc<SourceFile>,
    format: Format,
    yaml: &yaml::Options,
    kubernetes: &kubernetes::Options,
) -> Manifests {
    let mut yaml = yaml::read(&file, yaml);
    let comments = std::mem::take(&mut yaml.comments);
    let documents = yaml
        .documents
        .iter()
        .map(|document| document.span)
        .collect();
    let manifests = ::kubernetes::resources(yaml, &file, kubernetes);
    Manifests {
        loaded: Arc::new(LoadedFile {
            file,
            format,
            comments,
            documents,
        }),
        resources: manifests.resources.into_iter().map(Arc::new).collect(),
        problems: manifests.problems,
    }
}
