//! Durations such as `1h30m`, as Go's `time.ParseDuration` reads them.

/// The largest magnitude of a negative duration.
const LIMIT: u64 = 1 << 63;

/// Reads a duration, in nanoseconds.
#[must_use]
pub fn parse(text: &str) -> Option<i64> {
    let (negative, mut rest) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    if rest == "0" {
        return Some(0);
    }
    if rest.is_empty() {
        return None;
    }
    let mut total: u64 = 0;
    while !rest.is_empty() {
        let (part, after) = part(rest)?;
        total = total.checked_add(part).filter(|total| *total <= LIMIT)?;
        rest = after;
    }
    if negative {
        return 0_i64.checked_sub_unsigned(total);
    }
    i64::try_from(total).ok()
}

/// A number with its unit, and what follows.
fn part(text: &str) -> Option<(u64, &str)> {
    let (integer, rest) = digits(text);
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(after) => digits(after),
        None => ("", rest),
    };
    if integer.is_empty() && fraction.is_empty() {
        return None;
    }
    let is_number = |letter: char| letter == '.' || letter.is_ascii_digit();
    let (unit, rest) = rest.split_at(rest.find(is_number).unwrap_or(rest.len()));
    let unit = nanoseconds(unit)?;
    let integer = match integer {
        "" => 0,
        digits => digits.parse().ok()?,
    };
    let whole = unit.checked_mul(integer).filter(|whole| *whole <= LIMIT)?;
    let total = whole.checked_add(part_of(unit, fraction))?;
    (total <= LIMIT).then_some((total, rest))
}

fn digits(text: &str) -> (&str, &str) {
    let end = text.find(|letter: char| !letter.is_ascii_digit());
    text.split_at(end.unwrap_or(text.len()))
}

fn nanoseconds(unit: &str) -> Option<u64> {
    Some(match unit {
        "ns" => 1,
        "us" | "\u{b5}s" | "\u{3bc}s" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => return None,
    })
}

/// A decimal fraction of a unit, rounded down. Eighteen digits are more than an hour has nanoseconds.
fn part_of(unit: u64, fraction: &str) -> u64 {
    let digits = &fraction[..fraction.len().min(18)];
    let scale = 10_u128.pow(u32::try_from(digits.len()).unwrap_or_default());
    let numerator = u128::from(digits.parse().unwrap_or(0_u64));
    u64::try_from(numerator * u128::from(unit) / scale).unwrap_or(u64::MAX)
}
