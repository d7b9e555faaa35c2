//! Values to YAML, JSON and TOML, as the libraries that Helm uses write them. Strings keep their pieces.

pub mod json;
mod node;
pub mod toml;
pub mod yaml;

pub use node::Unwritable;
