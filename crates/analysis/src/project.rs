//! The inputs of a run, read into one graph.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use graph::{Graph, Resource, ResourceId};
use rayon::prelude::*;
use smol_str::SmolStr;
use source::{FileId, FileSystem, Level, Limits, Problem, ReadError, SourceFile, Sources, Span};

use crate::discover::{self, Candidate, Discovery};
use crate::helm;
use crate::kustomize;
use crate::options::Progress;
use crate::report::{Input, Status};
use crate::terraform::{self, References, Settings};

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Kubernetes,
    Helm,
    Kustomize,
    Terraform,
}

impl Format {
    /// The word in output.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Kubernetes => "kubernetes",
            Self::Helm => "helm",
            Self::Kustomize => "kustomize",
            Self::Terraform => "terraform",
        }
    }

    /// Whether resources are made of several files together.
    pub(crate) fn is_rendered(self) -> bool {
        matches!(self, Self::Helm | Self::Kustomize)
    }
}

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

/// What a resource was made from: a block of Terraform in all instances of its module, a chart in all its environments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// The same for all that one text makes: findings at one place in it are one.
    pub(crate) group: SmolStr,
    /// What names the resource in fingerprints.
    pub(crate) identity: SmolStr,
}

/// A file that was read, and what later stages need of it.
pub(crate) struct LoadedFile {
    pub(crate) file: Arc<SourceFile>,
    pub(crate) format: Format,
    pub(crate) comments: Vec<yaml::Comment>,
    /// The spans of the documents, in order.
    pub(crate) documents: Vec<Span>,
}

/// Where the files of one format stand among all files.
#[derive(Default)]
struct Files(HashMap<FileId, usize>);

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
    pub(crate) renderings: BTreeMap<SmolStr, Rendering>,
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
    /// The folder that shown paths are relative to.
    pub(crate) directory: PathBuf,
}

/// A file that was read, by what it is.
enum Read {
    Manifests(Manifests),
    Plan(terraform::Plan),
}

/// What formats gave that are more than files of manifests.
struct Formats {
    modules: terraform::Loaded,
    charts: helm::Loaded,
    kustomizations: kustomize::Loaded,
}

struct Manifests {
    loaded: LoadedFile,
    manifests: kubernetes::Manifests,
}

impl Project {
    /// Reads all inputs. The standard input is a file called `<stdin>`.
    pub(crate) fn load(
        system: &dyn FileSystem,
        sources: Arc<Sources>,
        discovery: Discovery,
        stdin: Option<&[u8]>,
        options: &ReadOptions,
        progress: &dyn Progress,
    ) -> Self {
        let Discovery {
            candidates,
            unreadable,
            problems,
        } = discovery;
        let mut inputs: BTreeMap<PathBuf, Input> = BTreeMap::new();
        let mut project = Self {
            sources,
            files: Vec::new(),
            graph: Graph::default(),
            file_of: Vec::new(),
            blocks: HashMap::new(),
            environments: HashMap::new(),
            calls: HashMap::new(),
            foreign: HashMap::new(),
            renderings: BTreeMap::new(),
            references: Vec::new(),
            secrets: Vec::new(),
            inputs: Vec::new(),
            problems,
        };
        let sources = Arc::clone(&project.sources);
        for (path, error) in unreadable {
            project.problems.push(error.problem(&path));
            inputs.insert(path.clone(), failed(path, &error));
        }
        let (charts, candidates) = helm::divide(system, candidates);
        let kustomizations = kustomize::Reader {
            system,
            sources: &sources,
            kubernetes: &options.kubernetes,
            yaml: &options.yaml,
            directory: &options.directory,
            progress,
        };
        let (kustomizations, candidates) = kustomizations.load(candidates);
        let (configuration, candidates): (Vec<Candidate>, Vec<Candidate>) = candidates
            .into_iter()
            .partition(|candidate| terraform::role(&candidate.path).is_some());
        let (wanted, skipped): (Vec<Candidate>, Vec<Candidate>) = candidates
            .into_iter()
            .partition(|candidate| candidate.skip.is_none());
        for Candidate { shown, skip, .. } in skipped {
            inputs.insert(
                shown.clone(),
                Input {
                    path: shown,
                    status: Status::Skipped,
                    reason: skip,
                    resources: 0,
                },
            );
        }
        progress.stage("reading", wanted.len());
        let mut read: Vec<(PathBuf, Result<Read, ReadError>)> = wanted
            .into_par_iter()
            .map(|candidate| {
                let bytes = system.read(&candidate.path, Limits::default());
                let read = bytes.and_then(|bytes| {
                    read_bytes(bytes, &candidate.shown, &project.sources, options)
                });
                progress.step();
                (candidate.shown, read)
            })
            .collect();
        if let Some(bytes) = stdin {
            let shown = PathBuf::from("<stdin>");
            let one = read_bytes(bytes.to_vec(), &shown, &project.sources, options);
            read.push((shown, one));
        }
        let reader = terraform::Reader {
            system,
            sources: &sources,
            settings: &options.terraform,
            kubernetes: &options.kubernetes,
            directory: &options.directory,
            progress,
        };
        let mut modules = reader.load(configuration);
        let places = modules.places.as_ref();
        let charts = helm::Reader {
            system,
            sources: &sources,
            kubernetes: &options.kubernetes,
            yaml: &options.yaml,
            shown: &|path| discover::shown(path, &options.directory),
            settings: &options.helm,
            progress,
        }
        .load(charts, &modules.releases, places);
        let mut manifests = Vec::with_capacity(read.len());
        let mut plans = Vec::new();
        for (shown, read) in read {
            match read {
                Ok(Read::Plan(plan)) => plans.push(plan),
                Ok(Read::Manifests(read)) => manifests.push((shown, Ok(read))),
                Err(error) => manifests.push((shown, Err(error))),
            }
        }
        reader.add_plans(plans, &mut modules);
        let formats = Formats {
            modules,
            charts,
            kustomizations,
        };
        project.collect(manifests, formats, inputs, options.complete);
        project
    }

