//! What differs between the lists of verdicts.

use std::ops::RangeInclusive;
use std::path::Path;

use serde_json::Value;
use tests::corpora::Line;

use crate::aliases::Aliases;
use crate::left::Why;

/// The subject of lines about objects of Kubernetes.
pub(crate) const KUBERNETES: &str = "kubernetes";

/// What of a list of one tool is compared together.
pub(crate) trait Suite: Sync {
    /// The name of its list of divergences.
    fn name(&self) -> &'static str;

    /// The folder of the list.
    fn folder(&self) -> &'static str {
        self.name()
    }

    /// What a line is about, such as `kubernetes` or the provider of a cloud; nothing where it is not of this suite.
    fn subject(&self, _line: &Line) -> Option<&'static str> {
        Some(KUBERNETES)
    }

    /// The name under which our checks know the check of a line.
    fn alias(&self, line: &Line) -> String;

    /// What has to be scanned for a line, below the folder of the suite.
    fn inputs(&self, line: &Line) -> Inputs;

    /// What of it is judged.
    fn target(&self, line: &Line) -> Target;

    /// Whether one scan holds the inputs of all lines, because they do not see each other. Lines that say the same of it
    /// count once: a block has one verdict by a check, however many tests of a tool repeat it, and one that two tests repeat is
    /// no better evidence than another. Lines that contradict each other both count.
    fn scans_at_once(&self) -> bool {
        false
    }

    /// Why a line can't be scored although one of our checks stands for its check.
    fn left(&self, _folder: &Path, _line: &Line, _aliases: &Aliases) -> Option<Why> {
        None
    }

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
    /// Files that are scanned without those beside them.
    pub(crate) alone: Vec<String>,
    /// Whether everything that exists is in them.
    pub(crate) complete: bool,
}

impl Inputs {
    /// A file or folder that holds everything.
    pub(crate) fn complete(path: &str) -> Self {
        Self {
            paths: vec![path.to_owned()],
            alone: Vec::new(),
            complete: true,
        }
    }

    /// A file that holds everything, whatever is beside it.
    pub(crate) fn alone(path: &str) -> Self {
        Self {
            paths: Vec::new(),
            alone: vec![path.to_owned()],
            complete: true,
        }
    }

    /// Adds what another line needs.
    pub(crate) fn add(&mut self, other: Self) {
        self.paths.extend(other.paths);
        self.alone.extend(other.alone);
        for paths in [&mut self.paths, &mut self.alone] {
            paths.sort();
            paths.dedup();
        }
    }
}

/// What of a file a line is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// The resources with this kind and name.
    Resource { kind: String, name: String },
    /// The block of Terraform's at this address, or one instance of it.
    Block(String),
    /// The object of Kubernetes that the block between these lines, from 1, makes.
    Lines(RangeInclusive<u64>),
    /// A block in a file that is one case: where nothing judges the block, what is found elsewhere in the file counts.
    Case(String),
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
