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
use helm::render::Capabilities;
use kustomize::{Build, Use};
use rayon::prelude::*;
use smol_str::SmolStr;
use source::{Confined, FileSystem, SourceFile, Sources, Span};

use crate::discover::Candidate;
use crate::gitops::{Deployment, How, KustomizationOptions};
use crate::helm::Requested;
use crate::options::Progress;
use crate::problems::deduplicate;
use crate::project::{Declared, Rendered, Rendering, Text, shown};
use crate::shown::Shown;
use crate::suppression::may_hold_directives;

pub(crate) use ::kustomize::is_kustomization;
pub(crate) use again::Unit;
pub(crate) use text::{folder, text};

use coverage::Coverage;
use environments::{Environment, environments, units};
use roots::{Job, Roots};

/// What a run reads kustomizations with.
pub(crate) struct Reader<'a> {
    pub(crate) system: &'a dyn FileSystem,
    pub(crate) sources: &'a Sources,
    pub(crate) kubernetes: &'a kubernetes::Options,
    pub(crate) yaml: &'a yaml::Options,
    /// The cluster that charts are rendered for.
    pub(crate) capabilities: &'a Capabilities,
    /// The folder that shown paths are relative to.
    pub(crate) directory: &'a Path,
    pub(crate) progress: &'a dyn Progress,
}

/// A kustomization that is judged, and what it builds.
struct Built {
    folder: PathBuf,
    /// The application that deploys it; none where it is judged by itself.
    by: Option<Deployment>,
    build: Build,
}

impl Built {
    fn of(reader: &kustomize::Reader<'_>, folder: &Path, by: Option<&Deployment>) -> Self {
        let changes = by.and_then(|by| options(by)?.changes.as_ref());
        let build = match changes {
            Some(changes) => reader.build_changed(folder, changes),
            None => reader.build(folder),
        };
        Self {
            folder: folder.to_path_buf(),
            by: by.cloned(),
            build,
        }
    }
}

impl Reader<'_> {
    /// Builds the kustomizations among the files of a walk and those that applications deploy, and returns the files that belong
    /// to none.
    pub(crate) fn load(
        &self,
        candidates: Vec<Arc<Candidate>>,
        deployments: &[Deployment],
    ) -> (Rendered, Vec<Arc<Candidate>>) {
        let is_wanted = |one: &&Arc<Candidate>| one.skip.is_none() && is_kustomization(&one.path);
        let own = candidates.iter().filter(is_wanted);
        let own: Vec<&Candidate> = own.map(AsRef::as_ref).collect();
        if own.is_empty() && deployments.is_empty() {
            return (Rendered::default(), candidates);
        }
        let boundaries = own.iter().map(|one| one.boundary.to_path_buf());
        let deployed = deployments.iter().map(|one| one.boundary.clone());
        let mut boundaries: Vec<PathBuf> = boundaries.chain(deployed).collect();
        boundaries.sort();
        boundaries.dedup();
        let system = Confined::new(self.system, boundaries.clone());
        let shown = Shown::of(self.system, self.directory, &candidates);
        let shown = |path: &Path| shown.path(path);
        let files = (&system as &dyn FileSystem, self.sources);
        let charts = Requested::new(files, &shown, self.kubernetes, self.capabilities);
        let reader = ::kustomize::Reader::new(&system, self.sources, &charts);
        let reader = reader.showing(&shown);
        let roots = Roots::of(&reader, &own);
        let jobs = roots.jobs(&reader, deployments);
        self.progress
            .stage("building", jobs.len() + roots.unused.len());
        let build = |(folder, by): &Job<'_>| {
            let built = Built::of(&reader, folder, *by);
            self.progress.step();
            built
        };
        let judged: Vec<Built> = jobs.par_iter().map(build).collect();
        let unused = roots.unused.par_iter();
        let unused: Vec<Built> = unused.map(|folder| build(&(folder, None))).collect();
        let mut loaded = self.loaded(&reader, &judged, &boundaries);
        for (built, chart) in judged.iter().flat_map(charts_of) {
            loaded.installed.add(chart, &built.folder);
        }
        let declared = charts.declare(&loaded.installed, &loaded.resources);
        loaded.resources.extend(declared);
        loaded.files.extend(charts.files());
        let coverage = Coverage::of(&reader, (&judged, &unused), &loaded);
        let mut others = Vec::new();
        let mut inputs = Vec::new();
        for candidate in candidates {
            match coverage.row(&candidate) {
                Some(row) => inputs.push(row),
                None => others.push(candidate),
            }
        }
        let installed = charts.read(loaded.installed.clone());
        let loaded = Rendered {
            inputs,
            installed,
            ..loaded
        };
        (loaded, others)
    }

    fn loaded(
        &self,
        reader: &kustomize::Reader<'_>,
        judged: &[Built],
        boundaries: &[PathBuf],
    ) -> Rendered {
        let mut loaded = Rendered::default();
        let mut common: BTreeMap<SmolStr, Unit> = BTreeMap::new();
        let mut files = BTreeMap::new();
        let units = units(judged);
        for ((built, environment), unit) in judged.iter().zip(environments(judged)).zip(units) {
            let unit: SmolStr = shown(&(reader.shown)(&judged[unit].folder.join(FILE))).into();
            loaded.problems.extend_from_slice(&built.build.problems);
            let made = resources(built, &environment, self.sources, self.kubernetes);
            loaded.problems.extend(made.problems);
            loaded
                .resources
                .extend(made.resources.into_iter().map(|resource| {
                    Arc::new(Declared {
                        file: resource.span().file,
                        resource: Arc::new(resource),
                        group: unit.clone(),
                        environments: environment.count,
                        calls: Vec::new(),
                        foreign: None,
                    })
                }));
            // Files of charts are told with these.
            let used = built.build.used.iter();
            let charts: Vec<&Path> = of_role(&built.build, Use::Chart).collect();
            let is_own = |path: &Path| !charts.iter().any(|chart| path.starts_with(chart));
            let used = used.filter(|used| is_own(&used.path));
            let used = used.filter_map(|used| reader.file(&used.path));
            files.extend(used.map(|file| (file.path.clone(), file)));
            let unit = common.entry(unit);
            let unit = unit.or_insert_with(|| Unit::new(boundaries.to_vec()));
            unit.add(built.folder.clone(), built.by.clone(), environment);
        }
        loaded.files = files.into_values().map(|file| self.text(file)).collect();
        let units = common.into_iter().filter(|(_, unit)| unit.is_repeatable());
        let units = units.map(|(name, unit)| (name, Arc::new(Rendering::Kustomizations(unit))));
        loaded.renderings = units.collect();
        deduplicate(&mut loaded.problems);
        loaded
    }

    fn text(&self, file: Arc<SourceFile>) -> Text {
        let is_read = is_yaml(&file.path) && may_hold_directives(&file.text);
        let comments = match is_read {
            true => yaml::read(&file, self.yaml).comments,
            false => Vec::new(),
        };
        Text { file, comments }
    }
}

