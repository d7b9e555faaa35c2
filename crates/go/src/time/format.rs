//! Times to text.

use std::fmt::{self, Write as _};

use super::layout::{Element, Offset, Padding, next};
use super::{Civil, Time, calendar};

impl Time {
    /// The time in a layout.
    #[must_use]
    pub fn format(&self, layout: &str) -> String {
        let civil = self.civil();
        let mut formatted = String::new();
        let mut rest = layout;
        while !rest.is_empty() {
            let (before, element, after) = next(rest);
            formatted.push_str(before);
            if let Some((element, _)) = element {
                formatted.push_str(&write(&civil, self.nanosecond, element));
            }
            rest = after;
        }
        formatted
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.format("2006-01-02 15:04:05.999999999 -0700 MST"))
    }
}

fn write(civil: &Civil, nanosecond: i64, element: Element) -> String {
    let date = civil.date;
    let month = name(&calendar::MONTHS, date.month - 1);
    let weekday = name(&calendar::WEEKDAYS, civil.weekday);
    match element {
        Element::LongYear => {
            let sign = if date.year < 0 { "-" } else { "" };
            format!("{sign}{:04}", date.year.abs())
        }
        Element::ShortYear => padded(date.year.abs() % 100, 2, Padding::Zero),
        Element::LongMonth => month.into(),
        Element::ShortMonth => month[..3].into(),
        Element::Month(padding) => padded(date.month, 2, padding),
        Element::LongWeekday => weekday.into(),
        Element::ShortWeekday => weekday[..3].into(),
        Element::Day(padding) => padded(date.day, 2, padding),
        Element::YearDay(padding) => padded(date.year_day(), 3, padding),
        Element::Hour => padded(civil.hour, 2, Padding::Zero),
        Element::Hour12(padding) => padded((civil.hour + 11) % 12 + 1, 2, padding),
        Element::Minute(padding) => padded(civil.minute, 2, padding),
        Element::Second(padding) => padded(civil.second, 2, padding),
        Element::HalfDay { small } => half_day(civil.hour, small).into(),
        Element::ZoneName => match civil.zone.as_str() {
            "" => offset(civil.offset, UNNAMED),
            name => name.into(),
        },
        Element::Offset(how) => offset(civil.offset, how),
        Element::Fraction {
            comma,
            digits,
            trims,
        } => fraction(nanosecond, comma, digits, trims),
    }
}

/// How the offset of a zone without a name is written in its place.
const UNNAMED: Offset = Offset {
    z: false,
    colons: false,
    minutes: true,
    seconds: false,
};

fn name(names: &[&'static str], index: i64) -> &'static str {
    let index = usize::try_from(index).unwrap_or_default();
    names.get(index).copied().unwrap_or("???")
}

fn padded(number: i64, length: usize, padding: Padding) -> String {
    match padding {
        Padding::None => number.to_string(),
        Padding::Zero => format!("{number:0length$}"),
        Padding::Space => format!("{number:length$}"),
    }
}

fn half_day(hour: i64, small: bool) -> &'static str {
    match (hour < 12, small) {
        (true, false) => "AM",
        (true, true) => "am",
        (false, false) => "PM",
        (false, true) => "pm",
    }
}

fn offset(seconds: i32, how: Offset) -> String {
    if how.z && seconds == 0 {
        return "Z".into();
    }
    let colon = if how.colons { ":" } else { "" };
    // A clock that is less than a minute behind is not behind in minutes.
    let minutes = seconds / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    let (minutes, rest) = (
        minutes.abs(),
        if minutes < 0 { -seconds } else { seconds } % 60,
    );
    let mut written = format!("{sign}{:02}", minutes / 60);
    if how.minutes {
        let _ = write!(written, "{colon}{:02}", minutes % 60);
    }
    if how.seconds {
        let _ = write!(written, "{colon}{rest:02}");
    }
    written
}

fn fraction(nanosecond: i64, comma: bool, digits: usize, trims: bool) -> String {
    let written = format!("{nanosecond:09}");
    let written = &written[..digits.min(9)];
    let written = match trims {
        true => written.trim_end_matches('0'),
        false => written,
    };
    match (written, comma) {
        ("", _) if trims => String::new(),
        (_, true) => format!(",{written}"),
        (_, false) => format!(".{written}"),
    }
}
