//! The charts that a chart needs, as they are declared and as the lock has them.

use graph::{Data, NodeId, Tree};

use super::push;
use crate::chart::Chart;
use crate::dependencies::is_compatible;

/// The list of either file.
const KEY: &str = "dependencies";

/// Adds the declarations, each with what the lock says of it.
pub(super) fn add(chart: &Chart, tree: &mut Tree) {
    let files = [&chart.requirements, &chart.description];
    let mut written = files.into_iter().flatten();
    let found = written.find_map(|written| Some((written, written.get(NodeId::ROOT, KEY)?)));
    let Some((written, list)) = found else { return };
    let key = written.node(list).key.clone();
    let list = tree.copy(NodeId::ROOT, key, written, list);
    let all: Vec<NodeId> = tree.children(list).collect();
    for declared in all {
        if tree.node(declared).data == Data::Map {
            add_state(chart, tree, declared);
        }
    }
}

/// Says of a declaration whether its chart is in `charts/`, and what the lock says.
fn add_state(chart: &Chart, tree: &mut Tree, declared: NodeId) {
    for key in ["locked", "present"] {
        tree.get(declared, key)
            .into_iter()
            .for_each(|written| tree.remove(written));
    }
    let span = tree.node(declared).span;
    let name = tree.text(declared, "name").cloned().unwrap_or_default();
    let mut present = chart.dependencies.iter();
    let is_present = present.any(|present| present.name() == name)
        && !chart.unbuilt.iter().any(|unbuilt| *unbuilt == name);
    push(tree, declared, "present", Data::Bool(is_present), span);
    if let Some(lock) = &chart.lock {
        add_locked(tree, declared, lock);
    }
}

fn add_locked(tree: &mut Tree, declared: NodeId, lock: &Tree) {
    let text = |key: &str| tree.text(declared, key).cloned();
    let (name, version) = (text("name"), text("version").unwrap_or_default());
    let Some(name) = name else { return };
    let list = lock.get(NodeId::ROOT, KEY);
    let mut locked = list.into_iter().flat_map(|list| lock.children(list));
    let is_named = |one: &NodeId| lock.text(*one, "name") == Some(&name);
    let Some(locked) = locked.find(is_named) else {
        return;
    };
    let span = lock.node(locked).span;
    let own = push(tree, declared, "locked", Data::Map, span);
    for child in lock.children(locked) {
        let key = lock.node(child).key.clone();
        if key.as_ref().is_some_and(|key| key.text != "fits") {
            tree.copy(own, key, lock, child);
        }
    }
    let fits = lock.text(locked, "version").is_some_and(|locked| {
        version.is_empty() || *locked == version || is_compatible(&version, locked)
    });
    push(tree, own, "fits", Data::Bool(fits), span);
}
