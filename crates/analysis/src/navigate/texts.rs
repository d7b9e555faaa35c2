//! The texts that are read for names, and which of them can name what.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use foldhash::HashMap;
use smol_str::SmolStr;
use source::{FileSystem, Limits, SourceFile, Sources};

use super::mention::{Mention, Name};
use super::{Wanted, helm, kubernetes, kustomize, terraform};
use crate::discover::{clean, shown};
use crate::project::Project;
use crate::terraform::role;

/// The texts that are read for names.
pub(crate) struct Texts<'a> {
    pub(super) system: &'a dyn FileSystem,
    /// The folder that shown paths are relative to.
    pub(super) directory: &'a Path,
    pub(super) sources: &'a Sources,
    pub(super) project: &'a Project,
    /// All inputs.
    pub(super) inputs: Vec<PathBuf>,
    /// The modules that those of a folder call.
    pub(super) called: RefCell<HashMap<PathBuf, Rc<Called>>>,
}

/// The folders of called modules, by the names of the calls.
pub(super) type Called = HashMap<SmolStr, PathBuf>;

impl<'a> Texts<'a> {
    pub(crate) fn new(
        system: &'a dyn FileSystem,
        directory: &'a Path,
        (sources, project): (&'a Sources, &'a Project),
        inputs: Vec<PathBuf>,
    ) -> Self {
        Self {
            system,
            directory,
            sources,
            project,
            inputs,
            called: RefCell::default(),
        }
    }

    pub(super) fn full(&self, shown: &Path) -> PathBuf {
        clean(&self.directory.join(shown))
    }

    /// A file; nothing where it can't be read.
    pub(super) fn read(&self, path: &Path) -> Option<Arc<SourceFile>> {
        let limits = Limits::default();
        let bytes = self.system.read(path, limits).ok()?;
        let shown = shown(path, self.directory);
        self.sources.take(bytes, &shown, limits).ok()
    }

    /// All that a file names.
    pub(super) fn mentions(&self, file: &Arc<SourceFile>) -> Vec<Mention> {
        let path = self.full(&file.path);
        let mut all = kubernetes::mentions(self, file);
        if role(&path).is_some() {
            all.extend(terraform::mentions(self, &path, file));
        }
        if kustomize::is_kustomization(&path) {
            all.extend(kustomize::mentions(self, &path, file));
        }
        all.extend(helm::mentions(self, &path, file));
        all
    }

    /// The texts that name something.
    pub(super) fn mentions_of(&self, name: &Name, wanted: Wanted) -> Vec<Mention> {
        let mut all = match name {
            Name::Resource(id) => kubernetes::mentions_of(self, *id),
            _ => Vec::new(),
        };
        for path in self.candidates(name, wanted) {
            let Some(file) = self.read(&path) else {
                continue;
            };
            let is_possible = name
                .needle()
                .is_none_or(|needle| file.text.contains(needle));
            // A kustomization is named by its folder, and declares itself without a word.
            let mentions = match name {
                Name::File(_) => kustomize::mentions(self, &path, &file),
                Name::Terraform(..) if is_possible => terraform::mentions(self, &path, &file),
                Name::Value(..) | Name::Template(..) if is_possible => {
                    helm::mentions(self, &path, &file)
                }
                _ => Vec::new(),
            };
            all.extend(mentions.into_iter().filter(|one| one.name == *name));
        }
        all
    }

    /// The files in which a name can stand.
    fn candidates(&self, name: &Name, wanted: Wanted) -> Vec<PathBuf> {
        let inputs = self.inputs.iter();
        match name {
            Name::Terraform(folder, _) => {
                let is_there = |path: &&PathBuf| {
                    let is_near = path.parent() == Some(folder);
                    role(path).is_some() && (is_near || wanted != Wanted::Declarations)
                };
                inputs.filter(is_there).cloned().collect()
            }
            Name::Value(chart, _) | Name::Template(chart, _) => helm::files(self, chart),
            Name::Resource(_) => Vec::new(),
            Name::File(file) => {
                let built = inputs.filter(|path| kustomize::is_kustomization(path));
                let built = built.filter(|path| *path != file).cloned();
                std::iter::once(file.clone()).chain(built).collect()
            }
        }
    }
}
