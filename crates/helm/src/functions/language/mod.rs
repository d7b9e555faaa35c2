//! The functions of the language itself, and those that Helm adds for templates.

mod compare;
mod escape;
mod index;
mod length;
mod print;
mod template;

use super::{Arguments, Function};
use crate::run::{Failure, Run, is_true};
use crate::value::{Type, Value};

const REFLECTED: Type = Type::Reflected;

pub(super) const FUNCTIONS: &[&[Function]] = &[
    LOGIC,
    compare::FUNCTIONS,
    escape::FUNCTIONS,
    index::FUNCTIONS,
    length::FUNCTIONS,
    print::FUNCTIONS,
    template::FUNCTIONS,
];

/// `and` and `or` are evaluated where they are called, because they don't evaluate all of their arguments; so is `call`,
/// because there is nothing to be called.
const LOGIC: &[Function] = &[
    Function::new("and", &[REFLECTED], last).variadic(REFLECTED),
    Function::new("or", &[REFLECTED], last).variadic(REFLECTED),
    Function::new("call", &[REFLECTED], last).variadic(REFLECTED),
    Function::new("not", &[REFLECTED], not),
];

fn last(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    Ok(arguments.all().last().cloned().unwrap_or_default())
}

/// Nothing is decided here: if the answer can't be known, it has that mark, and whoever asks decides.
fn not(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let truth = is_true(arguments.value(0)?);
    Ok(Value::bool(!truth))
}
