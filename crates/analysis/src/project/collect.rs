//! Bringing together what all formats gave.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use graph::{Graph, Resource, ResourceId};
use source::{FileId, ReadError, SourceFile};

use super::live::Live;
use super::read::Manifests;
use super::rendering::Rendered;
use super::rows::{asset, failed, input, is_asset};
use super::{Block, Format, LoadedFile, Project};
use crate::report::Input;
use crate::terraform;
use crate::terraform::References;

/// Where the files of one format stand among all files.
#[derive(Default)]
pub(super) struct Files(HashMap<FileId, usize>);

impl Files {
    fn add(&mut self, all: &mut Vec<LoadedFile>, file: LoadedFile) {
        self.0.insert(file.file.id, all.len());
        all.push(file);
    }

    /// The index of a file, which is added if it is not there: no resource is dropped for want of its file.
    fn index(
        &mut self,
        all: &mut Vec<LoadedFile>,
        id: FileId,
        file: impl FnOnce() -> LoadedFile,
    ) -> usize {
        *self.0.entry(id).or_insert_with(|| {
            all.push(file());
            all.len() - 1
        })
    }
}

/// What formats gave that are more than files of manifests.
pub(super) struct Formats {
    pub(super) live: Vec<Live>,
    pub(super) modules: terraform::Loaded,
    pub(super) charts: Rendered,
    /// The folders of the charts, as they are shown.
    pub(super) folders: Vec<PathBuf>,
    pub(super) kustomizations: Rendered,
}

impl Project {
    pub(super) fn collect(
        &mut self,
        read: Vec<(PathBuf, Result<Manifests, ReadError>)>,
        formats: Formats,
        mut inputs: BTreeMap<PathBuf, Input>,
        complete: bool,
    ) {
        let mut resources: Vec<Arc<Resource>> = Vec::new();
        let is_live = !formats.live.is_empty() && formats.live.iter().all(|live| live.is_complete);
        let is_declared = !read.is_empty();
        for (shown, read) in read {
            match read {
                Ok(read) if is_asset(&formats.folders, &shown, &read) => {
                    inputs.insert(shown.clone(), asset(shown));
                }
                Ok(read) => {
                    inputs.insert(shown.clone(), input(shown, &read));
                    self.add_manifests(read, &mut resources);
                }
                Err(error) => {
                    self.problems.push(error.problem(&shown));
                    inputs.insert(shown.clone(), failed(shown, &error));
                }
            }
        }
        for live in formats.live {
            for read in live.objects {
                self.add_manifests(read, &mut resources);
            }
            self.problems.extend(live.problems);
            let rows = live.inputs.into_iter();
            inputs.extend(rows.map(|row| (row.path.clone(), row)));
        }
        self.add_modules(formats.modules, &mut resources, &mut inputs);
        let charts = formats.charts;
        self.add_rendered(charts, Format::Helm, &mut resources, &mut inputs);
        let kustomizations = formats.kustomizations;
        self.add_rendered(
            kustomizations,
            Format::Kustomize,
            &mut resources,
            &mut inputs,
        );
        self.inputs = inputs.into_values().collect();
        self.graph = Graph::new(resources, complete || is_live && !is_declared);
    }

    fn add_manifests(&mut self, read: Manifests, resources: &mut Vec<Arc<Resource>>) {
        let number = read.resources.len();
        self.file_of
            .extend(std::iter::repeat_n(self.files.len(), number));
        resources.extend(read.resources);
        self.problems.extend(read.problems);
        self.files.push(read.loaded);
    }

    fn add_modules(
        &mut self,
        modules: terraform::Loaded,
        resources: &mut Vec<Arc<Resource>>,
        inputs: &mut BTreeMap<PathBuf, Input>,
    ) {
        let mut files = Files::default();
        for module in &modules.modules {
            for file in &module.files {
                files.add(&mut self.files, loaded(file, module));
            }
        }
        for file in &modules.plans {
            files.add(&mut self.files, bare(Arc::clone(file), Format::Terraform));
        }
        for declared in modules.resources {
            let id = ResourceId(u32::try_from(resources.len()).unwrap_or(u32::MAX));
            let file = || bare(self.sources.get(declared.file), Format::Terraform);
            let index = files.index(&mut self.files, declared.file, file);
            self.file_of.push(index);
            let (group, identity) = (declared.block.clone(), declared.block);
            self.blocks.insert(id, Block { group, identity });
            self.environments.insert(id, declared.environments);
            self.foreign.extend(declared.foreign.map(|call| (id, call)));
            if !declared.calls.is_empty() {
                self.calls.insert(id, declared.calls);
            }
            self.references.push(References {
                id,
                root: declared.root,
                address: declared.address,
                references: declared.references,
            });
            resources.push(declared.resource);
        }
        self.problems.extend(modules.problems);
        self.secrets.extend(modules.secrets);
        inputs.extend(
            modules
                .inputs
                .into_iter()
                .map(|row| (row.path.clone(), row)),
        );
    }

    /// Adds what charts or kustomizations gave.
    fn add_rendered(
        &mut self,
        rendered: Rendered,
        format: Format,
        resources: &mut Vec<Arc<Resource>>,
        inputs: &mut BTreeMap<PathBuf, Input>,
    ) {
        let mut files = Files::default();
        for text in rendered.files {
            let file = LoadedFile {
                comments: text.comments,
                ..bare(text.file, format)
            };
            files.add(&mut self.files, file);
        }
        for declared in rendered.resources {
            let id = ResourceId(u32::try_from(resources.len()).unwrap_or(u32::MAX));
            let file = || bare(self.sources.get(declared.file), format);
            let index = files.index(&mut self.files, declared.file, file);
            self.file_of.push(index);
            let identity = declared.resource.address.clone();
            let group = declared.group;
            self.blocks.insert(id, Block { group, identity });
            self.environments.insert(id, declared.environments);
            self.foreign.extend(declared.foreign.map(|call| (id, call)));
            if !declared.calls.is_empty() {
                self.calls.insert(id, declared.calls);
            }
            resources.push(declared.resource);
        }
        self.renderings.extend(rendered.renderings);
        self.problems.extend(rendered.problems);
        let rows = rendered.inputs.into_iter();
        inputs.extend(rows.map(|row| (row.path.clone(), row)));
    }
}

/// A file of a module.
fn loaded(file: &Arc<SourceFile>, module: &::terraform::module::Module) -> LoadedFile {
    let comments = module.comments.iter();
    let own = comments.filter(|comment| comment.span.file == file.id);
    LoadedFile {
        file: Arc::clone(file),
        format: Format::Terraform,
        comments: own
            .map(|comment| yaml::Comment {
                span: comment.span,
                own_line: comment.own_line,
            })
            .collect(),
        documents: vec![file.span()],
    }
}

/// A file without comments, all of which is one document.
fn bare(file: Arc<SourceFile>, format: Format) -> LoadedFile {
    LoadedFile {
        documents: vec![file.span()],
        file,
        format,
        comments: Vec::new(),
    }
}
