//! What the properties are tried on: the shop, the examples of all checks, and the manifests of other projects where they are.
#![expect(
    clippy::disallowed_methods,
    reason = "tests read their data and no scanned input"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use check::{Check, Example, Expectation, Library, read_examples};
use graph::{NodeId, SmolStr, Tree};
use kubernetes::Version;
use source::{FileId, SourceFile};
use tests::corpora;

use crate::project::{Files, NOW, Settings, Terms};

/// Input that is judged together.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) files: Files,
    pub(crate) terms: Terms,
    /// The check with settings of its own, and these.
    pub(crate) settings: Option<(SmolStr, Arc<Tree>)>,
}

impl Case {
    fn of(name: String, files: Files) -> Self {
        Self {
            name,
            files,
            terms: Terms::default(),
            settings: None,
        }
    }

    pub(crate) fn settings(&self) -> Settings {
        let settings = self.settings.iter();
        settings
            .map(|(check, tree)| (check.clone(), (Arc::clone(tree), NodeId::ROOT)))
            .collect()
    }
}

/// The project of the repository.
pub(crate) fn shop() -> Case {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/shop");
    let read = |path: &PathBuf| {
        let shown = path.strip_prefix(&folder).expect("a file below the folder");
        (shown.to_path_buf(), corpora::text(path))
    };
    Case::of(
        "fixtures/shop".to_owned(),
        manifests(&folder)
            .iter()
            .filter(|path| !is_built(path))
            .map(read)
            .collect(),
    )
}

/// Whether a file belongs to a chart or a kustomization, which make manifests of what it says.
fn is_built(path: &Path) -> bool {
    let makes = |folder: &Path| {
        let mut files = ["Chart.yaml", "kustomization.yaml"].iter();
        files.any(|file| folder.join(file).is_file())
    };
    path.ancestors().any(makes)
}

/// The examples of a check that show a certain verdict.
pub(crate) fn examples(check: &Check, expectations: &[Expectation]) -> Vec<Case> {
    let (examples, _) = read_examples(&check.text);
    let case = |example: &Example| Case {
        name: format!("{}: {}", check.id, example.name),
        files: vec![(PathBuf::from("example.yaml"), example.text().to_owned())],
        terms: Terms {
            version: example
                .kubernetes_version
                .as_ref()
                .map_or(Version::NEWEST, |text| {
                    text.parse().expect("an example names a version")
                }),
            now: example.now.as_deref().map_or(NOW, seconds),
            complete: example.complete,
        },
        settings: example
            .settings
            .map(|node| (check.id.clone(), Arc::new(examples.tree.subtree(node)))),
    };
    let wanted = |example: &&Example| expectations.contains(&example.expectation);
    examples.examples.iter().filter(wanted).map(case).collect()
}

/// The failing and passing examples of all checks.
pub(crate) fn all_examples(library: &Library) -> Vec<Case> {
    let decided = [Expectation::Fail, Expectation::Pass];
    let checks = library.checks.iter();
    checks.flat_map(|check| examples(check, &decided)).collect()
}

/// Midnight of a date, in seconds since 1970.
fn seconds(date: &str) -> i64 {
    let date: jiff::civil::Date = date.parse().expect("an example names a date");
    let zoned = date.to_zoned_datetime(jiff::tz::TimeZone::UTC);
    zoned.expect("a date of this era").timestamp().as_second()
}

/// The manifests of other projects that are no larger than some bytes, each by itself.
pub(crate) fn others(largest: usize) -> Vec<Case> {
    let Some(folder) = corpora::folder("manifests") else {
        return Vec::new();
    };
    let case = |path: &PathBuf| {
        let text = fs::read_to_string(path).ok()?;
        let shown = path.strip_prefix(&folder).ok()?.to_path_buf();
        (text.len() <= largest).then(|| Case::of(shown.display().to_string(), vec![(shown, text)]))
    };
    manifests(&folder).iter().filter_map(case).collect()
}

/// All manifests below a folder that a scan walks to, in order.
pub(crate) fn manifests(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let extension = path.extension().and_then(|extension| extension.to_str());
            let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            if is_hidden || path.is_symlink() {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if matches!(extension, Some("yaml" | "yml" | "json")) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// A YAML text as a value.
pub(crate) fn value(text: &str) -> Tree {
    let file = SourceFile::new(FileId(u32::MAX), "value.yaml", text);
    let yaml = yaml::read(&file, &yaml::Options::default());
    let document = yaml.documents.into_iter().next();
    document.expect("the text holds a value").tree
}
