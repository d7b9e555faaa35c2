//! Bringing together what all formats gave.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use graph::{Graph, Resource, ResourceId};
use source::{FileId, ReadError, SourceFile};

use super::read::Manifests;
use super::rendering::Rendering;
use super::rows::{asset, failed, input, is_asset};
use super::{Block, Format, LoadedFile, Project};
use crate::report::Input;
use crate::terraform::References;
use crate::{helm, kustomize, terraform};

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
    pub(super) modules: terraform::Loaded,
    pub(super) charts: helm::Loaded,
    pub(super) kustomizations: kustomize::Loaded,
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
        for (shown, read) in read {
            match read {
                Ok(read) if is_asset(&formats.charts.folders, &shown, &read.manifests) => {
                    inputs.insert(shown.clone(), asset(shown));
                }
                Ok(read) => {
                    inputs.insert(shown.clone(), input(shown, &read.manifests));
                    self.file_of.extend(std::iter::repeat_n(
                        self.files.len(),
                        read.manifests.resources.len(),
                    ));
                    resources.extend(read.manifests.resources.into_iter().map(Arc::new));
                    self.problems.extend(read.manifests.problems);
                    self.files.push(read.loaded);
                }
                Err(error) => {
                    self.problems.push(error.problem(&shown));
                    inputs.insert(shown.clone(), failed(shown, &error));
                }
            }
        }
        self.add_modules(formats.modules, &mut resources, &mut inputs);
        self.add_charts(formats.charts, &mut resources, &mut inputs);
        self.add_kustomizations(formats.kustomizations, &mut resources, &mut inputs);
        self.inputs = inputs.into_values().collect();
        self.graph = Graph::new(resources, complete);
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
            resources.push(Arc::new(declared.resource));
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

    fn add_charts(
        &mut self,
        charts: helm::Loaded,
        resources: &mut Vec<Arc<Resource>>,
        inputs: &mut BTreeMap<PathBuf, Input>,
    ) {
        let mut files = Files::default();
        for text in charts.files {
            let file = LoadedFile {
                comments: text.comments,
                ..bare(text.file, Format::Helm)
            };
            files.add(&mut self.files, file);
        }
        for declared in charts.resources {
            let id = ResourceId(u32::try_from(resources.len()).unwrap_or(u32::MAX));
            let file = || bare(self.sources.get(declared.file), Format::Helm);
            let index = files.index(&mut self.files, declared.file, file);
            self.file_of.push(index);
            let identity = declared.resource.address.clone();
            self.blocks.insert(
                id,
                Block {
                    group: declared.chart,
                    identity,
                },
            );
            self.environments.insert(id, declared.environments);
            self.foreign.extend(declared.foreign.map(|call| (id, call)));
            if !declared.calls.is_empty() {
                self.calls.insert(id, declared.calls);
            }
            resources.push(Arc::new(declared.resource));
        }
        let renderings = charts.charts.into_iter();
        let renderings = renderings.map(|(name, chart)| (name, Rendering::Chart(chart)));
        self.renderings.extend(renderings);
        self.problems.extend(charts.problems);
        inputs.extend(charts.inputs.into_iter().map(|row| (row.path.clone(), row)));
    }

    fn add_kustomizations(
        &mut self,
        kustomizations: kustomize::Loaded,
        resources: &mut Vec<Arc<Resource>>,
        inputs: &mut BTreeMap<PathBuf, Input>,
    ) {
        let mut files = Files::default();
        for text in kustomizations.files {
            let file = LoadedFile {
                comments: text.comments,
                ..bare(text.file, Format::Kustomize)
            };
            files.add(&mut self.files, file);
        }
        for declared in kustomizations.resources {
            let id = ResourceId(u32::try_from(resources.len()).unwrap_or(u32::MAX));
            let file = || bare(self.sources.get(declared.file), Format::Kustomize);
            let index = files.index(&mut self.files, declared.file, file);
            self.file_of.push(index);
            let identity = declared.resource.address.clone();
            let group = declared.unit;
            self.blocks.insert(id, Block { group, identity });
            self.environments.insert(id, declared.environments);
            resources.push(Arc::new(declared.resource));
        }
        let renderings = kustomizations.units.into_iter();
        let renderings = renderings.map(|(name, unit)| (name, Rendering::Kustomizations(unit)));
        self.renderings.extend(renderings);
        self.problems.extend(kustomizations.problems);
        inputs.extend(
            kustomizations
                .inputs
                .into_iter()
                .map(|row| (row.path.clone(), row)),
        );
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
