//! What is asked of versions: `>=1.2, <2 || ^3.x`.

use std::cmp::Ordering;

use super::compare::compare_prereleases;
use super::scan::{Scanned, scan};
use super::{Invalid, Version};

/// Alternatives, of which one must hold.
#[derive(Clone, Debug)]
pub struct Constraint(Vec<Alternative>);

/// What must hold together. Versions before a release are only looked for where one of these names such a version.
#[derive(Clone, Debug)]
struct Alternative {
    comparisons: Vec<Comparison>,
    takes_prereleases: bool,
}

#[derive(Clone, Debug)]
struct Comparison {
    operator: Operator,
    with: Version,
    given: Given,
}

/// Which numbers of the version are given. What is `x` is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Given {
    Nothing,
    Major,
    Minor,
    All,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Equal,
    NotEqual,
    Greater,
    Less,
    GreaterOrEqual,
    LessOrEqual,
    Tilde,
    Caret,
}

/// The longest text that is read, in bytes: looking for ranges takes the square of the length, and people write far less.
const LONGEST: usize = 4096;

/// The operators, those that begin like others before these. Without one, equality is asked for.
const OPERATORS: [(&str, Operator); 11] = [
    ("!=", Operator::NotEqual),
    (">=", Operator::GreaterOrEqual),
    ("=>", Operator::GreaterOrEqual),
    ("<=", Operator::LessOrEqual),
    ("=<", Operator::LessOrEqual),
    ("~>", Operator::Tilde),
    ("~", Operator::Tilde),
    ("^", Operator::Caret),
    (">", Operator::Greater),
    ("<", Operator::Less),
    ("=", Operator::Equal),
];

impl Constraint {
    /// Reads what is asked.
    ///
    /// # Errors
    /// When a part of it can't be understood.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        if text.len() > LONGEST {
            return Err(Invalid::Constraint);
        }
        let text = with_ranges_compared(text);
        let alternatives = text.split("||").map(Alternative::parse);
        Ok(Self(alternatives.collect::<Result<_, _>>()?))
    }

    /// Whether it holds for a version.
    #[must_use]
    pub fn holds(&self, version: &Version) -> bool {
        self.0.iter().any(|alternative| alternative.holds(version))
    }
}

/// Writes `1.2 - 3.4` as two comparisons.
fn with_ranges_compared(text: &str) -> String {
    let mut compared = text.to_owned();
    let mut rest = text;
    while !rest.is_empty() {
        let Some((matched, low, high)) = range(rest) else {
            rest = &rest[rest.chars().next().map_or(0, char::len_utf8)..];
            continue;
        };
        compared = compared.replacen(matched, &format!(">= {low}, <= {high} "), 1);
        rest = &rest[matched.len()..];
    }
    compared
}

/// A range at the beginning of a text with the blanks around it, and its ends.
fn range(text: &str) -> Option<(&str, &str, &str)> {
    let low = scan(trim_start(text), is_of_number)?;
    let hyphen = trim_start(low.rest);
    let after = hyphen.strip_prefix('-')?;
    let high = scan(trim_start(after), is_of_number)?;
    let has_blanks = hyphen.len() < low.rest.len() && trim_start(after).len() < after.len();
    let matched = &text[..text.len() - trim_start(high.rest).len()];
    has_blanks.then_some((matched, low.whole, high.whole))
}

fn is_of_number(letter: char) -> bool {
    letter.is_ascii_digit() || matches!(letter, 'x' | 'X' | '*' | '|')
}

fn trim_start(text: &str) -> &str {
    text.trim_start_matches(['\t', '\n', '\u{c}', '\r', ' '])
}

impl Alternative {
    fn parse(text: &str) -> Result<Self, Invalid> {
        let mut comparisons = Vec::new();
        let mut rest = text;
        loop {
            let (comparison, after) = Comparison::parse(trim_start(rest))?;
            comparisons.push(comparison);
            let blank = trim_start(after);
            if blank.is_empty() {
                break;
            }
            rest = match blank.strip_prefix(',') {
                Some(next) => next,
                None if blank.len() < after.len() => blank,
                None => return Err(Invalid::Constraint),
            };
        }
        let comparisons: Vec<Comparison> = comparisons
            .into_iter()
            .map(Scan::comparison)
            .collect::<Result<_, _>>()?;
        let names_prerelease = |comparison: &Comparison| !comparison.with.prerelease.is_empty();
        let takes_prereleases = comparisons.iter().any(names_prerelease);
        Ok(Self {
            comparisons,
            takes_prereleases,
        })
    }

