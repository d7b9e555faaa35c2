//! Parts of paths. Those of the operating system are those of Linux, where Helm's answers were recorded.
//!
//! Source: <https://masterminds.github.io/sprig/paths.html>.

use std::ops::Range;

use super::{Arguments, Function, Type};
use crate::run::{Failure, Run};
use crate::value::Value;

/// The functions of this module.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("base", PATH, base),
    Function::new("clean", PATH, clean),
    Function::new("dir", PATH, dir),
    Function::new("ext", PATH, ext),
    Function::new("isAbs", PATH, is_absolute),
    Function::new("osBase", PATH, base),
    Function::new("osClean", PATH, clean),
    Function::new("osDir", PATH, dir),
    Function::new("osExt", PATH, ext),
    Function::new("osIsAbs", PATH, is_absolute),
];

const PATH: &[Type] = &[Type::String];

fn part(arguments: &Arguments, range: Range<usize>) -> Result<Value, Failure> {
    Ok(Value::text(arguments.text(0)?.slice(range)))
}

fn base(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let path = arguments.text(0)?.as_bytes();
    match go::path::base(path) {
        Some(range) => part(arguments, range),
        None if path.is_empty() => Ok(Value::string(".")),
        None => part(arguments, 0..1),
    }
}

fn ext(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let path = arguments.text(0)?.as_bytes();
    part(arguments, go::path::extension(path)..path.len())
}

fn dir(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    run.room_for(arguments.text(0)?.len())?;
    let folder = go::path::folder(arguments.text(0)?.as_bytes());
    beginning(arguments, &folder)
}

fn clean(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    run.room_for(arguments.text(0)?.len())?;
    let cleaned = go::path::clean(arguments.text(0)?.as_bytes());
    beginning(arguments, &cleaned)
}

/// A path that most often is the beginning of the argument.
fn beginning(arguments: &Arguments, path: &[u8]) -> Result<Value, Failure> {
    match arguments.text(0)?.as_bytes().starts_with(path) {
        true => part(arguments, 0..path.len()),
        false => Ok(Value::string(path)),
    }
}

fn is_absolute(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    Ok(Value::bool(arguments.text(0)?.as_bytes().starts_with(b"/")))
}
