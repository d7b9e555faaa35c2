//! Walks folders: no folder twice, however links lead, and nothing outside of a boundary.

use std::collections::VecDeque;
use std::fs::{self, DirEntry};
use std::io;
use std::path::{Path, PathBuf};

use foldhash::{HashSet, HashSetExt};

use super::rules::{Rules, Unreadable};
use super::{check_regular, link_error, real};
use crate::system::{Found, FoundKind, Leads};

/// All that stands at or below `path`, sorted.
pub(super) fn walk(path: &Path, boundary: Option<&Path>) -> Vec<Found> {
    let mut walk = Walk {
        boundary,
        found: Vec::new(),
        seen: HashSet::new(),
        links: VecDeque::new(),
    };
    walk.start(path);
    while let Some(link) = walk.links.pop_front() {
        walk.follow(link);
    }
    walk.found.sort();
    walk.found
}

struct Walk<'a> {
    boundary: Option<&'a Path>,
    found: Vec<Found>,
    /// The real paths of all that was met.
    seen: HashSet<PathBuf>,
    /// Links, which are followed last: what they lead to may be met in its own place.
    links: VecDeque<Place>,
}

/// Something that is met: the path by which it is reached, and the real path of the folder that holds it with its name.
struct Place {
    shown: PathBuf,
    real: PathBuf,
}

impl Walk<'_> {
    /// What the call names is read even where it is a link.
    fn start(&mut self, path: &Path) {
        match real(path) {
            Ok(real) => self.take(Place {
                shown: path.to_path_buf(),
                real,
            }),
            Err(error) => self.report(path.to_path_buf(), FoundKind::Unreadable(error)),
        }
    }

    /// Takes a file or folder by its real path.
    fn take(&mut self, place: Place) {
        let kind = match fs::symlink_metadata(&place.real) {
            Ok(metadata) => metadata.file_type(),
            Err(error) => {
                return self.report(place.shown, FoundKind::Unreadable(error.into()));
            }
        };
        if kind.is_dir() {
            let mut unreadable = Vec::new();
            let rules = Rules::above(&place.real, &mut unreadable);
            self.report_rules(&place, unreadable);
            return self.folder(place, &rules);
        }
        self.file(place, kind);
    }

    fn file(&mut self, place: Place, kind: fs::FileType) {
        if self.seen.insert(place.real) {
            let kind = match check_regular(kind) {
                Ok(()) => FoundKind::File,
                Err(error) => FoundKind::Unreadable(error),
            };
            self.report(place.shown, kind);
        }
    }

    fn folder(&mut self, place: Place, above: &Rules) {
        if !self.seen.insert(place.real.clone()) {
            return;
        }
        let entries = match list(&place.real) {
            Ok(entries) => entries,
            Err(error) => {
                return self.report(place.shown, FoundKind::Unreadable(error.into()));
            }
        };
        let mut unreadable = Vec::new();
        let rules = above.with(&place.real, &mut unreadable);
        self.report_rules(&place, unreadable);
        for entry in entries {
            let name = entry.file_name();
            self.entry(
                Place {
                    shown: place.shown.join(&name),
                    real: place.real.join(&name),
                },
                entry.file_type(),
                &rules,
            );
        }
    }

    fn entry(&mut self, place: Place, kind: io::Result<fs::FileType>, rules: &Rules) {
        let kind = match kind {
            Ok(kind) => kind,
            Err(error) => {
                return self.report(place.shown, FoundKind::Unreadable(error.into()));
            }
        };
        // A link may lead to a folder, so rules for folders hold for it as well.
        if rules.leave_out(&place.real, kind.is_dir() || kind.is_symlink()) {
            return;
        }
        if kind.is_symlink() {
            self.links.push_back(place);
        } else if kind.is_dir() {
            self.folder(place, rules);
        } else {
            self.file(place, kind);
        }
    }

    fn follow(&mut self, link: Place) {
        let target = match fs::canonicalize(&link.shown) {
            Ok(target) => target,
            Err(error) => {
                let error = link_error(&error);
                return self.report(link.shown, FoundKind::Unreadable(error));
            }
        };
        let is_outside = self
            .boundary
            .is_some_and(|boundary| !target.starts_with(boundary));
        if is_outside {
            self.report(link.shown, FoundKind::Link(Leads::Outside));
        } else if link.real.starts_with(&target) {
            self.report(link.shown, FoundKind::Link(Leads::Above));
        } else if self.seen.contains(&target) {
            self.report(link.shown, FoundKind::Link(Leads::Elsewhere));
        } else {
            self.take(Place {
                shown: link.shown,
                real: target,
            });
        }
    }

    fn report(&mut self, path: PathBuf, kind: FoundKind) {
        self.found.push(Found { path, kind });
    }

    fn report_rules(&mut self, folder: &Place, unreadable: Vec<Unreadable>) {
        for (path, error) in unreadable {
            let path = match path.strip_prefix(&folder.real) {
                Ok(below) => folder.shown.join(below),
                Err(_) => path,
            };
            self.report(path, FoundKind::Rules(error));
        }
    }
}

/// The entries of a folder, by name, so that of two links to one place always the same one is followed.
fn list(folder: &Path) -> io::Result<Vec<DirEntry>> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<DirEntry>>>()?;
    entries.sort_by_key(DirEntry::file_name);
    Ok(entries)
}
