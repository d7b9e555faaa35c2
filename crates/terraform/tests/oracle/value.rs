//! Values as the answers have them: JSON in which unknown and sensitive parts are told.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// A value, of which the type stands beside it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// `null`, a truth value or a number, as JSON text. A number has as many digits as it needs.
    Scalar(String),
    Text(String),
    Items(Vec<Value>),
    Entries(BTreeMap<String, Value>),
    Unknown,
    Sensitive(Box<Value>),
}

impl Value {
    /// Reads the value of an answer.
    pub(crate) fn read(raw: &RawValue) -> Self {
        let value = Self::plain(raw);
        let Self::Entries(entries) = &value else {
            return value;
        };
        match entries.get("$") {
            Some(Self::Text(kind)) if kind == "unknown" => Self::Unknown,
            Some(Self::Text(kind)) if kind == "sensitive" => {
                Self::Sensitive(Box::new(entries["of"].clone()))
            }
            _ => value,
        }
    }

    fn plain(raw: &RawValue) -> Self {
        let text = raw.get();
        match text.as_bytes().first() {
            Some(b'"') => Self::Text(parse(text)),
            Some(b'[') => {
                let items: Vec<&RawValue> = parse(text);
                Self::Items(items.into_iter().map(Self::read).collect())
            }
            Some(b'{') => {
                let entries: BTreeMap<String, &RawValue> = parse(text);
                Self::Entries(
                    entries
                        .into_iter()
                        .map(|(key, raw)| (key, Self::read(raw)))
                        .collect(),
                )
            }
            _ => Self::Scalar(text.to_owned()),
        }
    }

    /// The text of an answer.
    pub(crate) fn json(&self) -> String {
        match self {
            Self::Scalar(text) => text.clone(),
            Self::Text(text) => quote(text),
            Self::Items(items) => {
                let items: Vec<String> = items.iter().map(Self::json).collect();
                format!("[{}]", items.join(","))
            }
            Self::Entries(entries) => {
                let entries: Vec<String> = entries
                    .iter()
                    .map(|(key, value)| format!("{}:{}", quote(key), value.json()))
                    .collect();
                format!("{{{}}}", entries.join(","))
            }
            Self::Unknown => r#"{"$":"unknown"}"#.to_owned(),
            Self::Sensitive(value) => format!(r#"{{"$":"sensitive","of":{}}}"#, value.json()),
        }
    }

    /// The value with its unknown parts, which `terraform show -json` tells as a tree of its own. An unknown attribute
    /// is missing in the value.
    pub(crate) fn with_unknown(self, unknown: &serde_json::Value) -> Self {
        use serde_json::Value as Json;
        match (self, unknown) {
            (_, Json::Bool(true)) => Self::Unknown,
            (Self::Items(items), Json::Array(unknown)) => Self::Items(
                items
                    .into_iter()
                    .zip(unknown)
                    .map(|(item, unknown)| item.with_unknown(unknown))
                    .collect(),
            ),
            (Self::Entries(mut entries), Json::Object(unknown)) => {
                for (key, unknown) in unknown {
                    let value = entries.remove(key).unwrap_or_else(Self::null);
                    entries.insert(key.clone(), value.with_unknown(unknown));
                }
                Self::Entries(entries)
            }
            (value, _) => value,
        }
    }

    /// The value with its sensitive parts, which `terraform show -json` tells as a tree of its own.
    pub(crate) fn with_sensitive(self, sensitive: &serde_json::Value) -> Self {
        use serde_json::Value as Json;
        match (self, sensitive) {
            (value, Json::Bool(true)) => Self::Sensitive(Box::new(value)),
            (Self::Items(items), Json::Array(sensitive)) => {
                let mut sensitive = sensitive.iter();
                Self::Items(
                    items
                        .into_iter()
                        .map(|item| item.with_sensitive(sensitive.next().unwrap_or(&Json::Null)))
                        .collect(),
                )
            }
            (Self::Entries(entries), Json::Object(sensitive)) => {
                let of = |key: &str| sensitive.get(key).unwrap_or(&Json::Null);
                Self::Entries(
                    entries
                        .into_iter()
                        .map(|(key, value)| {
                            let value = value.with_sensitive(of(&key));
                            (key, value)
                        })
                        .collect(),
                )
            }
            (value, _) => value,
        }
    }

    pub(crate) fn null() -> Self {
        Self::Scalar("null".to_owned())
    }
}

pub(crate) fn parse<'a, T: serde::Deserialize<'a>>(text: &'a str) -> T {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

pub(crate) fn quote(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A value as `terraform show -json` tells a change: with one attribute for it, one for its unknown parts, one for its
/// sensitive parts.
pub(crate) fn planned(change: &RawValue) -> Value {
    let change: BTreeMap<&str, &RawValue> = parse(change.get());
    // A value that is wholly unknown has no `after`.
    change
        .get("after")
        .map_or_else(Value::null, |after| Value::read(after))
        .with_unknown(&parse(change["after_unknown"].get()))
        .with_sensitive(&parse(change["after_sensitive"].get()))
}
