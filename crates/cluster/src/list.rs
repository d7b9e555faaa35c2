//! The objects of all kinds.

use std::collections::HashSet;
use std::sync::Mutex;
use std::time::{SystemTime, UNIX_EPOCH};

use futures_util::{StreamExt, stream};
use http::StatusCode;
use kubernetes::snapshot::{About, Kind, Outcome, Snapshot};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::client::{Failure, Reader};
use crate::discovery::{self, discover};
use crate::error::Error;
use crate::kinds::is_secret;
use crate::options::{Options, Progress};
use crate::page::Page;
use crate::secrets;

/// How many kinds are listed side by side.
const SIDE_BY_SIDE: usize = 8;

/// How many objects a page has, as those of `kubectl`.
const PAGE: usize = 500;

/// How often a list is begun again whose next page is no longer there.
const RESTARTS: usize = 3;

const JSON: &str = "application/json";

/// What is asked of one kind.
struct Listing<'a> {
    reader: &'a Reader,
    options: &'a Options,
    /// The objects that were read under some kind, by their UIDs: some stand in two groups.
    known: &'a Mutex<HashSet<String>>,
}

/// What names an object, and says of which kind it is where it does not stand in a list.
#[derive(Deserialize)]
struct Named {
    #[serde(default)]
    kind: String,
    metadata: Metadata,
}

#[derive(Deserialize)]
struct Metadata {
    #[serde(default)]
    uid: String,
}

/// Reads all kinds that the server has.
///
/// # Errors
/// When the server can't be asked at all.
pub(crate) async fn all(
    reader: &Reader,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Snapshot, Error> {
    let found = discover(reader).await?;
    let wanted = found.kinds.iter().filter(|kind| kind.is_complete());
    progress.kinds(wanted.count());
    let listing = Listing {
        reader,
        options,
        known: &Mutex::default(),
    };
    let lists = stream::iter(found.kinds).map(|kind| listing.read(kind, progress));
    let mut read: Vec<(Kind, Vec<Box<str>>)> = lists.buffered(SIDE_BY_SIDE).collect().await;
    read.sort_by(|(one, _), (other, _)| one.cmp(other));
    let (kinds, objects): (Vec<Kind>, Vec<Vec<Box<str>>>) = read.into_iter().unzip();
    Ok(Snapshot {
        about: About {
            context: reader.context().to_owned(),
            version: found.version,
            namespace: options.namespace.clone(),
            taken: now(),
        },
        kinds,
        objects: objects.into_iter().flatten().collect(),
    })
}

/// Seconds since 1970.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
    })
}

impl Listing<'_> {
    /// A kind with its objects, and with what became of it.
    async fn read(&self, mut kind: Kind, progress: &dyn Progress) -> (Kind, Vec<Box<str>>) {
        if !kind.is_complete() {
            return (kind, Vec::new());
        }
        let (outcome, objects) = match self.objects(&kind).await {
            Ok(objects) => (self.outcome(&kind), objects),
            Err(failure) => (failed(&kind, failure), Vec::new()),
        };
        kind.outcome = outcome;
        kind.objects = objects.len();
        progress.kind();
        (kind, objects)
    }

    fn outcome(&self, kind: &Kind) -> Outcome {
        match self.is_hidden(kind) {
            true => Outcome::Partly("their values are not read (`--read-secrets`)".to_owned()),
            false => Outcome::Read,
        }
    }

    /// Whether only the metadata of a kind is read.
    fn is_hidden(&self, kind: &Kind) -> bool {
        is_secret(kind) && !self.options.reads_secrets
    }

    /// The objects of a kind. A list whose next page has expired is begun again.
    async fn objects(&self, kind: &Kind) -> Result<Vec<Box<str>>, Failure> {
        for _ in 1..RESTARTS {
            match self.pages(kind).await {
                Err(Failure::Status { status, .. }) if status == StatusCode::GONE => {}
                read => return read,
            }
        }
        self.pages(kind).await
    }

    async fn pages(&self, kind: &Kind) -> Result<Vec<Box<str>>, Failure> {
        let mut read = Vec::new();
        let mut next = String::new();
        loop {
            let page = self.page(kind, &next).await?;
            let items = page.items.or(page.rows).unwrap_or_default();
            for item in items {
                read.push(self.object(kind, &item).map_err(Failure::Connection)?);
            }
            next = page.metadata.next;
            if next.is_empty() {
                break;
            }
        }
        Ok(self.unknown(read))
    }

    async fn page(&self, kind: &Kind, next: &str) -> Result<Page, Failure> {
        let accept = match self.is_hidden(kind) {
            true => secrets::TABLE,
            false => JSON,
        };
        let path = self.path(kind, next);
        let answer = self.reader.get_patiently(&path, accept).await?;
        answer.json().map_err(Failure::Connection)
    }

    /// The path of a page, from the list's version on: without `resourceVersion`, so that it is the newest.
    fn path(&self, kind: &Kind, next: &str) -> String {
        let mut path = discovery::path(&kind.group, &kind.version);
        if let (Some(namespace), true) = (&self.options.namespace, kind.namespaced) {
            path += &format!("/namespaces/{}", encoded(namespace));
        }
        path += &format!("/{}?limit={PAGE}", kind.resource);
        if self.is_hidden(kind) {
            path += &format!("&{}", secrets::WITH_METADATA);
        }
        if !next.is_empty() {
            path += &format!("&continue={}", encoded(next));
        }
        path
    }

    /// An object with its UID: what lists leave out, the API version and the kind, is written.
    fn object(&self, kind: &Kind, item: &RawValue) -> Result<(String, Box<str>), String> {
        let hidden = match self.is_hidden(kind) {
            true => Some(secrets::of_row(item)?),
            false => None,
        };
        let text = hidden.as_deref().unwrap_or(item.get());
        let named: Named = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let uid = named.metadata.uid;
        if !named.kind.is_empty() {
            return Ok((uid, text.into()));
        }
        let rest = text.trim_start().strip_prefix('{').unwrap_or_default();
        let (version, kind) = (kind.api_version(), &kind.kind);
        let whole = format!("{{\"apiVersion\":{version:?},\"kind\":{kind:?},{rest}");
        Ok((uid, whole.into()))
    }

    /// The objects that were not read under another kind.
    fn unknown(&self, read: Vec<(String, Box<str>)>) -> Vec<Box<str>> {
        let mut known = self
            .known
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let read = read.into_iter();
        let unknown = read.filter(|(uid, _)| uid.is_empty() || known.insert(uid.clone()));
        unknown.map(|(_, object)| object).collect()
    }
}

/// What became of a kind that was not read.
fn failed(kind: &Kind, failure: Failure) -> Outcome {
    match failure {
        Failure::Status {
            status, message, ..
        } if status == StatusCode::FORBIDDEN => Outcome::Forbidden(refusal(kind, &message)),
        Failure::Status {
            status, message, ..
        } => Outcome::Failed(match message.is_empty() {
            true => status.to_string(),
            false => format!("{status}: {message}"),
        }),
        Failure::Connection(why) => Outcome::Failed(why),
    }
}

/// What the server says of who may not list a kind, in words that are the same for other kinds.
fn refusal(kind: &Kind, message: &str) -> String {
    let (resource, group) = (&kind.resource, &kind.group);
    let own = format!(" resource {resource:?} in API group {group:?}");
    let said = message.split_once("is forbidden: ");
    said.map_or(message, |(_, said)| said).replace(&own, " it")
}

/// A text as part of a query or path (RFC 3986, section 2).
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            byte => encoded += &format!("%{byte:02X}"),
        }
    }
    encoded
}
