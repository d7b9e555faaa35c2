//! The end of an X.509 certificate's validity, read from its DER encoding (RFC 5280, section 4.1).

const SEQUENCE: u8 = 0x30;
const VERSION: u8 = 0xa0;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;

/// When a certificate ceases to be valid, in seconds since 1970; `None` where it is malformed.
pub(super) fn not_after(der: &[u8]) -> Option<i64> {
    let mut certificate = Reader(Reader(der).expect(SEQUENCE)?);
    let mut signed = Reader(certificate.expect(SEQUENCE)?);
    let (tag, _) = signed.next()?;
    if tag == VERSION {
        signed.next()?; // the serial number
    }
    signed.next()?; // the signature's algorithm
    signed.next()?; // the issuer
    let mut validity = Reader(signed.expect(SEQUENCE)?);
    validity.next()?; // not before
    match validity.next()? {
        (UTC_TIME, text) => utc_time(text),
        (GENERALIZED_TIME, text) => generalized_time(text),
        _ => None,
    }
}

/// The values of DER that follow one another.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// The tag and content of the next value.
    fn next(&mut self) -> Option<(u8, &'a [u8])> {
        let (&tag, rest) = self.0.split_first()?;
        let (&first, rest) = rest.split_first()?;
        let (length, rest) = match first {
            ..=0x7f => (usize::from(first), rest),
            0x81..=0x84 => {
                let (bytes, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
                (
                    bytes
                        .iter()
                        .fold(0, |length, byte| length << 8 | usize::from(*byte)),
                    rest,
                )
            }
            _ => return None,
        };
        let (content, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some((tag, content))
    }

    /// The content of the next value, which must have the tag.
    fn expect(&mut self, tag: u8) -> Option<&'a [u8]> {
        self.next()
            .and_then(|(found, content)| (found == tag).then_some(content))
    }
}

/// `YYMMDDHHMMSSZ`, of the years 1950 to 2049.
fn utc_time(text: &[u8]) -> Option<i64> {
    let (year, rest) = text.split_at_checked(2)?;
    let year = number(year)?;
    seconds(if year < 50 { 2000 + year } else { 1900 + year }, rest)
}

/// `YYYYMMDDHHMMSSZ`.
fn generalized_time(text: &[u8]) -> Option<i64> {
    let (year, rest) = text.split_at_checked(4)?;
    seconds(number(year)?, rest)
}

/// The seconds since 1970 of a year and `MMDDHHMMSSZ`.
fn seconds(year: i64, text: &[u8]) -> Option<i64> {
    let [digits @ .., b'Z'] = text else {
        return None;
    };
    let fields: Vec<i64> = digits.chunks(2).map(number).collect::<Option<_>>()?;
    let [month @ 1..=12, day @ 1..=31, hour, minute, second] = fields[..] else {
        return None;
    };
    Some(days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second)
}

fn number(digits: &[u8]) -> Option<i64> {
    std::str::from_utf8(digits)
        .ok()
        .filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))?
        .parse()
        .ok()
}

/// The days since 1970 of a date of the Gregorian calendar. Years are counted from March, so that leap days come last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month > 2 { year } else { year - 1 };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_counted_from_1970() {
        assert_eq!(utc_time(b"700101000000Z"), Some(0));
        assert_eq!(utc_time(b"491231235959Z"), Some(2_524_607_999));
        assert_eq!(utc_time(b"500101000000Z"), Some(-631_152_000));
        assert_eq!(generalized_time(b"20000229120000Z"), Some(951_825_600));
        assert_eq!(generalized_time(b"20240301000000Z"), Some(1_709_251_200));
    }

    #[test]
    fn malformed_times_are_none() {
        for text in [
            "",
            "70",
            "700101000000",
            "7001010000Z",
            "701301000000Z",
            "70010100000xZ",
            "+70101000000Z",
        ] {
            assert_eq!(utc_time(text.as_bytes()), None, "{text}");
        }
    }
}
