//! Ignore rules: which entries of a walked folder are left out.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::read_file;
use crate::system::{Limits, ReadError};

/// The files that hold rules for the folder that they stand in, the weakest first (<https://git-scm.com/docs/gitignore>).
const FILES: [&str; 3] = [".git/info/exclude", ".gitignore", ".ignore"];

/// Rules are written by hand: a larger file is none of them.
const LIMITS: Limits = Limits {
    file_bytes: 1 << 20,
};

/// The rules of a folder and of those above it, outermost first.
#[derive(Clone, Debug, Default)]
pub(super) struct Rules(Vec<Arc<Gitignore>>);

/// A file with rules that can't be read.
pub(super) type Unreadable = (PathBuf, ReadError);

impl Rules {
    /// The rules of the folders above `folder`, up to the root of the repository around it; none where there is no repository.
    pub(super) fn above(folder: &Path, unreadable: &mut Vec<Unreadable>) -> Self {
        let root = folder
            .ancestors()
            .find(|folder| folder.join(".git").exists());
        let Some(root) = root.filter(|root| *root != folder) else {
            return Self::default();
        };
        let mut folders: Vec<&Path> = folder
            .ancestors()
            .skip(1)
            .take_while(|folder| folder.starts_with(root))
            .collect();
        folders.reverse();
        folders.iter().fold(Self::default(), |rules, folder| {
            rules.with(folder, unreadable)
        })
    }

    /// These rules and those of a folder; a repository of its own is not ruled from outside.
    pub(super) fn with(&self, folder: &Path, unreadable: &mut Vec<Unreadable>) -> Self {
        let mut rules = if folder.join(".git").exists() {
            Self::default()
        } else {
            self.clone()
        };
        let mut builder = GitignoreBuilder::new(folder);
        for path in FILES.map(|name| folder.join(name)) {
            match read_file(&path, LIMITS) {
                Ok(text) => add(&mut builder, &String::from_utf8_lossy(&text)),
                // A folder of this name holds no rules.
                Err(ReadError::NotFound | ReadError::NotRegular { kind: "folder" }) => {}
                Err(error) => unreadable.push((path, error)),
            }
        }
        if let Some(own) = builder.build().ok().filter(|own| !own.is_empty()) {
            rules.0.push(Arc::new(own));
        }
        rules
    }

    /// Whether an entry is left out: the innermost rule that names it decides, and hidden files are left out unless one says
    /// otherwise.
    pub(super) fn leave_out(&self, path: &Path, is_folder: bool) -> bool {
        let mut rules = self.0.iter().rev();
        let decision = rules.find_map(|rules| match rules.matched(path, is_folder) {
            Match::Ignore(_) => Some(true),
            Match::Whitelist(_) => Some(false),
            Match::None => None,
        });
        decision.unwrap_or_else(|| is_hidden(path))
    }
}

fn is_hidden(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

fn add(builder: &mut GitignoreBuilder, text: &str) {
    for line in text.trim_start_matches('\u{feff}').lines() {
        // A pattern that can't be read names nothing, as in git.
        let _ = builder.add_line(None, line);
    }
}