    fn holds(&self, version: &Version) -> bool {
        if !version.prerelease.is_empty() && !self.takes_prereleases {
            return false;
        }
        let mut comparisons = self.comparisons.iter();
        comparisons.all(|comparison| comparison.holds(version))
    }
}

/// An operator and a version as they are written.
struct Scan<'t>(Operator, Scanned<'t>);

impl Scan<'_> {
    fn comparison(self) -> Result<Comparison, Invalid> {
        let Self(operator, scanned) = self;
        let [major, minor, patch] = scanned.numbers;
        let is_given = |number: Option<&str>| !matches!(number, None | Some("x" | "X" | "*"));
        let given = match [major, minor, patch].map(is_given) {
            [false, ..] => Given::Nothing,
            [_, false, _] => Given::Major,
            [_, _, false] => Given::Minor,
            _ => Given::All,
        };
        let prerelease = scanned.prerelease.map(|text| format!("-{text}"));
        let prerelease = prerelease.unwrap_or_default();
        let (major, minor) = (major.unwrap_or("0"), minor.unwrap_or("0"));
        let text = match given {
            Given::Nothing => format!("0.0.0{prerelease}"),
            Given::Major => format!("{major}.0.0{prerelease}"),
            Given::Minor => format!("{major}.{minor}.0{prerelease}"),
            Given::All => scanned.whole.into(),
        };
        Ok(Comparison {
            operator,
            with: Version::parse(&text).map_err(|_| Invalid::Compared)?,
            given,
        })
    }
}

impl Comparison {
    fn parse(text: &str) -> Result<(Scan<'_>, &str), Invalid> {
        let known =
            |(sign, operator): &(&str, Operator)| Some((*operator, text.strip_prefix(sign)?));
        let (operator, rest) = OPERATORS
            .iter()
            .find_map(known)
            .unwrap_or((Operator::Equal, text));
        let scanned = scan(trim_start(rest), is_of_number).ok_or(Invalid::Constraint)?;
        Ok((Scan(operator, scanned), scanned.rest))
    }

    fn holds(&self, version: &Version) -> bool {
        let order = version.compare(&self.with);
        match self.operator {
            Operator::Equal if self.given == Given::All => order == Ordering::Equal,
            Operator::Equal | Operator::Tilde => self.tilde(version),
            Operator::NotEqual => self.differs(version),
            Operator::Greater => self.greater(version),
            Operator::Less => order == Ordering::Less,
            Operator::GreaterOrEqual => order != Ordering::Less,
            Operator::LessOrEqual => self.less_or_equal(version),
            Operator::Caret => self.caret(version),
        }
    }

    fn differs(&self, version: &Version) -> bool {
        let with = &self.with;
        match self.given {
            Given::All => version.compare(with) != Ordering::Equal,
            _ if version.major != with.major => true,
            Given::Major => false,
            _ if version.minor != with.minor => true,
            Given::Nothing => version.patch != with.patch || version.compare(with).is_ne(),
            Given::Minor => {
                compare_prereleases(&version.prerelease, &with.prerelease) != Ordering::Equal
            }
        }
    }

    /// `>11` is greater than all of 11, and `>11.1` than all of 11.1.
    fn greater(&self, version: &Version) -> bool {
        let with = &self.with;
        match self.given {
            Given::All => version.compare(with) == Ordering::Greater,
            _ if version.major != with.major => version.major > with.major,
            Given::Major => false,
            Given::Minor => version.minor > with.minor,
            Given::Nothing => version.compare(with) == Ordering::Greater,
        }
    }

    fn less_or_equal(&self, version: &Version) -> bool {
        let with = &self.with;
        match self.given {
            Given::All => version.compare(with) != Ordering::Greater,
            _ if version.major > with.major => false,
            Given::Major => true,
            _ => version.major < with.major || version.minor <= with.minor,
        }
    }

    /// No less, and with the same major version, and minor one where it is given. `~0.0.0` holds for all that is no less.
    fn tilde(&self, version: &Version) -> bool {
        let with = &self.with;
        if version.compare(with) == Ordering::Less {
            return false;
        }
        let is_given = matches!(self.given, Given::All | Given::Nothing);
        if is_given && (with.major, with.minor, with.patch) == (0, 0, 0) {
            return true;
        }
        version.major == with.major && (version.minor == with.minor || self.given == Given::Major)
    }

    /// No less, and the same up to the first number that is not 0.
    fn caret(&self, version: &Version) -> bool {
        let with = &self.with;
        if version.compare(with) == Ordering::Less || version.major != with.major {
            return false;
        }
        if with.major > 0 || self.given == Given::Major {
            return true;
        }
        if version.minor != with.minor {
            return false;
        }
        with.minor > 0 || self.given == Given::Minor || version.patch == with.patch
    }
}
