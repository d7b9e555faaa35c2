//! The images that a pod runs, as its status tells.

use std::collections::{BTreeSet, HashMap};

use graph::{NodeId, RunningImage, SmolStr, Tree};
use serde::Deserialize;

/// The lists of containers, and those of what became of them.
const LISTS: [(&str, &str); 3] = [
    ("initContainers", "initContainerStatuses"),
    ("containers", "containerStatuses"),
    ("ephemeralContainers", "ephemeralContainerStatuses"),
];

/// What is needed of a pod that is not read whole, as JSON.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct RunningPod {
    spec: HashMap<String, serde_json::Value>,
    status: HashMap<String, serde_json::Value>,
}

impl RunningPod {
    /// The images that it runs.
    #[must_use]
    pub fn images(&self) -> BTreeSet<RunningImage> {
        let rows = |map: &HashMap<String, serde_json::Value>, list: &str, key: &str| {
            let items = map.get(list).and_then(serde_json::Value::as_array);
            let text = |item: &serde_json::Value, key: &str| Some(item.get(key)?.as_str()?.into());
            let row = |item| Some((text(item, "name")?, text(item, key)?));
            items.into_iter().flatten().filter_map(row).collect()
        };
        let images = LISTS.iter().flat_map(|(list, statuses)| {
            pulled(
                rows(&self.spec, list, "image"),
                rows(&self.status, statuses, "imageID"),
            )
        });
        images.collect()
    }
}

/// The images that an object runs, if it is a pod.
pub(crate) fn running(tree: &Tree, kind: &str) -> Vec<RunningImage> {
    if kind != "Pod" || tree.get(NodeId::ROOT, "status").is_none() {
        return Vec::new();
    }
    let rows = |map: &str, list: &str, key: &str| {
        let items = tree.at(NodeId::ROOT, &[map, list]);
        let items = items.into_iter().flat_map(|list| tree.children(list));
        let row = |item| {
            Some((
                tree.text(item, "name")?.clone(),
                tree.text(item, key)?.clone(),
            ))
        };
        items.filter_map(row).collect()
    };
    let images = LISTS.iter().flat_map(|(list, statuses)| {
        pulled(
            rows("spec", list, "image"),
            rows("status", statuses, "imageID"),
        )
    });
    let images: BTreeSet<RunningImage> = images.collect();
    images.into_iter().collect()
}

/// The digests behind the images of containers, both by the names of these.
fn pulled(images: Vec<(SmolStr, SmolStr)>, ids: Vec<(SmolStr, SmolStr)>) -> Vec<RunningImage> {
    let ids: HashMap<SmolStr, SmolStr> = ids.into_iter().collect();
    let pulled = images.into_iter().filter_map(|(name, image)| {
        // `registry.example/web@sha256:…`; what has no digest was made on the node.
        let (_, digest) = ids.get(&name)?.split_once('@')?;
        Some(RunningImage {
            image,
            digest: digest.into(),
        })
    });
    pulled.collect()
}
