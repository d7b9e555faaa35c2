//! The files of a folder that make a module.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use foldhash::HashMap;
use source::{FileSystem, Limits, Problem, SourceFile, Sources};

use super::again::Change;
use super::known::ids;
use super::{Known, Module, overrides};
use crate::syntax::{self, Body, Document};

/// The modules of a run, each folder read once however many roots and calls lead to it.
pub struct Modules<'a> {
    /// The files.
    pub system: &'a dyn FileSystem,
    /// Where texts are kept.
    pub sources: &'a Sources,
    /// How a path is shown to people.
    pub shown: &'a (dyn Fn(&Path) -> PathBuf + Sync),
    read: Mutex<HashMap<PathBuf, Arc<Module>>>,
    known: Option<&'a Known>,
    ask: Option<&'a Ask<'a>>,
}

/// Gives the module of a folder, and says by the file system what that depends on.
pub type Ask<'a> = dyn Fn(&dyn FileSystem, &Path) -> Arc<Module> + Sync + 'a;

impl<'a> Modules<'a> {
    /// No module is read yet.
    #[must_use]
    pub fn new(
        system: &'a dyn FileSystem,
        sources: &'a Sources,
        shown: &'a (dyn Fn(&Path) -> PathBuf + Sync),
    ) -> Self {
        Self {
            system,
            sources,
            shown,
            read: Mutex::default(),
            known: None,
            ask: None,
        }
    }

    /// Asks another one for modules that it does not have yet.
    #[must_use]
    pub fn asking(self, ask: &'a Ask<'a>) -> Self {
        Self {
            ask: Some(ask),
            ..self
        }
    }

    /// Takes again what is known, where it was read from the same texts. All of it must be of files of the same table.
    #[must_use]
    pub fn knowing(self, known: Option<&'a Known>) -> Self {
        Self { known, ..self }
    }

    /// Whether it takes again what is known.
    #[must_use]
    pub fn knows(&self) -> bool {
        self.known.is_some()
    }

    /// The module of a folder. What can't be read of it is a problem of the module; the rest stands.
    #[must_use]
    pub fn get(&self, folder: &Path) -> Arc<Module> {
        let known = |read: &HashMap<PathBuf, Arc<Module>>| read.get(folder).cloned();
        if let Some(module) = self.lock(|read| known(read)) {
            return module;
        }
        let module = match self.ask {
            Some(ask) => ask(self.system, folder),
            None => self.read(folder),
        };
        self.lock(|read| Arc::clone(read.entry(folder.to_path_buf()).or_insert(module)))
    }

    fn lock<T>(&self, f: impl FnOnce(&mut HashMap<PathBuf, Arc<Module>>) -> T) -> T {
        f(&mut self
            .read
            .lock()
            .expect("no thread panics while it holds the lock"))
    }

    fn read(&self, folder: &Path) -> Arc<Module> {
        let (overriding, plain): (Vec<PathBuf>, Vec<PathBuf>) = self
            .file_names(folder)
            .into_iter()
            .partition(|name| is_override(name));
        match self.known.filter(|_| overriding.is_empty()) {
            Some(known) => self.read_again(folder, &plain, known),
            None => Arc::new(self.read_all(folder, &plain, &overriding)),
        }
    }

    /// Reads a folder without override files, whose files are taken apart each by itself.
    fn read_again(&self, folder: &Path, names: &[PathBuf], known: &Known) -> Arc<Module> {
        let mut module = Module {
            folder: folder.to_path_buf(),
            ..Module::default()
        };
        let mut files = Vec::with_capacity(names.len());
        for name in names {
            match self.load(folder, name) {
                Ok(file) => files.push(file),
                Err(problem) => module.problems.push(problem),
            }
        }
        let is_whole = module.problems.is_empty();
        let before = known.module(folder).filter(|_| is_whole);
        let is_same = |before: &&Arc<Module>| ids(before).eq(files.iter().map(|file| file.id));
        if let Some(same) = before.as_ref().filter(is_same) {
            return Arc::clone(same);
        }
        // In this order: what is read of a file takes the place of what was.
        let old = before.as_ref().and_then(|before| known.parts(before));
        let parts = files.iter().map(|file| known.part(file, || part(file)));
        let parts: Vec<Arc<Module>> = parts.collect();
        let again = before.zip(old);
        let again = again.and_then(|(before, old)| before.again(&pairs(&old, &parts)?));
        let module = again.unwrap_or_else(|| {
            parts.iter().for_each(|part| module.take(part));
            module
        });
        let module = Arc::new(module);
        if is_whole {
            known.keep(&module);
        }
        module
    }

