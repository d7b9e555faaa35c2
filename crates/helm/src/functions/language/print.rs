//! `print`, `printf` and `println`.

use super::super::{Arguments, Function};
use crate::run::{Failure, Run};
use crate::value::{Type, Value};

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("print", &[], print)
        .variadic(Type::Any)
        .keeps_origins(),
    Function::new("printf", &[Type::String], printf)
        .variadic(Type::Any)
        .keeps_origins(),
    Function::new("println", &[], println)
        .variadic(Type::Any)
        .keeps_origins(),
];

fn print(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    run.sprint(arguments.all()).map(Value::text)
}

fn printf(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let text = run.sprintf(arguments.text(0)?, arguments.from(1));
    text.map(Value::text)
}

fn println(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    run.sprintln(arguments.all()).map(Value::text)
}
