//! Which kinds the server has.

use std::collections::BTreeSet;

use http::StatusCode;
use kubernetes::snapshot::{Kind, Outcome};
use serde::Deserialize;

use crate::client::Reader;
use crate::error::Error;
use crate::failure::Failure;
use crate::kinds::left_out;

/// All groups in one answer, as servers from 1.27 on give it, else one by one.
///
/// Source: <https://kubernetes.io/docs/concepts/overview/kubernetes-api/#aggregated-discovery>
const AGGREGATED: &str = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,\
    application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

/// What stands for all kinds of a group.
const ALL: &str = "*";

const JSON: &str = "application/json";

/// The kinds that the server has, each once, in the version that it prefers, and its own version.
pub(crate) struct Discovered {
    pub(crate) version: String,
    pub(crate) kinds: Vec<Kind>,
}

/// Either form of an answer to `/api` or `/apis`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct Root {
    kind: String,
    items: Vec<Group>,
    /// Of the oldest group, in the older form.
    versions: Vec<String>,
    /// Of the others.
    groups: Vec<OldGroup>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Group {
    metadata: GroupName,
    versions: Vec<GroupVersion>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct GroupName {
    name: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct GroupVersion {
    version: String,
    resources: Vec<Resource>,
    freshness: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Resource {
    resource: String,
    response_kind: Option<ResponseKind>,
    scope: String,
    verbs: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ResponseKind {
    kind: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct OldGroup {
    name: String,
    versions: Vec<OldVersion>,
    preferred_version: OldVersion,
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct OldVersion {
    version: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct OldResources {
    resources: Vec<OldResource>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct OldResource {
    name: String,
    kind: String,
    namespaced: bool,
    verbs: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Version {
    git_version: String,
}

/// What the server has.
///
/// # Errors
/// When it can't be reached, does not know who asks, or is no API server.
pub(crate) async fn discover(reader: &Reader) -> Result<Discovered, Error> {
    let version: Version = root(reader, "/version", JSON).await?;
    let mut groups = Vec::new();
    for path in ["/api", "/apis"] {
        let root: Root = root(reader, path, AGGREGATED).await?;
        match root.kind.as_str() {
            "APIGroupDiscoveryList" => groups.extend(root.items),
            _ => groups.extend(old_groups(reader, root).await),
        }
    }
    Ok(Discovered {
        version: version.git_version,
        kinds: kinds(groups),
    })
}

/// An answer without which nothing is known of the server.
async fn root<T: serde::de::DeserializeOwned>(
    reader: &Reader,
    path: &str,
    accept: &str,
) -> Result<T, Error> {
    let address = reader.address().to_owned();
    match reader.get_patiently(path, accept).await {
        Ok(answer) => answer
            .json()
            .map_err(|why| Error::NoServer { address, why }),
        Err(Failure::Connection(why)) => Err(Error::Unreachable { address, why }),
        Err(Failure::Status { status, .. })
            if [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&status) =>
        {
            Err(Error::Refused { address, status })
        }
        Err(Failure::Status {
            status, message, ..
        }) => Err(Error::NoServer {
            address,
            why: format!("{path}: {status} {message}"),
        }),
    }
}

/// Groups of an older server, each version of them asked for.
async fn old_groups(reader: &Reader, root: Root) -> Vec<Group> {
    let oldest = root
        .versions
        .into_iter()
        .map(|version| (String::new(), version));
    let others = root.groups.into_iter().flat_map(|group| {
        // The preferred version counts first.
        let preferred = group.preferred_version.version;
        let others = group.versions.into_iter().map(|version| version.version);
        let others = others
            .filter(|version| *version != preferred)
            .collect::<Vec<_>>();
        let name = group.name;
        let versions = [preferred.clone()].into_iter().chain(others);
        versions
            .map(move |version| (name.clone(), version))
            .collect::<Vec<_>>()
    });
    let mut groups: Vec<Group> = Vec::new();
    for (name, version) in oldest.chain(others) {
        let path = path(&name, &version);
        let answer = reader.get_patiently(&path, JSON).await.ok();
        let resources: Option<OldResources> = answer.and_then(|answer| answer.json().ok());
        let found = GroupVersion {
            version,
            freshness: if resources.is_some() {
                "Current"
            } else {
                "Stale"
            }
            .to_owned(),
            resources: resources
                .unwrap_or_default()
                .resources
                .into_iter()
                .map(Resource::from)
                .collect(),
        };
        match groups
            .last_mut()
            .filter(|group| group.metadata.name == name)
        {
            Some(group) => group.versions.push(found),
            None => groups.push(Group {
                metadata: GroupName { name },
                versions: vec![found],
            }),
        }
    }
    groups
}

impl From<OldResource> for Resource {
    fn from(old: OldResource) -> Self {
        Self {
            resource: old.name,
            response_kind: Some(ResponseKind { kind: old.kind }),
            scope: if old.namespaced {
                "Namespaced"
            } else {
                "Cluster"
            }
            .to_owned(),
            verbs: old.verbs,
        }
    }
}

/// The path of a version of a group.
pub(crate) fn path(group: &str, version: &str) -> String {
    match group {
        "" => format!("/api/{version}"),
        group => format!("/apis/{group}/{version}"),
    }
}

/// What can be listed, each resource in the first version that has it.
fn kinds(groups: Vec<Group>) -> Vec<Kind> {
    let mut kinds = Vec::new();
    let mut known = BTreeSet::new();
    for group in groups {
        let name = group.metadata.name;
        for version in group.versions {
            if version.freshness == "Stale" && version.resources.is_empty() {
                kinds.push(unanswered(&name, &version.version));
            }
            for resource in version.resources {
                let is_listed = resource.verbs.iter().any(|verb| verb == "list");
                if is_listed && known.insert((name.clone(), resource.resource.clone())) {
                    kinds.push(kind(&name, &version.version, resource));
                }
            }
        }
    }
    kinds
}

/// Whether this stands for all kinds of a group whose server does not say what it has.
pub(crate) fn is_unanswered(kind: &Kind) -> bool {
    kind.resource == ALL
}

/// A group whose server does not say what it has.
fn unanswered(group: &str, version: &str) -> Kind {
    let why = "the server of this API does not answer";
    Kind {
        group: group.to_owned(),
        resource: ALL.to_owned(),
        version: version.to_owned(),
        kind: ALL.to_owned(),
        namespaced: false,
        outcome: Outcome::Failed(why.to_owned()),
        objects: 0,
    }
}

fn kind(group: &str, version: &str, resource: Resource) -> Kind {
    Kind {
        outcome: left_out(group, &resource.resource).unwrap_or(Outcome::Read),
        group: group.to_owned(),
        version: version.to_owned(),
        kind: resource.response_kind.unwrap_or_default().kind,
        namespaced: resource.scope == "Namespaced",
        resource: resource.resource,
        objects: 0,
    }
}
