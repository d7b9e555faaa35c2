//! What the server says of changes: a line of JSON for each.

use std::time::Duration;

use http::StatusCode;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::failure::Failure;
use crate::page::{Incoming, PageMetadata};
use crate::question::{Object, Question};

/// How long the server may say nothing: it tells its version about every minute.
const PATIENCE: Duration = Duration::from_secs(150);

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
}

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
    metadata: PageMetadata,
    #[serde(borrow, default)]
    rows: Option<Vec<&'a RawValue>>,
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
        "BOOKMARK" => Ok(Event::Version(head(line.object).map_err(odd)?.version())),
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
    fn version(self) -> String {
        self.metadata.resource_version
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
