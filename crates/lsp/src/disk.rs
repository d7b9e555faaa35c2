//! The files of the disk, and what is known to have changed of them.

use std::path::{Component, Path};
use std::sync::Arc;

use source::{Cached, FileSystem};

/// The files of the disk as they were when they were looked at last.
pub(crate) type Disk = Arc<Cached<Arc<dyn FileSystem>>>;

/// What happened to a file of the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Happened {
    /// It has other text.
    Changed,
    /// It came or went.
    CameOrWent,
}

/// Takes note of what happened to a file. Returns whether that may matter.
pub(crate) fn note(disk: &Disk, path: &Path, happened: Happened) -> bool {
    if is_churn(path) {
        return false;
    }
    match happened {
        Happened::Changed => disk.forget(path),
        Happened::CameOrWent => {
            disk.forget_all();
            true
        }
    }
}

/// Whether a file is one that tools write all the time, and that nothing is read from.
fn is_churn(path: &Path) -> bool {
    let names: Vec<&str> = path
        .components()
        .filter_map(|part| match part {
            Component::Normal(name) => name.to_str(),
            _ => None,
        })
        .collect();
    let is_providers = |pair: &[&str]| pair == [".terraform", "providers"];
    let is_inside_git = |pair: &[&str]| pair.first() == Some(&".git");
    names
        .windows(2)
        .any(|pair| is_providers(pair) || is_inside_git(pair))
}

#[cfg(test)]
mod tests {
    use source::Memory;

    use super::*;

    #[test]
    fn what_tools_write_all_the_time_does_not_matter() {
        let disk: Disk = Arc::new(Cached::new(Arc::new(Memory::default())));
        let note = |path: &str| note(&disk, Path::new(path), Happened::CameOrWent);
        assert!(!note("/project/.git/index.lock"));
        assert!(!note("/project/a/.terraform/providers/registry/x"));
        assert!(note("/project/.git"));
        assert!(note("/project/a/.terraform/modules/modules.json"));
    }

    #[test]
    fn a_change_of_a_file_that_nobody_read_does_not_matter() {
        let disk: Disk = Arc::new(Cached::new(Arc::new(Memory::new([("/a", "1")]))));
        assert!(!note(&disk, Path::new("/a"), Happened::Changed));
        assert!(disk.stamp(Path::new("/a")).is_some());
        assert!(note(&disk, Path::new("/a"), Happened::Changed));
    }
}
