//! Escapes that stand for one character: `\n`, `\x41`, `\101`, `\.`.

use super::parse::Invalid;

/// The character that an escape at the beginning of a text stands for, as a number because it may name a surrogate, and
/// what follows it.
pub(super) fn escaped(text: &str) -> Result<(u32, &str), Invalid> {
    let (letter, rest) =
        character(&text[1..]).ok_or_else(|| Invalid("it ends with a backslash".into()))?;
    let found = match letter {
        '0' => Some(octal(0, rest)),
        // A digit alone would refer to a group, which Go doesn't support.
        '1'..='7' if rest.starts_with(|digit| ('0'..='7').contains(&digit)) => {
            Some(octal(u32::from(letter) - u32::from('0'), rest))
        }
        'x' => hexadecimal(rest),
        'a' => Some((7, rest)),
        't' => Some((9, rest)),
        'n' => Some((10, rest)),
        'v' => Some((11, rest)),
        'f' => Some((12, rest)),
        'r' => Some((13, rest)),
        _ if letter.is_ascii() && !letter.is_ascii_alphanumeric() => Some((letter.into(), rest)),
        _ => None,
    };
    found.ok_or_else(|| Invalid("a backslash is followed by something that is no escape".into()))
}

/// The first character and what follows it.
pub(super) fn character(text: &str) -> Option<(char, &str)> {
    let first = text.chars().next()?;
    Some((first, &text[first.len_utf8()..]))
}

fn octal(first: u32, text: &str) -> (u32, &str) {
    let digits = text.chars().take(2).map_while(|digit| digit.to_digit(8));
    let (value, count) = digits.fold((first, 0), |(value, count), digit| {
        (value * 8 + digit, count + 1)
    });
    (value, &text[count..])
}

/// `41` or `{10FFFF}`.
fn hexadecimal(text: &str) -> Option<(u32, &str)> {
    let (digits, rest) = match text.strip_prefix('{') {
        Some(braced) => braced.split_once('}')?,
        None => text.split_at_checked(2)?,
    };
    let is_number = !digits.is_empty() && digits.chars().all(|digit| digit.is_ascii_hexdigit());
    let significant = digits.trim_start_matches('0');
    let value = match significant {
        "" => 0,
        _ => u32::from_str_radix(significant, 16).ok()?,
    };
    (is_number && value <= u32::from(char::MAX)).then_some((value, rest))
}
