//! Black-box tests, and what they share.

pub mod conformance;
pub mod corpora;
pub mod json;
pub mod parallel;
mod told;
pub mod words;

pub use told::told;
