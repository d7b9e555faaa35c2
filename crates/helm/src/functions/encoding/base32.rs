//! Base32, and where a text is none, as Go counts.

use super::WrongByte;

const DIGITS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

pub(super) fn encode(bytes: &[u8]) -> String {
    let mut encoded = String::with_capacity(bytes.len().div_ceil(5) * 8);
    for group in bytes.chunks(5) {
        let mut bits = [0; 8];
        bits[3..3 + group.len()].copy_from_slice(group);
        let bits = u64::from_be_bytes(bits);
        let count = (group.len() * 8).div_ceil(5);
        for index in 0..8 {
            let digit = usize::try_from(bits >> (35 - 5 * index) & 31).unwrap_or(0);
            let is_there = index < count;
            encoded.push(if is_there {
                char::from(DIGITS[digit])
            } else {
                '='
            });
        }
    }
    encoded
}

/// Reads a text. Line breaks in it count as nothing, and so do the bits that are left at its end.
pub(super) fn decode(text: &[u8]) -> Result<Vec<u8>, WrongByte> {
    let text: Vec<u8> = text
        .iter()
        .copied()
        .filter(|byte| !matches!(byte, b'\r' | b'\n'))
        .collect();
    let mut decoded = Vec::with_capacity(text.len() / 8 * 5);
    let mut position = 0;
    while position < text.len() {
        let mut digits = [0; 8];
        let count = group(&text, position, &mut digits).map_err(wrong)?;
        let bits = digits
            .iter()
            .fold(0, |bits, digit| bits << 5 | u64::from(*digit));
        decoded.extend(bits.to_be_bytes().iter().skip(3).take(count * 5 / 8));
        position += 8;
        // Nothing behind padding is read.
        if count < 8 {
            break;
        }
    }
    Ok(decoded)
}

/// Reads up to eight digits; fewer only where padding follows up to the end.
fn group(text: &[u8], start: usize, digits: &mut [u8; 8]) -> Result<usize, usize> {
    for (index, value) in digits.iter_mut().enumerate() {
        let at = start + index;
        let Some(letter) = text.get(at) else {
            return Err(text.len() - index);
        };
        let rest = &text[at + 1..];
        if *letter == b'=' && index >= 2 && rest.len() < 8 {
            return padded(text, rest, index);
        }
        let digit = DIGITS.iter().position(|digit| digit == letter).ok_or(at)?;
        *value = u8::try_from(digit).unwrap_or(0);
    }
    Ok(8)
}

/// Checks what follows the first `=`.
fn padded(text: &[u8], rest: &[u8], digits: usize) -> Result<usize, usize> {
    let missing = 7 - digits;
    if rest.len() < missing {
        return Err(text.len());
    }
    if let Some(wrong) = rest.iter().take(missing).position(|byte| *byte != b'=') {
        return Err((text.len() - rest.len() + wrong).saturating_sub(1));
    }
    match digits {
        3 | 6 => Err(text.len() - rest.len() - 1),
        _ => Ok(digits),
    }
}

fn wrong(at: usize) -> WrongByte {
    WrongByte {
        encoding: "base32",
        at,
    }
}
