//! YAML and JSON text to values with spans, as the API server reads it, and edits that keep
//! formatting.

mod blame;
mod characters;
mod chunks;
mod compose;
mod dialect;
pub mod edit;
pub mod emit;
mod events;
mod excerpt;
mod failure;
mod json;
mod layout;
mod nodes;
mod number;
mod parsed;
mod plain;
mod problems;
mod read;
mod recover;
mod resolve;
mod template;

pub use compose::DUPLICATE_KEY;
pub use excerpt::excerpt;
pub use nodes::{InvalidYaml, Node, NodeKind, nodes};
pub use read::{Comment, Document, Options, Yaml, read};
pub use recover::TEMPLATE_TEXT;
pub use resolve::is_text;
