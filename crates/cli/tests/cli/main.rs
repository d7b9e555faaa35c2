//! The program as a user runs it.

mod checks;
mod exit;
mod fix;
mod output;
mod support;
