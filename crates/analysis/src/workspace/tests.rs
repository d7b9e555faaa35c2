//! What is taken again, and what is not. That results are those of a scan is a property that the language server tests.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use graph::Resource;
use source::Memory;

use super::Workspace;
use crate::options::{Fixes, Options};

const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: NAME}\nspec: {containers: []}\n";

const ROOT: &str = "variable \"size\" { default = 1 }\nresource \"aws_ebs_volume\" \"a\" {\n  size = var.size\n}\n";

fn resources(workspace: &Workspace) -> Vec<Arc<Resource>> {
    let known = workspace.known.as_ref().unwrap();
    let graph = &known.analysis.project.graph;
    graph.resources().map(|(_, one)| Arc::clone(one)).collect()
}

/// The addresses of the resources that are made anew after a change of one file.
#[track_caller]
fn check(path: &str, text: &str, expected: &[&str]) {
    let system = Memory::new([
        ("/project/a.yaml", POD.replace("NAME", "a")),
        ("/project/b.yaml", POD.replace("NAME", "b")),
        ("/project/root/main.tf", ROOT.to_owned()),
        (
            "/project/root/other.tf",
            "resource \"aws_ebs_volume\" \"b\" {\n  size = 2\n}\n".to_owned(),
        ),
    ]);
    let mut workspace = Workspace::new(Options {
        directory: PathBuf::from("/project"),
        fixes: Fixes::None,
        ..Options::default()
    });
    workspace.scan(&system).unwrap();
    let before = resources(&workspace);
    let known: HashSet<*const Resource> = before.iter().map(Arc::as_ptr).collect();
    system.set(Path::new(path), text.as_bytes());
    workspace.scan(&system).unwrap();
    let after = resources(&workspace);
    let new = after
        .iter()
        .filter(|one| !known.contains(&Arc::as_ptr(one)));
    let new: Vec<&str> = new.map(|one| one.address.as_str()).collect();
    assert_eq!(new, expected);
}

#[test]
fn a_changed_manifest_leaves_all_others() {
    check("/project/a.yaml", &POD.replace("NAME", "c"), &["Pod/c"]);
}

#[test]
fn a_changed_file_of_a_root_leaves_what_is_about_the_others() {
    let text = "resource \"aws_ebs_volume\" \"b\" {\n  size = 3\n}\n";
    check("/project/root/other.tf", text, &["aws_ebs_volume.b"]);
}

#[test]
fn a_file_that_is_none_of_these_leaves_all() {
    check("/project/notes.txt", "", &[]);
}
