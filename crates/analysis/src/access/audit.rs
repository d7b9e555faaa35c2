//! What an audit log of an API server says that somebody did.

use std::collections::BTreeSet;
use std::path::Path;

use graph::{Namespace, SmolStr};
use reach::Action;
use serde::Deserialize;
use source::{FileSystem, Limits};

use crate::error::Error;

/// Audit logs are long; they are read whole.
const LIMITS: Limits = Limits {
    file_bytes: 4 << 30,
};

/// So many different requests of one subject are kept.
const MOST: usize = 100_000;

/// What somebody did.
#[derive(Debug, Default)]
pub(super) struct Used {
    /// The requests that were allowed, each once.
    pub(super) actions: BTreeSet<Action>,
    /// How many events were read.
    pub(super) events: usize,
    /// How many lines are no events.
    pub(super) unread: usize,
}

/// An event of `audit.k8s.io/v1`, as far as it is needed.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct Event {
    verb: SmolStr,
    user: User,
    impersonated_user: Option<User>,
    object_ref: Option<Object>,
    #[serde(rename = "requestURI")]
    request_uri: String,
    response_status: Option<Status>,
    annotations: Annotations,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct User {
    username: SmolStr,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Object {
    resource: SmolStr,
    namespace: SmolStr,
    name: SmolStr,
    api_group: SmolStr,
    subresource: SmolStr,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Status {
    code: u16,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Annotations {
    #[serde(rename = "authorization.k8s.io/decision")]
    decision: SmolStr,
}

impl Used {
    /// What a user did by a log of one event a line.
    ///
    /// # Errors
    /// When the log can't be read.
    pub(super) fn read(
        system: &dyn FileSystem,
        path: &Path,
        username: &str,
    ) -> Result<Self, Error> {
        let bytes = system.read(path, LIMITS).map_err(|source| Error::Read {
            path: path.to_path_buf(),
            source,
        })?;
        let mut used = Self::default();
        let lines = bytes.split(|byte| *byte == b'\n');
        for line in lines.filter(|line| !line.trim_ascii().is_empty()) {
            match serde_json::from_slice::<Event>(line) {
                Ok(event) => used.add(&event, username),
                Err(_) => used.unread += 1,
            }
        }
        Ok(used)
    }

    fn add(&mut self, event: &Event, username: &str) {
        self.events += 1;
        let user = event.impersonated_user.as_ref().unwrap_or(&event.user);
        if user.username == username && event.is_allowed() && self.actions.len() < MOST {
            self.actions.extend(event.action());
        }
    }
}

impl Event {
    fn is_allowed(&self) -> bool {
        let code = self
            .response_status
            .as_ref()
            .map_or(0, |status| status.code);
        self.annotations.decision != "forbid" && !matches!(code, 401 | 403)
    }

    fn action(&self) -> Option<Action> {
        let verb = self.verb.clone();
        if verb.is_empty() {
            return None;
        }
        let Some(object) = &self.object_ref else {
            let path = self.request_uri.split('?').next().unwrap_or_default();
            return path.starts_with('/').then(|| Action::Path {
                verb,
                path: path.into(),
            });
        };
        // A Namespace is asked for in itself, and a role of a namespace would do; it is told as what it is.
        let has_none = object.namespace.is_empty() || object.resource == "namespaces";
        // What is made at the top has no name when it is asked whether it may be.
        let is_nameless = matches!(
            verb.as_str(),
            "create" | "deletecollection" | "list" | "watch"
        ) && object.subresource.is_empty();
        Some(Action::Resource {
            group: object.api_group.clone(),
            resource: object.resource.clone(),
            subresource: object.subresource.clone(),
            name: match is_nameless {
                true => SmolStr::default(),
                false => object.name.clone(),
            },
            namespace: match has_none {
                true => Namespace::Cluster,
                false => Namespace::Named(object.namespace.clone()),
            },
            verb,
        })
    }
}
