//! Which images run behind the workloads of a cluster, as the pods say that these have made.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use foldhash::HashMap;
use graph::RunningImage;

use super::object::Objects;
use crate::project::read::Manifests;

/// The most owners above a pod: CronJob, Job, Pod, and room for custom kinds.
const OWNERS: usize = 8;

/// The images that run, by the numbers of pods and of all that stands above them, and in how many pods.
#[derive(Default)]
pub(super) struct Images(HashMap<usize, BTreeMap<RunningImage, usize>>);

impl Images {
    pub(super) fn of(objects: &Objects<'_>) -> Self {
        let mut images = Self::default();
        for (index, head) in objects.heads() {
            let own = head.map(|head| &head.images);
            own.into_iter()
                .for_each(|own| images.add(objects, index, own));
        }
        images
    }

    /// There is a pod that runs these.
    pub(super) fn add(&mut self, objects: &Objects<'_>, pod: usize, own: &BTreeSet<RunningImage>) {
        if own.is_empty() {
            return;
        }
        for one in above(objects, pod) {
            let counts = self.0.entry(one).or_default();
            for image in own {
                *counts.entry(image.clone()).or_default() += 1;
            }
        }
    }

    /// A pod does not run these any more.
    pub(super) fn remove(
        &mut self,
        objects: &Objects<'_>,
        pod: usize,
        own: &BTreeSet<RunningImage>,
    ) {
        for one in above(objects, pod) {
            let Some(counts) = self.0.get_mut(&one) else {
                continue;
            };
            for image in own {
                if let Some(count) = counts.get_mut(image) {
                    *count -= 1;
                }
            }
            counts.retain(|_, count| *count > 0);
        }
    }

    /// Notes the images that the pods of an object run.
    pub(super) fn set(&self, index: usize, read: &mut Arc<Manifests>) {
        let images = || self.0.get(&index).into_iter().flat_map(BTreeMap::keys);
        let mut resources = read.resources.iter();
        if resources.all(|resource| resource.facts.images.iter().eq(images())) {
            return;
        }
        for resource in &mut Arc::make_mut(read).resources {
            Arc::make_mut(resource).facts.images = images().cloned().collect();
        }
    }
}

/// A pod, and what stands above it.
pub(super) fn above(objects: &Objects<'_>, pod: usize) -> impl Iterator<Item = usize> {
    let controller = |index: &usize| {
        let owner = objects.head(*index)?.controller()?;
        objects.with_uid(&owner.uid)
    };
    std::iter::successors(Some(pod), controller).take(OWNERS)
}
