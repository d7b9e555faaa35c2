//! Assignments of roles in Azure.

use graph::{NodeId, Resource, ResourceId};

use super::{Grant, Reader, doubt};

impl Reader<'_> {
    /// What an assignment gives; nothing where it has no scope or nobody has it.
    pub(super) fn assignment(&self, id: ResourceId, resource: &Resource) -> Option<Grant> {
        let tree = &resource.tree;
        let scope = tree.get(NodeId::ROOT, "scope")?;
        let member = tree.get(NodeId::ROOT, "principal_id")?;
        let role = tree
            .text(NodeId::ROOT, "role_definition_name")
            .or_else(|| tree.text(NodeId::ROOT, "role_definition_id"));
        Some(Grant {
            member: self.member(id, resource, member),
            role: role.cloned(),
            scope: self.scope_at(id, resource, scope, ""),
            place: (id, member),
            unknown: doubt(resource, "condition"),
        })
    }
}