    fn collect(
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

    /// The file that declares a resource.
    pub(crate) fn file(&self, id: ResourceId) -> &LoadedFile {
        &self.files[self.file_of[id.0 as usize]]
    }
}

/// What a file is, told by its content.
fn read_bytes(
    bytes: Vec<u8>,
    shown: &Path,
    sources: &Sources,
    options: &ReadOptions,
) -> Result<Read, ReadError> {
    if let Some(plan) = terraform::Plan::read_archive(&bytes, shown, sources) {
        return Ok(Read::Plan(plan));
    }
    let file = sources.take(bytes, shown, Limits::default())?;
    Ok(match terraform::Plan::read(&file) {
        Some(plan) => Read::Plan(plan),
        None => Read::Manifests(read_file(file, options)),
    })
}

fn read_file(file: Arc<SourceFile>, options: &ReadOptions) -> Manifests {
    let mut yaml = yaml::read(&file, &options.yaml);
    let comments = std::mem::take(&mut yaml.comments);
    let documents = yaml
        .documents
        .iter()
        .map(|document| document.span)
        .collect();
    let manifests = kubernetes::resources(yaml, &file, &options.kubernetes);
    Manifests {
        loaded: LoadedFile {
            file,
            format: Format::Kubernetes,
            comments,
            documents,
        },
        manifests,
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

fn failed(path: PathBuf, error: &ReadError) -> Input {
    Input {
        path,
        status: Status::Failed,
        reason: Some(error.to_string()),
        resources: 0,
    }
}

/// What became of a file that could be read.
/// Whether a file is text of a template that stands in the folder of a chart, beside its templates: only the chart can read it.
fn is_asset(charts: &[PathBuf], shown: &Path, manifests: &kubernetes::Manifests) -> bool {
    let mut problems = manifests.problems.iter();
    manifests.resources.is_empty()
        && problems.any(|problem| problem.code == yaml::TEMPLATE_TEXT)
        && charts
            .iter()
            .any(|chart| shown.starts_with(chart) || chart == Path::new("."))
}

fn asset(path: PathBuf) -> Input {
    Input {
        path,
        status: Status::Skipped,
        reason: Some(
            "text of a template beside those of a chart, which only the chart can read".to_owned(),
        ),
        resources: 0,
    }
}

fn input(path: PathBuf, manifests: &kubernetes::Manifests) -> Input {
    let resources = manifests.resources.len();
    let lost = manifests
        .problems
        .iter()
        .find(|problem| problem.level == Level::Error);
    let (status, reason) = match lost {
        Some(problem) if resources == 0 => (Status::Failed, Some(problem.message.clone())),
        Some(problem) => (Status::Partial, Some(problem.message.clone())),
        None if resources == 0 => {
            let reason = match terraform::is_plan(&path) {
                true => "no plan or state of Terraform in it",
                false => "no Kubernetes manifest in it",
            };
            (Status::Skipped, Some(reason.to_owned()))
        }
        None => (Status::Scanned, None),
    };
    Input {
        path,
        status,
        reason,
        resources,
    }
}

/// A path with `/` between names, as output shows it everywhere.
pub(crate) fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
