//! What the tests share: templates and values from text.

use std::sync::Arc;

use helm::run::Failure;
use helm::template::{Parsed, TemplateSource, parse};
use helm::value::{Data, Key, List, ListType, Map, MapType, Text, Value};
use source::{FileId, SourceFile};

/// The type of `.Values` and of what is around it.
static VALUES: MapType = MapType {
    named: true,
    ..MapType::new("chartutil.Values", helm::value::Type::Any)
};

pub(crate) fn template(name: &str, text: &str) -> Result<Parsed, Failure> {
    let file = SourceFile::new(FileId(0), name, text);
    parse(&Arc::new(TemplateSource::of_file(name, &file)))
}

/// What Helm makes of a value of a values file.
pub(crate) fn value(json: &serde_json::Value) -> Value {
    match json {
        serde_json::Value::Null => Value::nil(),
        serde_json::Value::Bool(truth) => Value::bool(*truth),
        serde_json::Value::Number(number) => Value::float(number.as_f64().unwrap_or_default()),
        serde_json::Value::String(text) => Value::string(text),
        serde_json::Value::Array(items) => Value::new(Data::List(List::new(
            &ListType::ANY,
            items.iter().map(value),
        ))),
        serde_json::Value::Object(_) => map(json, &MapType::ANY),
    }
}

fn map(json: &serde_json::Value, ty: &'static MapType) -> Value {
    let entries = json.as_object().into_iter().flatten();
    let entries = entries.map(|(key, item)| (Key::from(key.as_str()), value(item)));
    Value::new(Data::Map(Map::new(ty, entries)))
}

/// The dot of a template of a chart that is installed with these values.
pub(crate) fn context(name: &str, values: &str) -> Value {
    let values = serde_json::from_str(values).expect("the values are JSON");
    let release = [
        ("Name", Value::string("release-name")),
        ("Namespace", Value::string("default")),
        ("IsUpgrade", Value::bool(false)),
        ("IsInstall", Value::bool(true)),
        ("Revision", Value::int(1)),
        ("Service", Value::string("Helm")),
    ];
    let template = [
        ("Name", Value::text(Text::from(name))),
        ("BasePath", Value::string("c/templates")),
    ];
    let entries = [
        ("Values", map(&values, &VALUES)),
        ("Release", object(release, &MapType::ANY)),
        ("Template", object(template, &VALUES)),
    ];
    object(entries, &VALUES)
}

fn object<const N: usize>(entries: [(&str, Value); N], ty: &'static MapType) -> Value {
    let entries = entries.map(|(key, value)| (Key::from(key), value));
    Value::new(Data::Map(Map::new(ty, entries)))
}
