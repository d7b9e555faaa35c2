//! Functions on lists.
//!
//! Source: <https://masterminds.github.io/sprig/lists.html>.

mod change;
mod choose;
mod find;

use super::{Arguments, Function, Type};
use crate::run::{Failure, Run};
use crate::value::{Data, List, ListType, Value};

/// The functions of this module.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("append", &[ANY, ANY], change::append),
    Function::new("chunk", &[Type::INT, ANY], change::chunk),
    Function::new("compact", &[ANY], find::compact),
    Function::new("concat", &[], change::concat).variadic(ANY),
    Function::new("first", &[ANY], choose::first),
    Function::new("has", &[ANY, ANY], find::has).reads_elements(),
    Function::new("initial", &[ANY], choose::initial),
    Function::new("last", &[ANY], choose::last),
    Function::new("list", &[], list)
        .variadic(ANY)
        .keeps_origins(),
    Function::new("mustAppend", &[ANY, ANY], change::append),
    Function::new("mustChunk", &[Type::INT, ANY], change::chunk),
    Function::new("mustCompact", &[ANY], find::compact),
    Function::new("mustFirst", &[ANY], choose::first),
    Function::new("mustHas", &[ANY, ANY], find::has).reads_elements(),
    Function::new("mustInitial", &[ANY], choose::initial),
    Function::new("mustLast", &[ANY], choose::last),
    Function::new("mustPrepend", &[ANY, ANY], change::prepend),
    Function::new("mustPush", &[ANY, ANY], change::append),
    Function::new("mustRest", &[ANY], choose::rest),
    Function::new("mustReverse", &[ANY], change::reverse),
    Function::new("mustSlice", &[ANY], choose::slice).variadic(ANY),
    Function::new("mustUniq", &[ANY], find::uniq),
    Function::new("mustWithout", &[ANY], find::without).variadic(ANY),
    Function::new("prepend", &[ANY, ANY], change::prepend),
    Function::new("push", &[ANY, ANY], change::append),
    Function::new("rest", &[ANY], choose::rest),
    Function::new("reverse", &[ANY], change::reverse),
    Function::new("slice", &[ANY], choose::slice).variadic(ANY),
    Function::new("tuple", &[], list)
        .variadic(ANY)
        .keeps_origins(),
    Function::new("uniq", &[ANY], find::uniq),
    Function::new("without", &[ANY], find::without).variadic(ANY),
];

const ANY: Type = Type::Any;

fn list(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    run.spend(arguments.len() as u64)?;
    Ok(Value::list(arguments.all().to_vec()))
}

/// The nil slice that Go's functions return where they never made one.
fn nil_list() -> Value {
    Value::new(Data::List(List::nil(&ListType::ANY)))
}

/// What a function does with something that is no list, in the words of Sprig.
fn wrong_type(value: &Value, refusal: &str) -> Failure {
    match value.is_nil() {
        true => Failure::new("runtime error: invalid memory address or nil pointer dereference"),
        false => Failure::new(format!("{refusal} {}", value.ty().kind())),
    }
}

/// The items of a list, or else a failure that begins with the refusal. What is not known has no items.
pub(super) fn items(run: &mut Run, value: &Value, refusal: &str) -> Result<Vec<Value>, Failure> {
    match &value.data {
        Data::List(list) => {
            run.spend(list.len() as u64)?;
            Ok(list.items().to_vec())
        }
        Data::Bytes(bytes) => {
            run.spend(bytes.len() as u64)?;
            let byte = |byte: &u8| {
                let number = Data::Integer(crate::value::IntegerKind::Uint8, i64::from(*byte));
                Value::new(number).marked(value.mark.clone())
            };
            Ok(bytes.iter().map(byte).collect())
        }
        Data::Unknown => Ok(Vec::new()),
        _ => Err(wrong_type(value, refusal)),
    }
}
