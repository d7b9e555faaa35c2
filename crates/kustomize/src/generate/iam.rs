//! Service accounts of Google's clusters, as `IAMPolicyGenerator` makes them.

use std::sync::Arc;

use graph::{NodeId, Tree};
use source::Span;

use super::{entry, string};
use crate::node::{Data, Node, Origin};
use crate::resources::Resource;
use crate::tables::Schema;

/// The service account that an object describes.
///
/// # Errors
/// When it is for another cloud.
pub(crate) fn add_iam_account(
    tree: &Tree,
    span: Span,
    schema: &Arc<Schema>,
) -> Result<Resource, String> {
    let text = |keys: &[&str]| {
        let node = tree.at(NodeId::ROOT, keys);
        let text = node.and_then(|node| tree.as_text(node));
        (
            text.cloned().unwrap_or_default(),
            node.map_or(span, |node| tree.node(node).span),
        )
    };
    if text(&["cloud"]).0 != "gke" {
        return Err("the only cloud is gke".to_owned());
    }
    let (account, place) = text(&["serviceAccount", "name"]);
    let (project, _) = text(&["serviceAccount", "projectId"]);
    let value = format!("{account}@{project}.iam.gserviceaccount.com");
    let annotation = string("iam.gke.io/gcp-service-account", &value, place);
    let (name, name_place) = text(&["kubernetesService", "name"]);
    let (namespace, namespace_place) = text(&["kubernetesService", "namespace"]);
    let mut metadata = vec![
        entry("annotations", span, Data::Map(vec![annotation])),
        string("name", &name, name_place),
    ];
    if !namespace.is_empty() {
        metadata.push(string("namespace", &namespace, namespace_place));
    }
    let entries = vec![
        string("apiVersion", "v1", span),
        string("kind", "ServiceAccount", span),
        entry("metadata", span, Data::Map(metadata)),
    ];
    let node = Node::new(Data::Map(entries), Origin::at(span));
    Ok(Resource::new(node, schema))
}
