//! Which images run behind the workloads of a cluster, as the pods say that these have made.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use graph::RunningImage;

use super::made::Fate;
use super::object::Objects;
use crate::project::read::Manifests;

/// The most owners above a pod: CronJob, Job, Pod, and room for custom kinds.
const OWNERS: usize = 8;

/// The images that run, by the numbers of pods and of all that stands above them.
fn images(objects: &Objects<'_>) -> HashMap<usize, BTreeSet<RunningImage>> {
    let heads = objects
        .heads()
        .filter_map(|(index, head)| Some((index, head?)));
    let controller = |index: &usize| {
        let owner = objects.head(*index)?.controller()?;
        objects.with_uid(&owner.uid)
    };
    let mut images: HashMap<usize, BTreeSet<RunningImage>> = HashMap::new();
    for (index, head) in heads.filter(|(_, head)| !head.images.is_empty()) {
        let above = std::iter::successors(Some(index), controller);
        for one in above.take(OWNERS) {
            let own = head.images.iter().cloned();
            images.entry(one).or_default().extend(own);
        }
    }
    images
}

/// Notes the images that the pods of objects run.
pub(super) fn set_images(objects: &Objects<'_>, fates: &mut [Option<Fate>]) {
    let mut images = images(objects);
    for (index, fate) in fates.iter_mut().enumerate() {
        if let Some(Fate::Judged(read)) = fate {
            let images = images.remove(&index).into_iter().flatten();
            set_in(read, &images.collect::<Vec<_>>());
        }
    }
}

fn set_in(read: &mut Arc<Manifests>, images: &[RunningImage]) {
    let mut resources = read.resources.iter();
    if resources.all(|resource| resource.facts.images == images) {
        return;
    }
    for resource in &mut Arc::make_mut(read).resources {
        Arc::make_mut(resource).facts.images = images.to_vec();
    }
}
