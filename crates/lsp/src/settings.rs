//! What the user set for this server in the editor.

use std::path::PathBuf;

use serde::Deserialize;
use serde_json::{Map, Value};

/// What the user set for this server in the editor. What stands in `scantling.yaml` counts for all surfaces and is no setting.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Settings {
    /// The configuration file; else `scantling.yaml` is looked for upward.
    pub(crate) config: Option<PathBuf>,
    /// The checks to run, named as for `scan --select`.
    pub(crate) select: Vec<String>,
    /// The checks to leave out.
    pub(crate) ignore: Vec<String>,
    /// Whether input that is not understood is told; other servers may say the same of YAML and Terraform.
    pub(crate) problems: bool,
    /// Whether verdicts that can't be known are told, as hints.
    pub(crate) unknown: bool,
    /// Whether what expressions give is shown behind them.
    pub(crate) inlay_hints: bool,
    /// What is not understood.
    #[serde(flatten)]
    others: Map<String, Value>,
}

/// What editors have beside the settings of a server: which program it is, and what is logged of it.
const OF_EDITORS: [&str; 3] = ["path", "trace", "enable"];

impl Default for Settings {
    fn default() -> Self {
        Self {
            config: None,
            select: Vec::new(),
            ignore: Vec::new(),
            problems: true,
            unknown: false,
            inlay_hints: false,
            others: Map::new(),
        }
    }
}

impl Settings {
    /// Reads settings, which may stand under the name of the program. Returns them with what is wrong with them.
    pub(crate) fn read(value: &Value) -> (Self, Vec<String>) {
        let own = value.get("scantling").unwrap_or(value);
        if own.is_null() {
            return (Self::default(), Vec::new());
        }
        match Self::deserialize(own) {
            Ok(settings) => {
                let unknown = settings.others.keys();
                let unknown = unknown.filter(|name| !OF_EDITORS.contains(&name.as_str()));
                let wrong = unknown
                    .map(|name| format!("the setting `{}` is not known", source::neutral(name)));
                let wrong = wrong.collect();
                (settings, wrong)
            }
            Err(error) => {
                let message = format!("the settings do not count: {error}");
                (
                    Self::default(),
                    vec![source::neutral(&message).into_owned()],
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(value: &Value, expected: &Settings, wrong: &[&str]) {
        let (mut settings, found) = Settings::read(value);
        settings.others.clear();
        assert_eq!(
            (&settings, found),
            (expected, wrong.iter().map(|&one| one.to_owned()).collect())
        );
    }

    #[test]
    fn settings_stand_by_themselves_or_under_the_name_of_the_program() {
        let expected = Settings {
            problems: false,
            ..Settings::default()
        };
        check(&json!({ "problems": false }), &expected, &[]);
        check(
            &json!({ "scantling": { "problems": false } }),
            &expected,
            &[],
        );
        check(&Value::Null, &Settings::default(), &[]);
    }

    #[test]
    fn unknown_names_and_wrong_types_are_told() {
        check(
            &json!({ "selct": [] }),
            &Settings::default(),
            &["the setting `selct` is not known"],
        );
        check(
            &json!({ "trace": { "server": "off" } }),
            &Settings::default(),
            &[],
        );
        check(
            &json!({ "select": 1 }),
            &Settings::default(),
            &["the settings do not count: invalid type: integer `1`, expected a sequence"],
        );
    }
}