    fn read_all(&self, folder: &Path, plain: &[PathBuf], overriding: &[PathBuf]) -> Module {
        let mut module = Module {
            folder: folder.to_path_buf(),
            is_merged: !overriding.is_empty(),
            ..Module::default()
        };
        let mut bodies = self.read_files(&mut module, plain);
        let overrides = self.read_files(&mut module, overriding);
        overrides::merge(&mut bodies, overrides, &mut module);
        for body in bodies {
            module.declare(body);
        }
        module
    }

    fn read_files(&self, module: &mut Module, names: &[PathBuf]) -> Vec<Body> {
        names
            .iter()
            .filter_map(|name| self.read_file(module, name))
            .collect()
    }

    fn read_file(&self, module: &mut Module, name: &Path) -> Option<Body> {
        let file = match self.load(&module.folder, name) {
            Ok(file) => file,
            Err(problem) => {
                module.problems.push(problem);
                return None;
            }
        };
        let Document {
            body,
            comments,
            problems,
        } = parse(&file);
        module.comments.extend(comments);
        module.problems.extend(problems);
        module.files.push(file);
        Some(body)
    }

    fn load(&self, folder: &Path, name: &Path) -> Result<Arc<SourceFile>, Problem> {
        let path = folder.join(name);
        let shown = (self.shown)(&path);
        let loaded = self
            .sources
            .load(self.system, &path, &shown, Limits::default());
        loaded.map_err(|error| error.problem(&shown))
    }

    /// The configuration files of a folder in their order. `x.tofu` stands for `x.tf`.
    fn file_names(&self, folder: &Path) -> Vec<PathBuf> {
        let names: BTreeSet<PathBuf> = self
            .system
            .list(folder)
            .unwrap_or_default()
            .into_iter()
            .filter(|entry| !entry.is_folder)
            .filter_map(|entry| entry.path.file_name().map(PathBuf::from))
            .filter(|name| is_configuration(name))
            .collect();
        let replaced = |name: &Path| {
            let text = name.to_string_lossy();
            let tofu = text
                .strip_suffix(".tf.json")
                .map(|stem| format!("{stem}.tofu.json"))
                .or_else(|| text.strip_suffix(".tf").map(|stem| format!("{stem}.tofu")));
            tofu.is_some_and(|tofu| names.contains(Path::new(&tofu)))
        };
        names
            .iter()
            .filter(|name| !replaced(name))
            .cloned()
            .collect()
    }
}

/// Whether a file is part of a module: not a test, not a lock file, not an editor's backup.
#[must_use]
pub fn is_configuration(name: &Path) -> bool {
    let text = name.to_string_lossy();
    let hidden = text.starts_with('.') || text.ends_with('~') || text.starts_with('#');
    !hidden
        && [".tf", ".tofu", ".tf.json", ".tofu.json"]
            .iter()
            .any(|end| text.ends_with(end))
}

fn is_override(name: &Path) -> bool {
    let text = name.to_string_lossy();
    let stem = text.split(".t").next().unwrap_or_default();
    stem == "override" || stem.ends_with("_override")
}

/// What files declare beside what they declared before; nothing where they are others.
fn pairs<'a>(old: &'a [Arc<Module>], new: &'a [Arc<Module>]) -> Option<Vec<Change<'a>>> {
    fn paths(parts: &[Arc<Module>]) -> impl Iterator<Item = &Path> {
        let files = parts.iter().flat_map(|part| &part.files);
        files.map(|file| file.path.as_path())
    }
    let is_alike = paths(old).eq(paths(new));
    is_alike.then(|| old.iter().zip(new).collect())
}

/// What one file declares.
fn part(file: &Arc<SourceFile>) -> Module {
    let Document {
        body,
        comments,
        problems,
    } = parse(file);
    let mut part = Module {
        files: vec![Arc::clone(file)],
        comments,
        problems,
        ..Module::default()
    };
    part.declare(body);
    part
}

fn parse(file: &Arc<SourceFile>) -> Document {
    let is_json = file
        .path
        .extension()
        .is_some_and(|extension| extension == "json");
    if is_json {
        syntax::read_json(file)
    } else {
        syntax::read(file)
    }
}
