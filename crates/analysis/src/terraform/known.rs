//! What roots gave when they were evaluated last: resources of instances that are the same are the same.

use std::cmp::Ordering;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::{HashMap, HashMapExt, HashSet};
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
    /// What was made of instances and can be taken again, in the order of these.
    made: Vec<Made>,
    /// All else that it gave.
    others: Vec<Arc<Declared>>,
}

/// A resource that was made of an instance.
#[derive(Clone)]
pub(super) struct Made {
    pub(super) instance: Arc<Instance>,
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
            other => {
                let mut other = other.unwrap_or_default();
                other.forget();
                KnownRoot {
                    with: with.to_owned(),
                    others: other.others,
                    ..KnownRoot::default()
                }
            }
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
    /// Takes nothing again that was made of instances where these versions of providers give them other defaults, or where they do
    /// not stand apart.
    pub(super) fn begin(&mut self, versions: Option<&Versions>) {
        if versions != Some(&self.versions) {
            self.forget();
            self.versions = versions.cloned().unwrap_or_default();
        }
    }

    /// Takes nothing again that was made of instances.
    pub(super) fn forget(&mut self) {
        let made = std::mem::take(&mut self.made);
        self.others
            .extend(made.into_iter().map(|made| made.declared));
    }

    /// What was made of instances of the same addresses, by the indexes of instances, which have the same order.
    pub(super) fn beside(&self, instances: &[Arc<Instance>]) -> Vec<Option<&Made>> {
        let mut made = self.made.iter().peekable();
        let beside = |instance: &Arc<Instance>| {
            while let Some(next) = made.peek() {
                match order(&next.instance, instance) {
                    Ordering::Less => drop(made.next()),
                    Ordering::Equal => return made.next(),
                    Ordering::Greater => return None,
                }
            }
            None
        };
        instances.iter().map(beside).collect()
    }

    /// All else that the root gave, by address.
    pub(super) fn others(&self) -> HashMap<&SmolStr, &Arc<Resource>> {
        let resources = self.others.iter().map(|one| &one.resource);
        resources.map(|one| (&one.address, one)).collect()
    }

    /// Keeps what the root gave: of instances in their order, and all else.
    pub(super) fn set(&mut self, made: Vec<Made>, others: Vec<Arc<Declared>>) {
        self.made = made;
        self.others = others;
    }
}

/// The order of the instances of a root.
fn order(one: &Arc<Instance>, other: &Arc<Instance>) -> Ordering {
    if Arc::ptr_eq(one, other) {
        return Ordering::Equal;
    }
    (&one.module, &one.address, &one.key).cmp(&(&other.module, &other.address, &other.key))
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
