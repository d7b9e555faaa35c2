//! Text to times.

use smol_str::SmolStr;

use super::calendar::{Date, MONTHS, WEEKDAYS, days_of_month};
use super::layout::{Element, Offset, Padding, next};
use super::{SECONDS_OF_DAY, Time, Zone};

/// Why a text is no time in a layout.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// A part of the text is not what the layout has there.
    #[error("parsing time: cannot parse as \"{0}\"")]
    Part(String),
    /// Text follows that the layout does not have.
    #[error("parsing time: extra text")]
    Extra,
    /// A number is too large or too small.
    #[error("parsing time: {0} out of range")]
    Range(&'static str),
    /// The day of the year is not that of the month.
    #[error("parsing time: day-of-year does not match {0}")]
    Mismatch(&'static str),
}

/// Reads a text that has a layout; without a zone in it, it is universal time.
///
/// # Errors
/// When the text does not have the layout, or there is no such day.
pub fn parse(layout: &str, text: &str) -> Result<Time, Unreadable> {
    let mut read = Read {
        rest: text.as_bytes(),
        ..Read::default()
    };
    let mut layout = layout;
    loop {
        let (before, element, after) = next(layout);
        read.skip(before)
            .ok_or_else(|| Unreadable::Part(before.into()))?;
        let Some((element, written)) = element else {
            break;
        };
        layout = after;
        let part = read.element(element, layout);
        if let Some(what) = read.out_of_range {
            return Err(Unreadable::Range(what));
        }
        part.ok_or_else(|| Unreadable::Part(written.into()))?;
    }
    match read.rest {
        [] => read.time(),
        _ => Err(Unreadable::Extra),
    }
}

/// What was read so far.
#[derive(Default)]
struct Read<'t> {
    rest: &'t [u8],
    out_of_range: Option<&'static str>,
    year: i64,
    month: Option<i64>,
    day: Option<i64>,
    year_day: Option<i64>,
    hour: i64,
    minute: i64,
    second: i64,
    nanosecond: i64,
    /// Whether it is the second half of the day.
    half: Option<bool>,
    is_universal: bool,
    offset: Option<i32>,
    zone: Option<SmolStr>,
}

