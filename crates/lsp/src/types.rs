//! The types of the protocol: the one place that knows which crate they come from.

pub(crate) use tower_lsp::ls_types::*;
