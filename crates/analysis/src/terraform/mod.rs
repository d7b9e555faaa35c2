//! Terraform and OpenTofu: the modules among the inputs, which of them are roots, and what evaluating these gives.

mod console;
mod coverage;
mod environments;
mod evaluation;
mod head;
mod known;
mod links;
mod names;
mod places;
mod plans;
mod releases;
mod roots;
mod secrets;
mod settings;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};
use graph::{NodeId, Resource};
use rayon::prelude::*;
use smol_str::SmolStr;
use source::{Confined, FileId, FileSystem, Level, Problem, SourceFile, Sources, Span};
use terraform::module::{Module, Modules};

use crate::discover::Candidate;
use crate::options::Progress;
use crate::problems::deduplicate;
use crate::project::LoadedFile;
use crate::report::Input;
use crate::workspace::{Kept, Key};

pub use console::{Answer, Explanation, evaluate};
pub(crate) use evaluation::ELSEWHERE;
pub(crate) use head::head;
pub(crate) use known::{KnownModules, KnownRoots};
pub(crate) use links::{References, is_referred_alike, link};
pub(crate) use names::{INSTALLED, is_plan, role};
pub(crate) use places::Places;
pub(crate) use plans::Plan;
pub(crate) use releases::{Chart, Release};
pub(crate) use roots::{counts, is_demonstration};
pub(crate) use secrets::{hide, of_resource as secrets};
pub(crate) use settings::Settings;

pub(crate) use ::terraform::resource::is_block;

use environments::Environment;
use evaluation::{CHART_NOT_RENDERED, Position};
use known::KnownRoot;

/// The part of a project that all modules are.
pub(crate) const MODULES: &str = "modules";

/// What a run reads Terraform with.
pub(crate) struct Reader<'a> {
    pub(crate) system: &'a dyn FileSystem,
    pub(crate) sources: &'a Sources,
    pub(crate) settings: &'a Settings,
    pub(crate) kubernetes: &'a kubernetes::Options,
    /// The folder that shown paths are relative to.
    pub(crate) directory: &'a Path,
    pub(crate) progress: &'a dyn Progress,
    pub(crate) kept: &'a Kept,
}

/// What the modules among the inputs gave.
#[derive(Clone, Default)]
pub(crate) struct Loaded {
    /// Every module that was read, by folder.
    pub(crate) modules: Vec<Arc<Module>>,
    /// The files of the modules.
    pub(crate) files: Vec<Arc<LoadedFile>>,
    /// The folders of the evaluated roots, as they are shown.
    pub(crate) roots: Vec<PathBuf>,
    /// The plans and states that were read.
    pub(crate) plans: Vec<Arc<SourceFile>>,
    /// The resources of all roots, plans and states.
    pub(crate) resources: Vec<Arc<Declared>>,
    /// How many of them are blocks that are no resources.
    pub(crate) blocks: usize,
    /// Those of roots that are objects of Kubernetes.
    pub(crate) objects: Vec<Arc<Declared>>,
    /// The releases of Helm that the roots install.
    pub(crate) releases: Vec<Release>,
    /// Where the modules are; nothing where there are none.
    pub(crate) places: Option<Places>,
    /// What became of the files.
    pub(crate) inputs: Vec<Input>,
    pub(crate) problems: Vec<Problem>,
    /// Values that no resource shows and that are never printed.
    pub(crate) secrets: Vec<Span>,
}

/// A resource, and what only Terraform knows of it.
#[derive(Clone)]
pub(crate) struct Declared {
    /// The object of Kubernetes that it makes, else the resource itself.
    pub(crate) resource: Arc<Resource>,
    /// The file of its block; its value may stand in another one.
    pub(crate) file: FileId,
    /// The address in its root.
    pub(crate) address: SmolStr,
    /// The nodes that refer to other resources of the root, by their addresses.
    pub(crate) references: Vec<(NodeId, SmolStr)>,
    /// What names the block in all roots and instances: the folder of its module and its address there.
    pub(crate) block: SmolStr,
    /// The calls of modules that it stands in.
    pub(crate) calls: Vec<Span>,
    /// The call that brought it in, where it stands in a module that the user does not own.
    pub(crate) foreign: Option<Span>,
    /// The number of environments in which the root is evaluated.
    pub(crate) environments: usize,
    /// The evaluation of a root, or the plan, as an index: addresses are unique within it.
    pub(crate) root: usize,
}

