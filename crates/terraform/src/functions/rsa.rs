//! RSA keys as they stand in files, and what they decrypt.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use dashu_int::UBig;
use dashu_int::fast_div::ConstDivisor;

/// The largest key, in bytes of its modulus.
const LARGEST: usize = 2048;

/// The private key of RSA.
pub(super) struct PrivateKey {
    modulus: UBig,
    exponent: UBig,
    /// The length of the modulus in bytes.
    length: usize,
}

impl PrivateKey {
    /// Reads a key in PEM: that of PKCS #1, of PKCS #8, or of OpenSSH, without a passphrase.
    pub(super) fn read(text: &str) -> Result<Self, &'static str> {
        let (label, bytes) = pem(text).ok_or("the key is not in PEM")?;
        let key = match label {
            "RSA PRIVATE KEY" => pkcs1(&bytes),
            "PRIVATE KEY" => pkcs8(&bytes),
            "OPENSSH PRIVATE KEY" => openssh(&bytes),
            _ => return Err("the key is of no kind that can be read"),
        };
        key.ok_or("the key is damaged, has a passphrase, or is not one of RSA")
    }

    fn new(modulus: &[u8], exponent: &[u8]) -> Option<Self> {
        let modulus = strip(modulus);
        let fits = !modulus.is_empty() && modulus.len() <= LARGEST && exponent.len() <= LARGEST;
        fits.then(|| Self {
            modulus: UBig::from_be_bytes(modulus),
            exponent: UBig::from_be_bytes(exponent),
            length: modulus.len(),
        })
    }

    /// Decrypts a message that was padded as PKCS #1 v1.5 says.
    ///
    /// Source: RFC 8017, section 7.2.2.
    pub(super) fn decrypt(&self, message: &[u8]) -> Option<Vec<u8>> {
        let message = UBig::from_be_bytes(message);
        if message >= self.modulus {
            return None;
        }
        let ring = ConstDivisor::new(self.modulus.clone());
        let decrypted = ring.reduce(message).pow(&self.exponent).residue();
        let bytes = decrypted.to_be_bytes();
        // The first byte of the block is zero, which the number does not show.
        let [2, padded @ ..] = &*bytes else {
            return None;
        };
        let padding = padded
            .iter()
            .position(|byte| *byte == 0)
            .filter(|padding| *padding >= 8)?;
        (bytes.len() + 1 == self.length).then(|| padded[padding + 1..].to_vec())
    }
}

/// The label and content of the first block of PEM.
fn pem(text: &str) -> Option<(&str, Vec<u8>)> {
    let begin = text.split_once("-----BEGIN ")?.1;
    let (label, rest) = begin.split_once("-----")?;
    let (body, _) = rest.split_once(&format!("-----END {label}-----"))?;
    // Headers tell of a passphrase.
    let body: String = body.split_whitespace().collect();
    Some((label, STANDARD.decode(body).ok()?))
}

fn pkcs1(bytes: &[u8]) -> Option<PrivateKey> {
    let mut key = Der(Der(bytes).take(0x30)?);
    key.take(0x02)?;
    let modulus = key.take(0x02)?;
    key.take(0x02)?;
    PrivateKey::new(modulus, key.take(0x02)?)
}

fn pkcs8(bytes: &[u8]) -> Option<PrivateKey> {
    /// 1.2.840.113549.1.1.1
    const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
    let mut info = Der(Der(bytes).take(0x30)?);
    info.take(0x02)?;
    let algorithm = Der(info.take(0x30)?).take(0x06)?;
    pkcs1(info.take(0x04).filter(|_| algorithm == RSA)?)
}

/// Source: <https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key>.
fn openssh(bytes: &[u8]) -> Option<PrivateKey> {
    let mut outer = Packet(bytes.strip_prefix(b"openssh-key-v1\0")?);
    let cipher = outer.string()?;
    outer.string()?;
    outer.string()?;
    let count = outer.number()?;
    outer.string()?;
    let mut inner = Packet(outer.string().filter(|_| cipher == b"none" && count == 1)?);
    let checks = (inner.number()?, inner.number()?);
    let kind = inner.string()?;
    let modulus = inner
        .string()
        .filter(|_| checks.0 == checks.1 && kind == b"ssh-rsa")?;
    inner.string()?;
    PrivateKey::new(modulus, inner.string()?)
}

/// Values in DER, one behind the other.
struct Der<'a>(&'a [u8]);

impl<'a> Der<'a> {
    /// The content of the next value, if it has the tag.
    fn take(&mut self, tag: u8) -> Option<&'a [u8]> {
        let [first, length, rest @ ..] = self.0 else {
            return None;
        };
        let (length, rest) = match length {
            0..0x80 => (usize::from(*length), rest),
            _ => {
                let (digits, rest) = rest.split_at_checked(usize::from(length & 0x7f))?;
                let fits = digits.len() <= 4;
                let length = digits
                    .iter()
                    .fold(0, |length, digit| length << 8 | usize::from(*digit));
                (Some(length).filter(|_| fits)?, rest)
            }
        };
        let (content, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        (*first == tag).then_some(content)
    }
}

/// Strings and numbers as SSH sends them.
struct Packet<'a>(&'a [u8]);

impl<'a> Packet<'a> {
    fn number(&mut self) -> Option<u32> {
        let (number, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u32::from_be_bytes(*number))
    }

    fn string(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        let (string, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(string)
    }
}

fn strip(bytes: &[u8]) -> &[u8] {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    &bytes[zeros..]
}
