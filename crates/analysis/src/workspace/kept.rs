//! What parts of a project gave, kept with what they asked of the file system.

use std::any::Any;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use foldhash::{HashMap, HashSet};
use source::FileSystem;
use source::system::{Questions, Recorded};
use terraform::module::Known;

use crate::project::{ReadBefore, ReadObjects};
use crate::terraform::{KnownModules, KnownRoots};

/// What parts of a project gave, kept with what they asked of the file system.
#[derive(Default)]
pub(crate) struct Kept {
    /// Whether anything is kept at all: who reads once need not write down what is asked.
    is_on: bool,
    parts: Mutex<HashMap<Key, Part>>,
    /// The number of the present reading.
    round: AtomicU64,
    /// The number of the list of files that was found: parts are made of those of it.
    files: AtomicU64,
    modules: Known,
    roots: KnownRoots,
    files_of_modules: KnownModules,
    manifests: Mutex<ReadBefore>,
    /// By the paths below which they are shown.
    objects: Mutex<HashMap<PathBuf, ReadObjects>>,
}

/// What names a part.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    what: &'static str,
    path: PathBuf,
    /// Whether the part is made of those files that were found, so that it changes when others are.
    is_of_found: bool,
    /// What else it is made with.
    with: String,
    /// The part that it is made for: as long as that holds, nobody asks for this one.
    within: Option<&'static str>,
}

impl Key {
    /// Something that is made of one text.
    pub(crate) fn text(what: &'static str, path: &Path) -> Self {
        Self {
            what,
            path: path.to_path_buf(),
            is_of_found: false,
            with: String::new(),
            within: None,
        }
    }

    /// Something that is made of some of the files that were found.
    pub(crate) fn some(what: &'static str, path: &Path) -> Self {
        Self {
            is_of_found: true,
            ..Self::text(what, path)
        }
    }

    /// The same, made with something else.
    pub(crate) fn with(self, with: String) -> Self {
        Self { with, ..self }
    }

    /// The same, made for another part.
    pub(crate) fn within(self, part: &'static str) -> Self {
        Self {
            within: Some(part),
            ..self
        }
    }

    /// Something that is made of all files that were found.
    pub(crate) fn all(what: &'static str) -> Self {
        Self::some(what, Path::new(""))
    }
}

struct Part {
    questions: Questions,
    value: Arc<dyn Any + Send + Sync>,
    /// The reading that made it.
    made: u64,
    /// The last reading that it was part of.
    round: u64,
    files: u64,
}

impl Kept {
    /// What keeps parts.
    pub(crate) fn on() -> Self {
        Self {
            is_on: true,
            ..Self::default()
        }
    }

    /// Whether anything is kept, as somebody asks more than once.
    pub(crate) fn is_on(&self) -> bool {
        self.is_on
    }

    /// The modules of Terraform that were read before; nothing where nothing is kept.
    pub(crate) fn modules(&self) -> Option<&Known> {
        self.is_on.then_some(&self.modules)
    }

    /// What roots of Terraform gave when they were evaluated last.
    pub(crate) fn roots(&self) -> &KnownRoots {
        &self.roots
    }

    /// What modules of Terraform are for those who tell of their files.
    pub(crate) fn files_of_modules(&self) -> &KnownModules {
        &self.files_of_modules
    }

    /// The files of manifests that were read before.
    pub(crate) fn take_files(&self) -> ReadBefore {
        std::mem::take(&mut *lock(&self.manifests))
    }

    /// Keeps files of manifests, where anything is kept.
    pub(crate) fn keep_files(&self, files: impl FnOnce() -> ReadBefore) {
        if self.is_on {
            *lock(&self.manifests) = files();
        }
    }

    /// The objects of a cluster that were read before.
    pub(crate) fn take_objects(&self, root: &Path) -> ReadObjects {
        lock(&self.objects).remove(root).unwrap_or_default()
    }

    /// Keeps objects of a cluster, where anything is kept.
    pub(crate) fn keep_objects(&self, root: &Path, objects: impl FnOnce() -> ReadObjects) {
        if self.is_on {
            lock(&self.objects).insert(root.to_path_buf(), objects());
        }
    }

    /// The files that are found are others than before.
    pub(crate) fn found_others(&self) {
        self.files.fetch_add(1, Ordering::Relaxed);
    }

    /// What a part gives, made anew where it is not kept or depends on what changed.
    pub(crate) fn get<T: Send + Sync + 'static>(
        &self,
        key: Key,
        system: &dyn FileSystem,
        make: impl FnOnce(&dyn FileSystem) -> T,
    ) -> Arc<T> {
        self.get_again(key, system, |system, _| make(system))
    }

    /// The same; a part that is made anew may take of the one before what is the same in both.
    pub(crate) fn get_again<T: Send + Sync + 'static>(
        &self,
        key: Key,
        system: &dyn FileSystem,
        make: impl FnOnce(&dyn FileSystem, Option<&T>) -> T,
    ) -> Arc<T> {
        if !self.is_on {
            return Arc::new(make(system, None));
        }
        let round = self.round.load(Ordering::Relaxed);
        let files = self.files.load(Ordering::Relaxed);
        // The part is taken out, so that no other waits while it is looked at.
        let mut part = self.with(|parts| parts.remove(&key));
        let holds = part.take_if(|part| {
            (!key.is_of_found || part.files == files) && part.questions.hold(system)
        });
        if let Some(part) = holds
            && let Ok(value) = Arc::clone(&part.value).downcast()
        {
            system.adopt(&part.questions);
            self.with(|parts| parts.insert(key, Part { round, ..part }));
            return value;
        }
        let before = part.and_then(|part| part.value.downcast::<T>().ok());
        let recorded = Recorded::new(system);
        let value = Arc::new(make(&recorded, before.as_deref()));
        let part = Part {
            questions: recorded.questions(),
            value: Arc::clone(&value) as Arc<dyn Any + Send + Sync>,
            made: round,
            round,
            files,
        };
        self.with(|parts| parts.insert(key, part));
        // It may be large, and nobody waits until it is gone.
        rayon::spawn(move || drop(before));
        value
    }

    /// Forgets the parts that the present reading needs no more, and begins the next.
    pub(crate) fn sweep(&self) {
        let round = self.round.fetch_add(1, Ordering::Relaxed);
        self.with(|parts| {
            let held = parts.iter();
            let held = held.filter(|(_, part)| part.round == round && part.made != round);
            let held: HashSet<&str> = held.map(|(key, _)| key.what).collect();
            let is_needed = |key: &Key| key.within.is_some_and(|part| held.contains(part));
            parts.retain(|key, part| part.round == round || is_needed(key));
        });
    }

    fn with<T>(&self, work: impl FnOnce(&mut HashMap<Key, Part>) -> T) -> T {
        work(&mut lock(&self.parts))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    let locked = mutex.lock();
    locked.expect("no thread panics while it holds the lock")
}
