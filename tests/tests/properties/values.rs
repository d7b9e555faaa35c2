//! Values to put in the place of another: of every type, and of the sorts of text that Kubernetes knows.

use graph::{Data, NodeId, SmolStr, Tree};
use tests::{json, words};

use crate::inputs::value;
use crate::project::Project;

/// All values that are tried, the simplest first.
pub(crate) fn generated() -> Vec<Tree> {
    words::all().map(value).collect()
}

/// Arguments like this one, as `--flag=false` for `--flag=true`.
pub(crate) fn arguments(like: Option<&SmolStr>) -> Vec<Tree> {
    let flag = like.and_then(|like| Some(like.split_once('=')?.0));
    let Some(flag) = flag.filter(|flag| flag.starts_with('-')) else {
        return Vec::new();
    };
    words::of_kubernetes()
        .map(|word| value(&format!("{flag}={word}")))
        .collect()
}

/// The words of a project by which one resource may mean another, or a part of it: names, and keys of ConfigMaps and Secrets.
pub(crate) fn known_words(project: &Project) -> Vec<Tree> {
    let mut words: Vec<&SmolStr> = Vec::new();
    for (_, resource) in project.graph.resources() {
        let tree = &resource.tree;
        let maps = ["data", "stringData"];
        let maps = maps
            .into_iter()
            .filter_map(|key| tree.get(NodeId::ROOT, key));
        let keys = maps.flat_map(|map| tree.children(map));
        words.extend(keys.filter_map(|child| Some(&tree.node(child).key.as_ref()?.text)));
        words.extend(Some(&resource.name).filter(|name| !name.is_empty()));
    }
    words.sort();
    words.dedup();
    let tree = |word: &SmolStr| Tree::new(Data::String(word.clone()), project.files[0].span());
    words.into_iter().map(tree).collect()
}

/// A value as a test tells it.
pub(crate) fn shown(tree: &Tree, node: NodeId) -> String {
    json::value(tree, node).to_string()
}
