//! What configurations are read as.

mod corpora;
mod expressions;
mod invariants;
mod json;
mod limits;
mod recovery;
mod references;
mod show;
mod structure;
mod templates;
