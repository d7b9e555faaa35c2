//! Objects as JSON, each read once: what it says, and apart from that who set its fields, which is often more.

use std::fmt;

use graph::Manager;
use kubernetes::ManagedFields;
use serde::Deserializer;
use serde::de::{DeserializeSeed, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// Where an object says who set its fields.
const MANAGED: [&str; 2] = ["metadata", "managedFields"];

/// An object.
pub(super) struct Whole<'t> {
    /// All of it but for who set its fields.
    pub(super) value: Value,
    managed: Option<&'t RawValue>,
}

impl<'t> Whole<'t> {
    pub(super) fn read(text: &'t str) -> serde_json::Result<Self> {
        let apart = || {
            let mut reader = serde_json::Deserializer::from_str(text);
            let whole = Without(&MANAGED).deserialize(&mut reader)?;
            reader.end().map(|()| whole)
        };
        // What has another form than objects of servers is read as any JSON.
        let any = |_| {
            let value = serde_json::from_str(text)?;
            Ok(Self {
                value,
                managed: None,
            })
        };
        apart().or_else(any)
    }

    /// Who set its fields; nobody where that can't be read.
    pub(super) fn managers(&self) -> Vec<Manager> {
        let managed = self.managed.map_or("[]", RawValue::get);
        let managed: Vec<ManagedFields<'_>> = serde_json::from_str(managed).unwrap_or_default();
        managed.iter().map(ManagedFields::manager).collect()
    }
}

/// Reads a map without what stands at a path, and that apart.
struct Without(&'static [&'static str]);

impl<'t> DeserializeSeed<'t> for Without {
    type Value = Whole<'t>;

    fn deserialize<D: Deserializer<'t>>(self, reader: D) -> Result<Whole<'t>, D::Error> {
        reader.deserialize_map(self)
    }
}

impl<'t> Visitor<'t> for Without {
    type Value = Whole<'t>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut entries: A) -> Result<Whole<'t>, A::Error> {
        let (mut map, mut managed) = (Map::new(), None);
        while let Some(key) = entries.next_key::<String>()? {
            let value = match self.0 {
                [last] if key == *last => {
                    managed = Some(entries.next_value()?);
                    continue;
                }
                [first, rest @ ..] if key == *first => {
                    let within = entries.next_value_seed(Without(rest))?;
                    managed = within.managed;
                    within.value
                }
                _ => entries.next_value()?,
            };
            map.insert(key, value);
        }
        Ok(Whole {
            value: Value::Object(map),
            managed,
        })
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::Whole;

    /// Shows what an object says, and who set its fields.
    #[track_caller]
    fn check(text: &str, expected: &Expect) {
        let told = match Whole::read(text) {
            Ok(whole) => {
                let managers = whole.managers();
                let names = managers.iter().map(|one| one.name.as_str());
                let names: Vec<&str> = names.collect();
                format!("{} {names:?}", whole.value)
            }
            Err(why) => why.to_string(),
        };
        expected.assert_eq(&told);
    }

    #[test]
    fn who_set_fields_is_read_apart() {
        check(
            r#"{"b":1,"metadata":{"z":1,"managedFields":[{"manager":"m","fieldsV1":{"f:a":{}}}],"name":"a"},"a":{"managedFields":2}}"#,
            &expect![[r#"{"b":1,"metadata":{"z":1,"name":"a"},"a":{"managedFields":2}} ["m"]"#]],
        );
        check(
            r#"{"metadata":{"managedFields":7}}"#,
            &expect![[r#"{"metadata":{}} []"#]],
        );
    }

    #[test]
    fn what_has_another_form_is_read_whole() {
        check(r#"{"metadata":[1]}"#, &expect![[r#"{"metadata":[1]} []"#]]);
        check(r#"["v1"]"#, &expect![[r#"["v1"] []"#]]);
        check(
            r#"{"metadata":{}} 1"#,
            &expect!["trailing characters at line 1 column 17"],
        );
    }
}
