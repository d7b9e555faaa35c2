//! What somebody else says of a kustomization before it is built: Argo CD and Flux write that into its file.

use std::sync::Arc;

use graph::Tree;

/// What is said of a kustomization beside its file.
#[derive(Clone, Debug)]
pub struct Changes {
    /// The fields, written as in a kustomization. Their nodes stand where somebody says them.
    pub fields: Arc<Tree>,
    /// Whether a label or an annotation may have another value in the file.
    pub forces: bool,
    /// Whether there is no file, so that these fields are all of it.
    pub is_whole: bool,
}
