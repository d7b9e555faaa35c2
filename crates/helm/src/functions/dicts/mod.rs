//! Functions on maps.
//!
//! Source: <https://masterminds.github.io/sprig/dicts.html>.

mod change;
mod copy;
mod get;
mod merge;

use super::{Arguments, Function, Type};
use crate::functions::text::told;
use crate::run::{Failure, Run};
use crate::value::{Key, Value};

/// The functions of this module.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("deepCopy", &[Type::Any], copy::deep_copy).keeps_origins(),
    Function::new("dict", &[], dict)
        .variadic(Type::Any)
        .keeps_origins(),
    Function::new("dig", &[], get::dig).variadic(Type::Any),
    Function::new("get", &[MAP, Type::String], get::get),
    Function::new("hasKey", &[MAP, Type::String], get::has_key),
    Function::new("keys", &[], get::keys).variadic(MAP),
    Function::new("merge", &[MAP], merge::merge)
        .variadic(MAP)
        .keeps_origins(),
    Function::new("mergeOverwrite", &[MAP], merge::merge_overwriting)
        .variadic(MAP)
        .keeps_origins(),
    Function::new("mustDeepCopy", &[Type::Any], copy::deep_copy).keeps_origins(),
    Function::new("mustMerge", &[MAP], merge::merge)
        .variadic(MAP)
        .keeps_origins(),
    Function::new("mustMergeOverwrite", &[MAP], merge::merge_overwriting)
        .variadic(MAP)
        .keeps_origins(),
    Function::new("omit", &[MAP], change::omit).variadic(Type::String),
    Function::new("pick", &[MAP], change::pick).variadic(Type::String),
    Function::new("pluck", &[Type::String], get::pluck).variadic(MAP),
    Function::new("set", &[MAP, Type::String, Type::Any], change::set).keeps_origins(),
    Function::new("unset", &[MAP, Type::String], change::unset).keeps_origins(),
    Function::new("values", &[MAP], get::values),
];

const MAP: Type = Type::MAP;

fn dict(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let mut entries = Vec::new();
    for pair in arguments.all().chunks(2) {
        let [key, rest @ ..] = pair else { continue };
        let text = told(run, key)?;
        let key = Key::marked(text.to_str(), key.mark.union(&text.mark()));
        let value = rest.first().cloned();
        entries.push((key, value.unwrap_or_else(|| Value::string(""))));
    }
    Ok(Value::map(entries))
}
