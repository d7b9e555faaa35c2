//! Values that a configuration leaves open and a plan or state knows.

use std::sync::Arc;

use foldhash::HashMap;
use graph::{Data, NodeId, Resource, Role, Step};
use smol_str::SmolStr;

use crate::terraform::Declared;

/// The resources of configurations that plans may complete, by root and address. A root that is evaluated for several
/// environments has none: a plan does not say which of them it is of.
pub(super) struct Completed(HashMap<(usize, SmolStr), usize>);

impl Completed {
    pub(super) fn of(resources: &[Arc<Declared>]) -> Self {
        let single = resources.iter().enumerate();
        let single = single.filter(|(_, declared)| declared.environments == 1);
        let keyed =
            single.map(|(index, declared)| ((declared.root, declared.address.clone()), index));
        Self(keyed.collect())
    }

    /// Gives the resource of a configuration what the same of a plan knows. An instance that is in a plan exists.
    pub(super) fn add(&self, resources: &mut [Arc<Declared>], planned: &Declared) {
        let key = (planned.root, planned.address.clone());
        let Some(declared) = self.0.get(&key).and_then(|index| resources.get_mut(*index)) else {
            return;
        };
        let resource = Arc::make_mut(&mut Arc::make_mut(declared).resource);
        resource.conditional = None;
        let completion = Completion {
            from: &planned.resource,
            // Facts name nodes, so the shape of an object that has some stays.
            scalars_only: !resource.facts.pods.is_empty(),
        };
        completion.node(resource, NodeId::ROOT, NodeId::ROOT);
    }
}

struct Completion<'a> {
    from: &'a Resource,
    scalars_only: bool,
}

impl Completion<'_> {
    fn node(&self, into: &mut Resource, node: NodeId, known: NodeId) {
        let from = &self.from.tree;
        match (&into.tree.node(node).data, &from.node(known).data) {
            (_, Data::Unknown(_)) => {}
            (Data::Unknown(_) | Data::Partial(_), Data::List | Data::Map) if self.scalars_only => {}
            (Data::Unknown(_) | Data::Partial(_), _) => self.replace(into, node, known),
            (Data::Map, Data::Map) => self.map(into, node, known),
            (Data::List, Data::List) => {
                let own: Vec<NodeId> = into.tree.children(node).collect();
                let others: Vec<NodeId> = from.children(known).collect();
                if own.len() == others.len() {
                    let pairs = own.into_iter().zip(others);
                    pairs.for_each(|(own, other)| self.node(into, own, other));
                }
            }
            _ => {}
        }
    }

    fn map(&self, into: &mut Resource, node: NodeId, known: NodeId) {
        for other in self.from.tree.children(known) {
            let key = self.from.tree.node(other).key.as_ref();
            let own = key.and_then(|key| into.tree.get(node, &key.text));
            if let Some(own) = own {
                self.node(into, own, other);
            }
        }
    }

    /// Puts what is known in the place of an unknown, whose text stays the place to change.
    fn replace(&self, into: &mut Resource, node: NodeId, known: NodeId) {
        let from = &self.from.tree;
        into.tree.retain(node, |_| false);
        into.tree.set(node, from.node(known).data.clone());
        let step = Step {
            span: from.node(known).span,
            role: Role::Plan,
        };
        into.tree.passage_mut(node).steps.push(step);
        self.take_secrecy(into, node, known);
        self.children(into, node, known);
    }

    fn children(&self, into: &mut Resource, node: NodeId, known: NodeId) {
        let span = into.tree.node(node).span;
        let passage = into.tree.passage(node).cloned().map(Arc::new);
        for child in self.from.tree.children(known) {
            let found = self.from.tree.node(child);
            let own = into
                .tree
                .push(node, found.key.clone(), found.data.clone(), span);
            if let Some(passage) = &passage {
                into.tree.set_passage(own, Arc::clone(passage));
            }
            self.take_secrecy(into, own, child);
            self.children(into, own, child);
        }
    }

    fn take_secrecy(&self, into: &mut Resource, node: NodeId, known: NodeId) {
        if self.from.facts.sensitive.contains(&known) && !into.facts.sensitive.contains(&node) {
            into.facts.sensitive.push(node);
        }
    }
}
