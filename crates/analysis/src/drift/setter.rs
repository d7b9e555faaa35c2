//! Who set what runs, as the object itself says.

use graph::{NodeId, Resource};
use source::neutral;

use crate::setters::set_by;

/// Who set what stands at a node, the last one; of a whole object, who set anything of it first. Where it does not say so, what
/// deployed or made it.
pub(super) fn setter(resource: &Resource, node: NodeId) -> Option<String> {
    let managers = resource.facts.managers.iter();
    let managers =
        managers.filter(|manager| node == NodeId::ROOT && manager.subresource.is_empty());
    let first = managers.min_by_key(|manager| &manager.time);
    let first = first.map(|manager| format!("first set by {}", neutral(&manager.name)));
    first.or_else(|| {
        let set = set_by(resource, node).into_iter().next();
        set.map(|related| related.message)
    })
}
