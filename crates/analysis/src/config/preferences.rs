//! What a person prefers on the own screen. It stands in a file of that person and never in the repository that is scanned: who
//! scans foreign files shall not have the keys changed by them.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use source::{FileSystem, Limits, ReadError};

use crate::error::Error;

/// What a person prefers on the own screen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Preferences {
    /// The name of the theme.
    pub theme: Option<String>,
    /// Whether only signs of ASCII are drawn.
    pub ascii: Option<bool>,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// The keys of actions, by the name of the action.
    pub keys: BTreeMap<String, Keys>,
}

/// The keys of an action.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Keys {
    /// One.
    One(String),
    /// Any number; none takes the action its keys.
    Several(Vec<String>),
}

impl Keys {
    /// The keys, each by its name.
    #[must_use]
    pub fn all(&self) -> Vec<String> {
        match self {
            Self::One(key) => vec![key.clone()],
            Self::Several(keys) => keys.clone(),
        }
    }
}

impl Preferences {
    /// Reads the preferences of a file; the usual ones where there is none.
    ///
    /// # Errors
    /// When the file can't be read or is not understood.
    pub fn read(system: &dyn FileSystem, path: &Path) -> Result<Self, Error> {
        let failed = |message: String| Error::Config {
            path: path.to_path_buf(),
            line: None,
            message,
            help: Some("`scantling schema preferences` says what can stand there".to_owned()),
        };
        let bytes = match system.read(path, Limits::default()) {
            Ok(bytes) => bytes,
            Err(ReadError::NotFound) => return Ok(Self::default()),
            Err(error) => return Err(failed(error.to_string())),
        };
        let text = String::from_utf8(bytes).map_err(|_| failed("not UTF-8".to_owned()))?;
        let read: Result<Option<Self>, _> = serde_yaml::from_str(&text);
        let read =
            read.map_err(|error| failed(source::neutral(&error.to_string()).into_owned()))?;
        Ok(read.unwrap_or_default())
    }
}

/// The JSON schema of the preferences.
#[must_use]
pub fn preferences_schema() -> &'static str {
    include_str!("preferences.json")
}

#[cfg(test)]
mod tests {
    use source::Memory;

    use super::*;

    fn read(text: &str) -> Result<Preferences, String> {
        let system = Memory::new([("/home/me/tui.yaml", text)]);
        let read = Preferences::read(&system, Path::new("/home/me/tui.yaml"));
        read.map_err(|error| error.to_string())
    }

    #[test]
    fn keys_are_one_or_several() {
        let preferences =
            read("theme: light\nkeys: { fix: F, quit: [q, ctrl-q] }").expect("it is right");
        let keys: Vec<Vec<String>> = preferences.keys.values().map(Keys::all).collect();
        assert_eq!(preferences.theme.as_deref(), Some("light"));
        assert_eq!(
            keys,
            [
                vec!["F".to_owned()],
                vec!["q".to_owned(), "ctrl-q".to_owned()]
            ]
        );
    }

    #[test]
    fn nothing_is_preferred_where_nothing_is_said() {
        assert_eq!(read(""), Ok(Preferences::default()));
        let none = Memory::new(Vec::<(&str, &str)>::new());
        let read = Preferences::read(&none, Path::new("/tui.yaml"));
        assert_eq!(read.ok(), Some(Preferences::default()));
    }

    #[test]
    fn what_is_not_known_is_named() {
        let error = read("thme: dark").expect_err("no such key");
        assert!(error.contains("thme"), "{error}");
    }

    #[test]
    fn the_schema_has_the_keys_that_are_read() {
        let schema: serde_json::Value = serde_json::from_str(preferences_schema()).expect("JSON");
        let keys = schema["properties"].as_object().expect("a map").keys();
        let error = read("zzz: 1").expect_err("no such key");
        for key in keys {
            assert!(error.contains(&format!("`{key}`")), "{key}: {error}");
        }
    }
}
