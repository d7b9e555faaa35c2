//! Helm's own type for the values of charts, and what templates can call on it.

use crate::functions::{Arguments, Function};
use crate::run::{Failure, Run};
use crate::template::quote;
use crate::value::{Data, Map, MapType, Text, TextBuilder, Type, Value};
use crate::values::{path_value, table};
use crate::write;

/// `chartutil.Values`.
static VALUES: MapType = MapType {
    named: true,
    methods: &[
        Function::new("AsMap", &[], as_map).keeps_origins(),
        Function::new("PathValue", &[Type::String], at_path).keeps_origins(),
        Function::new("Table", &[Type::String], inner_table).keeps_origins(),
        Function::new("YAML", &[], yaml).keeps_origins(),
    ],
    ..MapType::new("chartutil.Values", Type::Any)
};

/// The same map, as Helm gives it to templates.
pub(super) fn as_values(map: &Map) -> Map {
    let mut values = map.clone();
    values.ty = &VALUES;
    values
}

fn as_map(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let values = arguments.map(0)?;
    let mut map = values.clone();
    if map.is_empty() {
        map = Map::new(&MapType::ANY, []);
    }
    map.ty = &MapType::ANY;
    let mark = arguments.value(0)?.mark.clone();
    Ok(Value::new(Data::Map(map)).marked(mark))
}

fn at_path(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let path = arguments.string(1)?;
    if path.is_empty() {
        return Err(Failure::new("YAML path cannot be empty"));
    }
    let last = path.rsplit('.').next().unwrap_or_default();
    path_value(arguments.map(0)?, &path)
        .ok_or_else(|| Failure::new(format!("{} is not a value", quote(last.as_bytes()))))
}

fn inner_table(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let path = arguments.string(1)?;
    let mut found = arguments.map(0)?.clone();
    for name in path.split('.') {
        found = table(&found, name)
            .ok_or_else(|| Failure::new(format!("{} is not a table", quote(name.as_bytes()))))?;
    }
    Ok(Value::new(Data::Map(as_values(&found))))
}

fn yaml(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    match write::yaml::write(run, arguments.value(0)?) {
        Ok(text) => {
            let mut out = TextBuilder::default();
            out.push(&text);
            out.push(&Text::from("\n"));
            Ok(Value::text(out.finish()))
        }
        Err(write::Unwritable::Refused(message)) => Err(Failure::new(message)),
        Err(write::Unwritable::Failure(failure)) => Err(failure),
    }
}
