//! Versions and what is asked of them, as Helm reads both: more freely than semantic versioning has it.
//!
//! Source: <https://pkg.go.dev/github.com/Masterminds/semver/v3>.

mod compare;
mod constraint;
mod read;
mod scan;
#[cfg(test)]
mod tests;

use std::fmt;

pub use constraint::Constraint;

/// Why a text is no version, or asks nothing of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Invalid {
    /// It is no version.
    #[error("invalid semantic version")]
    Version,
    /// A number is too large.
    #[error("error parsing version segment")]
    Number,
    /// A number in what stands before a release begins with a zero.
    #[error("version segment starts with 0")]
    Zero,
    /// It asks nothing that is understood.
    #[error("improper constraint")]
    Constraint,
    /// It asks for a version that is none.
    #[error("constraint parser error")]
    Compared,
}

/// A version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The first number.
    pub major: u64,
    /// The second number; 0 where there is none.
    pub minor: u64,
    /// The third number; 0 where there is none.
    pub patch: u64,
    /// What follows the hyphen.
    pub prerelease: String,
    /// What follows the plus sign, and counts in no comparison.
    pub metadata: String,
    /// The text that was read.
    pub original: String,
}

impl Version {
    /// The version with the next number, `v` kept where it began with that.
    fn next(&self, major: u64, minor: u64, patch: u64) -> Self {
        let mut next = Self {
            major,
            minor,
            patch,
            prerelease: String::new(),
            metadata: String::new(),
            original: String::new(),
        };
        next.original = self.written(&next);
        next
    }

    fn written(&self, version: &Self) -> String {
        let prefix = if self.original.starts_with('v') {
            "v"
        } else {
            ""
        };
        format!("{prefix}{version}")
    }

    /// The next major version.
    #[must_use]
    pub fn next_major(&self) -> Self {
        self.next(self.major.wrapping_add(1), 0, 0)
    }

    /// The next minor version.
    #[must_use]
    pub fn next_minor(&self) -> Self {
        self.next(self.major, self.minor.wrapping_add(1), 0)
    }

    /// The next patch, which of a version before a release is the release.
    #[must_use]
    pub fn next_patch(&self) -> Self {
        let step = u64::from(self.prerelease.is_empty());
        self.next(self.major, self.minor, self.patch.wrapping_add(step))
    }

    /// The same version with another text behind the hyphen.
    ///
    /// # Errors
    /// When that text can't stand there.
    pub fn with_prerelease(&self, prerelease: &str) -> Result<Self, Invalid> {
        read::check_prerelease(prerelease)?;
        let mut version = Self {
            prerelease: prerelease.into(),
            ..self.clone()
        };
        version.original = self.written(&version);
        Ok(version)
    }

    /// The same version with another text behind the plus sign.
    ///
    /// # Errors
    /// When that text can't stand there.
    pub fn with_metadata(&self, metadata: &str) -> Result<Self, Invalid> {
        read::check_metadata(metadata)?;
        let mut version = Self {
            metadata: metadata.into(),
            ..self.clone()
        };
        version.original = self.written(&version);
        Ok(version)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)?;
        if !self.prerelease.is_empty() {
            write!(f, "-{}", self.prerelease)?;
        }
        if !self.metadata.is_empty() {
            write!(f, "+{}", self.metadata)?;
        }
        Ok(())
    }
}
