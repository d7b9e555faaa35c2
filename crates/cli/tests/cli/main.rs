//! The program as a user runs it.

mod bad_input;
mod checks;
mod exit;
mod fix;
mod output;
mod readme;
mod support;
mod terraform;
