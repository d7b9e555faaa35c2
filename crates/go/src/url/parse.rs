//! Text to addresses.

use std::net::Ipv6Addr;

use super::escape::{Part, unescape};
use super::{Url, User};

/// Why a text is no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Invalid(pub &'static str);

impl Url {
    /// Reads an address, which may be relative.
    ///
    /// # Errors
    /// When Go would refuse it.
    pub fn parse(text: &[u8]) -> Result<Self, Invalid> {
        let (address, fragment) = cut(text, b'#');
        let mut url = read(address)?;
        url.fragment = unescape(fragment, Part::Fragment)?;
        Ok(url)
    }
}

fn read(address: &[u8]) -> Result<Url, Invalid> {
    if address.iter().any(u8::is_ascii_control) {
        return Err(Invalid("invalid control character in URL"));
    }
    let mut url = Url::default();
    if address == b"*" {
        url.path = address.into();
        return Ok(url);
    }
    let (scheme, rest) = scheme(address)?;
    url.scheme = scheme.to_ascii_lowercase();
    let (rest, query) = cut(rest, b'?');
    url.query = query.into();
    if !rest.starts_with(b"/") {
        if !url.scheme.is_empty() {
            url.opaque = rest.into();
            return Ok(url);
        }
        if cut(rest, b'/').0.contains(&b':') {
            return Err(Invalid("first path segment in URL cannot contain colon"));
        }
    }
    let has_host = !url.scheme.is_empty() || !rest.starts_with(b"///");
    let path = match rest.strip_prefix(b"//").filter(|_| has_host) {
        Some(authority) => {
            let end = authority.iter().position(|byte| *byte == b'/');
            let (authority, path) = authority.split_at(end.unwrap_or(authority.len()));
            (url.user, url.host) = read_authority(authority)?;
            path
        }
        None => rest,
    };
    url.path = unescape(path, Part::Path)?;
    Ok(url)
}

/// What stands before the first of a byte, and what follows it.
fn cut(text: &[u8], at: u8) -> (&[u8], &[u8]) {
    match text.iter().position(|byte| *byte == at) {
        Some(position) => (&text[..position], &text[position + 1..]),
        None => (text, b""),
    }
}

fn scheme(address: &[u8]) -> Result<(&str, &[u8]), Invalid> {
    let is_letter = |byte: &&u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
    let length = address.iter().take_while(is_letter).count();
    let (scheme, rest) = address.split_at(length);
    let Some(rest) = rest.strip_prefix(b":") else {
        return Ok(("", address));
    };
    match scheme.first() {
        None => Err(Invalid("missing protocol scheme")),
        Some(first) if first.is_ascii_alphabetic() => {
            Ok((std::str::from_utf8(scheme).unwrap_or_default(), rest))
        }
        Some(_) => Ok(("", address)),
    }
}

fn read_authority(authority: &[u8]) -> Result<(Option<User>, Vec<u8>), Invalid> {
    let Some(at) = authority.iter().rposition(|byte| *byte == b'@') else {
        return Ok((None, read_host(authority)?));
    };
    let host = read_host(&authority[at + 1..])?;
    let user = &authority[..at];
    let is_valid = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._:~!$&'()*+,;=%@".contains(byte);
    if !user.iter().all(is_valid) {
        return Err(Invalid("invalid userinfo"));
    }
    let (name, password) = cut(user, b':');
    let has_password = user.contains(&b':');
    let user = User {
        name: unescape(name, Part::User)?,
        password: has_password
            .then(|| unescape(password, Part::User))
            .transpose()?,
    };
    Ok((Some(user), host))
}

fn read_host(host: &[u8]) -> Result<Vec<u8>, Invalid> {
    match host.iter().rposition(|byte| *byte == b'[') {
        Some(0) => return bracketed(host),
        Some(_) => return Err(Invalid("invalid IP-literal")),
        None => {}
    }
    // Only the last port is looked at: Helm's module asks for Go 1.24, where colons may stand in the name of any host.
    let colon = host.iter().rposition(|byte| *byte == b':');
    if colon.is_some_and(|colon| !is_port(&host[colon..])) {
        return Err(Invalid("invalid port after host"));
    }
    unescape(host, Part::Host)
}

fn bracketed(host: &[u8]) -> Result<Vec<u8>, Invalid> {
    let end = host.iter().rposition(|byte| *byte == b']');
    let end = end.ok_or(Invalid("missing ']' in host"))?;
    let (name, port) = (&host[1..end], &host[end + 1..]);
    if !is_port(port) {
        return Err(Invalid("invalid port after host"));
    }
    let zone = name.windows(3).position(|bytes| bytes == b"%25");
    let (address, zone) = name.split_at(zone.unwrap_or(name.len()));
    let address = unescape(address, Part::Host)?;
    let zone = unescape(zone, Part::Zone)?;
    let is_address =
        std::str::from_utf8(&address).is_ok_and(|text| text.parse::<Ipv6Addr>().is_ok());
    if !is_address || zone == b"%" {
        return Err(Invalid("invalid host"));
    }
    let port = unescape(port, Part::Host)?;
    Ok([b"[", address.as_slice(), &zone, b"]", &port].concat())
}

/// Whether a text is empty, or a colon and digits.
pub(super) fn is_port(text: &[u8]) -> bool {
    match text.split_first() {
        None => true,
        Some((b':', digits)) => digits.iter().all(u8::is_ascii_digit),
        Some(_) => false,
    }
}