impl Read<'_> {
    /// Reads what stands between elements; spaces stand for any number of them.
    fn skip(&mut self, expected: &str) -> Option<()> {
        let mut expected = expected.as_bytes();
        while let Some((first, after)) = expected.split_first() {
            if *first == b' ' {
                if self.rest.first().is_some_and(|byte| *byte != b' ') {
                    return None;
                }
                expected = without_blanks(expected);
                self.rest = without_blanks(self.rest);
                continue;
            }
            let (found, rest) = self.rest.split_first()?;
            if found != first {
                return None;
            }
            (self.rest, expected) = (rest, after);
        }
        Some(())
    }

    fn element(&mut self, element: Element, layout: &str) -> Option<()> {
        match element {
            Element::LongYear => {
                self.rest.first().filter(|byte| byte.is_ascii_digit())?;
                self.year = self.integer(4)?;
            }
            Element::ShortYear => {
                let year = self.integer(2)?;
                self.year = year + if year >= 69 { 1900 } else { 2000 };
            }
            Element::LongMonth => self.month = Some(self.named(&MONTHS, usize::MAX)? + 1),
            Element::ShortMonth => self.month = Some(self.named(&MONTHS, 3)? + 1),
            Element::Month(padding) => {
                let month = self.number(padding)?;
                self.check(month, 1..=12, "month");
                self.month = Some(month);
            }
            Element::LongWeekday => _ = self.named(&WEEKDAYS, usize::MAX)?,
            Element::ShortWeekday => _ = self.named(&WEEKDAYS, 3)?,
            Element::Day(padding) => self.day = Some(self.number(padding)?),
            Element::YearDay(padding) => self.year_day = Some(self.year_day(padding)?),
            Element::Hour => {
                self.hour = self.number(Padding::None)?;
                self.check(self.hour, 0..=23, "hour");
            }
            Element::Hour12(padding) => {
                self.hour = self.number(padding)?;
                self.check(self.hour, 0..=12, "hour");
            }
            Element::Minute(padding) => {
                self.minute = self.number(padding)?;
                self.check(self.minute, 0..=59, "minute");
            }
            Element::Second(padding) => self.seconds(padding, layout)?,
            Element::HalfDay { small } => self.half = Some(self.half_day(small)?),
            Element::ZoneName => self.zone_name()?,
            Element::Offset(how) => self.zone_offset(how)?,
            Element::Fraction { digits, trims, .. } => match trims {
                true => self.fraction_of_any_length()?,
                false => self.nanosecond = self.fraction(digits)?,
            },
        }
        Some(())
    }

    fn check(&mut self, number: i64, range: std::ops::RangeInclusive<i64>, what: &'static str) {
        if !range.contains(&number) {
            self.out_of_range = Some(what);
        }
    }

    fn take(&mut self, count: usize) -> Option<&[u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    /// A number of so many bytes, which may have a sign.
    fn integer(&mut self, count: usize) -> Option<i64> {
        std::str::from_utf8(self.take(count)?).ok()?.parse().ok()
    }

    /// A number of two digits, or of one where the layout doesn't pad it with zeros.
    fn number(&mut self, padding: Padding) -> Option<i64> {
        if padding == Padding::Space && self.rest.first() == Some(&b' ') {
            self.rest = &self.rest[1..];
        }
        let least = if padding == Padding::Zero { 2 } else { 1 };
        self.digits(least, 2)
    }

    fn year_day(&mut self, padding: Padding) -> Option<i64> {
        let is_blank = |byte: &&u8| padding == Padding::Space && **byte == b' ';
        let blanks = self.rest.iter().take(2).take_while(is_blank).count();
        self.rest = &self.rest[blanks..];
        let least = if padding == Padding::Zero { 3 } else { 1 };
        self.digits(least, 3)
    }

    fn digits(&mut self, least: usize, most: usize) -> Option<i64> {
        let digits = self.rest.iter().take(most);
        let count = digits.take_while(|byte| byte.is_ascii_digit()).count();
        if count < least {
            return None;
        }
        self.integer(count)
    }

    /// The index of a name of which so many letters are written, in any case.
    fn named(&mut self, names: &[&str], letters: usize) -> Option<i64> {
        let is_it = |name: &&str| {
            let name = &name.as_bytes()[..letters.min(name.len())];
            let text = self.rest.get(..name.len())?;
            text.eq_ignore_ascii_case(name).then_some(name.len())
        };
        let (index, length) = names
            .iter()
            .enumerate()
            .find_map(|(index, name)| Some((index, is_it(name)?)))?;
        self.rest = &self.rest[length..];
        i64::try_from(index).ok()
    }

    /// A fraction may follow though the layout has none.
    fn seconds(&mut self, padding: Padding, layout: &str) -> Option<()> {
        self.second = self.number(padding)?;
        self.check(self.second, 0..=59, "second");
        if !matches!(next(layout).1, Some((Element::Fraction { .. }, _))) {
            return self.fraction_of_any_length();
        }
        Some(())
    }

    fn fraction_of_any_length(&mut self) -> Option<()> {
        let [b'.' | b',', digits @ ..] = self.rest else {
            return Some(());
        };
        let count = digits.iter().take_while(|byte| byte.is_ascii_digit());
        let count = count.count();
        if count > 0 {
            self.nanosecond = self.fraction(count)?;
        }
        Some(())
    }

    /// A mark and so many digits, in nanoseconds.
    fn fraction(&mut self, count: usize) -> Option<i64> {
        let [b'.' | b',', digits @ ..] = self.take(count + 1)? else {
            return None;
        };
        let digits = std::str::from_utf8(&digits[..count.min(9)]).ok()?;
        let scale = 10_i64.pow(u32::try_from(9 - digits.len()).ok()?);
        let nanosecond = digits.parse::<i64>().ok()? * scale;
        self.check(nanosecond, 0..=i64::MAX, "fractional second");
        Some(nanosecond)
    }

    fn half_day(&mut self, small: bool) -> Option<bool> {
        match (self.take(2)?, small) {
            (b"AM", false) | (b"am", true) => Some(false),
            (b"PM", false) | (b"pm", true) => Some(true),
            _ => None,
        }
    }

    fn zone_name(&mut self) -> Option<()> {
        if let Some(rest) = self.rest.strip_prefix(b"UTC") {
            self.rest = rest;
            self.is_universal = true;
            return Some(());
        }
        let length = zone_name_length(self.rest)?;
        let name = std::str::from_utf8(self.take(length)?).ok()?;
        self.zone = Some(name.into());
        Some(())
    }

    fn zone_offset(&mut self, how: Offset) -> Option<()> {
        if how.z && self.rest.first() == Some(&b'Z') {
            self.rest = &self.rest[1..];
            self.is_universal = true;
            return Some(());
        }
        let sign = match self.take(1)? {
            b"+" => 1,
            b"-" => -1,
            _ => return None,
        };
        let hours = self.digits(2, 2)?;
        let part = |read: &mut Self, is_written: bool| match is_written {
            true if how.colons && read.take(1)? != b":" => None,
            true => read.digits(2, 2),
            false => Some(0),
        };
        let minutes = part(self, how.minutes)?;
        let seconds = part(self, how.seconds)?;
        self.check(hours, 0..=24, "time zone offset hour");
        self.check(minutes, 0..=60, "time zone offset minute");
        self.check(seconds, 0..=60, "time zone offset second");
        let offset = (hours * 60 + minutes) * 60 + seconds;
        self.offset = Some(i32::try_from(sign * offset).ok()?);
        Some(())
    }

    fn time(self) -> Result<Time, Unreadable> {
        let date = self.date()?;
        let hour = match self.half {
            Some(true) if self.hour < 12 => self.hour + 12,
            Some(false) if self.hour == 12 => 0,
            _ => self.hour,
        };
        let clock = (hour * 60 + self.minute) * 60 + self.second;
        let (offset, zone) = self.zone();
        Ok(Time {
            unix: date.days() * SECONDS_OF_DAY + clock - i64::from(offset),
            nanosecond: self.nanosecond,
            zone,
        })
    }

    fn date(&self) -> Result<Date, Unreadable> {
        let of = |month, day| Date {
            year: self.year,
            month,
            day,
        };
        let Some(year_day) = self.year_day else {
            let (month, day) = (self.month.unwrap_or(1), self.day.unwrap_or(1));
            if !(1..=days_of_month(self.year, month)).contains(&day) {
                return Err(Unreadable::Range("day"));
            }
            return Ok(of(month, day));
        };
        let days = of(1, 1).days() + year_day - 1;
        let date = Date::of(days);
        if year_day < 1 || date.year != self.year {
            return Err(Unreadable::Range("day-of-year"));
        }
        if self.month.is_some_and(|month| month != date.month) {
            return Err(Unreadable::Mismatch("month"));
        }
        if self.day.is_some_and(|day| day != date.day) {
            return Err(Unreadable::Mismatch("day"));
        }
        Ok(date)
    }

    /// The seconds that the clock is ahead, and its zone. Of names only that of universal time says how far.
    fn zone(&self) -> (i32, Zone) {
        if self.is_universal {
            return (0, Zone::Utc);
        }
        let name = self.zone.clone();
        match (self.offset, name) {
            (None, None) => (0, Zone::Utc),
            (Some(0), None) => (0, Zone::Utc),
            (Some(offset), name) => (offset, Zone::Fixed(offset, name.unwrap_or_default())),
            (None, Some(name)) => {
                let hours = name
                    .strip_prefix("GMT")
                    .and_then(|hours| hours.parse().ok());
                // The clock is named, and the text is nevertheless taken for universal time.
                (0, Zone::Fixed(3600 * hours.unwrap_or(0), name))
            }
        }
    }
}

