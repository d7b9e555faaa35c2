//! Versions of providers, and how new one may be.
//!
//! Source: <https://developer.hashicorp.com/terraform/language/expressions/version-constraints>.

/// A version of a provider without what stands behind a hyphen or plus sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version([u64; 3]);

impl Version {
    /// The version that a text such as `5.1` says, and how many numbers it has.
    pub(super) fn parse(text: &str) -> Option<(Self, usize)> {
        let numbers = text.trim().trim_start_matches('v');
        let numbers = numbers.split(['-', '+']).next().unwrap_or_default();
        let mut version = [0; 3];
        let mut count = 0;
        for number in numbers.split('.') {
            *version.get_mut(count)? = number.parse().ok()?;
            count += 1;
        }
        Some((Self(version), count))
    }

    /// The first version that is not compatible with one of which so many numbers are written; none where all later ones are.
    fn after_compatible(self, count: usize) -> Option<Self> {
        let Self([major, minor, _]) = self;
        match count {
            0 | 1 => None,
            2 => Some(Self([major.saturating_add(1), 0, 0])),
            _ => Some(Self([major, minor.saturating_add(1), 0])),
        }
    }
}

/// The newest version that may be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Newest {
    /// The newest that there is.
    #[default]
    Any,
    /// This one.
    At(Version),
    /// The last one before this.
    Before(Version),
}

impl Newest {
    /// What constraints such as `>= 3.0, < 5.0` allow. One that is not understood allows anything.
    pub(super) fn of(constraints: &str) -> Self {
        let each = constraints.split(',').map(Self::of_one);
        each.fold(Self::Any, Self::and)
    }

    fn of_one(constraint: &str) -> Self {
        let constraint = constraint.trim();
        let end = constraint.find(|character: char| !"=!<>~".contains(character));
        let (operator, version) = constraint.split_at(end.unwrap_or(constraint.len()));
        let Some((version, count)) = Version::parse(version) else {
            return Self::Any;
        };
        match operator {
            "" | "=" | "<=" => Self::At(version),
            "<" => Self::Before(version),
            "~>" => version
                .after_compatible(count)
                .map_or(Self::Any, Self::Before),
            _ => Self::Any,
        }
    }

    /// What both allow.
    pub(super) fn and(self, other: Self) -> Self {
        match (self.bound(), other.bound()) {
            (None, _) => other,
            (_, None) => self,
            (Some(one), Some(two)) if one <= two => self,
            _ => other,
        }
    }

    /// What orders bounds: the version, and whether it is itself allowed.
    fn bound(self) -> Option<(Version, bool)> {
        match self {
            Self::Any => None,
            Self::At(version) => Some((version, true)),
            Self::Before(version) => Some((version, false)),
        }
    }

    /// Whether a version is not newer than what may be used.
    pub(crate) fn reaches(self, version: Version) -> bool {
        match self {
            Self::Any => true,
            Self::At(newest) => version <= newest,
            Self::Before(end) => version < end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Newest, Version};

    #[track_caller]
    fn check(constraints: &str, reached: &[&str], not_reached: &[&str]) {
        let newest = Newest::of(constraints);
        let reaches = |text: &&&str| {
            let (version, _) = Version::parse(text).expect("a version");
            newest.reaches(version)
        };
        assert_eq!(
            reached.iter().find(|text| !reaches(text)),
            None,
            "{constraints}"
        );
        assert_eq!(
            not_reached.iter().find(|text| reaches(text)),
            None,
            "{constraints}"
        );
    }

    #[test]
    fn constraints_bound_the_newest_version() {
        check("", &["99.0"], &[]);
        check(">= 3.0", &["99.0"], &[]);
        check("~> 3", &["99.0"], &[]);
        check("~> 3.0", &["3.0", "3.99.9"], &["4.0"]);
        check("~> 3.5.1", &["3.5.9"], &["3.6.0"]);
        check(">= 3.0, < 5.0", &["4.99"], &["5.0.0"]);
        check("< 5, ~> 3.1", &["3.9"], &["4.0"]);
        check("= 2.99.0", &["2.99.0"], &["2.99.1", "3.0"]);
        check("2.99.0-beta1", &["2.99.0"], &["3.0"]);
        check("<= 4.0", &["4.0.0"], &["4.0.1"]);
        check("!= 4.0, > 2", &["99.0"], &[]);
        check("nonsense", &["99.0"], &[]);
    }
}
