//! The result of one run. Every surface shows this and nothing else, so they always agree.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use check::{Check, Severity};
use smol_str::SmolStr;
use source::{Level, Problem, SourceFile, Sources, Span, TextEdit};

use crate::findings::Findings;
use crate::listing::Listed;
use crate::problems::is_elsewhere;

/// The result of one run, sorted: independent of threads and machine.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What is wrong, by path and place.
    pub findings: Findings,
    /// Findings that a suppression hides, by path and place.
    pub suppressed: Vec<(Arc<Finding>, Suppression)>,
    /// Per check and resource, each unknown verdict and each pass, where these were asked for.
    pub verdicts: Vec<Arc<VerdictRow>>,
    /// What happened to each input, by path.
    pub inputs: Vec<Arc<Input>>,
    /// Input that was not understood, and notices about suppressions and configuration.
    pub problems: Vec<Problem>,
    /// The checks that ran, by id.
    pub checks: Vec<Arc<Check>>,
    /// The number of findings that may have a fix which was not tried.
    pub untried_fixes: usize,
    /// The number of resources in the graph.
    pub resources: usize,
    /// The resources with their values, by address, file and environment, where they were asked for.
    pub listed: Vec<Listed>,
    /// The version of Kubernetes that was judged against, such as `1.37`.
    pub kubernetes_version: String,
    /// The places of secrets, sorted: no output shows their text. See [`Report::masked`].
    pub secrets: Vec<Span>,
    /// The files that spans refer to.
    pub sources: Arc<Sources>,
    /// Where the time went, in the order of the work.
    pub timings: Vec<(&'static str, Duration)>,
    /// Whether more is looked for still: only findings are told so far, and nobody knows yet which texts are secret.
    pub is_early: bool,
}

/// One bad thing at one place.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The check that failed.
    pub check: Arc<Check>,
    /// Its severity, after configuration.
    pub severity: Severity,
    /// The resource.
    pub resource: Arc<ResourceName>,
    /// The environments in which it holds; empty where it holds in all that the source has.
    pub environments: Vec<SmolStr>,
    /// The semantic path in the resource, such as `spec.containers[name=api].image`.
    pub path: String,
    /// Where a person would change it.
    pub span: Span,
    /// Other places that took part, in the order in which a person would read them.
    pub related: Vec<Related>,
    /// What is wrong here, in one sentence without a full stop.
    pub message: String,
    /// The changes that make the finding go away.
    pub fixes: Vec<ProposedFix>,
    /// Names the finding across runs: it has no line number.
    pub fingerprint: String,
    /// Whether the resource, or the part of it, exists only under an unknown condition.
    pub conditional: bool,
    /// Where it holds, if both files and a cluster were read.
    pub presence: Option<Presence>,
}

impl Finding {
    /// The proven fix that is made without anybody looking at it, if there is one.
    #[must_use]
    pub fn safe_fix(&self) -> Option<&ProposedFix> {
        let fix = self.fixes.first().filter(|fix| fix.proven)?;
        (!self.check.is_fix_unsafe).then_some(fix)
    }
}

/// Where a finding holds: in what files declare, or in what runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Presence {
    /// In both.
    Both,
    /// What is declared has it, and what runs of it has not.
    Declared,
    /// What is declared has it, and nothing of it runs.
    NotApplied,
    /// Only what runs has it.
    Live,
    /// What runs has it, and nobody declares that.
    Undeclared,
}

impl Presence {
    /// The word in formats for machines.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::Declared => "declared",
            Self::NotApplied => "not-applied",
            Self::Live => "live",
            Self::Undeclared => "undeclared",
        }
    }

    /// The same as a fragment for people.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Both => "declared, and in the cluster",
            Self::Declared => "declared, and not in the cluster",
            Self::NotApplied => "declared, and not applied to the cluster",
            Self::Live => "only in the cluster",
            Self::Undeclared => "only in the cluster, where nobody declares it",
        }
    }
}

