//! Timestamps of RFC 3339.

use std::fmt;

const NANOSECONDS: i128 = 1_000_000_000;
const SECONDS_OF_DAY: i64 = 86_400;

/// How a timestamp may be written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Strictness {
    /// As RFC 3339 says.
    Rfc3339,
    /// As Go reads it: the hour may have one digit, a comma may stand before the fraction, and the offset may be up to
    /// 24 hours and 60 minutes.
    Go,
}

/// A point in time, and the offset of the clock that showed it.
pub(super) struct Timestamp {
    /// Nanoseconds since 1970 in universal time.
    instant: i128,
    /// Minutes that the clock is ahead of universal time.
    offset: i64,
}

/// What a clock and a calendar show.
pub(super) struct Civil {
    pub(super) year: i64,
    pub(super) month: u8,
    pub(super) day: u8,
    /// 0 is Sunday.
    pub(super) weekday: u8,
    pub(super) hour: u8,
    pub(super) minute: u8,
    pub(super) second: u8,
}

impl Timestamp {
    pub(super) fn parse(text: &str, strictness: Strictness) -> Option<Self> {
        let mut reader = Reader {
            rest: text.as_bytes(),
            strictness,
        };
        let timestamp = reader.timestamp()?;
        reader.rest.is_empty().then_some(timestamp)
    }

    pub(super) fn instant(&self) -> i128 {
        self.instant
    }

    pub(super) fn plus(&self, nanoseconds: i64) -> Self {
        Self {
            instant: self.instant + i128::from(nanoseconds),
            offset: self.offset,
        }
    }

    pub(super) fn civil(&self) -> Civil {
        let local = self.instant.div_euclid(NANOSECONDS) + i128::from(self.offset * 60);
        let local = i64::try_from(local).unwrap_or_default();
        let (days, seconds) = (
            local.div_euclid(SECONDS_OF_DAY),
            local.rem_euclid(SECONDS_OF_DAY),
        );
        let (year, month, day) = date(days);
        Civil {
            year,
            month: small(month),
            day: small(day),
            weekday: small((days + 4).rem_euclid(7)),
            hour: small(seconds / 3600),
            minute: small(seconds / 60 % 60),
            second: small(seconds % 60),
        }
    }

    /// The offset as hours and minutes with its sign, and `separator` between them.
    pub(super) fn offset(&self, separator: &str) -> String {
        let sign = if self.offset < 0 { '-' } else { '+' };
        let minutes = self.offset.abs();
        format!("{sign}{:02}{separator}{:02}", minutes / 60, minutes % 60)
    }

    pub(super) fn is_universal(&self) -> bool {
        self.offset == 0
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Civil {
            year,
            month,
            day,
            hour,
            minute,
            second,
            ..
        } = self.civil();
        let sign = if year < 0 { "-" } else { "" };
        let year = year.abs();
        write!(
            f,
            "{sign}{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
        )?;
        match self.is_universal() {
            true => f.write_str("Z"),
            false => f.write_str(&self.offset(":")),
        }
    }
}

struct Reader<'t> {
    rest: &'t [u8],
    strictness: Strictness,
}

impl Reader<'_> {
    fn timestamp(&mut self) -> Option<Timestamp> {
        let year = self.digits(4)?;
        self.mark(b'-')?;
        let month = self.digits(2).filter(|month| (1..=12).contains(month))?;
        self.mark(b'-')?;
        let last = days_of_month(year, month);
        let day = self.digits(2).filter(|day| (1..=last).contains(day))?;
        self.mark(b'T')?;
        let hour = self.hour().filter(|hour| *hour < 24)?;
        self.mark(b':')?;
        let minute = self.digits(2).filter(|minute| *minute < 60)?;
        self.mark(b':')?;
        let second = self.digits(2).filter(|second| *second < 60)?;
        let fraction = self.fraction();
        let offset = self.offset()?;
        let minutes = (days(year, month, day) * 24 + hour) * 60 + minute - offset;
        let seconds = i128::from(minutes * 60 + second);
        let instant = seconds * NANOSECONDS + i128::from(fraction);
        Some(Timestamp { instant, offset })
    }

    fn digits(&mut self, count: usize) -> Option<i64> {
        let (digits, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        digits.iter().try_fold(0, |number, digit| {
            digit
                .is_ascii_digit()
                .then(|| number * 10 + i64::from(digit - b'0'))
        })
    }

    fn mark(&mut self, mark: u8) -> Option<()> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        (*first == mark).then_some(())
    }

    fn hour(&mut self) -> Option<i64> {
        let has_two = self.rest.get(1).is_some_and(u8::is_ascii_digit);
        let count = if has_two || self.strictness == Strictness::Rfc3339 {
            2
        } else {
            1
        };
        self.digits(count)
    }

    /// Nanoseconds after a point; further digits are dropped.
    fn fraction(&mut self) -> i64 {
        let comma = self.strictness == Strictness::Go;
        let [b'.' | b',', digits @ ..] = self.rest else {
            return 0;
        };
        let count = digits
            .iter()
            .take_while(|digit| digit.is_ascii_digit())
            .count();
        if count == 0 || (self.rest[0] == b',' && !comma) {
            return 0;
        }
        self.rest = &digits[count..];
        let nine = (0..9).map(|index| digits[..count].get(index).map_or(0, |digit| digit - b'0'));
        nine.fold(0, |number, digit| number * 10 + i64::from(digit))
    }

    /// Minutes.
    fn offset(&mut self) -> Option<i64> {
        let (sign, rest) = self.rest.split_first()?;
        self.rest = rest;
        let sign = match sign {
            b'Z' => return Some(0),
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        let (most_hours, most_minutes) = match self.strictness {
            Strictness::Rfc3339 => (23, 59),
            Strictness::Go => (24, 60),
        };
        let hours = self.digits(2).filter(|hours| *hours <= most_hours)?;
        self.mark(b':')?;
        let minutes = self.digits(2).filter(|minutes| *minutes <= most_minutes)?;
        Some(sign * (hours * 60 + minutes))
    }
}

fn days_of_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The day's number, from 1970-01-01.
///
/// Source: <https://howardhinnant.github.io/date_algorithms.html>.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Year, month and day of a day's number.
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let leap_days = day_of_era / 1460 - day_of_era / 36_524 + day_of_era / 146_096;
    let year_of_era = (day_of_era - leap_days) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

fn small(number: i64) -> u8 {
    u8::try_from(number).unwrap_or_default()
}
