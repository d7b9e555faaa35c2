//! `include`, `tpl`, `required`, `fail` and `lookup`.

use super::super::{Arguments, Function};
use crate::run::{Failure, Run};
use crate::value::{Data, Type, Value};

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("include", &[Type::String, Type::Any], include).keeps_origins(),
    Function::new("tpl", &[Type::String, Type::Any], tpl).keeps_origins(),
    Function::new("required", &[Type::String, Type::Any], required).keeps_origins(),
    Function::new("fail", &[Type::String], fail),
    Function::new("lookup", &[Type::String; 4], lookup).keeps_origins(),
];

fn include(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let name = arguments.string(0)?;
    run.include(&name, arguments.value(1)?.clone())
        .map(Value::text)
}

fn tpl(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let text = arguments.value(0)?;
    let text = arguments.text(0)?.or_marked(&text.mark);
    run.render_text(&text, arguments.value(1)?.clone())
        .map(Value::text)
}

fn required(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let value = arguments.value(1)?;
    let is_missing = match &value.data {
        Data::Nil => true,
        Data::String(text) => text.is_empty(),
        _ => false,
    };
    if !is_missing {
        return Ok(value.clone());
    }
    if value.is_unknown() && run.left_helm() {
        return Ok(value.clone());
    }
    run.overlook(Failure::refusal(arguments.string(0)?))?;
    let mark = run.unknown_mark("the chart requires this value, and nobody sets it");
    Ok(Value::unknown(value.mark.union(&mark)))
}

fn fail(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    Err(Failure::refusal(arguments.string(0)?))
}

/// Without a cluster Helm finds nothing.
fn lookup(run: &mut Run, _: &Arguments) -> Result<Value, Failure> {
    let mark = run.unknown_mark("`lookup` reads a cluster");
    Ok(Value::map([]).marked(mark))
}