/// The length of the name of a zone that a text begins with.
fn zone_name_length(text: &[u8]) -> Option<usize> {
    if text.starts_with(b"ChST") || text.starts_with(b"MeST") {
        return Some(4);
    }
    if let Some(rest) = text.strip_prefix(b"GMT") {
        return Some(3 + signed_hours(rest).unwrap_or(0));
    }
    if text.len() < 3 {
        return None;
    }
    if matches!(text[0], b'+' | b'-') {
        return signed_hours(text);
    }
    let capitals = text.iter().take(6);
    let capitals = capitals.take_while(|byte| byte.is_ascii_uppercase());
    match capitals.count() {
        3 => Some(3),
        4 if text[3] == b'T' || text.starts_with(b"WITA") => Some(4),
        5 if text[4] == b'T' => Some(5),
        _ => None,
    }
}

/// The length of `+03` or `-4` at the beginning of a text.
fn signed_hours(text: &[u8]) -> Option<usize> {
    let ([b'+' | b'-'], rest) = text.split_at_checked(1)? else {
        return None;
    };
    let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let hours: u64 = std::str::from_utf8(&rest[..count]).ok()?.parse().ok()?;
    (hours <= 23).then_some(count + 1)
}

fn without_blanks(text: &[u8]) -> &[u8] {
    let blanks = text.iter().take_while(|byte| **byte == b' ').count();
    &text[blanks..]
}
