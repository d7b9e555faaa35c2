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
