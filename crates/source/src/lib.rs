//! Text and where things are in it: files, spans, lines, problems and text edits. The only crate that knows the disk.

mod edit;
mod file;
mod globs;
mod lines;
mod nearest;
mod neutral;
mod problem;
mod sources;
mod span;
pub mod system;

pub use edit::{Overlap, TextEdit, apply};
pub use file::{LinePosition, SourceFile};
pub use globs::{Globs, InvalidGlob};
pub use nearest::nearest;
pub use neutral::{brief, neutral};
pub use problem::{Level, Place, Problem, sort_problems};
pub use sources::{Loaded, Sources};
pub use span::{FileId, Span};
pub use system::{Cached, Confined, Disk, FileSystem, Limits, Memory, Overlay, ReadError};
