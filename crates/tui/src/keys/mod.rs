//! Keys, what they do, and how both are called.

mod actions;
mod bindings;
mod press;

pub(crate) use actions::{ACTIONS, Action, Entry};
pub(crate) use bindings::Bindings;
pub(crate) use press::{Code, Press};