impl Declared {
    /// The same, with the object that its resource was before where that is the same in everything.
    fn sharing<'b>(self, before: impl FnOnce(&SmolStr) -> Option<&'b Arc<Resource>>) -> Self {
        let same = before(&self.resource.address);
        match same.filter(|same| same.is_same(&self.resource)) {
            Some(same) => Self {
                resource: Arc::clone(same),
                ..self
            },
            None => self,
        }
    }
}

impl Reader<'_> {
    /// Reads the modules among the files of a walk, and evaluates those that are roots.
    pub(crate) fn load(&self, candidates: &[Arc<Candidate>]) -> Loaded {
        if candidates.is_empty() {
            return Loaded::default();
        }
        let places = self
            .kept
            .get(Key::all("places").within(MODULES), self.system, |system| {
                Places::new(system, self.directory, candidates)
            });
        let system = Confined::new(self.system, places.boundaries());
        let confined = Reader {
            system: &system,
            ..*self
        };
        let loaded = confined.load_from(&places, candidates);
        Loaded {
            places: Some(Arc::unwrap_or_clone(places)),
            ..loaded
        }
    }

    fn load_from(&self, places: &Places, candidates: &[Arc<Candidate>]) -> Loaded {
        let shown = |path: &Path| places.shown(path);
        let ask = |system: &dyn FileSystem, folder: &Path| self.module(system, folder, &shown);
        let modules = Modules::new(self.system, self.sources, &shown);
        let modules = modules.knowing(self.kept.modules()).asking(&ask);
        let folders = places.modules();
        let read: Vec<(PathBuf, Arc<Module>)> = folders
            .into_par_iter()
            .map(|folder| (folder.clone(), modules.get(&folder)))
            .collect();
        let roots = roots::roots(&read.into_iter().collect());
        let mut problems = Vec::new();
        let mut evaluations: Vec<(&Path, Environment, Position)> = Vec::new();
        for root in &roots {
            let found = self.environments_once(&modules, root);
            let (environments, odd) = Arc::unwrap_or_clone(found);
            problems.extend(odd);
            let count = environments.len();
            for environment in environments {
                let position = Position {
                    index: evaluations.len(),
                    environments: count,
                    is_only: roots.len() == 1,
                };
                evaluations.push((root, environment, position));
            }
        }
        self.progress.stage("evaluating", evaluations.len());
        let evaluated: Vec<Arc<evaluation::Evaluated>> = evaluations
            .par_iter()
            .map(|(folder, environment, position)| {
                let root = (*folder, environment, *position);
                let evaluated = self.evaluate_once(&modules, places, root);
                self.progress.step();
                evaluated
            })
            .collect();
        let mut loaded = self.collect(places, candidates, evaluated);
        loaded.problems.extend(problems);
        loaded.roots = evaluations
            .iter()
            .map(|(folder, ..)| places.shown(folder))
            .collect();
        loaded
    }

    /// The module of a folder, which is read once.
    fn module(
        &self,
        system: &dyn FileSystem,
        folder: &Path,
        shown: &(dyn Fn(&Path) -> PathBuf + Sync),
    ) -> Arc<Module> {
        let key = Key::some("module", folder).within(MODULES);
        let module = self.kept.get(key, system, |system| {
            let modules = Modules::new(system, self.sources, shown);
            modules.knowing(self.kept.modules()).get(folder)
        });
        Arc::clone(&module)
    }

    /// The environments of a root, and what is wrong with them.
    fn environments_once(
        &self,
        modules: &Modules<'_>,
        folder: &Path,
    ) -> Arc<(Vec<Environment>, Vec<Problem>)> {
        let key = Key::some("environments", folder).within(MODULES);
        self.kept.get(key, self.system, |system| {
            let reader = Reader { system, ..*self };
            let shown = modules.shown;
            let ask = |system: &dyn FileSystem, folder: &Path| self.module(system, folder, shown);
            let modules = Modules::new(system, self.sources, shown);
            let modules = modules.knowing(self.kept.modules()).asking(&ask);
            let mut problems = Vec::new();
            let environments = reader.environments(&modules, folder, &mut problems);
            (environments, problems)
        })
    }

    /// Evaluates a root in one of its environments, unless that was done and depends on nothing that changed.
    fn evaluate_once(
        &self,
        modules: &Modules<'_>,
        places: &Places,
        (folder, environment, position): (&Path, &Environment, Position),
    ) -> Arc<evaluation::Evaluated> {
        let Some(known) = self.kept.modules() else {
            let known = &mut KnownRoot::default();
            let root = (folder, environment, position);
            return Arc::new(self.evaluate(modules, places, root, known));
        };
        let files: Vec<FileId> = environment.files.iter().map(|file| file.id).collect();
        let Environment {
            name, workspace, ..
        } = environment;
        let with = format!("{:?}", (files, name, workspace, position, places.stamp));
        let key = Key::some("root", folder).within(MODULES).with(with.clone());
        self.kept.get(key, self.system, |system| {
            let reader = Reader { system, ..*self };
            let shown = modules.shown;
            let ask = |system: &dyn FileSystem, folder: &Path| self.module(system, folder, shown);
            let modules = Modules::new(system, self.sources, shown).knowing(Some(known));
            let modules = modules.asking(&ask);
            let roots = self.kept.roots();
            let mut before = roots.take(folder, name.as_ref(), &with);
            let root = (folder, environment, position);
            let evaluated = reader.evaluate(&modules, places, root, &mut before);
            roots.keep(folder, name.as_ref(), before);
            evaluated
        })
    }

    fn collect(
        &self,
        places: &Places,
        candidates: &[Arc<Candidate>],
        evaluated: Vec<Arc<evaluation::Evaluated>>,
    ) -> Loaded {
        let mut loaded = Loaded::default();
        let mut read: HashMap<PathBuf, Arc<Module>> = HashMap::new();
        let gave: Vec<Arc<coverage::Gave>> = evaluated
            .iter()
            .map(|root| Arc::clone(&root.gave))
            .collect();
        let mut variables: Vec<Arc<SourceFile>> = self.settings.files().cloned().collect();
        for root in evaluated.into_iter().map(Arc::unwrap_or_clone) {
            loaded.resources.extend(root.resources);
            loaded.blocks += root.blocks;
            loaded.objects.extend(root.objects);
            loaded.releases.extend(root.releases);
            loaded.problems.extend(root.problems);
            loaded.secrets.extend(root.secrets);
            variables.extend(root.variables);
            for module in root.modules {
                read.entry(module.folder.clone()).or_insert(module);
            }
        }
        let modules = self.kept.files_of_modules().of(read.into_values());
        loaded.modules = modules.iter().map(|one| Arc::clone(&one.module)).collect();
        let files = modules.iter().flat_map(|one| &one.files);
        loaded.files = files.cloned().collect();
        loaded
            .problems
            .extend(self.unused_variables(&loaded.modules));
        deduplicate(&mut loaded.problems);
        loaded.inputs = coverage::Coverage {
            system: self.system,
            sources: self.sources,
            places,
            modules: &modules,
            variables: &variables,
            gave: &gave,
            problems: &loaded.problems,
        }
        .inputs(candidates);
        loaded
    }

    /// Values of the call or the configuration for variables that no module declares.
    fn unused_variables(&self, modules: &[Arc<Module>]) -> Vec<Problem> {
        let texts = self.settings.given.iter().filter_map(|given| match given {
            settings::GivenValue::Expression { name, file }
            | settings::GivenValue::Text { name, file } => Some((name, file)),
            settings::GivenValue::File(_) => None,
        });
        let declares = |name: &SmolStr| {
            modules
                .iter()
                .any(|module| module.variables.contains_key(name))
        };
        let unused = texts.filter(|(name, _)| !declares(name));
        unused
            .map(|(name, file)| {
                let message = format!("no root module declares a variable `{name}`");
                let known = modules
                    .iter()
                    .flat_map(|module| module.variables.keys().map(SmolStr::as_str));
                let problem =
                    Problem::at(Level::Warning, "undeclared-variable", message, file.span());
                match source::nearest(name, known) {
                    Some(near) => problem.with_help(format!("did you mean `{near}`?")),
                    None => problem,
                }
            })
            .collect()
    }
}
