//! The examples of a check file: its tests, and what its page shows.

use graph::{NodeId, SmolStr};
use source::Span;

/// What an example expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Expectation {
    /// Exactly one finding at each line marked `# finding`.
    Fail,
    /// No finding, and no unknown verdict.
    Pass,
    /// An unknown verdict, and no finding.
    Unknown,
}

/// The smallest real input that shows a verdict.
#[derive(Clone, Debug)]
pub struct Example {
    /// What it expects.
    pub expectation: Expectation,
    /// What it shows.
    pub name: SmolStr,
    /// The format of the input, such as `kubernetes`.
    pub format: SmolStr,
    /// The files of the input: one, or those of a chart.
    pub files: Vec<ExampleFile>,
    /// Where the example stands.
    pub span: Span,
    /// Settings that differ from the defaults: a map in the tree of the examples.
    pub settings: Option<NodeId>,
    /// The version of Kubernetes, if not the newest.
    pub kubernetes_version: Option<SmolStr>,
    /// Whether everything that exists is in the input.
    pub complete: bool,
    /// The date, `YYYY-MM-DD`, if it matters.
    pub now: Option<SmolStr>,
}

impl Example {
    /// The text of its file; of several, of the first.
    #[must_use]
    pub fn text(&self) -> &str {
        self.files.first().map_or("", |file| file.text.as_str())
    }
}

/// A file of an example.
#[derive(Clone, Debug)]
pub struct ExampleFile {
    /// Its path in the folder of the example.
    pub path: SmolStr,
    /// What it holds.
    pub text: SmolStr,
}

/// All examples of a check.
#[derive(Clone, Debug)]
pub struct Examples {
    /// The examples, in their order.
    pub examples: Vec<Example>,
    /// The values that they name.
    pub tree: graph::Tree,
}
