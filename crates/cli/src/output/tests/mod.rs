//! Reports for tests, and the property that all formats hold the same findings.

mod agreement;
mod human;
mod machine;
mod parse;
mod report;
