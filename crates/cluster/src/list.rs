//! The objects of all kinds.

use std::collections::HashSet;
use std::time::{SystemTime, UNIX_EPOCH};

use futures_util::{StreamExt, stream};
use http::StatusCode;
use kubernetes::snapshot::{About, Kind, Outcome, Snapshot};

use crate::client::Reader;
use crate::discovery::discover;
use crate::error::Error;
use crate::failure::Failure;
use crate::options::{Options, Progress};
use crate::page::Page;
use crate::question::{Object, Question};

/// How many kinds are listed side by side.
const SIDE_BY_SIDE: usize = 8;

/// How often a list is begun again whose next page is no longer there.
const RESTARTS: usize = 3;

/// What was read of a cluster.
pub(crate) struct Read {
    pub(crate) about: About,
    /// In their order.
    pub(crate) kinds: Vec<ReadKind>,
}

/// A kind, with what became of it.
pub(crate) struct ReadKind {
    pub(crate) kind: Kind,
    /// None where it was not read.
    pub(crate) list: Option<List>,
}

/// All objects of a kind.
pub(crate) struct List {
    pub(crate) objects: Vec<Object>,
    /// The version of the list: what changes comes after it.
    pub(crate) version: String,
}

/// Reads all kinds that the server has.
///
/// # Errors
/// When the server can't be asked at all.
pub(crate) async fn all(
    reader: &Reader,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Read, Error> {
    let found = discover(reader).await?;
    let wanted = found.kinds.iter().filter(|kind| kind.is_complete());
    progress.kinds(wanted.count());
    let lists = stream::iter(found.kinds).map(|kind| read(reader, options, kind, progress));
    let mut kinds: Vec<ReadKind> = lists.buffered(SIDE_BY_SIDE).collect().await;
    kinds.sort_by(|one, other| one.kind.cmp(&other.kind));
    Ok(Read {
        about: About {
            context: reader.context().to_owned(),
            version: found.version,
            namespace: options.namespace.clone(),
            taken: now(),
        },
        kinds,
    })
}

impl Read {
    /// The same as a snapshot: each object once, though some stand in two groups.
    pub(crate) fn snapshot(self) -> Snapshot {
        let mut known = HashSet::new();
        let mut snapshot = Snapshot {
            about: self.about,
            ..Snapshot::default()
        };
        for ReadKind { mut kind, list } in self.kinds {
            let objects = list.map(|list| list.objects).unwrap_or_default();
            let objects = objects.into_iter();
            let own = objects.filter(|one| one.uid.is_empty() || known.insert(one.uid.clone()));
            let before = snapshot.objects.len();
            snapshot.objects.extend(own.map(|object| object.text));
            kind.objects = snapshot.objects.len() - before;
            snapshot.kinds.push(kind);
        }
        snapshot
    }
}

/// Seconds since 1970.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
    })
}

/// A kind with its objects, and with what became of it.
async fn read(
    reader: &Reader,
    options: &Options,
    mut kind: Kind,
    progress: &dyn Progress,
) -> ReadKind {
    if !kind.is_complete() {
        return ReadKind { kind, list: None };
    }
    let question = Question {
        options,
        kind: &kind,
    };
    let list = list(reader, question).await;
    kind.outcome = match &list {
        Ok(_) => question.outcome(),
        Err(failure) => failed(&kind, failure),
    };
    progress.kind();
    ReadKind {
        kind,
        list: list.ok(),
    }
}

/// The objects of a kind. A list whose next page has expired is begun again.
///
/// # Errors
/// What became of it.
pub(crate) async fn list(reader: &Reader, question: Question<'_>) -> Result<List, Failure> {
    for _ in 1..RESTARTS {
        match pages(reader, question).await {
            Err(Failure::Status { status, .. }) if status == StatusCode::GONE => {}
            read => return read,
        }
    }
    pages(reader, question).await
}

async fn pages(reader: &Reader, question: Question<'_>) -> Result<List, Failure> {
    let mut objects = Vec::new();
    let mut next = String::new();
    loop {
        let path = question.page(&next);
        let answer = reader.get_patiently(&path, question.accept()).await?;
        let page: Page = answer.json().map_err(Failure::Connection)?;
        for item in page.items.or(page.rows).unwrap_or_default() {
            objects.push(question.object(item).map_err(Failure::Connection)?);
        }
        next = page.metadata.next;
        if next.is_empty() {
            let version = page.metadata.resource_version;
            return Ok(List { objects, version });
        }
    }
}

/// What became of a kind that was not read.
pub(crate) fn failed(kind: &Kind, failure: &Failure) -> Outcome {
    match failure {
        Failure::Status {
            status, message, ..
        } if *status == StatusCode::FORBIDDEN => Outcome::Forbidden(refusal(kind, message)),
        failure => Outcome::Failed(failure.to_string()),
    }
}

/// What the server says of who may not list a kind, in words that are the same for other kinds.
fn refusal(kind: &Kind, message: &str) -> String {
    let (resource, group) = (&kind.resource, &kind.group);
    let own = format!(" resource {resource:?} in API group {group:?}");
    let said = message.split_once("is forbidden: ");
    said.map_or(message, |(_, said)| said).replace(&own, " it")
}
