//! What the tests share: templates and values from text.

use std::sync::Arc;

use helm::run::Failure;
use helm::template::{Parsed, TemplateSource, parse};
use helm::value::{Data, Key, List, ListType, Map, MapType, Mark, Place, Text, Value};
use source::{FileId, SourceFile, Span};

/// The type of `.Values` and of what is around it.
static VALUES: MapType = MapType {
    named: true,
    ..MapType::new("chartutil.Values", helm::value::Type::Any)
};

/// The templates of the text of a file.
pub(crate) fn template(id: u32, name: &str, text: &str) -> Result<Parsed, Failure> {
    let file = SourceFile::new(FileId(id), name, text);
    parse(&Arc::new(TemplateSource::of_file(name, &file)))
}

/// The file of the values.
const VALUES_FILE: FileId = FileId(9);

/// What Helm makes of a values file that is JSON. Each string knows where it stands first in the text, and its key.
struct Values<'a>(&'a str);

impl Values<'_> {
    fn value(&self, json: &serde_json::Value, key: &str) -> Value {
        match json {
            serde_json::Value::Null => Value::nil(),
            serde_json::Value::Bool(truth) => Value::bool(*truth).marked(self.mark("", key)),
            serde_json::Value::Number(number) => {
                let number = Value::float(number.as_f64().unwrap_or_default());
                number.marked(self.mark(&json.to_string(), key))
            }
            serde_json::Value::String(text) => {
                let written = json.to_string();
                let mark = self.mark(&written, key);
                let is_plain = written.trim_matches('"') == text;
                Value::text(if is_plain {
                    Text::verbatim(text, mark.clone(), 1)
                } else {
                    Text::marked(text, mark.clone())
                })
                .marked(mark)
            }
            serde_json::Value::Array(items) => {
                let items = items.iter().enumerate();
                let items = items.map(|(index, item)| self.value(item, &format!("{key}[{index}]")));
                Value::new(Data::List(List::new(&ListType::ANY, items)))
            }
            serde_json::Value::Object(_) => self.map(json, key, &MapType::ANY),
        }
    }

    fn map(&self, json: &serde_json::Value, path: &str, ty: &'static MapType) -> Value {
        let entries = json.as_object().into_iter().flatten();
        let entries = entries.map(|(key, item)| {
            let point = if path.is_empty() { "" } else { "." };
            let value = self.value(item, &format!("{path}{point}{key}"));
            (Key::from(key.as_str()), value)
        });
        let map = Value::new(Data::Map(Map::new(ty, entries)));
        map.marked(self.mark("", path))
    }

    fn mark(&self, written: &str, key: &str) -> Mark {
        let start = self.0.find(written).unwrap_or_default();
        let position = |byte: usize| u32::try_from(byte).expect("the text is short");
        let span = Span::new(
            VALUES_FILE,
            position(start),
            position(start + written.len()),
        );
        Mark::at(Place::Values(span, key.into()))
    }
}

/// The dot of a template of a chart that is installed with these values.
pub(crate) fn context(name: &str, values: &str) -> Value {
    let json = serde_json::from_str(values).expect("the values are JSON");
    let values = Values(values).map(&json, "", &VALUES);
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
        ("Values", values),
        ("Release", object(release, &MapType::ANY)),
        ("Template", object(template, &VALUES)),
    ];
    object(entries, &VALUES)
}

fn object<const N: usize>(entries: [(&str, Value); N], ty: &'static MapType) -> Value {
    let entries = entries.map(|(key, value)| (Key::from(key), value));
    Value::new(Data::Map(Map::new(ty, entries)))
}
