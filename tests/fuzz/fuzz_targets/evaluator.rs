//! Any texts as the files of a configuration: evaluating it ends without a panic, and every place lies in its file.
#![no_main]

use std::path::{Path, PathBuf};

use graph::{NodeId, Tree};
use libfuzzer_sys::fuzz_target;
use source::{Memory, Place, Sources, Span};
use terraform::module::Modules;
use terraform::root::{Given, Inputs, Options, evaluate};

/// The files that the parts of the input are, which NUL bytes divide.
const FILES: [&str; 5] = ["r/main.tf", "r/m/main.tf", "r/terraform.tfvars", "r/more.tf.json", "r/main_override.tf"];

fn assert_inside(sources: &Sources, span: Span) {
    let file = sources.get(span.file);
    assert!(file.text.get(span.range()).is_some(), "{span:?} is no range of {:?}", file.path);
}

fn check_tree(sources: &Sources, tree: &Tree) {
    let mut work = vec![NodeId::ROOT];
    while let Some(node) = work.pop() {
        work.extend(tree.children(node));
        assert_inside(sources, tree.node(node).span);
        if let Some(key) = &tree.node(node).key {
            assert_inside(sources, key.span);
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let files = FILES.iter().map(PathBuf::from).zip(text.split('\0'));
    let system = Memory::new(files);
    let sources = Sources::default();
    let shown = |path: &Path| path.to_path_buf();
    let modules = Modules::new(&system, &sources, &shown);
    let folder = Path::new("r");
    let inputs: Vec<Given> = Inputs::automatic(&system, folder)
        .into_iter()
        .filter_map(|name| {
            let path = folder.join(name);
            Inputs::load(&system, &sources, &path, &path, false).ok()
        })
        .collect();
    let root = evaluate(&Options {
        modules: &modules,
        folder,
        boundary: folder,
        inputs: &inputs,
        workspace: None,
    });
    for problem in &root.problems {
        if let Place::Span(span) = problem.place {
            assert_inside(&sources, span);
        }
    }
    for declared in terraform::resource::resources(&root) {
        check_tree(&sources, &declared.resource.tree);
    }
});
