//! `getHostByName`, which Helm answers only where it is allowed to.

use super::{Function, Type};
use crate::value::Value;

/// The functions of this module.
pub(super) const FUNCTIONS: &[Function] =
    &[Function::new("getHostByName", &[Type::String], |_, _| {
        Ok(Value::string(""))
    })
    .impure()];
