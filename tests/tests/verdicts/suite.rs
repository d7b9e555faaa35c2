//! What differs between the lists of verdicts.

use std::path::Path;

use serde_json::Value;
use tests::corpora::Line;

/// The list of one tool.
pub(crate) trait Suite: Sync {
    /// Its folder.
    fn name(&self) -> &'static str;

    /// Whether a line is about Kubernetes.
    fn is_kubernetes(&self, _line: &Line) -> bool {
        true
    }

    /// The name under which our checks know the check of a line.
    fn alias(&self, line: &Line) -> String;

    /// What has to be scanned for a line, below the folder of the suite.
    fn inputs(&self, line: &Line) -> Inputs;

    /// What of it is judged.
    fn target(&self, line: &Line) -> Target;

    /// The settings of our checks that stand for the parameters of a line, by the ids of the checks.
    fn settings(&self, _folder: &Path, _line: &Line) -> Value {
        Value::Null
    }
}

/// What has to be scanned for a line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Inputs {
    /// The files and folders.
    pub(crate) paths: Vec<String>,
    /// Whether everything that exists is in them.
    pub(crate) complete: bool,
}

impl Inputs {
    /// A file or folder that holds everything.
    pub(crate) fn complete(path: &str) -> Self {
        Self {
            paths: vec![path.to_owned()],
            complete: true,
        }
    }
}

/// What of a file a line is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// The resources with this kind and name.
    Resource { kind: String, name: String },
    /// All resources of the file.
    File,
    /// The number of findings in the file.
    Findings(u64),
}

impl Target {
    /// A resource as `Kind/name` or `Kind/namespace/name`; `*` is the whole file.
    pub(crate) fn slashed(resource: &str) -> Self {
        match resource.split_once('/') {
            Some((kind, name)) => {
                let name = name.rsplit('/').next().unwrap_or(name);
                Self::Resource {
                    kind: kind.to_owned(),
                    name: name.to_owned(),
                }
            }
            None => Self::File,
        }
    }
}
