//! The points in time that YAML's scalars may be.

use std::fmt;

/// A point in time, to the second.
///
/// Source: <https://yaml.org/type/timestamp.html>, of which go-yaml takes a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Timestamp {
    date: [u32; 3],
    clock: [u32; 3],
    /// The minutes that the clock is ahead of UTC.
    offset: i32,
}

impl Timestamp {
    /// Reads a date, a date and a time behind a blank, or one with a zone behind a `T`.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (date, rest) = match text.find(['T', 't', ' ']) {
            Some(at) => (
                &text[..at],
                Some((text.as_bytes()[at] == b' ', &text[at + 1..])),
            ),
            None => (text, None),
        };
        let date = read_date(date)?;
        let (clock, offset) = match rest {
            None => ([0; 3], 0),
            Some((true, clock)) => (read_clock(clock)?, 0),
            Some((false, rest)) => read_zoned(rest)?,
        };
        Some(Self {
            date,
            clock,
            offset,
        })
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ([year, month, day], [hour, minute, second]) = (self.date, self.clock);
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
        )?;
        if self.offset == 0 {
            return f.write_str("Z");
        }
        let sign = if self.offset < 0 { '-' } else { '+' };
        let minutes = self.offset.unsigned_abs();
        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

fn read_zoned(text: &str) -> Option<([u32; 3], i32)> {
    if let Some(clock) = text.strip_suffix('Z') {
        return Some((read_clock(clock)?, 0));
    }
    let at = text.rfind(['+', '-'])?;
    let (hours, minutes) = text[at + 1..].split_once(':')?;
    let hours = number(hours, 2..=2, 0..=24)?;
    let minutes = number(minutes, 2..=2, 0..=60)?;
    let offset = i32::try_from(hours * 60 + minutes).ok()?;
    let offset = if text.as_bytes()[at] == b'-' {
        -offset
    } else {
        offset
    };
    Some((read_clock(&text[..at])?, offset))
}

fn read_date(text: &str) -> Option<[u32; 3]> {
    let mut parts = text.split('-');
    let year = number(parts.next()?, 4..=4, 0..=9999)?;
    let month = number(parts.next()?, 1..=2, 1..=12)?;
    let day = number(parts.next()?, 1..=2, 1..=31)?;
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (day <= days && parts.next().is_none()).then_some([year, month, day])
}

fn read_clock(text: &str) -> Option<[u32; 3]> {
    let (clock, fraction) = match text.find(['.', ',']) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let mut parts = clock.split(':');
    let hour = number(parts.next()?, 1..=2, 0..=23)?;
    let minute = number(parts.next()?, 1..=2, 0..=59)?;
    let second = number(parts.next()?, 1..=2, 0..=59)?;
    let is_fraction =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (parts.next().is_none() && fraction.is_none_or(is_fraction)).then_some([hour, minute, second])
}

fn number(
    text: &str,
    lengths: std::ops::RangeInclusive<usize>,
    values: std::ops::RangeInclusive<u32>,
) -> Option<u32> {
    let is_number = lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = is_number.then(|| text.parse().ok())??;
    values.contains(&number).then_some(number)
}
