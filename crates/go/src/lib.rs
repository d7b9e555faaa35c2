//! What Go's standard library does to text, for the formats whose programs are written in Go.

pub mod duration;
pub mod float;
pub mod json;
pub mod letters;
pub mod numbers;
pub mod path;
pub mod regexp;
mod runes;
mod stack;
pub mod time;
pub mod url;

pub use runes::runes;
pub use stack::deeper;
