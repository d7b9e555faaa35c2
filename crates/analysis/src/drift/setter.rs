//! Who set what runs, as the object itself says.

use graph::{NodeId, Resource};

/// Who set what stands at a node.
pub(super) fn setter(_: &Resource, _: NodeId) -> Option<String> {
    None
}
