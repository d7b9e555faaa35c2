//! The JSON schema of `scantling.yaml`, for editors.

/// The JSON schema of `scantling.yaml`.
#[must_use]
pub fn configuration_schema() -> &'static str {
    include_str!("schema.json")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde::de::DeserializeOwned;
    use serde_yaml::Value;

    use super::*;
    use crate::config::{Config, EnvironmentConfig, Override, SuppressEntry, TerraformConfig};

    /// The keys that a part of the schema has are those that the reader takes.
    #[track_caller]
    fn check<T: DeserializeOwned>(path: &[&str]) {
        let schema: Value = serde_yaml::from_str(configuration_schema()).unwrap();
        let part = path.iter().fold(&schema, |value, key| &value[*key]);
        let keys = part["properties"].as_mapping().unwrap().keys();
        let keys: BTreeSet<&str> = keys.map(|key| key.as_str().unwrap()).collect();
        // The reader names all keys where it meets one that it does not know.
        let error = serde_yaml::from_str::<T>("zzz: 1").err().unwrap();
        let error = error.to_string();
        let (_, expected) = error.split_once("expected").unwrap();
        let expected: BTreeSet<&str> = expected.split('`').skip(1).step_by(2).collect();
        assert_eq!(keys, expected, "{path:?}");
    }

    #[test]
    fn the_schema_has_the_keys_that_are_read() {
        let each = |name| ["properties", name, "additionalProperties"];
        let items = |name| ["properties", name, "items"];
        check::<Config>(&[]);
        check::<TerraformConfig>(&["properties", "terraform"]);
        check::<EnvironmentConfig>(&each("environments"));
        check::<SuppressEntry>(&items("suppress"));
        check::<Override>(&items("overrides"));
    }
}
