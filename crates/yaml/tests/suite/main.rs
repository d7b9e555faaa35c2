//! Black-box tests of reading and editing.

mod edits;
mod invariants;
mod kubectl;
mod layout;
mod limits;
mod reading;
mod recovery;
mod samples;
mod spans;
mod support;
