//! Addresses, as Go's `net/url` reads and writes them.
//!
//! Source: <https://pkg.go.dev/net/url>.

mod escape;
mod parse;
#[cfg(test)]
mod tests;
mod write;

pub use escape::{Part, escape};
pub use parse::Invalid;

/// An address, or the parts that one is made of. What was escaped is bytes, which need not be text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Url {
    /// `https`.
    pub scheme: String,
    /// What follows the scheme where no slash does (`mailto:someone`).
    pub opaque: Vec<u8>,
    /// Who asks.
    pub user: Option<User>,
    /// The host, with the port.
    pub host: Vec<u8>,
    /// The path.
    pub path: Vec<u8>,
    /// What follows the question mark, as it is written.
    pub query: Vec<u8>,
    /// What follows the hash.
    pub fragment: Vec<u8>,
}

/// Who asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct User {
    /// The name.
    pub name: Vec<u8>,
    /// What follows the colon, where there is one.
    pub password: Option<Vec<u8>>,
}

impl Url {
    /// The host without its port, and without brackets.
    #[must_use]
    pub fn hostname(&self) -> &[u8] {
        let host = match self.host.iter().rposition(|byte| *byte == b':') {
            Some(colon) if parse::is_port(&self.host[colon..]) => &self.host[..colon],
            _ => &self.host,
        };
        host.strip_prefix(b"[")
            .and_then(|host| host.strip_suffix(b"]"))
            .unwrap_or(host)
    }
}
