//! The folders of kustomizations, and which files each of them may read.

use std::path::{Component, Path, PathBuf};

use source::{Level, Problem, Span};

use crate::build::Use;
use crate::context::Context;
use crate::kustomization::{FILE_NAMES, Text};
use crate::reader::Content;

/// The folder of a kustomization.
#[derive(Clone, Debug)]
pub(crate) struct Root {
    /// Its path without links and detours.
    pub(crate) path: PathBuf,
    /// The folders of the kustomizations that use it.
    users: Vec<PathBuf>,
    /// The file with the kustomization.
    pub(crate) file: PathBuf,
}

/// Why a file is not read.
pub(crate) enum Refused {
    /// It is not there, or can't be read.
    Missing(Problem),
    /// It is none of the files that a kustomization may read.
    Forbidden(Problem),
}

impl Refused {
    pub(crate) fn problem(self) -> Problem {
        match self {
            Self::Missing(problem) | Self::Forbidden(problem) => problem,
        }
    }
}

/// Whether a path names something on another machine.
pub(crate) fn is_remote(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    let schemes = [
        "http://", "https://", "ssh://", "git://", "file://", "git::", "oci://",
    ];
    let hosts = ["github.com/", "github.com:", "gh:", "git@"];
    let is_scp = lower
        .split_once(':')
        .is_some_and(|(host, _)| host.contains('@') && !host.contains('/'));
    schemes
        .iter()
        .chain(&hosts)
        .any(|start| lower.starts_with(start))
        || is_scp
        || lower.contains("?ref=")
        || lower.contains(".git//")
}

/// A path without `.`, and without names that `..` takes back.
pub(crate) fn clean(path: &Path) -> PathBuf {
    let mut cleaned = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => match cleaned.components().next_back() {
                Some(Component::Normal(_)) => {
                    cleaned.pop();
                }
                Some(Component::RootDir | Component::Prefix(_)) => {}
                _ => cleaned.push(".."),
            },
            other => cleaned.push(other),
        }
    }
    cleaned
}

