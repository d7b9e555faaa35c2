//! How the objects of a kind are asked for, and what is kept of an answer.

use std::sync::Arc;

use kubernetes::snapshot::{Kind, Outcome};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::discovery;
use crate::kinds::is_secret;
use crate::options::Options;
use crate::secrets;

/// How many objects a page has, as those of `kubectl`.
const PAGE: usize = 500;

const JSON: &str = "application/json";

/// A kind, and what is read of it.
#[derive(Clone, Copy)]
pub(crate) struct Question<'a> {
    pub(crate) options: &'a Options,
    pub(crate) kind: &'a Kind,
}

/// An object of a cluster.
#[derive(Clone, Debug)]
pub(crate) struct Object {
    /// Its namespace and name, by which the server orders what is of one kind.
    pub(crate) place: String,
    pub(crate) uid: String,
    /// The version at which it became what it is.
    pub(crate) version: String,
    /// All of it, as JSON.
    pub(crate) text: Arc<str>,
}

/// What names an object, and says of which kind it is where it does not stand in a list.
#[derive(Deserialize)]
struct Named {
    #[serde(default)]
    kind: String,
    metadata: Metadata,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct Metadata {
    name: String,
    namespace: String,
    uid: String,
    resource_version: String,
}

impl Question<'_> {
    /// What became of the kind when all of its objects were read.
    pub(crate) fn outcome(&self) -> Outcome {
        match self.is_hidden() {
            true => Outcome::Partly("their values are not read (`--read-secrets`)".to_owned()),
            false => Outcome::Read,
        }
    }

    /// The form in which the objects are asked for.
    pub(crate) fn accept(&self) -> &'static str {
        match self.is_hidden() {
            true => secrets::TABLE,
            false => JSON,
        }
    }

    /// The path of a page of the list: without `resourceVersion`, so that it is the newest.
    pub(crate) fn page(&self, next: &str) -> String {
        let mut path = format!("{}?limit={PAGE}{}", self.path(), self.form());
        if !next.is_empty() {
            path += &format!("&continue={}", encoded(next));
        }
        path
    }

    /// The path of what changes after a version, for so many seconds.
    ///
    /// Source: <https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes>
    pub(crate) fn changes(&self, version: &str, seconds: u64) -> String {
        let version = encoded(version);
        self.watch(&format!("resourceVersion={version}"), seconds)
    }

    /// The path of all objects as events, and then what changes, for so many seconds.
    ///
    /// Source: <https://kubernetes.io/docs/reference/using-api/api-concepts/#streaming-lists>
    pub(crate) fn stream(&self, seconds: u64) -> String {
        let all = "sendInitialEvents=true&resourceVersionMatch=NotOlderThan";
        self.watch(all, seconds)
    }

    fn watch(&self, from: &str, seconds: u64) -> String {
        format!(
            "{}?watch=true&allowWatchBookmarks=true&{from}&timeoutSeconds={seconds}{}",
            self.path(),
            self.form()
        )
    }

    /// An object of an answer: what lists leave out, the API version and the kind, is written.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn object(&self, item: &RawValue) -> Result<Object, String> {
        let own = match (is_secret(self.kind), self.is_hidden()) {
            (true, true) => Some(secrets::of_row(item)?),
            (true, false) => Some(secrets::without_copy(item)?),
            (false, _) => None,
        };
        let text = own.as_deref().unwrap_or(item.get());
        let named: Named = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let whole = match (named.kind.is_empty(), self.unnamed(text)) {
            (true, _) => self.named(text.trim_start().strip_prefix('{').unwrap_or_default()),
            (false, Some(rest)) => self.named(rest),
            (false, None) => text.into(),
        };
        let metadata = named.metadata;
        Ok(Object {
            place: match metadata.namespace.is_empty() {
                true => metadata.name,
                false => format!("{}/{}", metadata.namespace, metadata.name),
            },
            uid: metadata.uid,
            version: metadata.resource_version,
            text: whole,
        })
    }

    /// The rest of an object that begins with its kind and its API version, as those of watches do: it is written like those of
    /// lists, so that an object has one text, however it was read.
    fn unnamed<'t>(&self, text: &'t str) -> Option<&'t str> {
        let (version, kind) = (self.kind.api_version(), &self.kind.kind);
        text.strip_prefix(&format!("{{\"kind\":{kind:?},\"apiVersion\":{version:?},"))
    }

    /// The text of an object with its API version and kind before the rest.
    fn named(&self, rest: &str) -> Arc<str> {
        let (version, kind) = (self.kind.api_version(), &self.kind.kind);
        format!("{{\"apiVersion\":{version:?},\"kind\":{kind:?},{rest}").into()
    }

    /// Whether only the metadata of the kind is read.
    pub(crate) fn is_hidden(&self) -> bool {
        is_secret(self.kind) && !self.options.reads_secrets
    }

    fn path(&self) -> String {
        let kind = self.kind;
        let mut path = discovery::path(&kind.group, &kind.version);
        if let (Some(namespace), true) = (&self.options.namespace, kind.namespaced) {
            path += &format!("/namespaces/{}", encoded(namespace));
        }
        format!("{path}/{}", kind.resource)
    }

    fn form(&self) -> String {
        match self.is_hidden() {
            true => format!("&{}", secrets::WITH_METADATA),
            false => String::new(),
        }
    }
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
