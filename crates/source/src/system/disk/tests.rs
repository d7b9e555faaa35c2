//! Walks of folders that were made to go wrong.
#![cfg(unix)]

use std::os::unix::fs::symlink;
use std::path::Path;

use super::*;
use crate::system::FoundKind::{self, File, Link, Rules, Unreadable};
use crate::system::Leads;

/// A folder in the temporary folder of the tests, made anew and removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("scantling-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(fs::canonicalize(path).unwrap())
    }

    fn write(self, path: &str, text: &str) -> Self {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    fn link(self, path: &str, target: &str) -> Self {
        symlink(target, self.0.join(path)).unwrap();
        self
    }

    /// What a walk of `path` finds, with paths relative to this folder.
    fn walk(&self, path: &str) -> Vec<(String, FoundKind)> {
        let found = Disk.walk(&self.0.join(path), Some(&self.0));
        let shown = |found: Found| {
            let path = found.path.strip_prefix(&self.0).unwrap();
            (path.to_string_lossy().into_owned(), found.kind)
        };
        found.into_iter().map(shown).collect()
    }

    #[track_caller]
    fn check(&self, path: &str, expected: &[(&str, FoundKind)]) {
        let expected = expected.iter().cloned();
        let expected: Vec<(String, FoundKind)> = expected
            .map(|(path, kind)| (path.to_owned(), kind))
            .collect();
        assert_eq!(self.walk(path), expected);
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn hidden_files_and_what_rules_name_are_left_out() {
    let folder = Folder::new("rules")
        .write(".git/info/exclude", "excluded.yaml")
        .write(".gitignore", "*.gen.yaml\nvendor/\n!.shown.yaml\n[z-a\n")
        .write("a/.gitignore", "!kept.gen.yaml")
        .write("a/kept.gen.yaml", "")
        .write("a/other.gen.yaml", "")
        .write("vendor/a.yaml", "")
        .write("excluded.yaml", "")
        .write(".hidden.yaml", "")
        .write(".shown.yaml", "")
        .write("b/.ignore", "c.yaml")
        .write("b/c.yaml", "")
        .write("d/.git/HEAD", "")
        .write("d/own.gen.yaml", "");
    folder.check(
        ".",
        &[
            (".shown.yaml", File),
            ("a/kept.gen.yaml", File),
            ("d/own.gen.yaml", File),
        ],
    );
    folder.check("a", &[("a/kept.gen.yaml", File)]);
    folder.check("vendor", &[("vendor/a.yaml", File)]);
    folder.check(".hidden.yaml", &[(".hidden.yaml", File)]);
}

#[test]
fn rules_that_cannot_be_read_do_not_stop_the_walk() {
    let folder = Folder::new("no-rules")
        .write("a.yaml", "")
        .link(".gitignore", "/dev/zero")
        .write("b/.gitignore/x", "")
        .write("b/c.yaml", "");
    let device = ReadError::NotRegular { kind: "device" };
    folder.check(
        ".",
        &[
            (".gitignore", Rules(device)),
            ("a.yaml", File),
            ("b/c.yaml", File),
        ],
    );
}

#[test]
fn links_lead_to_no_file_twice_and_not_out_of_the_boundary() {
    let folder = Folder::new("links")
        .write("in/a.yaml", "")
        .write("in/b/c.yaml", "")
        .write("near/d.yaml", "")
        .link("in/above", "..")
        .link("in/again", "b")
        .link("in/again.yaml", "a.yaml")
        .link("in/itself", "itself")
        .link("in/near", "../near")
        .link("in/near-too", "../near")
        .link("in/nowhere", "missing")
        .link("in/outside", "/")
        .link("near/back", "../in/b");
    folder.check(
        "in",
        &[
            ("in/a.yaml", File),
            ("in/above", Link(Leads::Above)),
            ("in/again", Link(Leads::Elsewhere)),
            ("in/again.yaml", Link(Leads::Elsewhere)),
            ("in/b/c.yaml", File),
            ("in/itself", Unreadable(ReadError::Link("back to itself"))),
            ("in/near/back", Link(Leads::Elsewhere)),
            ("in/near/d.yaml", File),
            ("in/near-too", Link(Leads::Elsewhere)),
            ("in/nowhere", Unreadable(ReadError::Link("nowhere"))),
            ("in/outside", Link(Leads::Outside)),
        ],
    );
    folder.check("in/again.yaml", &[("in/again.yaml", File)]);
}

#[test]
fn links_between_folders_do_not_multiply_the_walk() {
    let mut folder = Folder::new("many-links").write("a.yaml", "");
    for level in 0..30 {
        let name = format!("f{level}");
        let next = format!("../f{}", level + 1);
        folder = folder
            .write(&format!("{name}/x.yaml"), "")
            .link(&format!("{name}/one"), &next)
            .link(&format!("{name}/two"), &next);
    }
    let files = folder
        .walk(".")
        .into_iter()
        .filter(|(_, kind)| *kind == File);
    assert_eq!(files.count(), 31);
}

#[test]
fn paths_are_not_there_for_different_reasons() {
    let folder = Folder::new("reasons")
        .write("a.yaml", "")
        .link("itself", "itself")
        .link("nowhere", "missing");
    for (path, expected) in [
        ("missing", ReadError::NotFound),
        ("a.yaml/b", ReadError::NotFound),
        ("itself", ReadError::Link("back to itself")),
        ("nowhere", ReadError::Link("nowhere")),
        (".", ReadError::NotRegular { kind: "folder" }),
    ] {
        let read = Disk.read(&folder.0.join(Path::new(path)), Limits::default());
        assert_eq!(read, Err(expected), "{path}");
    }
}

#[test]
fn a_written_file_keeps_its_mode_and_the_link_to_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new("write")
        .write("a.yaml", "old")
        .link("b.yaml", "a.yaml");
    let path = folder.0.join("a.yaml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    Disk.write(&folder.0.join("b.yaml"), "new").unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "new");
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o640
    );
    assert!(folder.0.join("b.yaml").is_symlink());
    folder.check(".", &[("a.yaml", File), ("b.yaml", Link(Leads::Elsewhere))]);
}

#[test]
fn a_file_that_is_not_there_is_made_and_a_folder_is_not() {
    let folder = Folder::new("write-new");
    Disk.write(&folder.0.join("a.yaml"), "new").unwrap();
    let written = Disk.write(&folder.0.join("b/a.yaml"), "new");
    assert_eq!(written, Err(ReadError::NotFound));
    folder.check(".", &[("a.yaml", File)]);
}
