//! Helm charts to resources. Every byte of the rendered text knows the span of the template and the key of the values
//! that it came from. The only crate that knows Helm's template language.

pub mod chart;
pub mod declaration;
pub mod dependencies;
pub mod functions;
pub mod glob;
pub mod manifest;
pub mod outcomes;
pub mod read;
pub mod reads;
pub mod render;
pub mod run;
mod schema;
pub mod semver;
pub mod set;
pub mod template;
pub mod value;
pub mod values;
pub mod write;
