//! Points in time, and their text in Go's layouts.

mod calendar;
mod format;
mod layout;
mod parse;
#[cfg(test)]
mod tests;
mod zone;

use smol_str::SmolStr;

pub use calendar::{MONTHS, WEEKDAYS};
pub use parse::{Unreadable, parse};
pub use zone::Zone;

use calendar::Date;

const SECONDS_OF_DAY: i64 = 86_400;
const NANOSECONDS: i64 = 1_000_000_000;
/// No time is further from 1970 than this, in seconds: what is added to it can't overflow.
const FURTHEST: i64 = i64::MAX / 4;

/// A point in time, told by the clock of a zone.
#[derive(Clone, Debug, PartialEq)]
pub struct Time {
    /// Seconds since 1970 in universal time.
    unix: i64,
    /// Below a billion.
    nanosecond: i64,
    zone: Zone,
}

/// What the clock and the calendar of a zone show.
struct Civil {
    date: Date,
    /// 0 is Sunday.
    weekday: i64,
    hour: i64,
    minute: i64,
    second: i64,
    /// Seconds ahead of universal time.
    offset: i32,
    zone: SmolStr,
}

impl Time {
    /// The first of January of the year 1, which Go has where there is no time.
    pub const ZERO: Self = Self {
        unix: -62_135_596_800,
        nanosecond: 0,
        zone: Zone::Utc,
    };

    /// So many seconds after 1970 began, in universal time.
    #[must_use]
    pub fn from_unix(seconds: i64) -> Self {
        Self {
            unix: seconds.clamp(-FURTHEST, FURTHEST),
            nanosecond: 0,
            zone: Zone::Utc,
        }
    }

    /// Seconds since 1970.
    #[must_use]
    pub fn unix(&self) -> i64 {
        self.unix
    }

    /// The nanoseconds of the second, below a billion.
    #[must_use]
    pub fn nanosecond(&self) -> i64 {
        self.nanosecond
    }

    /// The clock that tells the time.
    #[must_use]
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// The day of the week, from 0 for Sunday.
    #[must_use]
    pub fn weekday(&self) -> i64 {
        self.civil().weekday
    }

    /// The time so many years, months and days later. Days that a month has not count on into the next. Of a zone whose
    /// clock is moved in between, the offset stays.
    #[must_use]
    pub fn plus_date(&self, years: i64, months: i64, days: i64) -> Self {
        const MOST: i64 = 1_000_000;
        let clamp = |number: i64| number.clamp(-MOST, MOST);
        let date = self.civil().date;
        let month = date.month - 1 + clamp(months);
        let first = Date {
            year: date.year + clamp(years) + month.div_euclid(12),
            month: month.rem_euclid(12) + 1,
            day: 1,
        };
        let moved = first.days() + date.day - 1 + clamp(days) - date.days();
        let unix = self.unix + moved * SECONDS_OF_DAY;
        Self {
            unix: unix.clamp(-FURTHEST, FURTHEST),
            ..self.clone()
        }
    }

    /// The same point in time by another clock.
    #[must_use]
    pub fn in_zone(self, zone: Zone) -> Self {
        Self { zone, ..self }
    }

    /// The time so many nanoseconds later.
    #[must_use]
    pub fn plus(&self, nanoseconds: i64) -> Self {
        let nanosecond = self.nanosecond + nanoseconds.rem_euclid(NANOSECONDS);
        let seconds = nanoseconds.div_euclid(NANOSECONDS) + nanosecond / NANOSECONDS;
        Self {
            unix: (self.unix + seconds).clamp(-FURTHEST, FURTHEST),
            nanosecond: nanosecond % NANOSECONDS,
            zone: self.zone.clone(),
        }
    }

    fn civil(&self) -> Civil {
        let (offset, zone) = self.zone.at(self.unix);
        let local = self.unix + i64::from(offset);
        let days = local.div_euclid(SECONDS_OF_DAY);
        let seconds = local.rem_euclid(SECONDS_OF_DAY);
        Civil {
            date: Date::of(days),
            weekday: (days + 4).rem_euclid(7),
            hour: seconds / 3600,
            minute: seconds / 60 % 60,
            second: seconds % 60,
            offset,
            zone,
        }
    }
}
