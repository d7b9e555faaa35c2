//! Modules that were read before, taken again while their texts are the same.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use foldhash::HashMap;
use source::{FileId, SourceFile};

use super::Module;

/// Modules that were read before, and what each of their files declares. The id of a file stands for its text.
#[derive(Debug, Default)]
pub struct Known {
    /// By the path of the file.
    parts: Mutex<HashMap<PathBuf, Arc<Module>>>,
    /// By the folder.
    modules: Mutex<HashMap<PathBuf, Arc<Module>>>,
}

impl Known {
    /// What one file declares.
    pub(super) fn part(
        &self,
        file: &Arc<SourceFile>,
        read: impl FnOnce() -> Module,
    ) -> Arc<Module> {
        let is_same = |part: &&Arc<Module>| ids(part).eq([file.id]);
        let known = lock(&self.parts).get(&file.path).filter(is_same).cloned();
        known.unwrap_or_else(|| {
            let part = Arc::new(read());
            lock(&self.parts).insert(file.path.clone(), Arc::clone(&part));
            part
        })
    }

    /// The module that a folder had last, of which nothing was missing.
    pub(super) fn module(&self, folder: &Path) -> Option<Arc<Module>> {
        lock(&self.modules).get(folder).cloned()
    }

    /// What each file of a module declares, as long as no other text of one was read.
    pub(super) fn parts(&self, module: &Module) -> Option<Vec<Arc<Module>>> {
        let parts = lock(&self.parts);
        let part = |file: &Arc<SourceFile>| {
            let part = parts.get(&file.path)?;
            ids(part).eq([file.id]).then(|| Arc::clone(part))
        };
        module.files.iter().map(part).collect()
    }

    pub(super) fn keep(&self, module: &Arc<Module>) {
        lock(&self.modules).insert(module.folder.clone(), Arc::clone(module));
    }
}

/// The files of a module, each of which stands for its text.
pub(super) fn ids(module: &Module) -> impl Iterator<Item = FileId> {
    module.files.iter().map(|file| file.id)
}

/// What is behind a lock is whole at all times.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
