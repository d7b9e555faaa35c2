//! Base64, and where a text is none, as Go counts.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::WrongByte;

pub(super) fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Reads a text. Line breaks in it count as nothing, and so do the bits that are left at its end.
pub(in crate::functions) fn decode(text: &[u8]) -> Result<Vec<u8>, WrongByte> {
    let mut reader = Reader { text, position: 0 };
    let mut decoded = Vec::with_capacity(text.len() / 4 * 3);
    loop {
        let mut digits = [0; 4];
        let count = reader.group(&mut digits).map_err(wrong)?;
        let [a, b, c, d] = digits.map(u32::from);
        let bytes = (a << 18 | b << 12 | c << 6 | d).to_be_bytes();
        // So many digits hold one byte less.
        decoded.extend(bytes.iter().skip(1).take(count.saturating_sub(1)));
        if count < 4 {
            return Ok(decoded);
        }
    }
}

struct Reader<'t> {
    text: &'t [u8],
    position: usize,
}

impl Reader<'_> {
    /// Reads up to four digits; fewer only at the end.
    fn group(&mut self, digits: &mut [u8; 4]) -> Result<usize, usize> {
        for (index, value) in digits.iter_mut().enumerate() {
            self.skip_breaks();
            let Some(letter) = self.text.get(self.position) else {
                return match index {
                    0 => Ok(0),
                    _ => Err(self.position - index),
                };
            };
            self.position += 1;
            match digit(*letter) {
                Some(digit) => *value = digit,
                None if *letter == b'=' => return self.padding(index),
                None => return Err(self.position - 1),
            }
        }
        Ok(4)
    }

    /// Reads what follows the first `=`.
    fn padding(&mut self, digits: usize) -> Result<usize, usize> {
        if digits < 2 {
            return Err(self.position - 1);
        }
        if digits == 2 {
            self.skip_breaks();
            match self.text.get(self.position) {
                None => return Err(self.text.len()),
                Some(b'=') => self.position += 1,
                Some(_) => return Err(self.position - 1),
            }
        }
        self.skip_breaks();
        match self.position < self.text.len() {
            true => Err(self.position),
            false => Ok(digits),
        }
    }

    fn skip_breaks(&mut self) {
        while let Some(b'\r' | b'\n') = self.text.get(self.position) {
            self.position += 1;
        }
    }
}

fn digit(letter: u8) -> Option<u8> {
    Some(match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    })
}

fn wrong(at: usize) -> WrongByte {
    WrongByte {
        encoding: "base64",
        at,
    }
}
