//! How conditions compare a value of a policy with one of a request.

use std::cmp::Ordering;
use std::net::IpAddr;

use super::arn;
use super::pattern::Text;
use crate::network::Block;
use crate::truth::{Truth, because};

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Equals,
    EqualsIgnoreCase,
    Like,
    Arn,
    Bool,
    Address,
    Null,
    Number(Wanted),
    Date(Wanted),
}

/// What the comparison of the request's value with the policy's must give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Operator {
    /// The operator of a name, and whether it is negated.
    pub(super) fn read(name: &str) -> Option<(Self, bool)> {
        let ordered = |rest: &str| {
            Some(match rest {
                "Equals" => (Wanted::Equal, false),
                "NotEquals" => (Wanted::Equal, true),
                "LessThan" => (Wanted::Less, false),
                "LessThanEquals" => (Wanted::LessOrEqual, false),
                "GreaterThan" => (Wanted::Greater, false),
                "GreaterThanEquals" => (Wanted::GreaterOrEqual, false),
                _ => return None,
            })
        };
        if let Some(rest) = name.strip_prefix("Numeric") {
            return ordered(rest).map(|(wanted, not)| (Self::Number(wanted), not));
        }
        if let Some(rest) = name.strip_prefix("Date") {
            return ordered(rest).map(|(wanted, not)| (Self::Date(wanted), not));
        }
        Some(match name {
            "StringEquals" | "BinaryEquals" => (Self::Equals, false),
            "StringNotEquals" => (Self::Equals, true),
            "StringEqualsIgnoreCase" => (Self::EqualsIgnoreCase, false),
            "StringNotEqualsIgnoreCase" => (Self::EqualsIgnoreCase, true),
            "StringLike" => (Self::Like, false),
            "StringNotLike" => (Self::Like, true),
            "ArnEquals" | "ArnLike" => (Self::Arn, false),
            "ArnNotEquals" | "ArnNotLike" => (Self::Arn, true),
            "Bool" => (Self::Bool, false),
            "IpAddress" => (Self::Address, false),
            "NotIpAddress" => (Self::Address, true),
            "Null" => (Self::Null, false),
            _ => return None,
        })
    }
}

/// Whether a value of a request compares to one of a policy.
pub(super) fn compare(operator: Operator, wanted: &Text, value: &Text) -> Truth {
    match operator {
        Operator::Equals | Operator::Like => wanted.matches(value),
        Operator::EqualsIgnoreCase | Operator::Bool => wanted.lowered().matches(&value.lowered()),
        Operator::Arn => compare_arns(wanted, value),
        Operator::Address => known(wanted, value, |wanted, value| {
            let address: Option<IpAddr> = value.parse().ok();
            let block = Block::read(wanted).or_else(|| {
                let address = wanted.parse().ok()?;
                Block::between(address, address)
            });
            block
                .zip(address)
                .is_some_and(|(block, address)| block.contains(address))
        }),
        Operator::Number(how) => known(wanted, value, |wanted, value| {
            let number = |text: &str| text.parse::<f64>().ok();
            let order = number(value).zip(number(wanted));
            order.is_some_and(|(value, wanted)| how.is(value.partial_cmp(&wanted)))
        }),
        Operator::Date(how) => known(wanted, value, |wanted, value| {
            let order = seconds(value).zip(seconds(wanted));
            order.is_some_and(|(value, wanted)| how.is(value.partial_cmp(&wanted)))
        }),
        Operator::Null => Truth::No,
    }
}

fn known(wanted: &Text, value: &Text, holds: impl Fn(&str, &str) -> bool) -> Truth {
    match wanted.as_known().zip(value.as_known()) {
        Some((wanted, value)) => Truth::from(holds(&wanted, &value)),
        None => Truth::Maybe(because("a value of a condition is not known")),
    }
}

/// Names are compared part by part, so that a wildcard does not reach over a colon before the last part.
fn compare_arns(wanted: &Text, value: &Text) -> Truth {
    let whole = wanted.matches(value);
    let (Truth::Yes, Some(value), false) = (&whole, value.as_known(), wanted.is_any()) else {
        return whole;
    };
    let (Some(parts), Some(value)) = (wanted.split(':', 6), arn::parts(&value)) else {
        return Truth::No;
    };
    let pairs = parts.iter().zip(value);
    let each = pairs.map(|(wanted, value)| wanted.matches(&Text::known(value)));
    each.fold(Truth::Yes, Truth::and)
}

impl Wanted {
    fn is(self, order: Option<Ordering>) -> bool {
        order.is_some_and(|order| match self {
            Self::Equal => order.is_eq(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
        })
    }
}

/// The seconds since 1970 of a date as ISO 8601 writes it in UTC, or of a number of seconds.
fn seconds(text: &str) -> Option<f64> {
    if let Ok(number) = text.parse::<f64>() {
        return Some(number);
    }
    let (date, time) = text.split_once('T').unwrap_or((text, "00:00:00Z"));
    let mut date = date.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (date.next()??, date.next()??, date.next()??);
    let mut time = time.strip_suffix('Z')?.splitn(3, ':');
    let mut part = || {
        time.next()
            .map_or(Some(0.0), |part| part.parse::<f64>().ok())
    };
    let (hours, minutes, rest) = (part()?, part()?, part()?);
    let is_valid =
        (0..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    let days = is_valid.then(|| days(year, month, day))?;
    let days = f64::from(i32::try_from(days).ok()?);
    Some(days * 86_400.0 + hours * 3_600.0 + minutes * 60.0 + rest)
}

/// The days since 1970 of a date of the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> i64 {
    // Years begin in March, so that the day of a leap year is the last one.
    let year = if month <= 2 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_seconds() {
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", Some(0.0)),
            ("2000-03-01", Some(951_868_800.0)),
            ("2024-02-29T12:30:00Z", Some(1_709_209_800.0)),
            ("17", Some(17.0)),
            ("2024-13-01", None),
            ("yesterday", None),
        ] {
            assert_eq!(seconds(text), expected, "{text}");
        }
    }
}
