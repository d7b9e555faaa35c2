//! The charts that take part in one rendering: which of those that a chart needs are there, are wanted, and under which name.

mod enabled;
mod import;
mod instances;

pub(crate) use instances::is_compatible;
pub use instances::{Declared, Instance, InstanceId, Instances, Refusal};
