//! The values that a chart is rendered with: read from files, set by arguments, and put on top of each other as Helm does.

mod coalesce;
mod copy;
mod lookup;
mod merge;
mod read;
mod tables;

pub use coalesce::{Layers, TypeMismatch, coalesce};
pub use copy::{copy, copy_map, tainted_map, without_nulls};
pub use lookup::{path_value, table};
pub use merge::merge;
pub use read::{Origin, of_tree, pieced, read, read_tree, unknown};
pub use tables::{Mode, Tables};
