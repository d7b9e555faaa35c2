//! What the reader of the configuration says, in words of the configuration.

use std::path::Path;

use crate::error::Error;

/// The reader's words for values, and ours.
const WORDS: [(&str, &str); 8] = [
    ("a sequence", "a list"),
    ("a YAML mapping", "a map"),
    ("a map of keys", "a map"),
    ("struct Config", "a map of keys"),
    ("struct TerraformConfig", "a map of keys"),
    ("struct EnvironmentConfig", "a map of keys"),
    ("struct SuppressEntry", "a map of keys"),
    ("struct Override", "a map of keys"),
];

/// The error of a text that is no configuration.
pub(super) fn explain(error: &serde_yaml::Error, shown: &Path) -> Error {
    let line = error.location().map(|location| location.line());
    let text = error.to_string();
    let (message, help) = match unknown_key(&text) {
        Some((key, help)) => (format!("there is no key `{key}`"), Some(help)),
        None => (reworded(&text), None),
    };
    Error::Config {
        path: shown.to_path_buf(),
        line,
        message: source::neutral(&message).into_owned(),
        help,
    }
}

/// The key that there is not, and which there are.
fn unknown_key(text: &str) -> Option<(&str, String)> {
    let (_, names) = text.split_once("unknown field ")?;
    let quoted: Vec<&str> = names.split('`').skip(1).step_by(2).collect();
    let (unknown, known) = quoted.split_first()?;
    let help = match source::nearest(unknown, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the keys are {}", known.join(", ")),
    };
    Some((unknown, help))
}

/// A message without the place, which stands before it, and without words of the program's own code.
fn reworded(text: &str) -> String {
    let text = text.split(" at line ").next().unwrap_or(text);
    let mut text = WORDS.iter().fold(text.to_owned(), |text, (theirs, ours)| {
        text.replace(theirs, ours)
    });
    if let Some((before, types)) = text.split_once("invalid type: ")
        && let Some((found, expected)) = types.split_once(", expected ")
    {
        let found = found.replace("sequence", "a list").replace("map", "a map");
        text = format!("{before}expected {expected}, found {found}");
    }
    text.replace("missing field", "there has to be a key")
        .replace("duplicate field", "there are two keys")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[track_caller]
    fn check(text: &str, message: &str, help: Option<&str>) {
        let error = serde_yaml::from_str::<Config>(text).unwrap_err();
        let error = explain(&error, Path::new("scantling.yaml"));
        assert_eq!(error.to_string(), format!("scantling.yaml:{message}"));
        assert_eq!(error.help().as_deref(), help);
    }

    #[test]
    fn unknown_keys_come_with_what_was_meant() {
        check(
            "kubernetes_version: 1.29",
            "1: there is no key `kubernetes_version`",
            Some("did you mean `kubernetes-version`?"),
        );
        check(
            "overrides:\n- { path: [a] }",
            "2: there is no key `path`",
            Some("did you mean `paths`?"),
        );
        check(
            "suppress:\n- { x: 1 }",
            "2: there is no key `x`",
            Some("the keys are checks, address, path, reason, until"),
        );
    }

    #[test]
    fn values_of_another_type_are_told_in_words_of_yaml() {
        check(
            "paths: a",
            "1: paths: expected a list, found string \"a\"",
            None,
        );
        check("paths: {}", "1: paths: expected a list, found a map", None);
        check("[]", "1: expected a map of keys, found a list", None);
        check(
            "settings: { a: 1 }",
            "1: settings.a: expected a map, found integer `1`",
            None,
        );
        check(
            "paths: []\npaths: []",
            "1: there are two keys `paths`",
            None,
        );
        check(
            "suppress:\n- { checks: [] }",
            "2: suppress[0]: there has to be a key `reason`",
            None,
        );
    }

    #[test]
    fn harmful_text_is_spelled_out() {
        check(
            "\"\\e[31m\": 1",
            "1: there is no key `\\u{1b}[31m`",
            Some(
                "the keys are paths, exclude, checks, enable, disable, severity, settings, kubernetes-version, complete, \
                 repository-url, terraform, environments, pods, suppress, overrides",
            ),
        );
    }
}