/// Marks the values of a resource that stand at places which are never printed.
fn hide(resource: &mut Resource, secrets: &[Span]) {
    let mut open = vec![NodeId::ROOT];
    while let Some(node) = open.pop().filter(|_| !secrets.is_empty()) {
        open.extend(resource.tree.children(node));
        if secrets.contains(&resource.tree.node(node).span) {
            resource.facts.sensitive.push(node);
        }
    }
    resource.facts.sensitive.sort_unstable();
}

/// What an application builds a kustomization with.
fn options(by: &Deployment) -> Option<&KustomizationOptions> {
    match &by.how {
        How::Kustomization(options) => Some(options),
        _ => None,
    }
}

/// What a kustomization uses as something.
fn of_role(build: &Build, role: Use) -> impl Iterator<Item = &Path> {
    let used = build.used.iter().filter(move |used| used.role == role);
    used.map(|used| used.path.as_path())
}

/// The charts that a kustomization is built with.
fn charts_of(built: &Built) -> impl Iterator<Item = (&Built, &Path)> {
    of_role(&built.build, Use::Chart).map(move |chart| (built, chart))
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
    built: &Built,
    environment: &Environment,
    sources: &Sources,
    options: &kubernetes::Options,
) -> kubernetes::Manifests {
    let mut all = kubernetes::Manifests::default();
    let by = built.by.as_ref().and_then(self::options);
    let post_build = by.and_then(|by| by.post_build.as_ref());
    for object in &built.build.resources {
        let mut tree = object.tree.clone();
        let secrets = post_build.map(|post| post.apply(&mut tree, sources));
        let file = sources.get(tree.node(NodeId::ROOT).span.file);
        let mut made = kubernetes::objects(tree, &file, options);
        for resource in &mut made.resources {
            hide(resource, secrets.as_deref().unwrap_or_default());
            resource.conditional.clone_from(&object.conditional);
        }
        all.resources.extend(made.resources);
        all.problems.extend(made.problems);
    }
    for resource in &mut all.resources {
        resource.environment.clone_from(&environment.name);
    }
    all
}
