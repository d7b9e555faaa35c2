//! What roots gave when they were evaluated last: resources of instances that are the same are the same.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use graph::Resource;
use smol_str::SmolStr;
use source::{FileId, Problem};
use terraform::module::Module;
use terraform::provider::Versions;
use terraform::root::{Instance, Memory};

use super::Declared;
use crate::project::{Format, LoadedFile};

/// What roots gave when they were evaluated last, by their folders and environments.
#[derive(Default)]
pub(crate) struct KnownRoots(Mutex<HashMap<(PathBuf, Option<SmolStr>), KnownRoot>>);

/// What one root gave.
#[derive(Default)]
pub(super) struct KnownRoot {
    /// What it was evaluated with, beside its own files.
    with: String,
    pub(super) memory: Arc<Memory>,
    versions: Versions,
    /// By the addresses of the instances in memory, which are kept for that.
    resources: HashMap<usize, Made>,
    /// All resources that it gave.
    before: Vec<Arc<Declared>>,
}

/// A resource that was made of an instance.
#[derive(Clone)]
pub(super) struct Made {
    /// Nothing where it can't be taken again.
    pub(super) instance: Option<Arc<Instance>>,
    pub(super) declared: Arc<Declared>,
    /// What is wrong with the object that it makes.
    pub(super) problems: Vec<Problem>,
}

/// What modules are for those who tell of their files.
#[derive(Default)]
pub(crate) struct KnownModules(Mutex<HashMap<usize, Arc<OfModule>>>);

/// What is known of the files of a module.
pub(super) struct OfModule {
    pub(super) module: Arc<Module>,
    pub(super) files: Vec<Arc<LoadedFile>>,
    /// Those in which something is declared.
    pub(super) declaring: HashSet<FileId>,
}

impl KnownModules {
    /// What is known of these modules, and of no others from now on.
    pub(super) fn of(&self, modules: impl Iterator<Item = Arc<Module>>) -> Vec<Arc<OfModule>> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let present: HashMap<usize, Arc<OfModule>> = modules
            .map(|module| {
                let address = Arc::as_ptr(&module).addr();
                let same = known.get(&address).map(Arc::clone);
                (
                    address,
                    same.unwrap_or_else(|| Arc::new(OfModule::new(module))),
                )
            })
            .collect();
        let mut all: Vec<Arc<OfModule>> = present.values().cloned().collect();
        all.sort_by(|one, other| one.module.folder.cmp(&other.module.folder));
        *known = present;
        all
    }
}

impl OfModule {
    fn new(module: Arc<Module>) -> Self {
        let mut comments: HashMap<FileId, Vec<yaml::Comment>> = HashMap::new();
        for comment in &module.comments {
            let own = comments.entry(comment.span.file).or_default();
            own.push(yaml::Comment {
                span: comment.span,
                own_line: comment.own_line,
            });
        }
        let files = module.files.iter().map(|file| {
            Arc::new(LoadedFile {
                file: Arc::clone(file),
                format: Format::Terraform,
                comments: comments.remove(&file.id).unwrap_or_default(),
                documents: vec![file.span()],
            })
        });
        Self {
            files: files.collect(),
            declaring: declaring(&module),
            module,
        }
    }
}

impl KnownRoots {
    /// Takes out what is known of a root; of one that was evaluated with something else, only what it gave.
    pub(super) fn take(
        &self,
        folder: &Path,
        environment: Option<&SmolStr>,
        with: &str,
    ) -> KnownRoot {
        let key = (folder.to_path_buf(), environment.cloned());
        let known = self.lock(|known| known.remove(&key));
        match known {
            Some(known) if known.with == with => known,
            other => KnownRoot {
                with: with.to_owned(),
                before: other.map(|known| known.before).unwrap_or_default(),
                ..KnownRoot::default()
            },
        }
    }

    pub(super) fn keep(&self, folder: &Path, environment: Option<&SmolStr>, root: KnownRoot) {
        let key = (folder.to_path_buf(), environment.cloned());
        self.lock(|known| known.insert(key, root));
    }

    fn lock<T>(
        &self,
        work: impl FnOnce(&mut HashMap<(PathBuf, Option<SmolStr>), KnownRoot>) -> T,
    ) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl KnownRoot {
    /// Forgets the resources where these versions of providers give them other defaults, or where they do not stand apart.
    pub(super) fn begin(&mut self, versions: Option<&Versions>) {
        if versions != Some(&self.versions) {
            self.resources.clear();
            self.versions = versions.cloned().unwrap_or_default();
        }
    }

    /// The resource that was made of an instance.
    pub(super) fn made(&self, instance: &Arc<Instance>) -> Option<&Made> {
        self.resources.get(&address(instance))
    }

    /// The resources that the root gave, by address.
    pub(super) fn by_address(&self) -> HashMap<&SmolStr, &Arc<Resource>> {
        let resources = self.before.iter().map(|one| &one.resource);
        resources.map(|one| (&one.address, one)).collect()
    }

    /// Keeps what the root gave: of the present instances, where these are known again.
    pub(super) fn set(&mut self, resources: &[Arc<Declared>], made: Vec<Made>) {
        self.before = resources.to_vec();
        let made = made.into_iter();
        let by_address = made.filter_map(|made| Some((address(made.instance.as_ref()?), made)));
        self.resources = by_address.collect();
    }
}

/// What tells an instance from all others as long as it is kept.
fn address(instance: &Arc<Instance>) -> usize {
    Arc::as_ptr(instance).addr()
}

/// The files of a module in which something is declared.
fn declaring(module: &Module) -> HashSet<FileId> {
    let blocks = [
        &module.providers,
        &module.settings,
        &module.moved,
        &module.removed,
        &module.imports,
        &module.checks,
    ];
    let blocks = blocks.into_iter().flatten().map(|block| block.span);
    let variables = module
        .variables
        .values()
        .map(|variable| variable.block.span);
    let outputs = module.outputs.values().map(|output| output.block.span);
    let locals = module.locals.values().map(|local| local.name.span);
    let resources = module.resources.values().map(|resource| resource.span);
    let calls = module.calls.values().map(|call| call.block.span);
    blocks
        .chain(variables)
        .chain(outputs)
        .chain(locals)
        .chain(resources)
        .chain(calls)
        .map(|span| span.file)
        .collect()
}
