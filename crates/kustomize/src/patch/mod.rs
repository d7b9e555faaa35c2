//! Patches: objects that are merged into others, and lists of operations.

mod apply;
mod directive;
mod elements;
mod list;
mod load;
mod merge;
mod operations;

pub(crate) use apply::Patched;
pub(crate) use load::Content;

use crate::bounds::Bounds;
use crate::node::Node;
use crate::tables::Schema;

/// A value with a patch merged into it; nothing if nothing is left.
///
/// # Errors
/// When they don't fit.
pub(crate) fn merged(
    older: Node,
    patch: Node,
    schema: &Schema,
    bounds: &Bounds,
) -> Result<Option<Node>, String> {
    merge::Merge { schema, bounds }.merge(older, patch)
}
