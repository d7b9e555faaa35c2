//! Values as version 3 of the library takes them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use go::deeper;
use go::float::format_float;
use yaml::emit::{Dialect, sort};

use super::super::node::Unwritable;
use super::Yaml;
use crate::run::Run;
use crate::value::{Data, Map, Object, Text, TextBuilder, Value};

/// How deep values may be nested. What is deeper would end the program that this follows.
const DEEPEST: usize = 1000;
/// How long a line of Base64 is.
const LINE: usize = 70;

pub(super) fn convert(run: &mut Run, value: &Value) -> Result<Yaml, Unwritable> {
    of(run, value, DEEPEST)
}

fn of(run: &mut Run, value: &Value, depth: usize) -> Result<Yaml, Unwritable> {
    run.spend(1)?;
    let depth = depth
        .checked_sub(1)
        .ok_or_else(|| crate::run::Failure::bound("a value is nested too deep"))?;
    let plain = |text: String| Yaml::Plain(Text::marked(text, value.mark.clone()));
    Ok(match &value.data {
        Data::Nil | Data::Unknown => plain("null".into()),
        Data::Bool(truth) => plain(truth.to_string()),
        Data::Integer(kind, bits) => plain(kind.number(*bits).to_string()),
        Data::Float(number) => plain(match format_float(*number, 'g', None).as_str() {
            "Inf" => ".inf".into(),
            "-Inf" => "-.inf".into(),
            "NaN" => ".nan".into(),
            number => number.into(),
        }),
        Data::Number(text) => string(run, &Text::marked(text.as_bytes(), value.mark.clone()))?,
        Data::Complex(..) => {
            return Err(Unwritable::Refused(
                "cannot marshal type: complex128".into(),
            ));
        }
        Data::String(text) => string(run, &text.or_marked(&value.mark))?,
        Data::Bytes(bytes) => {
            run.spend(bytes.len() as u64)?;
            Yaml::List(bytes.iter().map(|byte| plain(byte.to_string())).collect())
        }
        Data::List(list) => {
            let items = list.items().iter();
            let items = items.map(|item| deeper(|| of(run, item, depth)));
            Yaml::List(items.collect::<Result<_, _>>()?)
        }
        Data::Map(map) => Yaml::Map(entries(run, map, depth)?),
        Data::Object(object) => self::object(run, object, depth)?,
    })
}

fn entries(run: &mut Run, map: &Map, depth: usize) -> Result<Vec<(Yaml, Yaml)>, Unwritable> {
    let sorted = sort(map.entries(), |(key, _)| &key.text, Dialect::New);
    let mut converted = Vec::with_capacity(sorted.len());
    for (key, value) in sorted {
        let text = Text::marked(key.text.as_bytes(), key.mark);
        converted.push((string(run, &text)?, deeper(|| of(run, &value, depth))?));
    }
    Ok(converted)
}

/// Fields go by their names in small letters, in their order. What has a text of its own is a string.
fn object(run: &mut Run, object: &Object, depth: usize) -> Result<Yaml, Unwritable> {
    if let Some(json) = object.ty.json
        && let value @ Value {
            data: Data::String(_),
            ..
        } = json(object)
    {
        return of(run, &value, depth);
    }
    if let (Some(kind), Some(number)) = (object.ty.number, object.number()) {
        return of(run, &Value::new(Data::Integer(kind, number)), depth);
    }
    let mut converted = Vec::new();
    for (field, value) in object.named_fields() {
        if field
            .name
            .starts_with(|letter: char| letter.is_ascii_uppercase())
        {
            let name = Text::from(field.name.to_ascii_lowercase());
            converted.push((Yaml::String(name), deeper(|| of(run, value, depth))?));
        }
    }
    Ok(Yaml::Map(converted))
}

fn string(run: &mut Run, text: &Text) -> Result<Yaml, Unwritable> {
    run.room_for(text.len())?;
    if std::str::from_utf8(text.as_bytes()).is_ok() {
        return Ok(Yaml::String(text.clone()));
    }
    let encoded = STANDARD.encode(text.as_bytes());
    let lines = encoded.as_bytes().chunks(LINE);
    let is_long = encoded.len() / LINE > 0;
    let mut written = Vec::new();
    for line in lines {
        written.extend(line);
        written.extend(is_long.then_some(b'\n'));
    }
    let mut builder = TextBuilder::default();
    builder.push_instead(written, text, 0..text.len());
    Ok(Yaml::Binary(builder.finish()))
}
