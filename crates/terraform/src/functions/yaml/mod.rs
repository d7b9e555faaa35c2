//! `yamldecode` and `yamlencode`, as go-cty-yaml reads and writes YAML.

mod read;
mod resolve;
mod sparing;
mod write;

pub(super) use read::read;
pub(super) use sparing::write_sparing;
pub(super) use write::write;
