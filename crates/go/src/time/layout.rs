//! Go's layouts of dates: a text in which the parts of one reference time stand for themselves.
//!
//! Source: <https://pkg.go.dev/time#Layout>.

/// How many digits of a month, day, hour … are written, and what fills the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Padding {
    /// As many digits as the number has.
    None,
    /// Zeros to the full length.
    Zero,
    /// Spaces to the full length.
    Space,
}

/// How an offset from universal time is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Offset {
    /// Whether no offset is written as `Z`.
    pub(super) z: bool,
    pub(super) colons: bool,
    pub(super) minutes: bool,
    pub(super) seconds: bool,
}

/// A part of a date in a layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    LongYear,
    ShortYear,
    LongMonth,
    ShortMonth,
    Month(Padding),
    LongWeekday,
    ShortWeekday,
    Day(Padding),
    YearDay(Padding),
    Hour,
    Hour12(Padding),
    Minute(Padding),
    Second(Padding),
    /// `PM`, or `pm` where it is small.
    HalfDay {
        small: bool,
    },
    ZoneName,
    Offset(Offset),
    /// `.000` or `.999`, with the count of digits.
    Fraction {
        comma: bool,
        digits: usize,
        trims: bool,
    },
}

/// Elements that their text alone tells, those that begin like others behind these.
const FIXED: [(&str, Element); 31] = [
    ("January", Element::LongMonth),
    ("Monday", Element::LongWeekday),
    ("MST", Element::ZoneName),
    ("01", Element::Month(Padding::Zero)),
    ("02", Element::Day(Padding::Zero)),
    ("03", Element::Hour12(Padding::Zero)),
    ("04", Element::Minute(Padding::Zero)),
    ("05", Element::Second(Padding::Zero)),
    ("06", Element::ShortYear),
    ("002", Element::YearDay(Padding::Zero)),
    ("15", Element::Hour),
    ("1", Element::Month(Padding::None)),
    ("2006", Element::LongYear),
    ("2", Element::Day(Padding::None)),
    ("_2", Element::Day(Padding::Space)),
    ("__2", Element::YearDay(Padding::Space)),
    ("3", Element::Hour12(Padding::None)),
    ("4", Element::Minute(Padding::None)),
    ("5", Element::Second(Padding::None)),
    ("PM", Element::HalfDay { small: false }),
    ("pm", Element::HalfDay { small: true }),
    ("-070000", offset(false, false, true, true)),
    ("-07:00:00", offset(false, true, true, true)),
    ("-0700", offset(false, false, true, false)),
    ("-07:00", offset(false, true, true, false)),
    ("-07", offset(false, false, false, false)),
    ("Z070000", offset(true, false, true, true)),
    ("Z07:00:00", offset(true, true, true, true)),
    ("Z0700", offset(true, false, true, false)),
    ("Z07:00", offset(true, true, true, false)),
    ("Z07", offset(true, false, false, false)),
];

/// Short names, which are only themselves where no small letter follows (`Month`).
const SHORT: [(&str, Element); 2] = [("Jan", Element::ShortMonth), ("Mon", Element::ShortWeekday)];

#[expect(
    clippy::fn_params_excessive_bools,
    reason = "the table above has one column for each"
)]
const fn offset(z: bool, colons: bool, minutes: bool, seconds: bool) -> Element {
    Element::Offset(Offset {
        z,
        colons,
        minutes,
        seconds,
    })
}

/// The text before the first element of a layout, the element with its text, and the rest.
pub(super) fn next(layout: &str) -> (&str, Option<(Element, &str)>, &str) {
    for (at, _) in layout.char_indices() {
        let rest = &layout[at..];
        // The underscore stands for itself before a year.
        if rest.starts_with("_2006") {
            let (year, after) = layout[at + 1..].split_at(4);
            return (&layout[..=at], Some((Element::LongYear, year)), after);
        }
        if let Some((element, length)) = element(rest) {
            let (text, after) = rest.split_at(length);
            return (&layout[..at], Some((element, text)), after);
        }
    }
    (layout, None, "")
}

/// The element that a layout begins with, and its length.
fn element(layout: &str) -> Option<(Element, usize)> {
    let known = |(text, element): &(&str, Element)| {
        layout.starts_with(text).then_some((*element, text.len()))
    };
    let alone = |(text, element): &(&str, Element)| {
        let after = layout.strip_prefix(text)?;
        let is_alone = !after.starts_with(|letter: char| letter.is_ascii_lowercase());
        is_alone.then_some((*element, text.len()))
    };
    FIXED
        .iter()
        .find_map(known)
        .or_else(|| SHORT.iter().find_map(alone))
        .or_else(|| fraction(layout))
}

fn fraction(layout: &str) -> Option<(Element, usize)> {
    let comma = match layout.as_bytes().first()? {
        b'.' => false,
        b',' => true,
        _ => return None,
    };
    let digit = char::from(*layout.as_bytes().get(1)?);
    if !matches!(digit, '0' | '9') {
        return None;
    }
    let after = layout[1..].trim_start_matches(digit);
    if after.starts_with(|digit: char| digit.is_ascii_digit()) {
        return None;
    }
    let digits = layout.len() - 1 - after.len();
    let trims = digit == '9';
    let fraction = Element::Fraction {
        comma,
        digits,
        trims,
    };
    Some((fraction, digits + 1))
}
