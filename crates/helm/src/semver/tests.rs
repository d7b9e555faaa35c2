//! Versions that constraints hold for.

use super::{Constraint, Version};

/// `+` where the constraint holds for the version, `-` where it doesn't, or what is wrong with one of them.
fn answer(constraint: &str, version: &str) -> String {
    let constraint = match Constraint::parse(constraint) {
        Ok(constraint) => constraint,
        Err(error) => return error.to_string(),
    };
    match Version::parse(version) {
        Ok(version) if constraint.holds(&version) => "+".into(),
        Ok(_) => "-".into(),
        Err(error) => error.to_string(),
    }
}

/// A constraint, a version, and the answer of Masterminds/semver 3.4.0.
const CASES: &str = include_str!("tests.tsv");

#[test]
fn constraints_hold_as_helm_has_it() {
    for line in CASES.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [constraint, version, expected] = fields[..] else {
            panic!("three fields: {line}");
        };
        assert_eq!(
            answer(constraint, version),
            expected,
            "{constraint} {version}"
        );
    }
}

#[test]
fn the_next_versions_keep_the_letter_before_them() {
    let version = Version::parse("v1.2.3-beta+meta").expect("a version");
    assert_eq!(version.to_string(), "1.2.3-beta+meta");
    assert_eq!(version.next_patch().original, "v1.2.3");
    assert_eq!(version.next_minor().original, "v1.3.0");
    assert_eq!(version.next_major().to_string(), "2.0.0");
    let changed = version.with_prerelease("rc.1").expect("a word");
    assert_eq!(changed.original, "v1.2.3-rc.1+meta");
    assert!(version.with_prerelease("01").is_err());
    assert!(version.with_metadata("_").is_err());
}
