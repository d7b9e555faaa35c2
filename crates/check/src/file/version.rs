//! Ranges of versions of Kubernetes.

use std::fmt;

/// Versions `1.N` with `N` from `since` up to but without `until`, as in `>=1.22 <1.35`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VersionRange {
    /// The first minor version.
    pub since: u32,
    /// The first minor version after the range.
    pub until: Option<u32>,
}

impl VersionRange {
    /// Reads `>=1.N`, `<1.N`, or both with a space between them.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut range = Self {
            since: 0,
            until: None,
        };
        for bound in text.split_whitespace() {
            if let Some(version) = bound.strip_prefix(">=") {
                range.since = minor(version)?;
            } else {
                range.until = Some(minor(bound.strip_prefix('<')?)?);
            }
        }
        Some(range)
    }

    /// Whether the minor version is in the range.
    #[must_use]
    pub fn contains(self, minor: u32) -> bool {
        self.since <= minor && self.until.is_none_or(|until| minor < until)
    }
}

fn minor(version: &str) -> Option<u32> {
    version.strip_prefix("1.")?.parse().ok()
}

impl fmt::Display for VersionRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, ">=1.{}", self.since)?;
        self.until.map_or(Ok(()), |until| write!(f, " <1.{until}"))
    }
}
