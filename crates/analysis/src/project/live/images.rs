//! Which images run behind the workloads of a cluster, as the pods say that these have made.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use graph::RunningImage;
use kubernetes::RunningPod;

use super::object::Objects;
use crate::project::read::Manifests;

/// The most owners above a pod: CronJob, Job, Pod, and room for custom kinds.
const OWNERS: usize = 8;

/// The images that run, by the numbers of pods and of all that stands above them.
pub(super) fn images(objects: &Objects<'_>) -> HashMap<usize, BTreeSet<RunningImage>> {
    let heads = objects
        .heads()
        .filter_map(|(index, head)| Some((index, head?)));
    let named = heads
        .clone()
        .map(|(index, head)| (&*head.metadata.uid, index));
    let by_uid: HashMap<&str, usize> = named.filter(|(uid, _)| !uid.is_empty()).collect();
    let controller = |index: &usize| {
        let owner = objects.head(*index)?.controller()?;
        by_uid.get(&*owner.uid).copied()
    };
    let mut images: HashMap<usize, BTreeSet<RunningImage>> = HashMap::new();
    for (index, _) in heads.filter(|(_, head)| head.group_kind() == ("", "Pod")) {
        let Ok(pod) = serde_json::from_str::<RunningPod>(objects.text(index)) else {
            continue;
        };
        let own = pod.images();
        let above = std::iter::successors(Some(index), controller);
        for one in above.take(OWNERS) {
            images.entry(one).or_default().extend(own.iter().cloned());
        }
    }
    images
}

/// Notes the images that the pods of an object run.
pub(super) fn set_images(read: &mut Arc<Manifests>, images: BTreeSet<RunningImage>) {
    let images: Vec<RunningImage> = images.into_iter().collect();
    if images.is_empty() {
        return;
    }
    for resource in &mut Arc::make_mut(read).resources {
        Arc::make_mut(resource).facts.images.clone_from(&images);
    }
}
