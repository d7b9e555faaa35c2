//! The functions of the language itself.

use super::{Arguments, Function};
use crate::run::{Failure, Run};
use crate::value::{Type, Value};

pub(super) const FUNCTIONS: &[Function] = &[Function::new("not", &[Type::Reflected], not)];

fn not(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let truth = run.truth(arguments.value(0)?);
    Ok(Value::bool(!truth))
}
