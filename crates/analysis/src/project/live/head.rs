//! What is needed of an object before it is read whole.

use std::borrow::Cow;

use kubernetes::ManagedFields;
use serde::Deserialize;

/// What is needed of an object before it is read whole.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Head<'a> {
    #[serde(borrow, default)]
    pub(super) api_version: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) kind: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) metadata: Metadata<'a>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Metadata<'a> {
    #[serde(borrow)]
    pub(super) name: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) namespace: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) uid: Cow<'a, str>,
    #[serde(borrow)]
    owner_references: Vec<Owner<'a>>,
    #[serde(borrow)]
    pub(super) managed_fields: Vec<ManagedFields<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Owner<'a> {
    #[serde(borrow)]
    api_version: Cow<'a, str>,
    #[serde(borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) uid: Cow<'a, str>,
    controller: bool,
}

impl Head<'_> {
    /// The API group and the kind.
    pub(super) fn group_kind(&self) -> (&str, &str) {
        (group(&self.api_version), &self.kind)
    }

    /// The controller that manages the object.
    pub(super) fn controller(&self) -> Option<&Owner<'_>> {
        let mut owners = self.metadata.owner_references.iter();
        owners.find(|owner| owner.controller)
    }

    /// Whether this is the owner that an object names, not only by its UID: anybody may write that.
    pub(super) fn is_owner(&self, dependent: &Self, owner: &Owner<'_>) -> bool {
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
