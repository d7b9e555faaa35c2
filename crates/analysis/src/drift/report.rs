//! What a comparison tells.

use std::sync::Arc;

use source::{Problem, Span, sort_problems};

use crate::report::{Report, ResourceName};

/// What was compared, and what is different.
#[derive(Debug)]
pub struct DriftReport {
    /// What is different, by path and place.
    pub drifts: Vec<Drift>,
    /// With how many clusters it was compared.
    pub running: usize,
    /// How many declared resources run and were compared.
    pub compared: usize,
    /// What was read, and what could not be; its findings are none of this.
    pub report: Report,
}

/// One difference between what is declared and what runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    /// What sort of difference.
    pub class: DriftClass,
    /// The resource as it is declared; as it runs, where nobody declares it.
    pub resource: Arc<ResourceName>,
    /// The field, as a semantic path; empty where the whole object is meant.
    pub path: String,
    /// Where it is declared, or would be; where it runs, if nobody declares it.
    pub span: Span,
    /// The value that is declared; nothing where none is.
    pub declared: Option<String>,
    /// What runs; nothing where the object does not.
    pub live: Option<LiveValue>,
    /// Names the difference across runs: it has no line number.
    pub fingerprint: String,
}

/// A value that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveValue {
    /// The object that has it.
    pub address: String,
    /// The value; nothing where the object lacks it.
    pub value: Option<String>,
    /// Its place in the object.
    pub span: Span,
    /// Who set it, as the object itself says.
    pub setter: Option<String>,
}

/// What sort of difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DriftClass {
    /// What runs is not as it is declared.
    Changed,
    /// It is declared and does not run.
    DeclaredOnly,
    /// It runs and nobody declares it.
    LiveOnly,
}

impl DriftClass {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Changed, Self::DeclaredOnly, Self::LiveOnly];

    /// The word in formats for machines.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::DeclaredOnly => "declared-only",
            Self::LiveOnly => "live-only",
        }
    }

    /// The same as a sentence about it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Changed => "What runs is not as it is declared",
            Self::DeclaredOnly => "What is declared does not run",
            Self::LiveOnly => "What runs is declared nowhere",
        }
    }
}

impl DriftReport {
    pub(super) fn new(
        mut drifts: Vec<Drift>,
        notices: Vec<Problem>,
        (running, compared): (usize, usize),
        mut report: Report,
    ) -> Self {
        let sources = Arc::clone(&report.sources);
        drifts.sort_by_cached_key(|drift| {
            let file = sources.path(drift.span.file);
            (file, drift.span, drift.path.clone(), drift.class)
        });
        report.problems.extend(notices);
        sort_problems(&mut report.problems, &sources);
        Self {
            drifts,
            running,
            compared,
            report,
        }
    }

    /// The number of differences of a class.
    #[must_use]
    pub fn count(&self, class: DriftClass) -> usize {
        self.drifts
            .iter()
            .filter(|drift| drift.class == class)
            .count()
    }
}

impl Drift {
    /// What is different, in one sentence without a full stop.
    #[must_use]
    pub fn message(&self) -> String {
        let live = self.live.as_ref().and_then(|live| live.value.as_deref());
        let field = self.field();
        match (self.class, self.declared.as_deref(), live) {
            (DriftClass::DeclaredOnly, ..) => "this is declared and does not run".to_owned(),
            (DriftClass::LiveOnly, ..) => "this runs and is declared nowhere".to_owned(),
            (_, Some(declared), Some(live)) => {
                format!("{field} runs as {live} and is declared as {declared}")
            }
            (_, Some(declared), None) => {
                format!("{field} is declared as {declared} and does not run")
            }
            (_, None, Some(live)) => format!("{field} runs as {live} and is not declared"),
            (_, None, None) => format!("{field} is not as it is declared"),
        }
    }

    /// The last key of the path, with what names an item of it.
    fn field(&self) -> &str {
        let path = self.path.as_str();
        let start = match path.ends_with("\"]") {
            true => path.rfind("[\""),
            false => path.rfind('.').map(|dot| dot + 1),
        };
        path.get(start.unwrap_or_default()..).unwrap_or(path)
    }
}
