//! Black-box tests, and what they share.

pub mod conformance;
pub mod corpora;
pub mod json;
pub mod parallel;
pub mod words;
