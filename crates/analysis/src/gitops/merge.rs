//! One tree of fields on top of another.

use graph::{Data, NodeId, Tree};

/// The deepest maps in each other that are put together; deeper ones are taken as they are.
const DEEPEST: usize = 64;

/// Whether a null takes a field away.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nulls {
    Remove,
    Stay,
}

/// The fields of both; where both have a map, the maps are put together, and elsewhere the second counts.
pub(crate) fn merged(below: &Tree, above: &Tree, nulls: Nulls) -> Tree {
    if !is_map(below, NodeId::ROOT) || !is_map(above, NodeId::ROOT) {
        return above.clone();
    }
    let mut tree = Tree::new(Data::Map, below.node(NodeId::ROOT).span);
    let sides = Sides {
        below,
        above,
        nulls,
    };
    sides.fill(&mut tree, NodeId::ROOT, (NodeId::ROOT, NodeId::ROOT), 0);
    tree
}

struct Sides<'a> {
    below: &'a Tree,
    above: &'a Tree,
    nulls: Nulls,
}

impl Sides<'_> {
    fn fill(&self, tree: &mut Tree, into: NodeId, (below, above): (NodeId, NodeId), depth: usize) {
        for old in self.below.children(below) {
            let key = self.below.node(old).key.clone();
            let name = key.as_ref().map_or("", |key| key.text.as_str());
            match self.above.get(above, name) {
                None => {
                    tree.copy(into, key, self.below, old);
                }
                Some(new) if self.removes(new) => {}
                Some(new) if self.are_maps(old, new) && depth < DEEPEST => {
                    let span = self.below.node(old).span;
                    let map = tree.push(into, key, Data::Map, span);
                    self.fill(tree, map, (old, new), depth + 1);
                }
                Some(new) => {
                    let key = self.above.node(new).key.clone();
                    tree.copy(into, key, self.above, new);
                }
            }
        }
        for new in self.above.children(above) {
            let key = self.above.node(new).key.clone();
            let name = key.as_ref().map_or("", |key| key.text.as_str());
            if self.below.get(below, name).is_none() && !self.removes(new) {
                tree.copy(into, key, self.above, new);
            }
        }
    }

    fn removes(&self, new: NodeId) -> bool {
        self.nulls == Nulls::Remove && self.above.node(new).data == Data::Null
    }

    fn are_maps(&self, old: NodeId, new: NodeId) -> bool {
        is_map(self.below, old) && is_map(self.above, new)
    }
}

fn is_map(tree: &Tree, node: NodeId) -> bool {
    tree.node(node).data == Data::Map
}
