//! Defaults of role bindings, Secrets and Namespaces.

use graph::NodeId;

use super::filler::Filler;

const RBAC: &str = "rbac.authorization.k8s.io";

/// The API groups of a binding's role and subjects.
pub(super) fn binding(filler: &mut Filler) {
    if let Some(role) = filler.get(NodeId::ROOT, "roleRef") {
        filler.text(role, "apiGroup", RBAC);
    }
    for subject in filler.elements(NodeId::ROOT, "subjects") {
        if filler.is_text(subject, "kind", "User") || filler.is_text(subject, "kind", "Group") {
            filler.text(subject, "apiGroup", RBAC);
        }
    }
}

/// The type of a Secret.
pub(super) fn secret(filler: &mut Filler) {
    filler.text(NodeId::ROOT, "type", "Opaque");
}

/// The label by which selectors find a Namespace by its name, since 1.21.
pub(super) fn namespace(filler: &mut Filler, name: &str) {
    if filler.version.minor < 21 || name.is_empty() {
        return;
    }
    let labels = filler
        .get(NodeId::ROOT, "metadata")
        .and_then(|metadata| filler.map(metadata, "labels"));
    if let Some(labels) = labels {
        filler.text(labels, "kubernetes.io/metadata.name", name);
    }
}
