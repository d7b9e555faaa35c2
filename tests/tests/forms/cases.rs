//! The examples of the built-in checks, and what is needed to judge each.

use std::sync::Arc;

use check::{Check, Example, Expectation, Library, read_examples};
use graph::SmolStr;
use serde_json::{Map, Value};
use tests::json;

/// An example of a check.
pub(crate) struct Case {
    /// The check.
    pub(crate) check: SmolStr,
    /// What the example shows.
    pub(crate) name: SmolStr,
    /// The example as it is written.
    pub(crate) text: SmolStr,
    /// What it expects.
    pub(crate) expectation: Expectation,
    /// What it is judged with.
    pub(crate) setting: Setting,
}

/// What an example is judged with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Setting {
    /// Settings of checks, by id.
    pub(crate) settings: Map<String, Value>,
    /// The version of Kubernetes, if not the newest.
    pub(crate) kubernetes_version: Option<SmolStr>,
    /// Whether everything that exists is in the input.
    pub(crate) complete: bool,
    /// The date, `YYYY-MM-DD`, if it matters.
    pub(crate) now: Option<SmolStr>,
}

impl Setting {
    /// What holds for all checks alike.
    pub(crate) fn around(&self) -> (Option<&SmolStr>, bool, Option<&SmolStr>) {
        let version = self.kubernetes_version.as_ref();
        (version, self.complete, self.now.as_ref())
    }
}

impl Case {
    /// What a fault of it begins with.
    pub(crate) fn title(&self) -> String {
        format!("{}: {}", self.check, self.name)
    }

    /// The name of an environment that no other case has.
    pub(crate) fn environment(&self) -> String {
        let is_word = |character: char| character.is_ascii_alphanumeric();
        self.title().replace(|character| !is_word(character), "-")
    }
}

/// What only a cluster says: a file that has it was printed by one, and is written in no other form.
const LIVE: [&str; 3] = ["scantling.internal/", "managedFields:", "imageID:"];

/// All examples in a format, such as `terraform`, that files can be.
pub(crate) fn of_format(format: &str) -> Vec<Case> {
    let (library, _) = Library::builtin();
    let of_check = |check: &Arc<Check>| {
        let (examples, _) = read_examples(&check.text);
        let tree = examples.tree;
        let own = examples.examples.into_iter();
        let own = own.filter(|example| example.format == format);
        let own = own.filter(|example| !LIVE.iter().any(|part| example.text().contains(part)));
        own.map(|example| case(check, &tree, example))
            .collect::<Vec<Case>>()
    };
    library.checks.iter().flat_map(of_check).collect()
}

fn case(check: &Check, tree: &graph::Tree, example: Example) -> Case {
    let own = example.settings.map(|node| json::value(tree, node));
    let own = own.map(|settings| (check.id.to_string(), settings));
    Case {
        check: check.id.clone(),
        text: example.text().into(),
        name: example.name,
        expectation: example.expectation,
        setting: Setting {
            settings: own.into_iter().collect(),
            kubernetes_version: example.kubernetes_version,
            complete: example.complete,
            now: example.now,
        },
    }
}
