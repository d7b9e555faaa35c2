//! `jsonencode` and `jsondecode`.

mod read;
mod write;

pub(super) use read::{read, read_forgiving};
pub(crate) use write::write_string;
pub(super) use write::{canonical, write};
