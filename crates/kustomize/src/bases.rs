//! What kustomizations build on, without building them.

use std::path::{Path, PathBuf};

use crate::accumulate::Target;
use crate::context::Context;
use crate::kustomization::{FILE_NAMES, Kind};
use crate::load::{clean, is_remote};
use crate::reader::Reader;

/// What a kustomization builds on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bases {
    /// Whether it is a component, which only changes the kustomizations that use it.
    pub is_component: bool,
    /// The folders here that it uses, as bases, components or plugins.
    pub folders: Vec<PathBuf>,
}

/// Whether a file holds a kustomization, by its name.
#[must_use]
pub fn is_kustomization(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| FILE_NAMES.iter().any(|known| name == *known))
}

impl Reader<'_> {
    /// What the kustomization in a folder builds on; nothing where none can be read. What is wrong with it is told by building it.
    #[must_use]
    pub fn bases(&self, folder: &Path) -> Bases {
        let context = Context::new(self);
        let target = context
            .top(folder)
            .and_then(|root| Target::load(&context, root));
        let Some(Target {
            root,
            kustomization,
            ..
        }) = target
        else {
            return Bases::default();
        };
        let listed = kustomization.resources.iter();
        let listed = listed.chain(&kustomization.components);
        let plugins = kustomization.generators.iter();
        let plugins = plugins.chain(&kustomization.transformers);
        let listed = listed.chain(plugins.chain(&kustomization.validators));
        let local = listed.filter(|path| !is_remote(&path.value));
        let folders = local.map(|path| clean(&root.path.join(path.value.as_str())));
        Bases {
            is_component: kustomization.kind == Kind::Component,
            folders: folders
                .filter(|folder| self.has_kustomization(folder))
                .collect(),
        }
    }

    fn has_kustomization(&self, folder: &Path) -> bool {
        let mut files = FILE_NAMES.iter().map(|name| folder.join(name));
        files.any(|file| self.system.exists(&file))
    }
}
