//! What the server says of changes: a line of JSON for each.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use http::StatusCode;
use serde::Deserialize;
use serde_json::value::RawValue;
use tokio::time::timeout;

use crate::failure::Failure;
use crate::list::List;
use crate::page::Incoming;
use crate::question::{Object, Question};

/// How long the server may say nothing: it tells its version about every minute.
const PATIENCE: Duration = Duration::from_secs(150);

/// How long it may say nothing before all objects came: it has them, or waits three seconds at most until it has.
const PATIENCE_AT_FIRST: Duration = Duration::from_secs(5);

/// More than any line has, in bytes: etcd keeps no object of more than 1.5 MiB.
const LARGEST: usize = 64 << 20;

/// What happened.
pub(super) enum Event {
    /// There is an object, or it became another.
    Put(Object),
    /// It is no more.
    Gone(Object),
    /// Nothing up to this version.
    Version(String),
    /// Those before were all objects, at this version.
    All(String),
}

/// What the last of the first events has, with the value `true`.
///
/// Source: <https://kubernetes.io/docs/reference/labels-annotations-taints/#k8s-io-initial-events-end>
const END_OF_FIRST: &str = "k8s.io/initial-events-end";

/// The lines of an answer that goes on.
pub(super) struct Lines {
    incoming: Incoming,
    /// What came in and was not given out.
    bytes: Vec<u8>,
    /// How much of it has no end of a line.
    searched: usize,
}

/// Source: <https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes>
#[derive(Deserialize)]
struct Line<'a> {
    #[serde(rename = "type")]
    what: &'a str,
    #[serde(borrow)]
    object: &'a RawValue,
}

/// An object of which only its version is of interest, or a table, whose rows are the objects.
#[derive(Deserialize)]
struct Head<'a> {
    #[serde(default)]
    metadata: HeadMetadata,
    #[serde(borrow, default)]
    rows: Option<Vec<&'a RawValue>>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct HeadMetadata {
    resource_version: String,
    annotations: HashMap<String, String>,
}

/// Why the server ends.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Status {
    code: u16,
    message: String,
    details: Option<Details>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Details {
    retry_after_seconds: Option<u64>,
}

impl Lines {
    pub(super) fn new(incoming: Incoming) -> Self {
        Self {
            incoming,
            bytes: Vec::new(),
            searched: 0,
        }
    }

    /// The next line. None at the end.
    pub(super) async fn next(&mut self) -> Result<Option<Vec<u8>>, Failure> {
        loop {
            let unsearched = &self.bytes[self.searched..];
            if let Some(end) = unsearched.iter().position(|byte| *byte == b'\n') {
                let rest = self.bytes.split_off(self.searched + end + 1);
                self.searched = 0;
                return Ok(Some(std::mem::replace(&mut self.bytes, rest)));
            }
            self.searched = self.bytes.len();
            if self.searched > LARGEST {
                return Err(Failure::Connection("an event does not end".to_owned()));
            }
            match self.incoming.next(PATIENCE).await? {
                Some(part) => self.bytes.extend_from_slice(part.as_ref()),
                None => return Ok(None),
            }
        }
    }
}

/// All objects of a kind, which come in as the first events.
///
/// # Errors
/// What the server says of why it ends, or that it does not tell which event is the last of them, as servers do that do not know that
/// they are asked for it.
pub(super) async fn initial(question: Question<'_>, lines: &mut Lines) -> Result<List, Failure> {
    let unserved = || Failure::Status {
        status: StatusCode::UNPROCESSABLE_ENTITY,
        message: "it does not end the first events".to_owned(),
        wait: None,
    };
    let mut objects: BTreeMap<String, Object> = BTreeMap::new();
    loop {
        let line = timeout(PATIENCE_AT_FIRST, lines.next()).await;
        let line = line.map_err(|_| unserved())??.ok_or_else(unserved)?;
        match read(question, &line)? {
            Event::Put(object) => drop(objects.insert(object.place.clone(), object)),
            Event::Gone(object) => drop(objects.remove(&object.place)),
            Event::Version(_) => return Err(unserved()),
            Event::All(version) => {
                let objects = objects.into_values().collect();
                return Ok(List { objects, version });
            }
        }
    }
}

/// What a line says.
///
/// # Errors
/// What the server says of why it ends, or what is wrong with the line.
pub(super) fn read(question: Question<'_>, line: &[u8]) -> Result<Event, Failure> {
    let odd = |why: String| Failure::Connection(format!("an event can't be read: {why}"));
    let line: Line<'_> = serde_json::from_slice(line).map_err(|why| odd(why.to_string()))?;
    let object = || own(question, line.object).map_err(odd);
    match line.what {
        "ADDED" | "MODIFIED" => Ok(Event::Put(object()?)),
        "DELETED" => Ok(Event::Gone(object()?)),
        "BOOKMARK" => Ok(head(line.object).map_err(odd)?.bookmark()),
        "ERROR" => Err(ended(line.object)),
        _ => Err(odd("it is of no known type".to_owned())),
    }
}

/// The object of an event.
fn own(question: Question<'_>, object: &RawValue) -> Result<Object, String> {
    if !question.is_hidden() {
        return question.object(object);
    }
    let rows = head(object)?.rows.unwrap_or_default();
    let row = rows.first().ok_or("the table has no row")?;
    question.object(row)
}

fn head(object: &RawValue) -> Result<Head<'_>, String> {
    serde_json::from_str(object.get()).map_err(|error| error.to_string())
}

impl Head<'_> {
    fn bookmark(self) -> Event {
        let HeadMetadata {
            resource_version,
            annotations,
        } = self.metadata;
        match annotations
            .get(END_OF_FIRST)
            .is_some_and(|end| end == "true")
        {
            true => Event::All(resource_version),
            false => Event::Version(resource_version),
        }
    }
}

fn ended(status: &RawValue) -> Failure {
    let status: Status = serde_json::from_str(status.get()).unwrap_or_default();
    let code = StatusCode::from_u16(status.code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    Failure::Status {
        status: code,
        message: source::neutral(&status.message).into_owned(),
        wait: status
            .details
            .and_then(|details| details.retry_after_seconds),
    }
}
