//! Functions of lists, maps, sets, tuples and objects.

pub(super) mod choose;
pub(super) mod inspect;
pub(super) mod maps;
pub(super) mod sequences;
#[cfg(test)]
mod tests;
