//! Text to versions.

use super::scan::scan;
use super::{Invalid, Version};

impl Version {
    /// Reads a version, in which the second and third number may be missing.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let scanned = scan(text, |letter| letter.is_ascii_digit());
        let scanned = scanned
            .filter(|scanned| scanned.rest.is_empty())
            .ok_or(Invalid::Version)?;
        let number = |index: usize| {
            let digits = scanned.numbers[index].unwrap_or("0");
            digits.parse().map_err(|_| Invalid::Number)
        };
        let version = Self {
            major: number(0)?,
            minor: number(1)?,
            patch: number(2)?,
            prerelease: scanned.prerelease.unwrap_or_default().into(),
            metadata: scanned.metadata.unwrap_or_default().into(),
            original: text.into(),
        };
        check_prerelease(&version.prerelease)?;
        Ok(version)
    }
}

/// Refuses what can't follow a hyphen; nothing at all can.
pub(super) fn check_prerelease(text: &str) -> Result<(), Invalid> {
    check_metadata(text)?;
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let begins_with_zero = |part: &str| part.len() > 1 && part.starts_with('0') && is_number(part);
    match text.split('.').any(begins_with_zero) {
        true => Err(Invalid::Zero),
        false => Ok(()),
    }
}

/// Refuses what can't follow a plus sign; nothing at all can.
pub(super) fn check_metadata(text: &str) -> Result<(), Invalid> {
    let is_valid = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.');
    match text.chars().all(is_valid) {
        true => Ok(()),
        false => Err(Invalid::Version),
    }
}
