//! Fixes: computed as edits of the text that a person edits, and offered only when the changed text was judged again.

mod document;
mod edit;
mod files;
mod links;
mod origin;
mod prove;
mod rendering;
#[cfg(test)]
mod tests;
mod together;

pub use files::{FixedFile, fixed_files, path_in_patch, write_fixes};
pub use prove::IsOver;
pub(crate) use prove::Prover;
pub use together::FixesTogether;
