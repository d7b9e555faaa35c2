//! What the server answers, and the pages of lists.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

/// The bytes of an answer.
pub(crate) struct Answer(pub(crate) Vec<u8>);

/// A page of a list.
///
/// Source: <https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks>
#[derive(Deserialize)]
pub(crate) struct Page {
    #[serde(default)]
    pub(crate) metadata: PageMetadata,
    /// Null where a list is empty.
    #[serde(default)]
    pub(crate) items: Option<Vec<Box<RawValue>>>,
    /// The same of a table.
    #[serde(default)]
    pub(crate) rows: Option<Vec<Box<RawValue>>>,
}

/// Where a list goes on.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct PageMetadata {
    #[serde(rename = "continue")]
    pub(crate) next: String,
}

/// What an API server says of a failure.
#[derive(Deserialize)]
struct Status {
    message: String,
}

impl Answer {
    /// What the bytes say as JSON.
    ///
    /// # Errors
    /// What is wrong with them.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, String> {
        serde_json::from_slice(&self.0).map_err(|error| error.to_string())
    }

    /// What the server says of a failure, in one line.
    pub(crate) fn message(&self) -> String {
        let status = self.json().map(|status: Status| status.message);
        status.unwrap_or_default()
    }
}
