//! Terraform and OpenTofu configurations, plans and state to resources with every value evaluated.

pub mod console;
mod data;
pub mod evaluate;
pub mod functions;
pub mod helm;
pub mod kubernetes;
pub mod module;
pub mod plan;
pub mod provider;
pub mod resource;
pub mod root;
pub mod schema;
pub mod syntax;
pub mod value;