/// A resource as output names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResourceName {
    /// The stable address, such as `Deployment/shop/api`.
    pub address: SmolStr,
    /// The API group and version.
    pub api_version: SmolStr,
    /// The kind.
    pub kind: SmolStr,
    /// The namespace, if one is written.
    pub namespace: Option<SmolStr>,
    /// The name.
    pub name: SmolStr,
    /// The format that declares it, such as `kubernetes`.
    pub format: SmolStr,
    /// The file that declares it.
    pub file: PathBuf,
}

/// A place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Related {
    /// The place.
    pub span: Span,
    /// What it has to do with the finding, as a fragment.
    pub message: String,
}

/// A change that makes a finding go away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposedFix {
    /// What it does, as an imperative.
    pub title: String,
    /// The change.
    pub edits: Vec<TextEdit>,
    /// Whether the changed text was evaluated again and the finding was gone with no new one in its place.
    pub proven: bool,
}

/// Who hides a finding, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// The directive, annotation or configuration entry, if it stands in a file that was read.
    pub span: Option<Span>,
    /// The tool whose directive it is: `scantling`, `trivy`, `checkov` …
    pub tool: &'static str,
    /// Why, in the author's words.
    pub reason: Option<String>,
}

/// A verdict without a finding.
#[derive(Clone, Debug)]
pub struct VerdictRow {
    /// The check.
    pub check: Arc<Check>,
    /// The resource.
    pub resource: Arc<ResourceName>,
    /// What it says.
    pub verdict: Verdict,
}

/// What a check says of a resource that it does not fail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The bad thing is not there.
    Pass,
    /// It can't be known, for these reasons (fragments), with the place of each where there is one.
    Unknown(Vec<(String, Option<Span>)>),
}

/// What happened to one input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// It was understood wholly.
    Scanned,
    /// Parts were not understood; the rest was scanned.
    Partial,
    /// Nothing of it was understood.
    Failed,
    /// It was left out on purpose.
    Skipped,
}

impl Status {
    /// The word in output.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Scanned => "scanned",
            Self::Partial => "partial",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
        }
    }
}

/// What an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A file.
    File,
    /// All objects of a kind that a cluster has.
    Kind,
    /// One object of a cluster, which is told of by itself.
    Object,
}

impl Unit {
    /// The word in output.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Kind => "kind",
            Self::Object => "object",
        }
    }
}

/// One input and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its path, as it is shown.
    pub path: PathBuf,
    /// What it is.
    pub unit: Unit,
    /// What became of it.
    pub status: Status,
    /// Why, where it was not scanned wholly, as a fragment.
    pub reason: Option<String>,
    /// The number of resources that it gave.
    pub resources: usize,
}

impl Report {
    /// The text of a file with every byte of a secret replaced by `*`, so that it can be shown and offsets stay true.
    #[must_use]
    pub fn masked(&self, file: &SourceFile) -> String {
        let mut text = file.text.as_bytes().to_vec();
        if self.is_early {
            hide(&mut text);
        }
        let start = self.secrets.partition_point(|secret| secret.file < file.id);
        for secret in self.secrets[start..]
            .iter()
            .take_while(|secret| secret.file == file.id)
        {
            hide(text.get_mut(secret.range()).unwrap_or_default());
        }
        String::from_utf8(text).unwrap_or_default()
    }

    /// The number of inputs with a status.
    #[must_use]
    pub fn count(&self, status: Status) -> usize {
        self.inputs
            .iter()
            .filter(|input| input.status == status)
            .count()
    }

    /// Whether something was not understood, or belongs to what was scanned and is not in the input.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        let is_lost = |problem: &Problem| problem.level == Level::Error || is_elsewhere(problem);
        self.count(Status::Partial) + self.count(Status::Failed) > 0
            || self.problems.iter().any(is_lost)
    }

    /// The number of unknown verdicts.
    #[must_use]
    pub fn unknown(&self) -> usize {
        self.verdicts
            .iter()
            .filter(|row| matches!(row.verdict, Verdict::Unknown(_)))
            .count()
    }
}

fn hide(text: &mut [u8]) {
    for byte in text.iter_mut().filter(|byte| !byte.is_ascii_whitespace()) {
        *byte = b'*';
    }
}
