//! What templates see of the chart's other files: `.Files`.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::chart::{ChartFile, Contents};
use crate::functions::{Arguments, Function};
use crate::glob::Glob;
use crate::run::{Failure, Run};
use crate::value::{Bytes, Data, Key, Map, MapType, Mark, Place, Text, Type, Value};
use crate::write;

static FILES: MapType = MapType {
    named: true,
    methods: &[
        Function::new("Get", &[Type::String], get).keeps_origins(),
        Function::new("GetBytes", &[Type::String], get_bytes).keeps_origins(),
        Function::new("Glob", &[Type::String], glob).keeps_origins(),
        Function::new("AsConfig", &[], as_config).keeps_origins(),
        Function::new("AsSecrets", &[], as_secrets).keeps_origins(),
        Function::new("Lines", &[Type::String], lines).keeps_origins(),
    ],
    ..MapType::new("engine.files", Type::BYTES)
};

/// What templates see of these files.
pub(super) fn value(files: &[ChartFile]) -> Value {
    let entries = files.iter().map(|file| {
        let (bytes, mark) = match &file.contents {
            Contents::Text(text) => (
                Bytes::from(Arc::clone(text)),
                Mark::at(Place::Chart(text.span())),
            ),
            Contents::Bytes(bytes) => (Bytes::from(Arc::clone(bytes)), Mark::default()),
        };
        let bytes = Value::new(Data::Bytes(bytes)).marked(mark);
        (Key::from(file.name.as_str()), bytes)
    });
    Value::new(Data::Map(Map::new(&FILES, entries)))
}

fn find(arguments: &Arguments) -> Result<Option<Value>, Failure> {
    let name = arguments.string(1)?;
    Ok(arguments.map(0)?.get(&name))
}

/// The bytes of a file as text; they stand there as they are.
fn text(file: &Value) -> Text {
    match &file.data {
        Data::Bytes(bytes) => Text::verbatim(bytes, file.mark.clone(), 0),
        _ => Text::default(),
    }
}

fn get(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let file = find(arguments)?.unwrap_or_default();
    Ok(Value::text(text(&file)).marked(file.mark))
}

fn get_bytes(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let none = || Value::new(Data::Bytes(Bytes::from(&[][..])));
    Ok(find(arguments)?.unwrap_or_else(none))
}

fn glob(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    // A pattern that can't be read matches everything.
    let glob = Glob::parse(&arguments.string(1)?);
    let mut matched = Vec::new();
    for (name, bytes) in arguments.map(0)?.entries() {
        run.spend(1)?;
        if glob.as_ref().is_none_or(|glob| glob.matches(&name.text)) {
            matched.push((name, bytes));
        }
    }
    Ok(Value::new(Data::Map(Map::new(&FILES, matched))))
}

fn as_config(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    as_yaml(run, arguments, |_, file| Ok(text(file)))
}

fn as_secrets(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    as_yaml(run, arguments, |run, file| {
        let bytes = text(file);
        run.room_for(bytes.len() * 2)?;
        let encoded = STANDARD.encode(bytes.as_bytes());
        Ok(Text::marked(encoded, file.mark.clone()))
    })
}

/// A map of the names of the files, without their folders, to what is made of them. Of equal names the last counts.
fn as_yaml(
    run: &mut Run,
    arguments: &Arguments,
    made: impl Fn(&mut Run, &Value) -> Result<Text, Failure>,
) -> Result<Value, Failure> {
    let entries = Map::new(&MapType::STRINGS, []);
    for (name, file) in arguments.map(0)?.entries() {
        let last = name.text.rsplit('/').next().unwrap_or_default();
        let text = Value::text(made(run, &file)?).marked(file.mark.clone());
        entries.set(Key::from(last), text);
    }
    let map = Value::new(Data::Map(entries));
    match write::yaml::write(run, &map) {
        Ok(text) => Ok(Value::text(text)),
        Err(write::Unwritable::Refused(_)) => Ok(Value::string("")),
        Err(write::Unwritable::Failure(failure)) => Err(failure),
    }
}

fn lines(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let Some(file) = find(arguments)? else {
        return Ok(Value::strings([]));
    };
    let text = text(&file);
    run.room_for(text.len())?;
    let Some(last) = text.as_bytes().last() else {
        return Err(Failure::new("runtime error: index out of range [-1]"));
    };
    let end = text.len() - usize::from(*last == b'\n');
    Ok(Value::strings(text.slice(0..end).split(b"\n")))
}
