//! YAML and JSON text to values with spans, as the API server reads it, and edits that keep formatting.

mod chunks;
mod compose;
mod events;
mod layout;
mod number;
mod problems;
mod read;
mod resolve;

pub use read::{Comment, Document, Options, Yaml, read};
