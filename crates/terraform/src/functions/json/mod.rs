//! `jsonencode` and `jsondecode`.

mod read;
mod write;

pub(super) use read::read;
pub(super) use write::{canonical, write};
