//! Kustomizations: which of the files of a walk make them, in which environments they stand, and what they build.

mod again;
mod coverage;
mod environments;
mod roots;
mod text;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use graph::{NodeId, Resource};
use kustomize::{Build, NoCharts};
use rayon::prelude::*;
use smol_str::SmolStr;
use source::{Confined, FileId, FileSystem, Problem, SourceFile, Sources};

use crate::discover::Candidate;
use crate::options::Progress;
use crate::project::shown;
use crate::report::Input;
use crate::shown::Shown;

pub(crate) use ::kustomize::is_kustomization;
pub(crate) use again::Unit;
pub(crate) use text::{folder, text};

use coverage::Coverage;
use environments::{Environment, environments, units};
use roots::Roots;

/// What a run reads kustomizations with.
pub(crate) struct Reader<'a> {
    pub(crate) system: &'a dyn FileSystem,
    pub(crate) sources: &'a Sources,
    pub(crate) kubernetes: &'a kubernetes::Options,
    pub(crate) yaml: &'a yaml::Options,
    /// The folder that shown paths are relative to.
    pub(crate) directory: &'a Path,
    pub(crate) progress: &'a dyn Progress,
}

/// What the kustomizations among the inputs gave.
#[derive(Default)]
pub(crate) struct Loaded {
    /// The resources of all kustomizations.
    pub(crate) resources: Vec<Declared>,
    /// The files that they are built from, with the comments and documents in them.
    pub(crate) files: Vec<Text>,
    /// What became of the files.
    pub(crate) inputs: Vec<Input>,
    /// What has files in common, by its name.
    pub(crate) units: BTreeMap<SmolStr, Unit>,
    pub(crate) problems: Vec<Problem>,
}

/// A file that kustomizations are built from.
pub(crate) struct Text {
    pub(crate) file: Arc<SourceFile>,
    pub(crate) comments: Vec<yaml::Comment>,
}

/// A resource of a kustomization.
pub(crate) struct Declared {
    pub(crate) resource: Resource,
    /// The file that declares it, in whatever base that stands.
    pub(crate) file: FileId,
    /// What names the kustomizations that have files in common.
    pub(crate) unit: SmolStr,
    /// The number of kustomizations that build on the same bases.
    pub(crate) environments: usize,
}

/// A kustomization that is judged, and what it builds.
struct Built {
    folder: PathBuf,
    build: Build,
}

impl Reader<'_> {
    /// Builds the kustomizations among the files of a walk, and returns the files that belong to none.
    pub(crate) fn load(&self, candidates: Vec<Candidate>) -> (Loaded, Vec<Candidate>) {
        let is_wanted = |one: &&Candidate| one.skip.is_none() && is_kustomization(&one.path);
        let own: Vec<&Candidate> = candidates.iter().filter(is_wanted).collect();
        if own.is_empty() {
            return (Loaded::default(), candidates);
        }
        let mut boundaries: Vec<PathBuf> =
            own.iter().map(|one| one.boundary.to_path_buf()).collect();
        boundaries.sort();
        boundaries.dedup();
        let system = Confined::new(self.system, boundaries.clone());
        let reader = ::kustomize::Reader::new(&system, self.sources, &NoCharts);
        let shown = Shown::of(self.system, self.directory, &candidates);
        let shown = |path: &Path| shown.path(path);
        let reader = reader.showing(&shown);
        let roots = Roots::of(&reader, &own);
        self.progress.stage("building", roots.all().count());
        let build = |folder: &PathBuf| {
            let build = reader.build(folder);
            self.progress.step();
            Built {
                folder: folder.clone(),
                build,
            }
        };
        let judged: Vec<Built> = roots.judged.par_iter().map(build).collect();
        let unused: Vec<Built> = roots.unused.par_iter().map(build).collect();
        let mut loaded = self.loaded(&reader, &judged);
        let units = loaded.units.values_mut();
        units.for_each(|unit| unit.confine(&boundaries));
        let coverage = Coverage::of(&reader, (&judged, &unused), &loaded);
        let mut others = Vec::new();
        let mut inputs = Vec::new();
        for candidate in candidates {
            match coverage.row(&candidate) {
                Some(row) => inputs.push(row),
                None => others.push(candidate),
            }
        }
        (Loaded { inputs, ..loaded }, others)
    }

    fn loaded(&self, reader: &kustomize::Reader<'_>, judged: &[Built]) -> Loaded {
        let mut loaded = Loaded::default();
        let mut files = BTreeMap::new();
        let units = units(judged);
        for ((built, environment), unit) in judged.iter().zip(environments(judged)).zip(units) {
            let unit: SmolStr = shown(&(reader.shown)(&judged[unit].folder.join(FILE))).into();
            loaded.problems.extend_from_slice(&built.build.problems);
            let made = resources(&built.build, &environment, self.sources, self.kubernetes);
            loaded.problems.extend(made.problems);
            loaded
                .resources
                .extend(made.resources.into_iter().map(|resource| Declared {
                    file: resource.span().file,
                    resource,
                    unit: unit.clone(),
                    environments: environment.count,
                }));
            let used = built.build.used.iter();
            let used = used.filter_map(|used| reader.file(&used.path));
            files.extend(used.map(|file| (file.path.clone(), file)));
            let unit = loaded.units.entry(unit).or_default();
            unit.add(built.folder.clone(), environment);
        }
        loaded.files = files.into_values().map(|file| self.text(file)).collect();
        crate::problems::deduplicate(&mut loaded.problems);
        loaded
    }

    fn text(&self, file: Arc<SourceFile>) -> Text {
        let comments = match is_yaml(&file.path) {
            true => yaml::read(&file, self.yaml).comments,
            false => Vec::new(),
        };
        Text { file, comments }
    }
}

/// The usual name of the file with a kustomization.
const FILE: &str = "kustomization.yaml";

/// Whether a file of a kustomization is one of YAML, by its name.
fn is_yaml(path: &Path) -> bool {
    let ending = path.extension();
    is_kustomization(path) || ending.is_some_and(|ending| ending == "yaml" || ending == "yml")
}

/// The resources that a kustomization builds, and what is wrong with them.
fn resources(
    build: &Build,
    environment: &Environment,
    sources: &Sources,
    options: &kubernetes::Options,
) -> kubernetes::Manifests {
    let mut all = kubernetes::Manifests::default();
    for object in &build.resources {
        let file = sources.get(object.tree.node(NodeId::ROOT).span.file);
        let made = kubernetes::objects(object.tree.clone(), &file, options);
        all.resources.extend(made.resources);
        all.problems.extend(made.problems);
    }
    for resource in &mut all.resources {
        resource.environment.clone_from(&environment.name);
    }
    all
}
