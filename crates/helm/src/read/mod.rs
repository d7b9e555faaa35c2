//! JSON, YAML and TOML to values. Strings keep the pieces of the text that they stand in.

pub mod json;
pub mod toml;
pub mod yaml;
