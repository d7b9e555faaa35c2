//! Snapshots as files: lines of JSON, packed. The first says what was read, each other is an object.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::sync::Arc;

use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};

use super::secret::without_values;
use super::{About, Kind, Snapshot};

/// What the first line says of the form.
const FORM: &str = "scantling/snapshot/v1";

/// What packed files begin with (RFC 1952, section 2.3.1).
const GZIP: &[u8] = b"\x1f\x8b";

/// How much of a snapshot is unpacked.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// All of it, in bytes.
    pub total: u64,
    /// One line, in bytes: etcd keeps no object of more than 1.5 MiB.
    pub line: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            total: 2 << 30,
            line: 16 << 20,
        }
    }
}

/// Why a snapshot ends before its end.
#[derive(Debug, thiserror::Error)]
pub enum Damage {
    /// It is another form, or of a later version.
    #[error(
        "its first line does not say `{FORM}`; take the snapshot with this version of the program"
    )]
    Form,
    /// It can't be unpacked further.
    #[error("it can't be unpacked behind object {0}: {1}; take it again")]
    Unpacking(usize, io::Error),
    /// It is larger than what is unpacked.
    #[error("it is larger than {0} bytes; take it of one namespace (`-n`)")]
    TooLarge(u64),
    /// A line is longer than any object.
    #[error("object {0} is longer than {1} bytes")]
    TooLong(usize, u64),
    /// A line is no text.
    #[error("object {0} is no text")]
    NoText(usize),
}

/// The first line.
#[derive(Serialize, Deserialize)]
struct Head {
    form: String,
    about: About,
    kinds: Vec<Kind>,
}

/// Whether bytes may be a snapshot: they are packed, and what is packed begins like one.
#[must_use]
pub fn is_snapshot(bytes: &[u8]) -> bool {
    let start = format!("{{\"form\":\"{FORM}\"");
    let mut found = Vec::new();
    let unpacked = MultiGzDecoder::new(bytes)
        .take(start.len() as u64)
        .read_to_end(&mut found);
    bytes.starts_with(GZIP) && unpacked.is_ok() && found == start.as_bytes()
}

impl Snapshot {
    /// The bytes of its file, which has no values of Secrets, even if they were read.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write(&self, out: impl Write) -> io::Result<()> {
        let mut out = GzEncoder::new(out, Compression::default());
        let head = Head {
            form: FORM.to_owned(),
            about: self.about.clone(),
            kinds: self.kinds.clone(),
        };
        serde_json::to_writer(&mut out, &head)?;
        for object in &self.objects {
            out.write_all(b"\n")?;
            out.write_all(without_values(object).as_bytes())?;
        }
        out.write_all(b"\n")?;
        out.finish()?.flush()
    }

    /// What a file says of the cluster, if it is that of a snapshot.
    #[must_use]
    pub fn about(bytes: &[u8]) -> Option<About> {
        let mut lines = Lines::of(bytes, Limits::default());
        let head: Head = is_snapshot(bytes)
            .then(|| serde_json::from_str(&lines.next()?.ok()?).ok())
            .flatten()?;
        Some(head.about)
    }

    /// What a file holds. Where it is damaged, what stands before the damage is kept.
    #[must_use]
    pub fn read(bytes: &[u8], limits: Limits) -> (Self, Option<Damage>) {
        let mut lines = Lines::of(bytes, limits);
        let head = match lines.next() {
            Some(Ok(head)) => serde_json::from_str(&head).ok(),
            Some(Err(damage)) => return (Self::default(), Some(damage)),
            None => None,
        };
        let head: Option<Head> = head.filter(|head: &Head| head.form == FORM);
        let Some(Head { about, kinds, .. }) = head else {
            return (Self::default(), Some(Damage::Form));
        };
        let mut damage = None;
        let objects = lines.map_while(|line| line.map_err(|why| damage = Some(why)).ok());
        let objects = objects.filter(|line| !line.is_empty()).collect();
        let snapshot = Self {
            about,
            kinds,
            objects,
        };
        (snapshot, damage)
    }
}

/// The lines of an unpacked snapshot, within limits.
struct Lines<R> {
    inner: R,
    limits: Limits,
    /// Of the line that is read next.
    number: usize,
}

impl<'b> Lines<BufReader<io::Take<MultiGzDecoder<&'b [u8]>>>> {
    fn of(bytes: &'b [u8], limits: Limits) -> Self {
        Self {
            inner: BufReader::new(MultiGzDecoder::new(bytes).take(limits.total + 1)),
            limits,
            number: 0,
        }
    }
}

impl<R: Read> Iterator for Lines<BufReader<io::Take<R>>> {
    type Item = Result<Arc<str>, Damage>;