impl Context<'_> {
    /// The folder of the kustomization that is built.
    pub(crate) fn top(&self, folder: &Path) -> Option<Root> {
        let path = self.real(&clean(folder));
        match self.file_name(&path) {
            Ok(Some(file)) => Some(Root {
                path,
                users: Vec::new(),
                file,
            }),
            Ok(None) => {
                let message = "there is no kustomization.yaml here";
                self.tell_of(message, folder);
                None
            }
            Err(message) => {
                self.tell_of(&message, folder);
                None
            }
        }
    }

    /// A folder whose kustomization stands in no file.
    pub(crate) fn described(&self, folder: &Path) -> Root {
        let path = self.real(&clean(folder));
        Root {
            file: path.join(FILE_NAMES[0]),
            path,
            users: Vec::new(),
        }
    }

    fn tell_of(&self, message: &str, folder: &Path) {
        let shown = (self.reader.shown)(folder);
        self.tell(Problem::of(
            Level::Error,
            "no-kustomization",
            message,
            shown,
        ));
    }

    pub(crate) fn real(&self, path: &Path) -> PathBuf {
        let real = self.reader.system.canonical(path);
        real.unwrap_or_else(|_| path.to_path_buf())
    }

    /// The file with the kustomization of a folder, if it has one.
    fn file_name(&self, folder: &Path) -> Result<Option<PathBuf>, String> {
        let files = FILE_NAMES.map(|name| folder.join(name));
        let mut found = files
            .into_iter()
            .filter(|file| self.reader.content(file).is_ok());
        let first = found.next();
        match found.next() {
            Some(_) => Err("there are several files with a kustomization here".to_owned()),
            None => Ok(first),
        }
    }

    /// The folder of a base or component that `from` uses.
    pub(crate) fn folder(&self, from: &Root, path: &Text) -> Option<Root> {
        let error = |message: &str| self.error("kustomization-base", message, path.span);
        if is_remote(&path.value) {
            self.remote(path);
            return None;
        }
        if Path::new(path.value.as_str()).is_absolute() {
            error("the path of a base can't be absolute");
            return None;
        }
        let cleaned = clean(&from.path.join(path.value.as_str()));
        if !self.reader.system.exists(&cleaned) {
            error("there is no such file or folder");
            return None;
        }
        let folder = self.real(&cleaned);
        let mut users = std::iter::once(&from.path).chain(&from.users);
        if users.any(|user| user.starts_with(&folder)) {
            error("this kustomization uses itself, or a folder around it");
            return None;
        }
        match self.file_name(&folder) {
            Ok(Some(file)) => Some(Root {
                path: folder,
                users: std::iter::once(&from.path)
                    .chain(&from.users)
                    .cloned()
                    .collect(),
                file,
            }),
            Ok(None) => {
                error("there is no kustomization.yaml in this folder");
                None
            }
            Err(message) => {
                error(&message);
                None
            }
        }
    }

    /// Tells that something on another machine is not fetched.
    pub(crate) fn remote(&self, path: &Text) {
        let message = "what is on another machine is not fetched, so this part is left out";
        self.tell(
            Problem::at(Level::Error, "remote-resource", message, path.span)
                .with_help("keep a copy in the repository"),
        );
    }

    /// The content of a file that a kustomization names.
    pub(crate) fn load(&self, root: &Root, path: &Text, role: Use) -> Result<Content, Refused> {
        let refuse = |code, message: &str| Problem::at(Level::Error, code, message, path.span);
        if is_remote(&path.value) {
            let message = "what is on another machine is not fetched, so this part is left out";
            return Err(Refused::Forbidden(refuse("remote-resource", message)));
        }
        let cleaned = clean(&root.path.join(path.value.as_str()));
        let real = self.real(&cleaned);
        if !real
            .parent()
            .is_some_and(|folder| folder.starts_with(&root.path))
        {
            let message = "files outside of the folder of the kustomization are not read";
            return Err(Refused::Forbidden(refuse("outside-file", message)));
        }
        match self.reader.content(&real) {
            Ok(content) => {
                self.uses(&real, role, &root.file);
                Ok(content)
            }
            Err(error) => {
                let problem = self.reader.problem(&error, &cleaned, path.span);
                Err(Refused::Missing(problem))
            }
        }
    }

    /// The content of a file that must be text.
    pub(crate) fn load_text(
        &self,
        root: &Root,
        path: &Text,
        role: Use,
    ) -> Option<std::sync::Arc<source::SourceFile>> {
        match self.load(root, path, role) {
            Ok(content) => self.as_text(content, path.span),
            Err(refused) => {
                self.tell(refused.problem());
                None
            }
        }
    }

    pub(crate) fn as_text(
        &self,
        content: Content,
        span: Span,
    ) -> Option<std::sync::Arc<source::SourceFile>> {
        if content.file.is_none() {
            self.error("unreadable-file", "the file is not text in UTF-8", span);
        }
        content.file
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lose_their_detours() {
        for (path, cleaned) in [
            ("a/./b/../c", "a/c"),
            ("../a", "../a"),
            ("a/../../b", "../b"),
            ("/a/../../b", "/b"),
            (".", ""),
        ] {
            assert_eq!(clean(Path::new(path)), Path::new(cleaned), "{path}");
        }
    }

    #[test]
    fn addresses_are_told_from_paths() {
        for path in [
            "https://example.org/a.yaml",
            "github.com/owner/repo//path?ref=v1",
            "git@github.com:owner/repo.git",
            "ssh://git@host/repo",
        ] {
            assert!(is_remote(path), "{path}");
        }
        for path in ["../base", "base", "a.yaml", "./git", "a:b"] {
            assert!(!is_remote(path), "{path}");
        }
    }
}
