//! What the server answers, and the pages of lists.

use std::time::Duration;

use http_body_util::BodyExt;
use kube::client::Body;
use serde::Deserialize;
use serde_json::value::RawValue;
use tokio::time::timeout;

use crate::failure::Failure;

/// How long a server may say nothing in the middle of an answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// More than any page has, in bytes: 500 objects of the largest size that etcd keeps.
const LARGEST: usize = 1 << 30;

/// An answer as it comes in.
pub(crate) struct Incoming(Body);

/// The bytes of an answer.
pub(crate) struct Answer(pub(crate) Vec<u8>);

/// A page of a list.
///
/// Source: <https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks>
#[derive(Deserialize)]
pub(crate) struct Page<'a> {
    #[serde(default)]
    pub(crate) metadata: PageMetadata,
    /// Null where a list is empty.
    #[serde(borrow, default)]
    pub(crate) items: Option<Vec<&'a RawValue>>,
    /// The same of a table.
    #[serde(borrow, default)]
    pub(crate) rows: Option<Vec<&'a RawValue>>,
}

/// Where a list goes on, and its version.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct PageMetadata {
    #[serde(rename = "continue")]
    pub(crate) next: String,
    pub(crate) resource_version: String,
}

/// What an API server says of a failure.
#[derive(Deserialize)]
struct Status {
    message: String,
}

impl Incoming {
    pub(crate) fn new(body: Body) -> Self {
        Self(body)
    }

    /// What came in next. None at the end.
    ///
    /// # Errors
    /// When the connection is cut, or nothing comes in for so long.
    pub(crate) async fn next(
        &mut self,
        patience: Duration,
    ) -> Result<Option<impl AsRef<[u8]> + use<>>, Failure> {
        let frame = timeout(patience, self.0.frame()).await;
        let frame = frame.map_err(|_| Failure::slow(patience))?;
        let frame = frame.transpose();
        let frame = frame.map_err(|error| Failure::connection(&error))?;
        // What is no data stands at the end, and says nothing here.
        Ok(frame.map(|frame| frame.into_data().unwrap_or_default()))
    }

    /// All of it.
    ///
    /// # Errors
    /// When the connection is cut, nothing comes in for a while, or it does not end.
    pub(crate) async fn whole(mut self) -> Result<Answer, Failure> {
        let mut whole = Vec::new();
        while let Some(part) = self.next(PATIENCE).await? {
            whole.extend_from_slice(part.as_ref());
            if whole.len() > LARGEST {
                return Err(Failure::Connection("its answer does not end".to_owned()));
            }
        }
        Ok(Answer(whole))
    }
}

impl Answer {
    /// What the bytes say as JSON.
    ///
    /// # Errors
    /// What is wrong with them.
    pub(crate) fn json<'a, T: Deserialize<'a>>(&'a self) -> Result<T, String> {
        serde_json::from_slice(&self.0).map_err(|error| error.to_string())
    }

    /// What the server says of a failure, in one line.
    pub(crate) fn message(&self) -> String {
        let status = self.json().map(|status: Status| status.message);
        source::neutral(&status.unwrap_or_default()).into_owned()
    }
}