    fn next(&mut self) -> Option<Self::Item> {
        let number = self.number;
        self.number += 1;
        let mut line = Vec::new();
        let mut part = self.inner.by_ref().take(self.limits.line + 1);
        match part.read_until(b'\n', &mut line) {
            Ok(0) => return None,
            Ok(read) if read as u64 > self.limits.line => {
                return Some(Err(Damage::TooLong(number, self.limits.line)));
            }
            Ok(_) => {}
            Err(error) => return Some(Err(Damage::Unpacking(number.saturating_sub(1), error))),
        }
        if self.inner.get_ref().limit() == 0 {
            return Some(Err(Damage::TooLarge(self.limits.total)));
        }
        if line.last() == Some(&b'\n') {
            line.pop();
        }
        let text = String::from_utf8(line).map_err(|_| Damage::NoText(number));
        Some(text.map(Arc::from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::Outcome;

    fn snapshot() -> Snapshot {
        Snapshot {
            about: About {
                context: "tests".to_owned(),
                version: "v1.37.2".to_owned(),
                namespace: None,
                taken: 1,
            },
            kinds: vec![Kind {
                group: String::new(),
                resource: "pods".to_owned(),
                version: "v1".to_owned(),
                kind: "Pod".to_owned(),
                namespaced: true,
                outcome: Outcome::Forbidden("no".to_owned()),
                objects: 2,
            }],
            objects: vec!["{\"a\":1}".into(), "{\"b\":2}".into()],
        }
    }

    fn packed(snapshot: &Snapshot) -> Vec<u8> {
        let mut bytes = Vec::new();
        snapshot.write(&mut bytes).unwrap();
        bytes
    }

    fn told(bytes: &[u8], limits: Limits) -> (usize, String) {
        let (snapshot, damage) = Snapshot::read(bytes, limits);
        let damage = damage.map(|damage| damage.to_string());
        (snapshot.objects.len(), damage.unwrap_or_default())
    }

    #[test]
    fn what_is_written_is_read_again() {
        let bytes = packed(&snapshot());
        assert!(is_snapshot(&bytes));
        assert_eq!(Snapshot::about(&bytes), Some(snapshot().about));
        let (read, damage) = Snapshot::read(&bytes, Limits::default());
        assert_eq!(read, snapshot());
        assert!(damage.is_none());
    }

    #[test]
    fn values_of_secrets_are_never_written() {
        let mut read = snapshot();
        read.objects = vec![
            r#"{"apiVersion":"v1","kind":"Secret","metadata":{"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"x","a":"b"}},"data":{"c":"x"},"type":"Opaque"}"#.into(),
            r#"{"apiVersion":"other/v1","kind":"Secret","data":{"c":"d"}}"#.into(),
        ];
        let (read, _) = Snapshot::read(&packed(&read), Limits::default());
        let expected: [&str; 2] = [
            r#"{"apiVersion":"v1","kind":"Secret","metadata":{"annotations":{"a":"b"}},"type":"Opaque"}"#,
            r#"{"apiVersion":"other/v1","kind":"Secret","data":{"c":"d"}}"#,
        ];
        let objects: Vec<&str> = read.objects.iter().map(|object| &**object).collect();
        assert_eq!(objects, expected);
    }

    #[test]
    fn other_bytes_are_no_snapshots() {
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(b"{\"form\":\"other\"}\n").unwrap();
        let packed = packed.finish().unwrap();
        for bytes in [b"".as_slice(), b"{}", GZIP, &packed] {
            assert!(!is_snapshot(bytes));
            let (objects, damage) = told(bytes, Limits::default());
            assert_eq!(objects, 0);
            assert!(!damage.is_empty());
        }
    }

    #[test]
    fn what_stands_before_damage_is_kept() {
        let mut large = snapshot();
        // Noise, which is not packed away.
        large.objects = (0..20_000_u32)
            .map(|number| number.wrapping_mul(2_654_435_761).to_string().into())
            .collect();
        let bytes = packed(&large);
        let (objects, damage) = told(&bytes[..bytes.len() / 2], Limits::default());
        assert!((1..20_000).contains(&objects), "{objects}");
        assert!(
            damage.starts_with("it can't be unpacked behind object"),
            "{damage}"
        );
    }

    #[test]
    fn bombs_are_not_unpacked() {
        let mut bomb = snapshot();
        bomb.objects = vec!["a".repeat(1 << 20).into(); 100];
        let bytes = packed(&bomb);
        let total = Limits {
            total: 5 << 20,
            ..Limits::default()
        };
        let (objects, damage) = told(&bytes, total);
        assert!(objects < 5);
        assert!(
            damage.starts_with("it is larger than 5242880 bytes"),
            "{damage}"
        );
        let line = Limits {
            line: 1 << 10,
            ..Limits::default()
        };
        let (objects, damage) = told(&bytes, line);
        assert_eq!(
            (objects, damage.as_str()),
            (0, "object 1 is longer than 1024 bytes")
        );
    }
}
