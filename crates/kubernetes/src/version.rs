//! Versions of Kubernetes.

use std::fmt;
use std::str::FromStr;

/// A version of Kubernetes, `1.minor`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// The number after `1.`.
    pub minor: u32,
}

impl Version {
    /// The newest version that this program knows.
    pub const NEWEST: Self = Self { minor: 37 };

    /// The version `1.minor`, for comparisons.
    pub(crate) const fn new(minor: u32) -> Self {
        Self { minor }
    }
}

impl Default for Version {
    fn default() -> Self {
        Self::NEWEST
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1.{}", self.minor)
    }
}

/// A text that names no version of Kubernetes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no version of Kubernetes; write it like 1.29, v1.29 or latest")]
pub struct VersionError(String);

impl FromStr for Version {
    type Err = VersionError;

    /// Reads `1.29`, `v1.29` and `latest`, and what `kubectl version` prints (`v1.29.3-gke.1`).
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "latest" {
            return Ok(Self::NEWEST);
        }
        let digits = text.strip_prefix('v').unwrap_or(text).strip_prefix("1.");
        let minor = digits.and_then(|digits| digits.split('.').next()?.parse().ok());
        minor
            .map(Self::new)
            .ok_or_else(|| VersionError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_in_all_usual_forms() {
        for text in ["1.29", "v1.29", "v1.29.3-gke.1"] {
            assert_eq!(text.parse(), Ok(Version { minor: 29 }), "{text}");
        }
        assert_eq!("latest".parse(), Ok(Version::NEWEST));
        assert_eq!(Version::NEWEST.to_string(), "1.37");
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "2.1", "1", "1.", "1.x", "newest", "1.99999999999"] {
            assert!(text.parse::<Version>().is_err(), "{text}");
        }
    }
}
