//! What a check file says.

mod example;
mod fields;
mod read;
mod read_examples;
mod version;

use std::fmt;
use std::sync::Arc;

use graph::{NodeId, Tree};
use smol_str::SmolStr;
use source::{FileId, Span};

pub use example::{Example, ExampleFile, Examples, Expectation};
pub use read::{CheckText, Vocabulary, read};
pub use read_examples::read_examples;
pub use version::VersionRange;

use crate::query::Query;

/// The file of built-in checks, which is in no table of sources.
pub(crate) const BUILTIN_FILE: FileId = FileId(u32::MAX);

/// How bad a fail is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Hardening that costs little.
    Low,
    /// A weakness that needs another one to hurt.
    Medium,
    /// A weakness that hurts by itself.
    High,
    /// Handing over a node, a cluster or a secret.
    Critical,
}

impl Severity {
    /// All severities, mildest first.
    pub const ALL: [Self; 5] = [
        Self::Info,
        Self::Low,
        Self::Medium,
        Self::High,
        Self::Critical,
    ];

    /// The word in files and output.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    /// The severity with this word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|severity| severity.text() == text)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

/// Controls of one framework that a check gives evidence for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Control {
    /// The framework: the stem of its file.
    pub framework: SmolStr,
    /// The ids of the controls in it.
    pub ids: Vec<SmolStr>,
}

/// At which versions of Kubernetes a fail breaks each level of the Pod Security Standards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PodSecurity {
    /// The level Baseline.
    pub baseline: Option<VersionRange>,
    /// The level Restricted.
    pub restricted: Option<VersionRange>,
}

/// What a fix does at the found place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fix {
    /// The value becomes that of the node, which is a node of the check's own tree.
    Set(NodeId),
    /// The key or list element goes.
    Remove,
    /// The value of the node is added to the found list.
    Insert(NodeId),
}

/// A check: what it judges, how, and what it tells people.
#[derive(Clone, Debug)]
pub struct Check {
    /// The id: the stem of the file.
    pub id: SmolStr,
    /// The folder, such as `kubernetes/workload`.
    pub subject: SmolStr,
    /// One line for people.
    pub title: SmolStr,
    /// How bad a fail is.
    pub severity: Severity,
    /// What is judged.
    pub resources: Vec<SmolStr>,
    /// The security principle that the check serves.
    pub principle: SmolStr,
    /// The STRIDE threats.
    pub threats: Vec<SmolStr>,
    /// The controls that the check gives evidence for.
    pub controls: Vec<Control>,
    /// The part in the Pod Security Standards.
    pub pod_security: PodSecurity,
    /// The same check in other tools.
    pub aliases: Vec<SmolStr>,
    /// Whether the check runs without being asked for.
    pub on: bool,
    /// Whether the found value is a secret, which no output shows.
    pub secret: bool,
    /// Why a fail is bad.
    pub why: SmolStr,
    /// What a person does about it.
    pub remedy: SmolStr,
    /// Pages to read.
    pub references: Vec<SmolStr>,
    /// What a fix does.
    pub fix: Option<Fix>,
    /// Whether the fix may break what works, so that a person is to look at it first.
    pub is_fix_unsafe: bool,
    /// The names and defaults of the settings: a map in the check's tree.
    pub settings: Option<NodeId>,
    /// The values that `fix` and `settings` name.
    pub tree: Arc<Tree>,
    pub(crate) query: Query,
    /// Where the query is written.
    pub query_span: Span,
    pub(crate) message: SmolStr,
    /// Where the message is written.
    pub(crate) message_span: Span,
    pub(crate) evidence: Option<(SmolStr, Span)>,
    /// The whole file.
    pub text: CheckText,
}

impl Check {
    /// The text of the query, as it is written.
    #[must_use]
    pub fn query_text(&self) -> String {
        match &self.query.head {
            Some(head) => format!("{head} | {}", self.query.rest),
            None => self.query.rest.to_string(),
        }
    }

    /// The names of the settings.
    pub fn settings(&self) -> impl Iterator<Item = &str> {
        let settings = self.settings.into_iter();
        let settings = settings.flat_map(|map| self.tree.children(map));
        let keys = settings.filter_map(|node| self.tree.node(node).key.as_ref());
        keys.map(|key| key.text.as_str())
    }

    /// Whether it is part of the program. Only what is wrong with other checks can be shown in their text.
    #[must_use]
    pub fn is_builtin(&self) -> bool {
        self.text.file.id == BUILTIN_FILE
    }

    /// Whether a name means this check: its id or one of its aliases.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        self.id == name || self.aliases.iter().any(|alias| alias == name)
    }
}
