//! What kustomize knows of Kubernetes' kinds: which lists are merged and how, which kinds have a namespace, which fields name
//! other objects, and which fields each transformer changes. The tables are written by `generate.go` beside them.

mod openapi;
mod schema;
mod selector;
mod specs;

pub(crate) use openapi::{BuiltIn, schema};
pub use schema::{Place, Schema, Scope};
pub use selector::Selector;
pub use specs::{Conflict, FieldSpec, NameReference, Specs};
