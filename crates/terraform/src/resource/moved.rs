//! Where resources were declared before `moved` blocks took them to where they are.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use foldhash::HashMap;
use smol_str::{SmolStr, format_smolstr};

use crate::module::{Module, Moves, clean, is_local};
use crate::root::{Instance, Root};

/// The moves of all modules of a root.
pub(super) struct History<'a> {
    modules: &'a [Arc<Module>],
    moves: HashMap<&'a Path, Moves>,
}

impl<'a> History<'a> {
    pub(super) fn of(root: &'a Root) -> Self {
        let modules = root.modules.iter();
        let moving = modules.filter(|module| !module.moved.is_empty());
        Self {
            modules: &root.modules,
            moves: moving
                .map(|module| (module.folder.as_path(), module.moves()))
                .collect(),
        }
    }

    /// The folder of the module that declared a resource first, and the address that it had there. Moves within the module
    /// count, and so do those of the modules around it, which take resources from one module to another.
    pub(super) fn first(&self, instance: &Instance) -> (PathBuf, SmolStr) {
        let local = SmolStr::from(instance.address.to_string());
        let calls: Vec<&SmolStr> = instance.module.0.iter().map(|(name, _)| name).collect();
        let around = self.around(&calls);
        for (depth, module) in around.iter().enumerate() {
            let Some(moves) = self.moves.get(module.folder.as_path()) else {
                continue;
            };
            let inner = calls[depth..].iter().map(|call| format!("module.{call}."));
            let address = format_smolstr!("{}{local}", inner.collect::<String>());
            let first = moves.first(&address);
            if let Some(found) = self.declared(module, &first).filter(|_| first != address) {
                return found;
            }
        }
        (instance.folder.clone(), local)
    }

    /// The modules from the root to the one that calls lead to, as far as they are read.
    fn around(&self, calls: &[&SmolStr]) -> Vec<&'a Module> {
        let mut around = Vec::from_iter(self.modules.first().map(AsRef::as_ref));
        for call in calls {
            match around.last().and_then(|module| self.called(module, call)) {
                Some(module) => around.push(module),
                None => break,
            }
        }
        around
    }

    fn called(&self, module: &Module, call: &str) -> Option<&'a Module> {
        let source = module.calls.get(call)?.source.as_ref()?.literal()?;
        let folder = clean(&module.folder.join(source.as_str()));
        let mut modules = self.modules.iter().filter(|_| is_local(&source));
        modules
            .find(|module| module.folder == folder)
            .map(AsRef::as_ref)
    }

    /// The folder and the local address that an address in a module means, where the calls in it are still there.
    fn declared(&self, module: &Module, address: &str) -> Option<(PathBuf, SmolStr)> {
        let Some(inner) = address.strip_prefix("module.") else {
            return Some((module.folder.clone(), address.into()));
        };
        let (call, rest) = inner.split_once('.')?;
        self.declared(self.called(module, call)?, rest)
    }
}
