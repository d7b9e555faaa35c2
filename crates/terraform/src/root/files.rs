//! The files that functions read: those of the root module and around it, as far as they may be read.

use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use foldhash::{HashSet, HashSetExt};
use smol_str::SmolStr;
use source::{Limits, Problem, ReadError};

use super::Options;
use crate::functions::{FileContent, FileFailure, Files, glob};
use crate::module::clean;

/// The most files that `fileset` looks at.
const MOST_FILES: usize = 100_000;

/// The files around a root module.
pub(super) struct ModuleFiles<'a> {
    options: &'a Options<'a>,
    base: PathBuf,
    problems: Mutex<Vec<Problem>>,
    /// How often any of them was asked for.
    count: AtomicUsize,
}

impl<'a> ModuleFiles<'a> {
    pub(super) fn new(options: &'a Options<'a>) -> Self {
        Self {
            options,
            base: base(options),
            problems: Mutex::default(),
            count: AtomicUsize::new(0),
        }
    }

    /// A folder as Terraform names it: by the way that leads there from the root module.
    pub(super) fn relative(&self, folder: &Path) -> String {
        let root = self.options.folder;
        let common = folder
            .ancestors()
            .find(|ancestor| root.starts_with(ancestor));
        let up = common.and_then(|common| root.strip_prefix(common).ok());
        let up = up.map_or(0, |below| below.components().count());
        let down = common
            .and_then(|common| folder.strip_prefix(common).ok())
            .unwrap_or(folder);
        let path: PathBuf = std::iter::repeat_n(Component::ParentDir, up)
            .map(|component| component.as_os_str().to_owned())
            .chain(
                down.components()
                    .map(|component| component.as_os_str().to_owned()),
            )
            .collect();
        match path.as_os_str().is_empty() {
            true => ".".to_owned(),
            false => path.to_string_lossy().replace('\\', "/"),
        }
    }

    /// How often any of them was asked for.
    pub(super) fn count(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }

    pub(super) fn take_problems(&self) -> Vec<Problem> {
        self.problems
            .lock()
            .map(|mut problems| std::mem::take(&mut *problems))
            .unwrap_or_default()
    }

    /// The files at any depth below a folder. Links out of the boundary and back to a folder above are not followed.
    fn below(&self, folder: &Path) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let mut folders = vec![folder.to_path_buf()];
        let mut seen = HashSet::new();
        while let Some(folder) = folders.pop() {
            let real = self
                .options
                .modules
                .system
                .canonical(&folder)
                .unwrap_or_default();
            let allowed = real.starts_with(self.options.boundary);
            if !allowed || files.len() > MOST_FILES || !seen.insert(real) {
                continue;
            }
            for entry in self
                .options
                .modules
                .system
                .list(&folder)
                .unwrap_or_default()
            {
                match entry.is_folder {
                    true => folders.push(entry.path),
                    false => files.push(entry.path),
                }
            }
        }
        files
    }

    /// Where a path that a function names really is, if it may be read.
    fn locate(&self, path: &Path) -> Result<PathBuf, FileFailure> {
        self.count.fetch_add(1, Ordering::Relaxed);
        let below = path.strip_prefix(&self.base).unwrap_or(path);
        if below.is_absolute() {
            return Err(FileFailure::Outside);
        }
        let full = clean(&self.options.folder.join(below));
        match self.options.modules.system.canonical(&full) {
            Ok(real) if real.starts_with(self.options.boundary) => Ok(full),
            Ok(_) => Err(FileFailure::Outside),
            Err(_) if clean(&full).starts_with(self.options.boundary) => Err(FileFailure::Missing),
            Err(_) => self.missing_or_outside(&full),
        }
    }

    /// The nearest folder that is there tells where a missing file would be.
    fn missing_or_outside(&self, full: &Path) -> Result<PathBuf, FileFailure> {
        let there = full
            .ancestors()
            .find_map(|folder| self.options.modules.system.canonical(folder).ok());
        match there {
            Some(real) if real.starts_with(self.options.boundary) => Err(FileFailure::Missing),
            _ => Err(FileFailure::Outside),
        }
    }
}

impl Files for ModuleFiles<'_> {
    fn read(&self, path: &Path) -> Result<FileContent, FileFailure> {
        let full = self.locate(path)?;
        let bytes = self
            .options
            .modules
            .system
            .read(&full, Limits::default())
            .map_err(|error| match error {
                ReadError::NotFound => FileFailure::Missing,
                _ => FileFailure::Unreadable,
            })?;
        let text = std::str::from_utf8(&bytes).ok();
        let shown = (self.options.modules.shown)(&full);
        let span = text.map(|text| self.options.modules.sources.add(&shown, text).span());
        Ok(FileContent { bytes, span })
    }

    fn matching(&self, folder: &Path, pattern: &str) -> Result<Vec<SmolStr>, FileFailure> {
        let pattern = FolderPattern::new(pattern);
        let start = match self.locate(&pattern.start(folder)) {
            Err(FileFailure::Missing) => return Ok(Vec::new()),
            located => located?,
        };
        let folder = clean(&self.options.folder.join(folder));
        let mut names = Vec::new();
        for path in self.below(&start) {
            let Ok(below) = path.strip_prefix(&start) else {
                continue;
            };
            let name = below.to_string_lossy().replace('\\', "/");
            if glob::matches(&pattern.names, &name).map_err(|_| FileFailure::Unreadable)? {
                names.push(SmolStr::new(relative(&folder, &path)));
            }
        }
        names.sort();
        Ok(names)
    }

    fn base(&self) -> &Path {
        &self.base
    }
}

/// A pattern of `fileset`, which is joined to its folder before either means anything.
///
/// Source: <https://github.com/hashicorp/terraform/blob/v1.11.4/internal/lang/funcs/filesystem.go>, `MakeFileSetFunc`.
struct FolderPattern {
    /// How many folders above the folder it begins.
    above: usize,
    /// The pattern for what is below that.
    names: String,
}

impl FolderPattern {
    fn new(pattern: &str) -> Self {
        let mut above = 0;
        let mut names: Vec<&str> = Vec::new();
        for name in pattern.split('/') {
            match name {
                "" | "." => {}
                ".." if names.pop().is_none() => above += 1,
                ".." => {}
                name => names.push(name),
            }
        }
        let names = names.join("/");
        Self { above, names }
    }

    fn start(&self, folder: &Path) -> PathBuf {
        let mut start = folder.to_path_buf();
        start.extend(std::iter::repeat_n("..", self.above));
        start
    }
}

/// The path of a file from a folder, which may lie above the folder.
fn relative(folder: &Path, path: &Path) -> String {
    let common = folder.components().zip(path.components());
    let common = common.take_while(|(one, other)| one == other).count();
    let up = folder.components().skip(common).map(|_| "..".into());
    let down = path.components().skip(common);
    let names = up.chain(down.map(|name| name.as_os_str().to_string_lossy()));
    names.collect::<Vec<_>>().join("/")
}

/// The folder that `path.cwd` and `abspath` start from: where the root module is below the boundary, as if the boundary
/// were the root of the file system. The answer is the same on every machine.
fn base(options: &Options<'_>) -> PathBuf {
    let real = options.modules.system.canonical(options.folder);
    let real = real.as_deref().unwrap_or(options.folder);
    let below = real.strip_prefix(options.boundary).unwrap_or(Path::new(""));
    Path::new("/").join(below)
}
