//! What is needed of an object before it is read whole.

use std::collections::BTreeSet;

use graph::RunningImage;
use kubernetes::RunningPod;
use serde::Deserialize;
use smol_str::SmolStr;

/// What is needed of an object before it is read whole.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Head {
    #[serde(default)]
    pub(super) api_version: SmolStr,
    #[serde(default)]
    pub(super) kind: SmolStr,
    #[serde(default)]
    pub(super) metadata: Metadata,
    /// The images that it runs, if it is a pod.
    #[serde(skip)]
    pub(super) images: BTreeSet<RunningImage>,
}

#[derive(Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Metadata {
    pub(super) name: SmolStr,
    pub(super) namespace: SmolStr,
    pub(super) uid: SmolStr,
    owner_references: Vec<Owner>,
}

#[derive(Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Owner {
    api_version: SmolStr,
    kind: SmolStr,
    name: SmolStr,
    pub(super) uid: SmolStr,
    controller: bool,
}

impl Head {
    /// What is needed of an object as JSON.
    pub(super) fn read(text: &str) -> serde_json::Result<Self> {
        let mut head: Self = serde_json::from_str(text)?;
        if head.group_kind() == ("", "Pod") {
            // A pod whose state is written otherwise runs nothing that can be told.
            let pod = serde_json::from_str::<RunningPod>(text);
            head.images = pod.map(|pod| pod.images()).unwrap_or_default();
        }
        Ok(head)
    }

    /// Whether this is the same thing of the same owners, whatever else is said of it.
    pub(super) fn is_alike(&self, other: &Self) -> bool {
        let own = (&self.api_version, &self.kind, &self.metadata);
        own == (&other.api_version, &other.kind, &other.metadata)
    }

    /// The API group and the kind.
    pub(super) fn group_kind(&self) -> (&str, &str) {
        (group(&self.api_version), &self.kind)
    }

    /// The controller that manages the object.
    pub(super) fn controller(&self) -> Option<&Owner> {
        let mut owners = self.metadata.owner_references.iter();
        owners.find(|owner| owner.controller)
    }

    /// Whether this is the owner that an object names, not only by its UID: anybody may write that.
    pub(super) fn is_owner(&self, dependent: &Self, owner: &Owner) -> bool {
        let own = (self.group_kind(), &self.metadata.name);
        own == ((group(&owner.api_version), &*owner.kind), &owner.name)
            && self.metadata.uid == owner.uid
            && self.metadata.namespace == dependent.metadata.namespace
    }
}

/// The group of `apps/v1`; `v1` has the empty one.
fn group(api_version: &str) -> &str {
    api_version.split_once('/').map_or("", |(group, _)| group)
}
