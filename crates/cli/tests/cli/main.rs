//! The program as a user runs it.

mod access;
mod bad_input;
mod charts;
mod checks;
mod cloud;
mod diff;
mod exit;
mod fix;
mod least;
mod lsp;
mod output;
mod paths;
mod printed;
mod reach;
mod readme;
mod snapshots;
mod support;
mod terraform;
