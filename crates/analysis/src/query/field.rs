//! The fields and flags of queries.

use crate::report::Presence;

use super::candidate::Candidate;
use super::pattern::Pattern;

/// What a value is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Check,
    Kind,
    Namespace,
    Name,
    Environment,
    Path,
    Format,
}

/// The fields with their names, the first of which is offered, and what they are.
pub(super) const FIELDS: [(Field, &[&str], &str); 7] = [
    (
        Field::Check,
        &["check"],
        "the id of a check, its name in another tool, or its folder",
    ),
    (Field::Kind, &["kind"], "the kind of the resource"),
    (
        Field::Namespace,
        &["ns", "namespace"],
        "the namespace of the resource",
    ),
    (
        Field::Name,
        &["name"],
        "the name or the address of the resource",
    ),
    (
        Field::Environment,
        &["env", "environment"],
        "an environment in which it holds",
    ),
    (
        Field::Path,
        &["path", "file"],
        "the file, or a folder around it",
    ),
    (
        Field::Format,
        &["format", "source"],
        "kubernetes, helm, kustomize, terraform or cluster",
    ),
];

/// The names of the field that is compared by rank.
pub(super) const SEVERITY: [&str; 2] = ["severity", "sev"];

/// What holds or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flag {
    Suppressed,
    Fixable,
    Conditional,
    Declared,
    Live,
}

/// The flags with their names and what they are.
pub(super) const FLAGS: [(Flag, &str, &str); 5] = [
    (Flag::Suppressed, "suppressed", "hidden by a suppression"),
    (Flag::Fixable, "fixable", "the check knows a fix"),
    (
        Flag::Conditional,
        "conditional",
        "exists only under an unknown condition",
    ),
    (Flag::Declared, "declared", "in what files declare"),
    (Flag::Live, "live", "in what runs in a cluster"),
];

impl Field {
    pub(super) fn parse(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        let mut fields = FIELDS.iter();
        let found = fields.find(|(_, names, _)| names.contains(&name.as_str()));
        found.map(|(field, ..)| *field)
    }

    /// Whether a value is what a candidate has.
    pub(super) fn matches(self, candidate: &Candidate<'_>, pattern: &Pattern) -> bool {
        match self {
            Self::Check => candidate.check.is_some_and(|check| {
                let names = std::iter::once(&check.id).chain([&check.subject]);
                names
                    .chain(&check.aliases)
                    .any(|name| pattern.matches(name))
            }),
            Self::Kind => pattern.matches(candidate.kind),
            Self::Namespace => pattern.matches(candidate.namespace.unwrap_or_default()),
            Self::Name => pattern.matches(candidate.name) || pattern.matches(candidate.address),
            // What holds in all environments holds in each.
            Self::Environment => {
                let mut all = candidate.environments.iter();
                candidate.environments.is_empty() || all.any(|one| pattern.matches(one))
            }
            Self::Path => pattern.matches_path(&candidate.path.to_string_lossy()),
            Self::Format => pattern.matches(candidate.format),
        }
    }
}

impl Flag {
    pub(super) fn parse(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        let mut flags = FLAGS.iter();
        let found = flags.find(|(_, known, _)| *known == name);
        found.map(|(flag, ..)| *flag)
    }

    pub(super) fn holds(self, candidate: &Candidate<'_>) -> bool {
        let is_cluster = candidate.format == "cluster";
        match self {
            Self::Suppressed => candidate.is_suppressed,
            Self::Fixable => candidate.check.is_some_and(|check| check.fix.is_some()),
            Self::Conditional => candidate.is_conditional,
            Self::Declared => match candidate.presence {
                None => !is_cluster,
                Some(presence) => !matches!(presence, Presence::Live | Presence::Undeclared),
            },
            Self::Live => match candidate.presence {
                None => is_cluster,
                Some(presence) => !matches!(presence, Presence::Declared | Presence::NotApplied),
            },
        }
    }
}
