//! Which modules are roots.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use terraform::module::Module;

/// Folders in which a module calls another to show or to test it.
const DEMONSTRATIONS: [&str; 4] = ["example", "examples", "test", "tests"];

/// The modules of a scan by their folders.
pub(super) type ByFolder = BTreeMap<PathBuf, Arc<Module>>;

/// The folders whose module is judged by itself: those that no other scanned module calls. A call from an example or a test
/// does not count, so a module that has examples is judged with its variables left open too. Of modules that call each other
/// in a circle, the first is a root, so that no file is dropped.
pub(super) fn roots(modules: &ByFolder) -> Vec<PathBuf> {
    let called: BTreeSet<PathBuf> = modules
        .values()
        .flat_map(|caller| {
            let calls = caller.local_calls();
            calls.filter(|called| counts(&caller.folder, called))
        })
        .collect();
    let mut roots: Vec<PathBuf> = modules
        .keys()
        .filter(|folder| !called.contains(*folder))
        .cloned()
        .collect();
    let mut reached = BTreeSet::new();
    roots
        .iter()
        .for_each(|root| reach(modules, root, &mut reached));
    for folder in modules.keys() {
        if !reached.contains(folder) {
            reach(modules, folder, &mut reached);
            roots.push(folder.clone());
        }
    }
    roots
}

/// Whether a call makes what it calls no root of its own.
pub(crate) fn counts(caller: &Path, called: &Path) -> bool {
    caller != called && !is_demonstration(caller, called)
}

/// Whether a call comes from an example or a test of what it calls: from a folder of such a name that does not hold both.
pub(crate) fn is_demonstration(caller: &Path, called: &Path) -> bool {
    let common = caller
        .ancestors()
        .find(|ancestor| called.starts_with(ancestor));
    let below = common.and_then(|common| caller.strip_prefix(common).ok());
    let mut names = below.unwrap_or(caller).components();
    names.any(|component| {
        matches!(component, Component::Normal(name)
            if DEMONSTRATIONS.iter().any(|demonstration| name == *demonstration))
    })
}

/// All modules that calls lead to from a folder.
fn reach(modules: &ByFolder, folder: &Path, reached: &mut BTreeSet<PathBuf>) {
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        if let Some(module) = modules.get(&folder)
            && reached.insert(folder)
        {
            open.extend(module.local_calls());
        }
    }
}

#[cfg(test)]
mod tests {
    use source::{Memory, Sources};
    use terraform::module::Modules;

    use super::*;

    /// The roots among folders, each of which calls the folders behind it.
    fn check(folders: &[(&str, &[&str])], expected: &[&str]) {
        let files = folders.iter().map(|(folder, calls)| {
            let calls = calls.iter().enumerate();
            let text: String = calls
                .map(|(index, call)| format!("module \"m{index}\" {{ source = \"{call}\" }}\n"))
                .collect();
            (format!("{folder}/main.tf"), text)
        });
        let system = Memory::new(files);
        let sources = Sources::default();
        let shown = |path: &Path| path.to_path_buf();
        let modules = Modules::new(&system, &sources, &shown);
        let read = folders
            .iter()
            .map(|(folder, _)| (PathBuf::from(folder), modules.get(Path::new(folder))));
        let expected: Vec<PathBuf> = expected.iter().map(PathBuf::from).collect();
        assert_eq!(roots(&read.collect()), expected);
    }

    #[test]
    fn what_nobody_calls_is_a_root() {
        check(
            &[
                ("r/prod", &["../m"]),
                ("r/m", &["./inner"]),
                ("r/m/inner", &[]),
            ],
            &["r/prod"],
        );
    }

    #[test]
    fn examples_and_tests_are_roots_beside_what_they_show() {
        check(
            &[
                ("r/m", &[]),
                ("r/m/examples/simple", &["../.."]),
                ("r/m/tests", &[".."]),
            ],
            &["r/m", "r/m/examples/simple", "r/m/tests"],
        );
        check(
            &[("examples/a", &["../shared"]), ("examples/shared", &[])],
            &["examples/a"],
        );
    }

    #[test]
    fn a_circle_has_one_root() {
        check(
            &[("r/a", &["../b"]), ("r/b", &["../a"]), ("r/c", &["./"])],
            &["r/c", "r/a"],
        );
    }
}
