//! Bringing together what all formats gave.

use std::path::PathBuf;
use std::sync::Arc;

use foldhash::HashMap;
use graph::{Graph, Numbered, Resource, ResourceId};
use source::{FileId, ReadError, SourceFile, Sources};

use super::live::Live;
use super::read::Manifests;
use super::rendering::Rendered;
use super::rows::{Inputs, asset, failed, input, is_asset};
use super::{Format, LoadedFile, Project, Told};
use crate::terraform;

/// Where the files of one format stand among all files.
#[derive(Default)]
pub(super) struct Files(HashMap<FileId, usize>);

impl Files {
    fn add(&mut self, all: &mut Vec<Arc<LoadedFile>>, file: Arc<LoadedFile>) {
        self.0.insert(file.file.id, all.len());
        all.push(file);
    }

    /// The index of a file, which is added if it is not there: no resource is dropped for want of its file.
    fn index(
        &mut self,
        all: &mut Vec<Arc<LoadedFile>>,
        id: FileId,
        file: impl FnOnce() -> LoadedFile,
    ) -> usize {
        *self.0.entry(id).or_insert_with(|| {
            all.push(Arc::new(file()));
            all.len() - 1
        })
    }
}

/// What formats gave that are more than files of manifests.
pub(super) struct Formats {
    pub(super) modules: terraform::Loaded,
    pub(super) charts: Rendered,
    /// The folders of the charts, as they are shown.
    pub(super) folders: Vec<PathBuf>,
    pub(super) kustomizations: Rendered,
}

impl Project {
    pub(super) fn collect(
        &mut self,
        read: Vec<(PathBuf, Result<Arc<Manifests>, ReadError>)>,
        formats: Formats,
        mut inputs: Inputs,
        complete: bool,
    ) {
        let mut resources: Vec<Arc<Resource>> = Vec::new();
        for (shown, read) in read {
            match read {
                Ok(read) if is_asset(&formats.folders, &shown, &read) => {
                    inputs.insert(asset(shown));
                }
                Ok(read) => {
                    inputs.insert(input(shown, &read));
                    self.add_manifests(&read, &mut resources);
                }
                Err(error) => {
                    self.problems.push(error.problem(&shown));
                    inputs.insert(failed(shown, &error));
                }
            }
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
        let graph = || Graph::new(resources, complete);
        (self.inputs, self.graph) = rayon::join(|| inputs.finish(), graph);
    }

    /// What runs in a cluster, as a project of its own: nothing there is linked with what files declare.
    pub(super) fn running(live: Live, sources: &Arc<Sources>, complete: bool) -> Self {
        let mut project = Self::new(Arc::clone(sources), live.problems);
        let mut numbered = Numbered {
            family: live.family,
            numbers: live.numbers,
            resources: Vec::with_capacity(live.objects.len()),
        };
        project.file_of = vec![0; live.numbers];
        for (id, read) in live.objects {
            project.add_live(id, &read, &mut numbered);
        }
        project.told = vec![Told::Written; numbered.numbers];
        project.inputs = live.inputs;
        let completeness = match complete {
            true => true.into(),
            false => live.completeness,
        };
        project.graph = Graph::numbered(numbered, completeness);
        project.running = Some(live.running);
        project
    }

    /// Adds an object with its number. Where it gives several resources, nobody can keep numbers.
    fn add_live(&mut self, id: ResourceId, read: &Manifests, numbered: &mut Numbered) {
        let file = self.files.len();
        for (index, resource) in read.resources.iter().enumerate() {
            let id = match (index, u32::try_from(numbered.numbers)) {
                (1.., Ok(next)) => {
                    numbered.family = Arc::default();
                    numbered.numbers += 1;
                    self.file_of.push(file);
                    ResourceId(next)
                }
                _ => id,
            };
            self.file_of[id.0 as usize] = file;
            numbered.resources.push((id, Arc::clone(resource)));
        }
        self.problems.extend_from_slice(&read.problems);
        self.files.push(Arc::clone(&read.loaded));
    }

    fn add_manifests(&mut self, read: &Manifests, resources: &mut Vec<Arc<Resource>>) {
        let count = read.resources.len();
        self.file_of
            .extend(std::iter::repeat_n(self.files.len(), count));
        self.told.extend(std::iter::repeat_n(Told::Written, count));
        resources.extend_from_slice(&read.resources);
        self.problems.extend_from_slice(&read.problems);
        self.files.push(Arc::clone(&read.loaded));
    }

    fn add_modules(
        &mut self,
        modules: terraform::Loaded,
        resources: &mut Vec<Arc<Resource>>,
        inputs: &mut Inputs,
    ) {
        self.blocks = modules.blocks;
        let mut files = Files::default();
        for file in modules.files {
            files.add(&mut self.files, file);
        }
        for file in &modules.plans {
            let file = bare(Arc::clone(file), Format::Terraform);
            files.add(&mut self.files, Arc::new(file));
        }
        for declared in modules.resources {
            let file = || bare(self.sources.get(declared.file), Format::Terraform);
            let index = files.index(&mut self.files, declared.file, file);
            self.file_of.push(index);
            resources.push(Arc::clone(&declared.resource));
            self.told.push(Told::Evaluated(declared));
        }
        self.problems.extend(modules.problems);
        self.secrets.extend(modules.secrets);
        inputs.extend(modules.inputs);
    }

    /// Adds what charts or kustomizations gave.
    fn add_rendered(
        &mut self,
        rendered: Rendered,
        format: Format,
        resources: &mut Vec<Arc<Resource>>,
        inputs: &mut Inputs,
    ) {
        let mut files = Files::default();
        for text in rendered.files {
            let file = LoadedFile {
                comments: text.comments,
                ..bare(text.file, format)
            };
            files.add(&mut self.files, Arc::new(file));
        }
        for declared in rendered.resources {
            let file = || bare(self.sources.get(declared.file), format);
            let index = files.index(&mut self.files, declared.file, file);
            self.file_of.push(index);
            resources.push(Arc::clone(&declared.resource));
            self.told.push(Told::Rendered(declared));
        }
        self.renderings.extend(rendered.renderings);
        self.problems.extend(rendered.problems);
        inputs.extend(rendered.inputs);
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
